//! A hostile client against the server of the mock: limits hold, nothing panics, others are answered, and it ends.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    panic,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use magespec::mock::{MockShop, http::MockServer};

use crate::mock::shop;

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    run: Option<JoinHandle<()>>,
}

/// Panics in tasks of all servers, which are otherwise seen by nobody.
static PANICS: AtomicUsize = AtomicUsize::new(0);

fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if std::thread::current().name().is_some_and(|name| name.starts_with("tokio")) {
                PANICS.fetch_add(1, Ordering::SeqCst);
            }
            usual(panicked);
        }));
    });
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::serving(Arc::new(shop("2.4.7-p3")))
    }

    pub(crate) fn serving(shop: Arc<MockShop>) -> Self {
        count_panics();
        let server = MockServer::bind(([127, 0, 0, 1], 0).into(), shop).unwrap();
        let (address, is_over) = (server.address(), Arc::new(AtomicBool::new(false)));
        let asked = Arc::clone(&is_over);
        let run = std::thread::spawn(move || server.run(move || asked.load(Ordering::Relaxed)).unwrap());
        Self { address, is_over, run: Some(run) }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends bytes and reads all that comes back until the server closes.
    pub(crate) fn send(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The server may close the connection before it has read everything.
        let _ = stream.write_all(bytes.as_ref());
        rest(&mut stream)
    }

    #[track_caller]
    pub(crate) fn still_answers(&self) {
        let answer = self.send(get("/rest/V1/orders/1"));
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    }

    /// Ends the server. Fails if it panicked.
    pub(crate) fn end(mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.run.take().unwrap().join().unwrap();
        assert_eq!(PANICS.load(Ordering::SeqCst), 0, "a task of a server panicked");
    }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

pub(crate) fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
}

/// Request of an integration that may do everything.
pub(crate) fn post(headers: &str, body: &str) -> String {
    let token = "t".repeat(32);
    format!(
        "POST /rest/V1/orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{headers}\r\n{body}"
    )
}

/// Request of an integration that may do everything.
fn allowed(target: &str) -> String {
    let header = format!("Authorization: Bearer {}\r\nConnection", "t".repeat(32));
    get(target).replace("Connection", &header)
}

/// Answer of the shop, not of the server.
pub(crate) fn is_of_shop(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 ") && answer.contains("\r\nContent-Type: ")
}

/// As nginx passes them on; in each request of a connection.
#[test]
fn odd_characters_in_a_target_reach_the_shop() {
    let shop = Arc::new(shop("2.4.7-p3"));
    let server = Server::serving(Arc::clone(&shop));
    let mut stream = server.connect();
    let targets = ["/rest/V1/x`y", "/rest/V1/<x>/\"y\"", "/rest/V1/orders?a=`\"<>"];
    for target in targets {
        let request = get(target).replace("close", "keep-alive");
        request.as_bytes().chunks(7).for_each(|piece| stream.write_all(piece).unwrap());
        let (mut head, mut byte) = (String::new(), [0]);
        while !head.ends_with("\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            head.push(char::from(byte[0]));
        }
        assert!(head.starts_with("HTTP/1.1 40") && is_of_shop(&head), "{target}: {head}");
        let length = head.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap();
        stream.read_exact(&mut vec![0; length.parse().unwrap()]).unwrap();
    }
    let calls: Vec<String> = shop.contract().refused.into_iter().map(|it| it.call).collect();
    assert_eq!(calls, ["GET /V1/orders", "GET /rest/V1/<x>/\"y\"", "GET /rest/V1/x`y"]);
    drop(stream);
    server.end();
}

#[test]
fn malformed_requests_are_refused() {
    let server = Server::start();
    for request in [
        "\0\u{1}\u{2}\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET  /  HTTP/1.1\r\n\r\n",
        "G\u{e4}T / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n: no name\r\n\r\n",
        "GET / HTTP/1.1\r\nA B: c\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\0c\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}",
    ] {
        let answer = server.send(format!("{request}\r\n\r\n"));
        let is_refused = answer.starts_with("HTTP/1.1 400 ") && !is_of_shop(&answer);
        assert!(is_refused || answer.is_empty(), "{request:?}: {answer:.200}");
    }
    server.still_answers();
    server.end();
}

