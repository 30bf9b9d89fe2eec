//! Limits of the server of the mock, and what it refuses as nginx does.

use std::{
    io::Write as _,
    net::TcpStream,
    sync::{Arc, Mutex, mpsc},
};

use magespec::mock::HttpAnswer;

use crate::{
    mock::shop,
    mock_hostile::{Server, get, is_of_shop, post},
};

#[test]
fn sizes_are_limited() {
    let server = Server::start();
    let long = "x".repeat(80 * 1024);
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 20, "x".repeat(1 << 20));
    for (what, request, status) in [
        ("a header", format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), "431"),
        ("a name", format!("GET / HTTP/1.1\r\nHost: a\r\n{long}: x\r\n\r\n"), "431"),
        ("headers", format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(101)), "431"),
        ("a target", get(&format!("/rest/V1/{long}")), "414"),
        ("a method", format!("{long} / HTTP/1.1\r\nHost: a\r\n\r\n"), "400"),
        ("a length", post("Content-Length: 99999999\r\n", "x"), "413"),
        ("a length beyond numbers", post("Content-Length: 99999999999999999999999\r\n", "x"), "400"),
        ("a length of 2^64 - 1", post("content-length: 018446744073709551615\r\n", "x"), "400"),
        ("a length of 2^63", post("Content-Length: 9223372036854775808\r\n", "x"), "400"),
        ("a body", post("Content-Length: 20000000\r\n", &"x".repeat(20_000_000)), "413"),
        ("chunks", post("Transfer-Encoding: chunked\r\n", &chunk.repeat(17)), "413"),
        ("a chunk", post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n7fffffff\r\n"), "413"),
        ("the largest chunk", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n"), "400"),
    ] {
        // The rest of the request is dropped, or the system would drop the answer.
        let answer = server.send(request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{what}: {answer:.200}");
        server.still_answers();
    }
    server.end();
}

/// The report has what was refused before the shop saw it.
#[test]
fn bodies_that_are_too_large_break_the_contract() {
    let shop = Arc::new(shop("2.4.7-p3"));
    let server = Server::serving(Arc::clone(&shop));
    let values = format!("[{}0]", "[],".repeat(2 << 20));
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20));
    for (head, body) in [
        ("Content-Length: 99999999\r\n".to_owned(), "x".to_owned()),
        ("Transfer-Encoding: chunked\r\n".to_owned(), "1\r\na\r\n7fffffff\r\n".to_owned()),
        ("Transfer-Encoding: chunked\r\n".to_owned(), chunk.repeat(17)),
        (format!("Content-Length: {}\r\n", values.len()), values),
    ] {
        let answer = server.send(post(&format!("Content-Type: application/json\r\n{head}"), &body));
        let has_note = answer.contains("\r\nX-Magespec-Mock: the body ");
        assert!(answer.starts_with("HTTP/1.1 413 ") && has_note, "{head}: {answer:.300}");
    }
    server.end();
    let report = shop.contract();
    assert!(report.broken);
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|it| (it.status, it.why.as_deref().unwrap_or_default(), it.count))
        .collect();
    assert_eq!(
        refused,
        [
            (413, "the body is larger than 16 MiB: send less in one call", 3),
            (413, "the body takes more than 512 MiB of memory once parsed: send fewer values", 1),
        ]
    );
    let first = &report.refused[0];
    let name = shop.credentials()[0].integration.clone();
    assert_eq!((&first.integration, &*first.message), (&name, "Payload Too Large"));
    assert!(first.call.starts_with("POST /V1/"), "{}", first.call);
}

fn in_chunks(size: usize) -> String {
    post(
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
        &format!("{size:x}\r\n{}\r\n", " ".repeat(size)),
    )
}

fn with_length(size: usize) -> String {
    post(&format!("Content-Type: application/json\r\nContent-Length: {size}\r\n"), &" ".repeat(size))
}

/// Bodies in chunks have room for what has come, not for the largest body.
#[test]
fn unfinished_chunks_leave_room() {
    let server = Server::start();
    let mut unfinished: Vec<TcpStream> = (0..16).map(|_| server.connect()).collect();
    for stream in &mut unfinished {
        stream.write_all(in_chunks(65_537).as_bytes()).unwrap();
    }
    server.still_answers();
    assert!(is_of_shop(&server.send(with_length(70_000))));
    assert!(is_of_shop(&server.send(in_chunks(70_000) + "0\r\n\r\n")));
    for stream in &unfinished {
        stream.set_nonblocking(true).unwrap();
        assert!(stream.peek(&mut [0]).is_err(), "it was answered");
    }
    drop(unfinished);
    server.end();
}

