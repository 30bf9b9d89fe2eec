//! Messages of a trial, and what a receiver should do with them.

use schemars::JsonSchema;
use serde::Serialize;

/// Kind of a message of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// As the shop sends it.
    Sent,
    /// The same message once more, as after an answer that got lost.
    SentAgain,
    /// Signed with another key, and with the right one in a second signature.
    TwoSignatures,
    /// Signed with another key.
    OtherSecret,
    /// Body changed after it was signed.
    ChangedBody,
    /// `webhook-id` changed after it was signed.
    ChangedId,
    /// `webhook-timestamp` changed after it was signed.
    ChangedTimestamp,
    /// Without `webhook-signature`.
    NoSignature,
    /// Signed ten minutes ago.
    TenMinutesOld,
    /// Signed in ten minutes.
    TenMinutesAhead,
    /// The newer of two messages, first.
    NewerFirst,
    /// The older of two messages, last.
    OlderLast,
}

/// Behaviour of a receiver that does its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// A status of 2xx in time.
    Accept,
    /// A status of 400, 401 or 403.
    Refuse,
}

impl MessageKind {
    /// Description for people.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sent => "as the shop sends it",
            Self::SentAgain => "the same id again",
            Self::TwoSignatures => "two signatures, the second valid",
            Self::OtherSecret => "signed with another secret",
            Self::ChangedBody => "body changed after signing",
            Self::ChangedId => "webhook-id changed after signing",
            Self::ChangedTimestamp => "webhook-timestamp changed after signing",
            Self::NoSignature => "no webhook-signature",
            Self::TenMinutesOld => "signed ten minutes ago",
            Self::TenMinutesAhead => "signed ten minutes ahead",
            Self::NewerFirst => "the newer of two first",
            Self::OlderLast => "the older of two last",
        }
    }

    /// Behaviour that is right.
    #[must_use]
    pub const fn expected(self) -> Expected {
        match self {
            Self::Sent | Self::SentAgain | Self::TwoSignatures | Self::NewerFirst | Self::OlderLast => {
                Expected::Accept
            }
            Self::OtherSecret
            | Self::ChangedBody
            | Self::ChangedId
            | Self::ChangedTimestamp
            | Self::NoSignature
            | Self::TenMinutesOld
            | Self::TenMinutesAhead => Expected::Refuse,
        }
    }

    /// Advice for a receiver that accepts what it should refuse.
    pub(super) const fn check(self) -> &'static str {
        match self {
            Self::TenMinutesOld | Self::TenMinutesAhead => {
                "refuse it if `webhook-timestamp` is more than five minutes off: whoever recorded a message can send it again"
            }
            Self::NoSignature => "refuse a message without `webhook-signature`",
            _ => {
                "compare `webhook-signature` with HMAC-SHA256 over `webhook-id`, a dot, `webhook-timestamp`, a dot and the body as it \
                 arrived"
            }
        }
    }

    /// Part that is wrong in a message that must be refused.
    pub(super) const fn wrong_part(self) -> &'static str {
        match self {
            Self::TenMinutesOld | Self::TenMinutesAhead => "time",
            _ => "signature",
        }
    }

    /// Text on what was right.
    pub(super) const fn right(self) -> &'static str {
        match (self, self.expected()) {
            (Self::SentAgain, _) => "accepted; the receiver must not process it again",
            (Self::OlderLast, _) => "accepted; the receiver must drop it",
            (_, Expected::Accept) => "accepted",
            (_, Expected::Refuse) => "refused",
        }
    }
}
