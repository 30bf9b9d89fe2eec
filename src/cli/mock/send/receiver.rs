//! Address of the receiver.

use crate::{diag::Failure, mock::http::Peer, model::Webhooks, oauth::CallUrl};

/// Finds the receiver: the given URL, or the default of the setting with the path of `[webhooks]`.
///
/// # Errors
/// URL that cannot be called, or of another machine without leave.
pub(super) fn receiver(
    given: Option<&str>,
    is_remote: bool,
    webhooks: &Webhooks,
) -> Result<(CallUrl, Peer), Failure> {
    let Webhooks { url: setting, path, .. } = webhooks;
    let url = match (given, &setting.default) {
        (Some(url), _) => {
            let parsed = CallUrl::parse(url).map_err(|reason| format!("`{url}` {reason}"))?;
            if parsed.path == "/" && !url.trim_end().ends_with('/') && parsed.query.is_none() {
                format!("{url}{path}")
            } else {
                url.to_owned()
            }
        }
        (None, Some(base)) => format!("{base}{path}"),
        (None, None) => {
            return Err(format!(
                "the setting `{}` with the address of the receiver has no default; name it: --url http://127.0.0.1:9000",
                setting.path
            )
            .into());
        }
    };
    let parsed = CallUrl::parse(&url).map_err(|reason| format!("`{url}` {reason}"))?;
    if parsed.scheme != "http" {
        return Err(format!(
            "{url} is https, and `mock send` does not encrypt: name the receiver behind TLS, {}",
            example(path)
        )
        .into());
    }
    let peer = Peer::find(&parsed.host).map_err(|error| format!("{url}: {error}"))?;
    if !is_remote && !peer.is_local() {
        return Err(format!(
            "{url} is on another machine; name a receiver on this one, {}, or add --remote",
            example(path)
        )
        .into());
    }
    Ok((parsed, peer))
}

fn example(path: &str) -> String {
    format!("--url http://127.0.0.1:9000{path}")
}
