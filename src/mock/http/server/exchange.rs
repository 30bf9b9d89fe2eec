//! One request and its answer.

use std::{convert::Infallible, sync::Arc};

use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header,
};
use tokio::sync::OwnedSemaphorePermit;

use super::{
    body::ReadBody, body_length::BodyLength, head::refused, request_line::as_sent, room::BodyBudget,
};
use crate::mock::{
    HttpAnswer, HttpRequest, MockShop,
    gate::size_of_values,
    http::{limits::VALUE_BUDGET, now},
};

/// Reads a request, lets the shop answer it, and writes the answer.
pub(super) async fn exchange(
    shop: Arc<MockShop>,
    request: Request<Incoming>,
    length: BodyLength,
    budget: BodyBudget,
    connection: Arc<OwnedSemaphorePermit>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    if let Some(status) = refused(&head) {
        return Ok(closing(status));
    }
    let ReadBody { bytes, mut room } = match ReadBody::read(body, &budget).await {
        Ok(body) => body,
        Err(_) if length.is_exceeded() => return Ok(closing(StatusCode::PAYLOAD_TOO_LARGE)),
        Err(status) => return Ok(closing(status)),
    };
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named = |name: &str| head.headers.get(name).map(text);
    let is_https = named("x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
    let authority = head.uri.authority().map(ToString::to_string);
    let request = HttpRequest {
        method: head.method.to_string(),
        scheme: if is_https { "https" } else { "http" }.to_owned(),
        host: named("host").or(authority).unwrap_or_default(),
        target: as_sent(head.uri.path_and_query().map_or("/", |target| target.as_str())),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: bytes,
    };
    let size = size_of_values(&request);
    if size > VALUE_BUDGET {
        return Ok(response(too_many_values()));
    }
    if budget.take_values(&mut room, size).await.is_err() {
        return Ok(closing(StatusCode::SERVICE_UNAVAILABLE));
    }
    let now = now();
    let answered = tokio::task::spawn_blocking(move || {
        let answer = shop.answer(&request, now);
        // A client that hangs up does not give the room back before the answer is made.
        drop((request, room, connection));
        answer
    });
    Ok(answered.await.map_or_else(|_| closing(StatusCode::INTERNAL_SERVER_ERROR), response))
}

fn response(answer: HttpAnswer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        let name = header::HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, header::HeaderValue::from_bytes(value.as_bytes())) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Refusal of a body whose values never find room.
fn too_many_values() -> HttpAnswer {
    let limit = VALUE_BUDGET / (1024 * 1024);
    let note = format!("the body takes more than {limit} MiB of memory once parsed: send fewer values");
    let text = format!("The body takes more than {limit} MiB of memory once parsed. Send fewer values.\n");
    HttpAnswer::new(413, "text/plain; charset=utf-8", text).noting(&note)
}

/// Answer after which the connection is closed, because the rest of the request was not read.
fn closing(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    response
}
