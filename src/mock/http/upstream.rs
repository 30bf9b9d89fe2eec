//! Request to the shop that is recorded.

use crate::oauth::CallUrl;

/// Request that is sent to the shop.
pub(super) struct UpstreamRequest<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a CallUrl,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: &'a [u8],
}

impl UpstreamRequest<'_> {
    /// Request as HTTP/1.1.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (target, host) = (self.url.target(), &self.url.host);
        let mut head =
            format!("{} {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: magespec\r\n", self.method);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() || self.method != "GET" {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        [head.as_bytes(), b"Connection: close\r\n\r\n", self.body].concat()
    }
}
