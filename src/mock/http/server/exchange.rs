//! One request and its answer.

use std::{convert::Infallible, sync::Arc};

use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header,
    http::request::Parts,
};
use tokio::sync::OwnedSemaphorePermit;

use super::{
    body::ReadBody, body_length::BodyLength, head::refused, request_line::as_sent, room::BodyBudget,
};
use crate::{
    mock::{
        HttpAnswer, HttpRequest, MockShop,
        gate::size_of_values,
        http::{
            limits::{BODY_TIME, LARGEST_BODY, VALUE_BUDGET},
            now,
        },
    },
    names::capitalized,
};

const MIB: usize = 1024 * 1024;

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
    let mut request = without_body(&head);
    let ReadBody { bytes, mut room } = match ReadBody::read(body, &budget).await {
        Ok(body) => body,
        Err(_) if length.is_exceeded() => {
            return Ok(unread(&shop, &request, StatusCode::PAYLOAD_TOO_LARGE));
        }
        Err(status) => return Ok(unread(&shop, &request, status)),
    };
    request.body = bytes;
    let size = size_of_values(&request);
    if size > VALUE_BUDGET {
        let note = too_many_values();
        request.body = Vec::new();
        shop.refuse_body(&request, 413, &note, now());
        let text = format!("{}.\n", capitalized(&note));
        return Ok(response(HttpAnswer::new(413, "text/plain; charset=utf-8", text).noting(&note)));
    }
    if budget.take_values(&mut room, size).await.is_err() {
        return Ok(unread(&shop, &request, StatusCode::SERVICE_UNAVAILABLE));
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

/// Request whose body is not read yet.
fn without_body(head: &Parts) -> HttpRequest {
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named = |name: &str| head.headers.get(name).map(text);
    let is_https = named("x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https"));
    let authority = head.uri.authority().map(ToString::to_string);
    HttpRequest {
        method: head.method.to_string(),
        scheme: if is_https { "https" } else { "http" }.to_owned(),
        host: named("host").or(authority).unwrap_or_default(),
        target: as_sent(head.uri.path_and_query().map_or("/", |target| target.as_str())),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: Vec::new(),
    }
}

/// Answer to a body that is not read. The report has those that the client is to blame for.
fn unread(shop: &MockShop, request: &HttpRequest, status: StatusCode) -> Response<Full<Bytes>> {
    let note = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            format!("the body is larger than {} MiB: send less in one call", LARGEST_BODY / MIB)
        }
        StatusCode::REQUEST_TIMEOUT => {
            format!("the body did not arrive within {} seconds", BODY_TIME.as_secs())
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            "too many large bodies at the same time: send it again later".to_owned()
        }
        _ => return closing(status),
    };
    if status != StatusCode::SERVICE_UNAVAILABLE {
        shop.refuse_body(request, status.as_u16(), &note, now());
    }
    let answer = HttpAnswer { status: status.as_u16(), headers: Vec::new(), body: Vec::new() };
    response(answer.with("Connection", "close").noting(&note))
}

/// Reason why a body never finds room for its values.
fn too_many_values() -> String {
    format!("the body takes more than {} MiB of memory once parsed: send fewer values", VALUE_BUDGET / MIB)
}

/// Answer after which the connection is closed, because the rest of the request was not read.
fn closing(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    response
}
