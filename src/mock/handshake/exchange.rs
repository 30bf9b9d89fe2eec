//! `/oauth/token/request` and `/oauth/token/access`.

use std::fmt;

use serde_json::Value;

use super::{ExchangeAttempt, ExchangeStep};
use crate::{
    mock::{
        ConsumerStatus, HttpRequest, MockShop, RefusalBody, ShopRefusal, TokenKind,
        gate::{LENGTH, Protocol, refuse_missing},
    },
    oauth::percent,
};

/// Token with its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ExchangedToken {
    /// `oauth_token`.
    pub token: String,
    /// `oauth_token_secret`.
    pub secret: String,
}

impl fmt::Debug for ExchangedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExchangedToken")
    }
}

impl fmt::Display for ExchangedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "oauth_token={}&oauth_token_secret={}", self.token, self.secret)
    }
}

impl MockShop {
    /// Answers a request for a token, and notes it. A refusal has its text in the form of `oauth_problem`.
    pub(in crate::mock) fn exchange(
        &self,
        step: ExchangeStep,
        request: &HttpRequest,
        now: u64,
    ) -> Result<ExchangedToken, ShopRefusal> {
        let mut integration = None;
        let exchanged = self.exchanged(step, request, now, &mut integration);
        let refusal = exchanged.as_ref().err().cloned();
        let mut state = self.state();
        if let Some(refusal) = &refusal {
            let shown = ShopRefusal { body: Box::new(RefusalBody::Plain(refusal.text())), ..refusal.clone() };
            state.ledger.refuse(integration, &format!("{} {}", request.method, step.path()), &shown);
        }
        state.attempts.note(ExchangeAttempt { step, method: request.method.clone(), integration, refusal });
        exchanged.map_err(problem)
    }

    /// Requests for tokens since credentials were posted, from one on.
    #[must_use]
    pub fn attempts(&self, first: usize) -> Vec<ExchangeAttempt> {
        self.state().attempts.since(first).to_vec()
    }

    fn exchanged(
        &self,
        step: ExchangeStep,
        request: &HttpRequest,
        now: u64,
        integration: &mut Option<usize>,
    ) -> Result<ExchangedToken, ShopRefusal> {
        let authorization = request.header("Authorization").unwrap_or_default();
        let Some(protocol) = Protocol::of(request, authorization, &self.settings) else {
            let refusal = refuse_missing(step.needed(), self.settings.version);
            return Err(refusal.because(match authorization {
                "" => "the request has no `Authorization` header; parameters in the query or the body do not count",
                _ => "the `Authorization` header has no OAuth parameters",
            }));
        };
        let method = protocol.check(step.needed())?;
        let place = protocol.consumer(self, now)?;
        *integration = Some(place);
        let secret = match step {
            ExchangeStep::Request => {
                self.check_age(place, now)?;
                String::new()
            }
            ExchangeStep::Access => self.check_request_token(&protocol, place)?,
        };
        let consumer = self.state().consumers.get(place).cloned();
        let consumer = consumer.ok_or_else(|| {
            ShopRefusal::exception(401, "A consumer having the specified key does not exist")
        })?;
        protocol.check_signature(method, &consumer, &secret)?;
        self.next_token(step, place)
    }

    /// Refuses a consumer whose credentials were posted too long ago.
    fn check_age(&self, place: usize, now: u64) -> Result<(), ShopRefusal> {
        let period = self.settings.expiration_period;
        let posted = self.state().consumers.get(place).and_then(|consumer| consumer.posted);
        // A consumer that was never posted has no time yet.
        let age = posted.map_or(0, |posted| now.saturating_sub(posted));
        if age < period {
            return Ok(());
        }
        Err(ShopRefusal::exception(401, "Consumer key has expired").because(format!(
            "the credentials were posted {age} seconds ago, and `oauth/consumer/expiration_period` is {period}: ask for the \
             request token at once, or let Admin post them again (Reauthorize)"
        )))
    }