/// Heads alone take no room from others.
#[test]
fn bodies_that_do_not_come_have_no_room() {
    let server = Server::start();
    let mut idle: Vec<TcpStream> = (0..16).map(|_| server.connect()).collect();
    for stream in &mut idle {
        stream.write_all(post("Content-Length: 16777216\r\n", "x").as_bytes()).unwrap();
    }
    assert!(is_of_shop(&server.send(with_length(15 << 20))));
    drop(idle);
    server.end();
}

/// Bodies that find no room are refused, and small ones need none.
#[test]
fn bodies_without_room_are_refused() {
    const HALF: usize = 8 << 20;
    let (started, starts) = mpsc::channel();
    let is_over = Arc::new(Mutex::new(()));
    let (mut shop, held) = (shop("2.4.7-p3"), Arc::clone(&is_over));
    shop.pass_on(Arc::new(move |request, _, _| {
        if request.body.len() > 2 {
            started.send(()).unwrap();
            drop(held.lock().unwrap());
        }
        Ok(HttpAnswer::new(200, "text/plain", Vec::new()))
    }));
    let server = &Server::serving(Arc::new(shop));
    std::thread::scope(|scope| {
        let holding = is_over.lock().unwrap();
        // The first seven have room for twice their bytes, which is all but the reserve.
        let sent: Vec<_> = [HALF; 7]
            .into_iter()
            .chain([70_000])
            .map(|size| {
                let text = format!("\"{}\"", "x".repeat(size));
                let chunk = format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len());
                let headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
                let sent = scope.spawn(move || server.send(post(headers, &chunk)));
                starts.recv().unwrap();
                sent
            })
            .collect();
        for request in [with_length(70_000), in_chunks(70_000) + "0\r\n\r\n"] {
            let answer = server.send(request);
            assert!(answer.starts_with("HTTP/1.1 503 "), "{answer:.200}");
        }
        server.still_answers();
        assert!(is_of_shop(&server.send(with_length(2))));
        drop(holding);
        for answer in sent {
            let answer = answer.join().unwrap();
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer:.200}");
        }
    });
    assert!(is_of_shop(&server.send(with_length(70_000))));
}

/// Twice as many as there is room for.
#[test]
fn clients_that_hang_up_give_their_room_back() {
    let server = Server::start();
    let half = with_length(16 << 20);
    for _ in 0..16 {
        let mut client = server.connect();
        client.write_all(&half.as_bytes()[..half.len() * 3 / 4]).unwrap();
    }
    assert!(is_of_shop(&server.send(with_length(15 << 20))));
    server.end();
}

/// Bodies are weighed as what they are parsed to.
#[test]
fn bodies_of_too_many_values_are_refused() {
    let server = Server::start();
    let filled = |start: &str, item: &str, end: &str| {
        let count = ((8 << 20) - start.len() - end.len()) / item.len();
        format!("{start}{}{end}", item.repeat(count))
    };
    let typed = |kind: &str, body: String| {
        post(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()), &body)
    };
    let json = |body: String| typed("application/json", body);
    for (item, end) in [("[],", "0]"), ("1,", "0]"), (r#"{"":0},"#, "0]"), ("[[[[0]]]],", "0]")] {
        let answer = server.send(json(filled("[", item, end)));
        assert!(answer.starts_with("HTTP/1.1 413 "), "{item}: {answer:.200}");
        let note = "\r\nX-Magespec-Mock: the body takes more than 512 MiB of memory once parsed: send fewer values\r\n";
        assert!(answer.contains(note), "{item}: {answer}");
    }
    for item in ["<a/>", "<a b=''/>", "<a><b/></a>"] {
        let xml = filled("<r>", item, "</r>");
        let answer = server.send(typed("application/xml; charset=utf-8", xml.clone()));
        assert!(answer.starts_with("HTTP/1.1 413 "), "{item}: {answer:.200}");
        for other in ["application/json", "text/plain", "application/octet-stream", "", "APPLICATION/XML"] {
            let answer = server.send(typed(other, xml.clone()));
            assert!(answer.starts_with("HTTP/1.1 400 ") && is_of_shop(&answer), "{other}: {answer:.200}");
        }
    }
    let text = json(filled("[\"", "[{,<=:\\\"", "\"]"));
    assert!(is_of_shop(&server.send(text)), "a text is one value");
    let order = r#"{"entity_id":1,"status":"pending","items":[{"sku":"SKU-0001","qty_ordered":2}]},"#;
    let few = format!("[{}0]", order.repeat((2 << 20) / order.len()));
    let answer = server.send(json(few));
    assert!(answer.starts_with("HTTP/1.1 400 ") && is_of_shop(&answer), "{answer:.200}");
    server.end();
}

