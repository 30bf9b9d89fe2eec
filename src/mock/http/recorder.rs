//! Calls that are forwarded to a real shop, whose answers become fixtures.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use camino::{Utf8Path, Utf8PathBuf};

use super::{curl, limits::ANSWER_TIME, now, peer::Peer, upstream::UpstreamRequest};
use crate::{
    mock::{
        Caller, HttpAnswer, HttpRequest, RoutedCall,
        record::{RecordedAnswer, recorded},
    },
    oauth::{
        CallUrl, Credentials, Dialect, Outgoing, SignatureMethod, is_form, split_target, without_secrets,
        without_url_secrets,
    },
};

/// Shop that is recorded, and how.
#[derive(Debug)]
pub struct Recorder {
    /// Address of the shop; its path comes before those of calls.
    base: CallUrl,
    /// Way to a shop without TLS; with TLS it is asked with curl.
    peer: Option<Peer>,
    settings: RecorderSettings,
    written: Mutex<BTreeSet<String>>,
}

/// Settings of a recorder.
#[derive(Debug)]
pub struct RecorderSettings {
    /// Credentials that the shop accepts.
    pub credentials: Vec<Credentials>,
    /// Way in which the release of the shop computes signatures.
    pub dialect: Dialect,
    /// Folder of the fixtures.
    pub folder: Utf8PathBuf,
    /// True if calls that change the shop are forwarded.
    pub may_write: bool,
    /// Writer of a file, whole or not at all.
    pub write: fn(&Utf8Path, &[u8]) -> Result<(), String>,
    /// Source of nonces.
    pub nonce: fn() -> String,
}

impl Recorder {
    /// Finds the way to the shop at a URL.
    ///
    /// # Errors
    /// URL that is not one, a host without an address, or no curl for https.
    pub fn new(url: &str, settings: RecorderSettings) -> Result<Self, String> {
        let mut base =
            CallUrl::parse(url).map_err(|reason| format!("`{}` {reason}", without_url_secrets(url)))?;
        if base.query.is_some() {
            let url = without_url_secrets(url);
            return Err(format!("`{url}` is not the address of a shop: write scheme, host and path only"));
        }
        base.path = base.path.trim_end_matches('/').to_owned();
        let peer = if base.scheme == "https" {
            curl::check().map_err(|error| {
                let url = without_url_secrets(url);
                format!(
                    "`{url}` is asked with curl, which cannot be started ({error}): install curl, or record a shop with http"
                )
            })?;
            None
        } else {
            Some(
                Peer::find(&base.host)
                    .map_err(|error| format!("`{}` cannot be found: {error}", base.host))?,
            )
        };
        Ok(Self { base, peer, settings, written: Mutex::default() })
    }

    /// Number of fixtures that were written so far.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Passes on a call of an integration of this name that the checks let through, and writes the fixture of its answer.
    ///
    /// # Errors
    /// Answer of the mock to a call that the shop was not asked, or did not answer.
    pub fn answer(
        &self,
        request: &HttpRequest,
        call: &RoutedCall<'_>,
        integration: Option<&str>,
    ) -> Result<HttpAnswer, HttpAnswer> {
        if call.route.method != "GET" && !self.settings.may_write {
            return Err(refused(
                501,
                "only GET calls are forwarded; --record-writes also forwards those that change the shop",
            ));
        }
        let url = self.url(request);
        let authorization = match (call.caller, integration) {
            (Caller::Guest, _) => None,
            (Caller::Integration(_), Some(name)) => match self.credentials(name) {
                Some(credentials) => Some(self.signed(request, &url, credentials)),
                None => {
                    let reason = format!("--record-credentials has no credentials of \"{name}\"");
                    return Err(refused(501, &reason));
                }
            },
            _ => return Err(refused(501, "calls of Admin users and customers are not forwarded")),
        };
        let sent = |name: &'static str| Some((name, request.header(name)?.to_owned()));
        let headers = [authorization.map(|it| ("Authorization", it)), sent("Accept"), sent("Content-Type")];
        let headers = headers.into_iter().flatten().collect();
        let upstream = UpstreamRequest { method: &request.method, url: &url, headers, body: &request.body };
        let answered = match &self.peer {
            Some(peer) => peer.ask(&upstream.bytes(), ANSWER_TIME).map_err(|error| error.to_string()),
            None => curl::ask(&upstream),
        };
        match answered {
            Ok(answer) => Ok(self.recorded(call, &answer)),
            Err(reason) => {
                let reason = without_secrets(&reason);
                Err(refused(502, &format!("the shop {} did not answer: {reason}", self.base.host)))
            }
        }
    }

    /// URL of a call at the shop.
    fn url(&self, request: &HttpRequest) -> CallUrl {
        let (path, query) = split_target(&request.target);
        CallUrl {
            path: format!("{}{path}", self.base.path),
            query: query.map(str::to_owned),
            ..self.base.clone()
        }
    }

    /// Credentials of an integration; those of the only entry need no name.
    fn credentials(&self, name: &str) -> Option<&Credentials> {
        match self.settings.credentials.as_slice() {
            [only] if only.integration.is_none() => Some(only),
            all => all.iter().find(|it| it.integration.as_deref() == Some(name)),
        }
    }

    /// `Authorization` header for the shop.
    fn signed(&self, request: &HttpRequest, url: &CallUrl, credentials: &Credentials) -> String {
        let form = request.header("Content-Type").is_some_and(is_form);
        let form = form.then(|| String::from_utf8_lossy(&request.body));
        Outgoing::sign(
            &url.request(&request.method, form.as_deref()),
            &credentials.secrets,
            SignatureMethod::HmacSha256,
            self.settings.dialect,
            now(),
            &(self.settings.nonce)(),
        )
        .header()
    }

    /// Writes the fixture of an answer, and passes it on.
    fn recorded(&self, call: &RoutedCall<'_>, answer: &HttpAnswer) -> HttpAnswer {
        let status = answer.status;
        let kind = answer.header("Content-Type").unwrap_or("application/octet-stream");
        let passed_on = HttpAnswer::new(status, kind, answer.body.clone());
        let passed_on = match answer.header("Location") {
            Some(place) => passed_on.with("Location", place),
            None => passed_on,
        };
        // They say something of the credentials or of the hour, not of the route.
        let is_about_shop =
            matches!(status, 401 | 403 | 429) || status >= 500 || (300..400).contains(&status);
        if is_about_shop {
            return passed_on.noting(&format!("not recorded: status {status}"));
        }
        let made = recorded(call, &RecordedAnswer { status, body: answer.body.clone() });
        let Some((name, fixture)) = made else {
            return passed_on.noting("not recorded: the answer is not JSON");
        };
        let text = serde_json::to_string_pretty(&fixture).map(|text| text + "\n");
        match text.map_err(|error| error.to_string()).and_then(|text| self.write(&name, &text)) {
            Ok(()) => passed_on.noting(&format!("recorded in {name}")),
            Err(error) => passed_on.noting(&format!("not recorded: {name}: {error}")),
        }
    }

    /// Writes a fixture, and counts it.
    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        (self.settings.write)(&self.settings.folder.join(name), text.as_bytes())?;
        written.insert(name.to_owned());
        Ok(())
    }
}

/// Answer of the mock itself.
fn refused(status: u16, reason: &str) -> HttpAnswer {
    let text = format!("magespec mock --record: {reason}.\n");
    HttpAnswer::new(status, "text/plain; charset=utf-8", text).noting(&format!("not recorded: {reason}"))
}
