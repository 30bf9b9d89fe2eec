//! System that the shop sends something to: endpoint, page or receiver.

use super::address::address;
use crate::{
    diag::Failure,
    mock::http::Peer,
    oauth::{CallUrl, without_url_secrets},
};

/// System at a URL, which is asked without TLS.
pub(super) struct Callee {
    pub(super) url: CallUrl,
    pub(super) peer: Peer,
}

impl Callee {
    /// Finds the system at a URL. `source` is the option or key with the URL, `example` the option with one on this machine.
    ///
    /// # Errors
    /// URL that cannot be called, is https, or of another machine without leave.
    pub(super) fn find(text: &str, source: &str, example: &str, leave: Leave) -> Result<Self, Failure> {
        let shown = without_url_secrets(text);
        let url = address(text, example).map_err(|reason| format!("{source}: {reason}"))?;
        let find = || match leave {
            Leave::Yes if url.scheme == "https" => Ok(None),
            Leave::Yes => Peer::find(&url.host).map(Some),
            Leave::No | Leave::With(_) => Peer::find_local(&url.host),
        };
        let peer = find().map_err(|error| format!("{source}: cannot look up {shown}: {error}"))?;
        let hint = match leave {
            Leave::With(option) if url.scheme == "http" => format!(", or add {option}"),
            _ => String::new(),
        };
        match peer {
            None if url.scheme == "http" || !matches!(leave, Leave::Yes) => Err(Failure::of_lines([
                format!("{source} is neither localhost nor a loopback address: {shown}"),
                format!("nothing is sent there: name a system that you run here, {example}{hint}"),
            ])),
            Some(peer) if url.scheme == "http" => Ok(Self { url, peer }),
            _ => Err(Failure::of_lines([
                format!("{source} is https, and magespec sends plain HTTP: {shown}"),
                format!(
                    "name the port behind TLS, {example}; if there is none, run a local proxy that adds TLS, and name its port: \
                     `socat TCP-LISTEN:9001,bind=127.0.0.1,fork OPENSSL:{}`",
                    if url.host.contains(':') { url.host } else { url.host + ":443" }
                ),
            ])),
        }
    }
}

/// Leave to send something to another machine.
#[derive(Clone, Copy)]
pub(super) enum Leave {
    Yes,
    No,
    /// Given by an option, which is not set.
    With(&'static str),
}