    /// Secret of the request token, if it is one of the consumer with this verifier.
    fn check_request_token(&self, protocol: &Protocol<'_>, place: usize) -> Result<String, ShopRefusal> {
        let [token, verifier] =
            ["oauth_token", "oauth_verifier"].map(|name| protocol.get(name).unwrap_or_default());
        let state = self.state();
        let Some(row) = state.token(token) else {
            return Err(ShopRefusal::exception(401, "Specified token does not exist").because(
                "oauth_token is not the request token that /oauth/token/request answered last: an exchange uses it up",
            ));
        };
        if row.consumer != place {
            return Err(ShopRefusal::exception(
                401,
                "Request token is not associated with the specified consumer",
            ));
        }
        if row.kind != TokenKind::Request {
            return Err(ShopRefusal::exception(401, "Token is already being used").because(match row.kind {
                TokenKind::Access => "oauth_token is an access token: the exchange is done",
                _ => "oauth_token is not a request token",
            }));
        }
        if verifier.len() != LENGTH {
            return Err(ShopRefusal::exception(401, "Verifier is not the correct length")
                .because("oauth_verifier is the field of the same name that was posted to the endpoint"));
        }
        if row.verifier.as_deref() != Some(verifier) {
            return Err(ShopRefusal::exception(401, "Token verifier and verifier token do not match").because(
                "oauth_verifier is not the one that was posted to the endpoint; each activation has its own",
            ));
        }
        Ok(row.secret.clone())
    }

    /// Turns the row of the consumer that comes first into the next kind.
    fn next_token(&self, step: ExchangeStep, place: usize) -> Result<ExchangedToken, ShopRefusal> {
        let seed = self.settings.seed;
        let mut state = self.state();
        let (before, after, names, message) = match step {
            ExchangeStep::Request => (
                TokenKind::Verifier,
                TokenKind::Request,
                ["request token", "request token secret"],
                "Cannot create request token because consumer token is not a verifier token",
            ),
            ExchangeStep::Access => (
                TokenKind::Request,
                TokenKind::Access,
                ["access token", "access token secret"],
                "Cannot get access token because consumer token is not a request token",
            ),
        };
        let [token, secret] = names.map(|what| state.made(seed, place, what));
        let id = state.consumers.get(place).map_or(0, |consumer| consumer.id);
        let Some(row) = state.tokens.iter_mut().find(|row| row.consumer == place) else {
            let message = ShopRefusal::localized(
                401,
                "A token with consumer ID %1 does not exist",
                Value::from(vec![id.to_string()]),
            );
            return Err(message.because("no credentials were posted to the endpoint yet"));
        };
        if row.kind != before {
            return Err(ShopRefusal::exception(401, message).because(match row.kind {
                TokenKind::Access => "the integration has an access token: Reauthorize in Admin deletes it",
                _ => {
                    "a request token was made before: exchange that one; after a broken handshake only Reauthorize in Admin helps"
                }
            }));
        }
        row.kind = after;
        row.token.clone_from(&token);
        row.secret.clone_from(&secret);
        if after == TokenKind::Access
            && let Some(consumer) = state.consumers.get_mut(place)
        {
            consumer.status = ConsumerStatus::Active;
        }
        Ok(ExchangedToken { token, secret })
    }
}

/// Refusal as this part of the shop answers it.
fn problem(refusal: ShopRefusal) -> ShopRefusal {
    let text = match &*refusal.body {
        RefusalBody::Error { .. } => refusal.text(),
        _ => format!("internal_error&message={}", refusal.text()),
    };
    let body = Box::new(RefusalBody::Plain(format!("oauth_problem={}", percent::encode_form(text))));
    ShopRefusal { body, ..refusal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_shows_the_secret() {
        let token = ExchangedToken { token: "t".to_owned(), secret: "s".to_owned() };
        assert_eq!(format!("{token} {token:?}"), "oauth_token=t&oauth_token_secret=s ExchangedToken");
    }
}