/// PHP reads no more of them.
#[test]
fn of_forms_and_uploads_a_thousand_fields_are_weighed() {
    let server = Server::start();
    let of = |kind: &str, body: &str| {
        post(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()), body)
    };
    let form: String = (0..360_000).map(|number| format!("a{number}=1&")).collect();
    let part = |head: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"a\"{head}\r\n\r\n{value}\r\n")
    };
    let marks = "====<<<<".repeat(50_000);
    for (kind, body) in [
        ("application/x-www-form-urlencoded", form),
        ("multipart/form-data; boundary=b", part("", &marks)),
        ("multipart/form-data; boundary=b", part("; filename=\"f\"", &marks.repeat(20))),
        ("multipart/form-data; boundary=b", part("", "[").repeat(200_000)),
    ] {
        let answer = server.send(of(kind, &body));
        assert!(answer.starts_with("HTTP/1.1 400 ") && is_of_shop(&answer), "{kind}: {answer:.200}");
    }
    server.end();
}

/// As nginx refuses them.
#[test]
fn hosts_and_encodings_are_checked() {
    let server = Server::start();
    let odd = |headers: &str| format!("GET /rest/V1/orders/1 HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
    for (headers, status) in [
        ("", "400"),
        ("Host:\r\n", "400"),
        ("Host: a\r\nHost: a\r\n", "400"),
        ("Host: a b<>\r\n", "400"),
        ("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: gzip\r\n", "501"),
        ("Host: a\r\ntransfer-encoding:identity\r\nA: b\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: chunked, chunked\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: chunked, gzip\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: chunked;a=b\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding:\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: \tchunked\n", "501"),
        ("Host: a\r\nTransfer-Encoding: gz\u{ef}p\r\n", "501"),
        ("Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: gzip\r\n", "501"),
        ("Host: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n", "501"),
        ("Transfer-Encoding: gzip\r\n", "400"),
        ("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "400"),
        ("Host: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "400"),
        ("Host: a\r\nContent-Length: 1\r\nTransfer-Encoding:  CHUNKED \nA: b\r\n", "400"),
        ("Host: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n", "400"),
        ("Host: a\r\ntransfer-encoding: chunked\r\nA: b\r\nCONTENT-LENGTH: 0\r\n", "400"),
        ("Content-Length: 0\r\nHost: a\r\nContent-Length: 0\r\n", "400"),
    ] {
        let answer = server.send(odd(headers));
        let is_refused = answer.starts_with(&format!("HTTP/1.1 {status}")) && !is_of_shop(&answer);
        assert!(is_refused, "{headers:?}: {answer:.200}");
    }
    for headers in [
        "Content-Length: 0\r\nContent-Lengths: 0\r\nContent-Len: 0\r\nX-Content-Length: 0\r\n",
        "X: Content-Length: 0\r\nContent-Length-X: 0\r\nTransfer-Encodings: a\r\nContent-Length: 0\r\n",
    ] {
        let answer = server.send(odd(&format!("Host: a\r\n{headers}")));
        assert!(is_of_shop(&answer), "{headers:?}: {answer:.200}");
    }
    let chunked = odd("Host: a\r\nTransfer-Encoding:  Chunked \r\n") + "0\r\n\r\n";
    assert!(is_of_shop(&server.send(chunked)));
    for coding in ["chunked", "gzip"] {
        let old = server.send(format!("GET / HTTP/1.0\r\nTransfer-Encoding: {coding}\r\n\r\n0\r\n\r\n"));
        assert!(old.starts_with("HTTP/1.1 400 "), "{coding}: {old:.200}");
    }
    let old = server.send("GET /rest/V1/orders/1 HTTP/1.0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.0 401") && old.contains("\r\nContent-Type: "), "{old:.200}");
    server.end();
}
