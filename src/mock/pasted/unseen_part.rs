//! Parts of a request that were not pasted.

/// Part of a request that is in a file or in a variable, so that its value is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnseenPart {
    /// HTTP method.
    Method,
    /// Scheme and host of the URL.
    Host,
    /// Path of the URL.
    Path,
    /// Query, or a part of it.
    Query,
    /// Body, or a part of it.
    Body,
    /// Header `Content-Type`, and with it whether the body is a form.
    ContentType,
    /// Header `Authorization`, or a part of it.
    Authorization,
}

impl UnseenPart {
    /// Name of the part in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Method => "the method",
            Self::Host => "the host",
            Self::Path => "the path",
            Self::Query => "the query",
            Self::Body => "the body",
            Self::ContentType => "Content-Type",
            Self::Authorization => "the Authorization header",
        }
    }
}
