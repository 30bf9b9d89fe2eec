//! The handshake, from the post to the access token.

use std::{
    io, thread,
    time::{Duration, Instant},
};

use super::{HandshakeStep, StepKind};
use crate::{
    cli::mock::callee::Callee,
    diag::Failure,
    interrupt,
    mock::{
        ExchangeAttempt, ExchangeStep, HttpAnswer, MockShop, ShopRefusal, SignedTexts,
        http::{Peer, Unanswered, now},
    },
    names::IntegrationName,
    oauth::{CallUrl, without_url_secrets},
};

/// Interval at which the shop is asked for requests of the connector.
const ASKED_EVERY: Duration = Duration::from_millis(20);

/// Time for the page of the identity link.
const PAGE_TIME: Duration = Duration::from_secs(30);

/// Handshake of one integration with its connector.
pub(super) struct Handshake<'a> {
    pub(super) shop: &'a MockShop,
    /// Index of the integration in the shop.
    pub(super) place: usize,
    /// True if the integration was active before.
    pub(super) is_again: bool,
    pub(super) name: &'a IntegrationName,
    /// Base URL of the shop, without a slash at its end.
    pub(super) base_url: &'a str,
    pub(super) endpoint: &'a Callee,
    pub(super) identity: &'a CallUrl,
    /// System behind the identity link, if it is on this machine.
    pub(super) page: Option<&'a Peer>,
    pub(super) post_timeout: Duration,
    pub(super) wait: Duration,
}

/// Receiver of the steps.
type Report<'r> = dyn FnMut(HandshakeStep) -> io::Result<()> + 'r;