#[test]
fn bodies_that_lie_end_their_own_connection_only() {
    let server = Server::start();
    for (headers, body) in [
        ("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "5\r\n{}\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "-1\r\n{}\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "2\r\n{}\r\n0\r\n\r\n"),
    ] {
        let answer = server.send(post(&format!("Content-Type: application/json\r\n{headers}"), body));
        assert!(
            answer.starts_with("HTTP/1.1 400 ") && !is_of_shop(&answer),
            "{headers:?} {body:?}: {answer:.200}"
        );
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    }
    // What follows a body is not a part of it, nor another request.
    for (headers, body) in [
        ("Content-Length: 2\r\n", "{}GET / HTTP/1.1\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"),
    ] {
        let answer = server.send(post(&format!("Content-Type: application/json\r\n{headers}"), body));
        assert!(is_of_shop(&answer) && answer.contains("fieldName"), "{headers:?}: {answer:.200}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    }
    // A body that never comes: the client gives up.
    for headers in ["Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut stream = server.connect();
        stream.write_all(post(headers, "").as_bytes()).unwrap();
    }
    server.still_answers();
    server.end();
}

#[test]
fn paths_lead_nowhere_else() {
    let server = Server::start();
    for target in [
        "/rest/../../etc/passwd",
        "/rest/V1/../V1/../../etc",
        "/rest/%2e%2e/%2e%2e/etc/passwd",
        "/rest/V1/products/%00",
        "/rest/V1/products/%2F%2F..%2F",
        "/rest/V1/products/%ff%fe",
        "/rest/V1/products/%",
        "/rest/V1/products/%zz",
        "/rest/V1//orders",
        "//rest//V1/orders/1",
        "/rest/V1/orders/1;a=b",
        "/rest/V1/orders?searchCriteria[a][b][c",
        "/rest/V1/orders?%00=%00&[]=&=&&&a[][][]=1",
        "/rest/V1/orders?searchCriteria[pageSize]=99999999999999999999999999",
        "/rest/\\..\\..\\windows",
        "/",
        "/rest",
    ] {
        let answer = server.send(allowed(target));
        assert!(is_of_shop(&answer) && !answer.contains("root:"), "{target}: {answer:.200}");
    }
    let deep = server.send(allowed(&format!("/rest/V1/orders?a{}=1", "[a]".repeat(9_000))));
    assert!(is_of_shop(&deep), "{deep:.200}");
    let many = server.send(allowed(&format!("/rest/V1/orders?{}", "a[]=1&".repeat(9_000))));
    assert!(is_of_shop(&many), "{many:.200}");
    let mut raw =
        b"GET /rest/V1/products/\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: \xff\r\n\r\n"
            .to_vec();
    assert!(server.send(&raw).starts_with("HTTP/1.1 4"));
    raw.retain(|byte| *byte < 0xfe);
    assert!(server.send(&raw).starts_with("HTTP/1.1 4"));
    server.end();
}

#[test]
fn unusual_targets_and_versions_are_answered() {
    let server = Server::start();
    let line = |line: &str, headers: &str| format!("{line}\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
    for (request, status) in [
        (line("GET http://b.example/rest/V1/orders/1 HTTP/1.1", ""), "401"),
        (line("OPTIONS * HTTP/1.1", ""), "4"),
        (line("CONNECT a:80 HTTP/1.1", ""), "4"),
        (line("OPTIONS /rest/V1/orders/1 HTTP/1.1", ""), "405"),
        (line("HEAD /rest/V1/orders/1 HTTP/1.1", ""), "405"),
        (line("GET /rest/V1/orders/1 HTTP/1.1", "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n"), "401"),
        (line("GET /rest/V1/orders/1 HTTP/1.1", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"), "401"),
    ] {
        let answer = server.send(&request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request:.60}: {answer:.200}");
        if request.starts_with("HEAD") {
            assert!(answer.ends_with("\r\n\r\n"), "{answer}");
        }
    }
    let answer = server.send("GET /rest/V1/orders/1 HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 401"), "{answer}");
    let answer = server.send("GET /rest/V1/orders/1\r\n\r\n");
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "HTTP/0.9: {answer}");
    server.end();
}

#[test]
fn a_client_that_waits_for_leave_gets_it() {
    let server = Server::start();
    let mut stream = server.connect();
    let head = post("Content-Length: 2\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n", "");
    stream.write_all(head.as_bytes()).unwrap();
    let mut leave = [0; 25];
    stream.read_exact(&mut leave).unwrap();
    assert_eq!(String::from_utf8_lossy(&leave), "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"{}").unwrap();
    assert!(rest(&mut stream).contains("fieldName"));
    server.end();
}

#[test]
fn pipelined_requests_are_answered_in_their_order() {
    let server = Server::start();
    let mut requests = String::new();
    for number in 0..200 {
        let (path, connection) = (if number % 2 == 0 { "nope" } else { "orders/1" }, "keep-alive");
        requests += &format!("GET /rest/V1/{path} HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\n\r\n");
    }
    requests += &get("/rest/V1/orders/1");
    let answers = server.send(requests);
    let statuses: Vec<&str> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses.len(), 201);
    assert!(statuses.iter().enumerate().all(|(at, status)| *status == ["404", "401"][at % 2] || at == 200));
    server.end();
}

/// Odd characters are those of request lines alone, also where a packet ends in the middle of the next request.
#[test]
fn pipelined_requests_are_answered_as_single_ones_wherever_they_are_cut() {
    let server = &Server::start();
    let body = r#"{"username": "<`a>", "password": "b"}"#;
    let head =
        "POST /rest/V1/integration/admin/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    let sized = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let signed =
        get("/rest/V1/orders/1?a=b").replace("Host", "Authorization: OAuth oauth_version=\"2.0\"\r\nHost");
    let odd = get("/rest/V1/orders/<`1>?a=\"\"");
    let last = sized.replace("Host", "Connection: close\r\nHost");
    let parts = |answers: &str| -> Vec<(String, String)> {
        let answers = answers.split("HTTP/1.1 ").skip(1).map(|it| it.split_once("\r\n\r\n").unwrap());
        answers.map(|(head, body)| (head[..3].to_owned(), body.to_owned())).collect()
    };
    let login = parts(&server.send(&last));
    assert_eq!(login[0].0, "401", "{login:?}");
    std::thread::scope(|scope| {
        for (first, second) in [(&sized, &last), (&chunked, &last), (&sized, &signed), (&sized, &odd)] {
            let expected = [login.clone(), parts(&server.send(second))].concat();
            let both = format!("{first}{second}");
            for cut in (1..both.len()).step_by(11).chain([first.len(), both.len() - body.len()]) {
                let (both, expected) = (both.clone(), expected.clone());
                scope.spawn(move || {
                    let mut stream = server.connect();
                    stream.write_all(&both.as_bytes()[..cut]).unwrap();
                    std::thread::sleep(Duration::from_millis(200));
                    stream.write_all(&both.as_bytes()[cut..]).unwrap();
                    assert_eq!(parts(&rest(&mut stream)), expected, "{:?}", &both[..cut]);
                });
            }
        }
    });
}

#[test]
fn a_thousand_connections_and_slow_ones_do_not_stop_others() {
    let server = Server::start();
    let mut streams = Vec::new();
    for number in 0..1_000 {
        // The system may not have as many file descriptors.
        let Ok(mut stream) = TcpStream::connect(server.address) else { break };
        // One part of them starts a request and never ends it.
        if number % 3 == 0 {
            let _ = stream.write_all(b"GET /rest/V1/orders/1 HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        }
        streams.push(stream);
    }
    assert!(streams.len() >= 100, "{}", streams.len());
    let count = streams.len();
    for stream in streams.iter_mut().skip(1).step_by(count / 20) {
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let _ = stream.write_all(b"x\r\n\r\n");
    }
    drop(streams.split_off(count / 2));
    server.still_answers();
    // It ends although half of the connections are still open.
    server.end();
    drop(streams);
}

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(b"GET /rest/V1/orders/1 HTTP/1.1\r\nHost: a\r\nX-Slow: ").unwrap();
    // Fails after the minute that this client waits.
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(!is_of_shop(&String::from_utf8_lossy(&answer)));
    server.still_answers();
    server.end();
}
