//! A request as it came in.

/// HTTP request, before anything is decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpRequest {
    /// Method as sent.
    pub method: String,
    /// `http` or `https`: that of the connection, or of `X-Forwarded-Proto`.
    pub scheme: String,
    /// Host header as sent, with its port.
    pub host: String,
    /// Path and query as sent.
    pub target: String,
    /// Headers in the order of the request.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// Value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Path as sent, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// Query as sent, without the question mark; none without one.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        Some(query.split('#').next().unwrap_or_default())
    }
}