impl Handshake<'_> {
    /// Activates the integration, and reports each step.
    ///
    /// # Errors
    /// Step that failed, with its reason and what to change.
    pub(super) fn run(&self, report: &mut Report<'_>) -> Result<(), Failure> {
        let Some(posted) = self.shop.begin_handshake(self.place, self.is_again, self.base_url, now()) else {
            return Err(format!("the shop has no integration \"{}\"", self.name).into());
        };
        let request = posted.request(&self.endpoint.url, self.shop.settings.version);
        let status = self.post(&request, report)?;
        self.open(&posted.consumer_key, report)?;
        let mut seen = 0;
        for step in [ExchangeStep::Request, ExchangeStep::Access] {
            loop {
                let attempt = self.attempt(seen).ok_or_else(|| self.never_asked(step, status))?;
                seen += 1;
                if attempt.integration.is_some_and(|place| place != self.place) {
                    continue;
                }
                let is_wanted = attempt.step == step;
                report(reported(&attempt))?;
                if let Some(refusal) = &attempt.refusal {
                    return Err(refused(attempt.step, refusal));
                }
                if is_wanted {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Posts the credentials. Magento treats every answer as a success.
    fn post(&self, request: &[u8], report: &mut Report<'_>) -> Result<u16, Failure> {
        let url = without_url_secrets(&self.endpoint.url.to_string());
        let step = |status, message| HandshakeStep {
            step: StepKind::PostCredentials,
            method: Some("POST".to_owned()),
            url: url.clone(),
            status,
            ok: status.is_some(),
            message,
            why: None,
            signed: SignedTexts::default(),
        };
        match self.endpoint.peer.ask(request, self.post_timeout) {
            Ok(answer) => {
                let note = (!is_success(answer.status)).then(|| note_on_status(&answer));
                report(step(Some(answer.status), note))?;
                Ok(answer.status)
            }
            Err(cause) => {
                let (reason, hint) = self.unanswered(&cause);
                report(step(None, Some(reason.clone())))?;
                Err(Failure::of_lines([
                    format!("the credentials of \"{}\" did not reach {url}: {reason}", self.name),
                    hint,
                    "Admin shows \"The attempt to post data to consumer failed due to an unexpected error. Please try again later.\" \
                     and opens no identity link"
                        .to_owned(),
                ]))
            }
        }
    }

    /// Reason why the endpoint did not answer, and what to do.
    fn unanswered(&self, cause: &Unanswered) -> (String, String) {
        let seconds = self.post_timeout.as_secs();
        match cause {
            Unanswered::Unreachable(_) => (
                cause.to_string(),
                "start the connector first; --endpoint names another port or path".to_owned(),
            ),
            Unanswered::TooLate => (
                format!("no answer within {seconds} s"),
                "answer the POST immediately, and exchange the tokens before or after; Magento waits for \
                 `oauth/consumer/post_timeout` (--post-timeout)"
                    .to_owned(),
            ),
            Unanswered::Broken(_) => (
                cause.to_string(),
                "look into the connector's log: it closed the connection; it must answer over plain HTTP"
                    .to_owned(),
            ),
            Unanswered::NotHttp => (cause.to_string(), "answer with HTTP/1.1, over plain HTTP".to_owned()),
        }
    }

    /// Opens the identity link as the popup of Admin does, if it is on this machine.
    fn open(&self, consumer_key: &str, report: &mut Report<'_>) -> Result<(), Failure> {
        let address = self.shop.identity_address(self.identity, consumer_key, self.base_url);
        let mut step = HandshakeStep {
            step: StepKind::OpenIdentityLink,
            method: None,
            url: without_url_secrets(&address),
            status: None,
            ok: true,
            message: None,
            why: None,
            signed: SignedTexts::default(),
        };
        match self.page {
            Some(peer) => {
                step.method = Some("GET".to_owned());
                match opened(peer, &address) {
                    Ok(answer) => {
                        step.status = Some(answer.status);
                        step.message =
                            answer.header("Location").map(|it| format!("to {}", without_url_secrets(it)));
                    }
                    // The user of Admin sees an error of the browser; the exchange does not depend on it.
                    Err(cause) => step.message = Some(cause),
                }
            }
            None => {
                let hidden = if step.url == address { "" } else { " and replace each … with its secret" };
                let message =
                    format!("not opened; if the connector waits for a login, open it in a browser{hidden}");
                step.message = Some(message);
            }
        }
        report(step)?;
        Ok(())
    }

    /// Waits for a request of the connector; none if there is none in time.
    fn attempt(&self, place: usize) -> Option<ExchangeAttempt> {
        let end = Instant::now() + self.wait;
        loop {
            if let Some(attempt) = self.shop.attempts(place).into_iter().next() {
                return Some(attempt);
            }
            if Instant::now() >= end || interrupt::requested().is_some() {
                return None;
            }
            thread::sleep(ASKED_EVERY);
        }
    }

    fn never_asked(&self, step: ExchangeStep, status: u16) -> Failure {
        if interrupt::requested().is_some() {
            return "interrupted before the integration was active".into();
        }
        let (base_url, path, seconds) = (self.base_url, step.path(), self.wait.as_secs());
        let what = match step {
            ExchangeStep::Request => "a request token",
            ExchangeStep::Access => "an access token",
        };
        let mut lines = vec![format!("the connector did not ask for {what} within {seconds} s")];
        if step == ExchangeStep::Request && !is_success(status) {
            lines.push(format!(
                "the endpoint answered the credentials with {status}: does endpoint_url name the right path?"
            ));
        }
        lines.push(match step {
            ExchangeStep::Request => format!(
                "the connector must send POST {base_url}{path}, signed with the posted consumer key and secret; see \
                 docs/mock.md"
            ),
            ExchangeStep::Access => format!(
                "the connector must send POST {base_url}{path} with the request token and the posted oauth_verifier, signed with the \
                 consumer secret and the secret of the request token"
            ),
        });
        Failure::of_lines(lines)
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

fn note_on_status(answer: &HttpAnswer) -> String {
    match answer.status {
        300..400 => "Magento does not follow redirects".to_owned(),
        _ => "Magento ignores the status".to_owned(),
    }
}

/// Gets a page as a browser does, without following redirects.
fn opened(peer: &Peer, address: &str) -> Result<HttpAnswer, String> {
    let url = CallUrl::parse(address)?;
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: magespec mock\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n\
         Connection: close\r\n\r\n",
        url.target(),
        url.host
    );
    peer.ask(request.as_bytes(), PAGE_TIME).map_err(|cause| cause.to_string())
}

fn reported(attempt: &ExchangeAttempt) -> HandshakeStep {
    let refusal = attempt.refusal.as_ref();
    HandshakeStep {
        step: match attempt.step {
            ExchangeStep::Request => StepKind::RequestToken,
            ExchangeStep::Access => StepKind::AccessToken,
        },
        method: Some(attempt.method.clone()),
        url: attempt.step.path().to_owned(),
        status: Some(refusal.map_or(200, |it| it.status)),
        ok: refusal.is_none(),
        message: refusal.map(ShopRefusal::text),
        why: refusal.and_then(|it| it.why.clone()),
        signed: refusal.and_then(|it| it.signed.as_deref().cloned()).unwrap_or_default(),
    }
}

fn refused(step: ExchangeStep, refusal: &ShopRefusal) -> Failure {
    let first = format!("{} was refused: {} {}", step.path(), refusal.status, refusal.text());
    let why = refusal.why.as_deref().unwrap_or_default();
    let signed = refusal.signed.iter().flat_map(|signed| signed.lines());
    Failure::of_lines(std::iter::once(first).chain(why.lines().map(str::to_owned)).chain(signed))
}
