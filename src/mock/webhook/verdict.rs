//! Judgements on the answers of a receiver.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    mock::{HttpAnswer, http::Unanswered},
    model::Webhooks,
};

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

/// Judgement on an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Right(&'static str),
    /// Wrong, and what to change.
    Wrong(String),
    /// Not proven, because the receiver refuses genuine messages, too.
    Open,
}

impl Verdict {
    /// Returns true for an answer as it should be.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        matches!(self, Self::Right(_))
    }

    /// Returns true for a receiver that has to be changed.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong(_))
    }
}

impl MessageKind {
    /// Description for people.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sent => "as the shop sends it",
            Self::SentAgain => "the same id again",
            Self::TwoSignatures => "two signatures, the second fits",
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
    const fn check(self) -> &'static str {
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

    /// Text on what was right.
    const fn right(self) -> &'static str {
        match (self, self.expected()) {
            (Self::SentAgain, _) => "accepted; the receiver must not process it again",
            (Self::OlderLast, _) => "accepted; the receiver must drop it",
            (_, Expected::Accept) => "accepted",
            (_, Expected::Refuse) => "refused",
        }
    }
}

/// Judges the answer to a message. `is_sound` says that the receiver accepts genuine messages.
pub(super) fn judge(
    kind: MessageKind,
    answer: &Result<HttpAnswer, Unanswered>,
    timeout: Duration,
    webhooks: &Webhooks,
    is_sound: bool,
) -> Verdict {
    let again = again(webhooks);
    let status = match answer {
        Ok(answer) => answer.status,
        Err(Unanswered::TooLate) => {
            let seconds = timeout.as_secs();
            return Verdict::Wrong(format!(
                "no answer within {seconds} s, the timeout of the shop: answer as soon as the message is stored, and work later; {again}"
            ));
        }
        Err(error) => return Verdict::Wrong(format!("{error}; {again}")),
    };
    match (kind.expected(), status) {
        (Expected::Accept, 200..=299) => Verdict::Right(kind.right()),
        (Expected::Refuse, 400 | 401 | 403) if is_sound => Verdict::Right(kind.right()),
        (Expected::Refuse, 400 | 401 | 403) => Verdict::Open,
        (Expected::Refuse, 200..=299) => Verdict::Wrong(format!("accepted: {}", kind.check())),
        (Expected::Refuse, _) => {
            Verdict::Wrong(format!("{status} does not tell the shop that the signature is wrong: answer 401"))
        }
        (Expected::Accept, 300..=399) => {
            Verdict::Wrong(format!("the shop does not follow redirects: answer 2xx at this URL; {again}"))
        }
        (Expected::Accept, 401 | 403) => Verdict::Wrong(format!(
            "refused although the signature fits: compare the secrets, and verify the body as it arrived, not parsed and written anew; \
             {again}"
        )),
        (Expected::Accept, 404 | 405) => Verdict::Wrong(format!(
            "nothing takes a POST at this path: compare it with `path` of [webhooks]; {again}"
        )),
        (Expected::Accept, 409 | 422) if kind == MessageKind::SentAgain => Verdict::Wrong(format!(
            "answer 2xx to an id that is known already: for the shop {status} is a failure; {again}"
        )),
        (Expected::Accept, _) => Verdict::Wrong(format!("not 2xx, so a failure for the shop; {again}")),
    }
}

/// Statement on the next attempt of the shop.
fn again(webhooks: &Webhooks) -> String {
    let first = webhooks.first_delay.min(webhooks.longest_delay);
    if webhooks.max_attempts < 2 {
        return "the shop gives it up at once".to_owned();
    }
    format!("the shop sends it again in {} to {first} s, {} times in all", first / 2, webhooks.max_attempts)
}
