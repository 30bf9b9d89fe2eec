//! Limits of the server of the mock, and what it refuses as nginx does.

use std::{io::Write as _, net::TcpStream};

use crate::mock_hostile::{Server, get, is_of_shop, post};

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

/// More bodies than fit into memory at a time: each is read in its turn, and small ones do not wait.
#[test]
fn large_bodies_wait_for_each_other() {
    let server = &Server::start();
    let size = 15 << 20;
    let mut slow: Vec<TcpStream> = (0..8).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(post(&format!("Content-Length: {size}\r\n"), "x").as_bytes()).unwrap();
    }
    std::thread::scope(|scope| {
        let large = scope.spawn(|| {
            let body = "x".repeat(size);
            server.send(post(&format!("Content-Length: {size}\r\n"), &body))
        });
        server.still_answers();
        let small = post("Content-Type: application/json\r\nContent-Length: 2\r\n", "{}");
        assert!(is_of_shop(&server.send(small)));
        drop(slow);
        assert!(is_of_shop(&large.join().unwrap()));
    });
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

/// Bodies that find no room are refused.
#[test]
fn bodies_without_room_are_refused() {
    let server = Server::start();
    let clients: Vec<TcpStream> = (0..8).map(|_| server.connect()).collect();
    for mut client in &clients {
        let head = post("Content-Length: 16777216\r\nExpect: 100-continue\r\n", "");
        client.write_all(head.as_bytes()).unwrap();
        // Leave to go on comes once there is room.
        client.peek(&mut [0]).unwrap();
    }
    std::thread::scope(|scope| {
        for request in [with_length(70_000), in_chunks(70_000) + "0\r\n\r\n"] {
            let server = &server;
            scope.spawn(move || {
                let answer = server.send(request);
                assert!(answer.starts_with("HTTP/1.1 503 ") && !is_of_shop(&answer), "{answer:.200}");
            });
        }
    });
    drop(clients);
    assert!(is_of_shop(&server.send(with_length(70_000))));
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
