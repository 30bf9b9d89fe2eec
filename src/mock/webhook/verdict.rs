//! Judgements on the answers of a receiver.

use std::time::Duration;

use super::message_kind::{Expected, MessageKind};
use crate::{
    mock::{HttpAnswer, http::Unanswered},
    model::Webhooks,
};

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
                "no answer within {seconds} s, the timeout of the shop: answer as soon as the message is stored, and process it later; {again}"
            ));
        }
        Err(error) => return Verdict::Wrong(format!("{error}; {again}")),
    };
    match (kind.expected(), status) {
        (Expected::Accept, 200..=299) => Verdict::Right(kind.right()),
        (Expected::Refuse, 400 | 401 | 403) if is_sound => Verdict::Right(kind.right()),
        (Expected::Refuse, 400 | 401 | 403) => Verdict::Open,
        (Expected::Refuse, 200..=299) => Verdict::Wrong(format!("accepted: {}", kind.check())),
        (Expected::Refuse, _) => Verdict::Wrong(format!(
            "{status} does not tell the shop that the {} is wrong: answer 401",
            kind.wrong_part()
        )),
        (Expected::Accept, 300..=399) => {
            Verdict::Wrong(format!("the shop does not follow redirects: answer 2xx at this URL; {again}"))
        }
        (Expected::Accept, 401 | 403) => Verdict::Wrong(format!(
            "refused although the signature is valid: compare the secrets, and verify the body as received, not parsed and encoded again; \
             {again}"
        )),
        (Expected::Accept, 404 | 405) => Verdict::Wrong(format!(
            "the receiver has no POST route at this path: compare it with `path` of [webhooks]; {again}"
        )),
        (Expected::Accept, 409 | 422) if kind == MessageKind::SentAgain => Verdict::Wrong(format!(
            "answer 2xx to an id that was received before: the shop treats {status} as a failure; {again}"
        )),
        (Expected::Accept, _) => {
            Verdict::Wrong(format!("not 2xx, which the shop treats as a failure; {again}"))
        }
    }
}

/// Statement on the next attempt of the shop.
fn again(webhooks: &Webhooks) -> String {
    let first = webhooks.first_delay.min(webhooks.longest_delay);
    if webhooks.max_attempts < 2 {
        return "the shop does not retry".to_owned();
    }
    format!("the shop sends it again in {} to {first} s, {} times in all", first / 2, webhooks.max_attempts)
}
