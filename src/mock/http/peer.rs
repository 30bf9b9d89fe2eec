//! Requests to other systems: endpoints and receivers on this machine.

use std::{
    error::Error,
    fmt,
    io::{self, Read as _, Write as _},
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _},
    time::{Duration, Instant},
};

use super::incoming::IncomingAnswer;
use crate::mock::HttpAnswer;

/// System that requests are sent to, without TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    host: String,
    addresses: Vec<SocketAddr>,
}

/// Request without a complete answer.
#[derive(Debug)]
pub enum Unanswered {
    /// No connection.
    Unreachable(io::Error),
    /// Time that is over.
    TooLate,
    /// Connection that was closed or broke.
    Broken(io::Error),
    /// Answer that is not HTTP, or is too large.
    NotHttp,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(cause) => write!(f, "no connection: {cause}"),
            Self::TooLate => f.write_str("no complete answer in time"),
            Self::Broken(cause) => {
                write!(f, "the connection was closed before the answer was complete: {cause}")
            }
            Self::NotHttp => f.write_str("the answer is not HTTP/1.1, or larger than 4 MiB"),
        }
    }
}

impl Error for Unanswered {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreachable(cause) | Self::Broken(cause) => Some(cause),
            Self::TooLate | Self::NotHttp => None,
        }
    }
}

impl Peer {
    /// Looks up a host with or without a port, 80 by default: `localhost:9000`, `[::1]`.
    ///
    /// # Errors
    /// Name without an address, or a port that is not a number.
    pub fn find(host: &str) -> io::Result<Self> {
        let has_port = host.rsplit(']').next().is_some_and(|end| end.contains(':'));
        let named = if has_port { host.to_owned() } else { format!("{host}:80") };
        let addresses: Vec<SocketAddr> = named.to_socket_addrs()?.collect();
        if addresses.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        }
        Ok(Self { host: host.to_owned(), addresses })
    }

    /// Looks up a host of this machine: `localhost`, a name below it, or a loopback address. Others are not looked up.
    ///
    /// # Errors
    /// Name without an address, or a port that is not a number.
    pub fn find_local(host: &str) -> io::Result<Option<Self>> {
        let host_name = host.to_ascii_lowercase();
        let name = match host_name.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host_name.split(':').next().unwrap_or_default(),
        };
        let is_address = name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if !is_address && name != "localhost" && !name.ends_with(".localhost") {
            return Ok(None);
        }
        let peer = Self::find(host)?;
        Ok(peer.addresses.iter().all(|address| address.ip().is_loopback()).then_some(peer))
    }

    /// Host as it was given, for the `Host` header.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Sends a request as it is, and reads the answer; redirects are not followed.
    ///
    /// # Errors
    /// No connection, no complete answer in time, or something else than HTTP.
    pub fn ask(&self, request: &[u8], timeout: Duration) -> Result<HttpAnswer, Unanswered> {
        let end = Instant::now() + timeout;
        let mut stream = self.connect(timeout)?;
        let _ = stream.set_nodelay(true);
        let broken = |error: io::Error| match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Unanswered::TooLate,
            _ => Unanswered::Broken(error),
        };
        stream.set_write_timeout(Some(timeout)).map_err(broken)?;
        // Whoever refuses a request may answer before it has read it all.
        let sent = stream.write_all(request);
        let mut incoming = IncomingAnswer::default();
        let mut chunk = [0; 16 * 1024];
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Unanswered::TooLate);
            }
            stream.set_read_timeout(Some(left)).map_err(broken)?;
            let count = match stream.read(&mut chunk) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(error)),
            };
            if count == 0 {
                if let Some(answer) = incoming.close() {
                    return Ok(answer);
                }
                sent.map_err(broken)?;
                return Err(Unanswered::Broken(io::ErrorKind::UnexpectedEof.into()));
            }
            let answer = incoming.read(chunk.get(..count).unwrap_or_default());
            if let Some(answer) = answer.map_err(|_| Unanswered::NotHttp)? {
                return Ok(answer);
            }
        }
    }

    /// Connects to the first address that accepts the connection.
    fn connect(&self, timeout: Duration) -> Result<TcpStream, Unanswered> {
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in &self.addresses {
            match TcpStream::connect_timeout(address, timeout) {
                Ok(stream) => return Ok(stream),
                Err(error) => last = error,
            }
        }
        Err(Unanswered::Unreachable(last))
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// Asks somebody who answers with these bytes and closes the connection.
    fn asked(answer: &[u8]) -> Result<HttpAnswer, Unanswered> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = Peer::find(&listener.local_addr().unwrap().to_string()).unwrap();
        let answer = answer.to_vec();
        let other = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4];
            stream.read_exact(&mut request).unwrap();
            // Whoever asks may close the connection before it has read everything.
            let _ = stream.write_all(&answer);
            request
        });
        let answered = peer.ask(b"GET ", Duration::from_secs(60));
        assert_eq!(&other.join().unwrap(), b"GET ");
        answered
    }

    #[test]
    fn answers_of_every_framing_are_read() {
        for (bytes, body) in [
            (&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc"[..], "ab"),
            (b"HTTP/1.0 200 OK\r\n\r\nabc", "abc"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nA: b\r\n\r\n", "abc"),
            (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", ""),
        ] {
            let answer = asked(bytes).unwrap();
            assert_eq!((answer.status, String::from_utf8_lossy(&answer.body).as_ref()), (200, body));
        }
        assert_eq!(
            asked(b"HTTP/1.1 204 No Content\r\nA: b\r\n\r\n").unwrap().headers,
            [("A".into(), "b".to_owned())]
        );
    }

    #[test]
    fn what_is_not_a_complete_answer_is_an_error() {
        for bytes in
            [&b"SSH-2.0-x\r\n"[..], b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", b"HTTP/1.1 x\r\n\r\n"]
        {
            assert!(matches!(asked(bytes), Err(Unanswered::NotHttp)), "{bytes:?}");
        }
        let endless = "HTTP/1.1 100\r\n\r\n".repeat(200_000);
        assert!(matches!(asked(endless.as_bytes()), Err(Unanswered::NotHttp)));
        for bytes in [&b""[..], b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"] {
            assert!(matches!(asked(bytes), Err(Unanswered::Broken(_))), "{bytes:?}");
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = Peer::find(&listener.local_addr().unwrap().to_string()).unwrap();
        assert!(matches!(peer.ask(b"x", Duration::from_millis(20)), Err(Unanswered::TooLate)));
        drop(listener);
        assert!(matches!(peer.ask(b"x", Duration::from_secs(60)), Err(Unanswered::Unreachable(_))));
        assert!(Peer::find("127.0.0.1:x").is_err());
        assert_eq!(Peer::find("[::1]").unwrap().host(), "[::1]");
    }

    #[test]
    fn this_machine_has_several_names() {
        for host in ["127.0.0.2:80", "[::1]:9", "LOCALHOST:1"] {
            assert_eq!(Peer::find_local(host).unwrap().unwrap().host(), host);
        }
        for host in ["erp.acme.com", "localhost.acme.com", "192.168.0.1", "127.0.0.1.nip.io", "0.0.0.0"] {
            assert_eq!(Peer::find_local(host).unwrap(), None, "{host}");
        }
    }
}
