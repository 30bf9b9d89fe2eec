//! Steps of a handshake, as they are reported.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::mock::SignedTexts;

/// Step of a handshake.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::cli) struct HandshakeStep {
    /// Kind.
    pub(super) step: StepKind,
    /// Method of the request; null if none was sent.
    pub(super) method: Option<String>,
    /// URL or path of the request.
    pub(super) url: String,
    /// Status of the answer; null without one.
    pub(super) status: Option<u16>,
    /// True if the handshake continues.
    pub(super) ok: bool,
    /// Message of the answer, or what to know about it.
    pub(super) message: Option<String>,
    /// Reason of a refusal, and what to change.
    pub(super) why: Option<String>,
    /// Texts of a signature that does not match.
    #[serde(flatten)]
    pub(super) signed: SignedTexts,
}

/// Kind of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum StepKind {
    /// The shop posts the credentials to the endpoint.
    PostCredentials,
    /// Admin opens the identity link.
    OpenIdentityLink,
    /// The connector asks for a request token.
    RequestToken,
    /// The connector asks for an access token.
    AccessToken,
}

impl StepKind {
    const fn label(self) -> &'static str {
        match self {
            Self::PostCredentials => "credentials",
            Self::OpenIdentityLink => "identity link",
            Self::RequestToken => "request token",
            Self::AccessToken => "access token",
        }
    }
}

impl fmt::Display for HandshakeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<14} ", self.step.label())?;
        if let Some(method) = &self.method {
            write!(f, "{method} ")?;
        }
        write!(f, "{}", self.url)?;
        if let Some(status) = self.status {
            write!(f, ": {status}")?;
        }
        if let Some(message) = &self.message {
            let between = if self.status.is_some() { " " } else { ": " };
            write!(f, "{between}{message}")?;
        }
        Ok(())
    }
}
