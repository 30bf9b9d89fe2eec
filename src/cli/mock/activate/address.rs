//! Addresses of the connector, and whether anything may be sent there.

use crate::{diag::Failure, mock::http::Peer, model::Integration, oauth::CallUrl};

/// Address of the connector.
pub(super) struct ConnectorAddress {
    pub(super) url: CallUrl,
    /// System behind the address; none if nothing is sent there.
    pub(super) peer: Option<Peer>,
}

impl ConnectorAddress {
    /// Address that the credentials are posted to: that of the option, or that of the spec if it is on this machine.
    ///
    /// # Errors
    /// Integration without both addresses, address of another machine in the spec, or one that cannot be reached over plain HTTP.
    pub(super) fn endpoint(integration: &Integration, option: Option<&str>) -> Result<Self, Failure> {
        let name = &integration.name;
        let (endpoint, identity) = (&integration.endpoint_url, &integration.identity_link_url);
        let missing: Vec<&str> = [(endpoint, "endpoint_url"), (identity, "identity_link_url")]
            .into_iter()
            .filter(|(url, _)| url.is_none())
            .map(|(_, key)| key)
            .collect();
        let Some(endpoint) = endpoint.as_ref().filter(|_| missing.is_empty()) else {
            return Err(Failure::of_lines([
                format!("\"{name}\" has no {}", missing.join(" and no ")),
                "Magento posts credentials only if an integration has both URLs; otherwise Admin shows the tokens. Add them to the spec, \
                 or take the credentials that `magespec mock` prints"
                    .to_owned(),
            ]));
        };
        let endpoint = endpoint.as_str();
        let text = option.unwrap_or(endpoint);
        let url = parsed(text, if option.is_some() { "--endpoint" } else { "endpoint_url" })?;
        let example = "`--endpoint http://127.0.0.1:3000/…`";
        if option.is_none() && !is_of_this_machine(&url) {
            return Err(Failure::of_lines([
                format!("endpoint_url of \"{name}\" is not on this machine: {text}"),
                format!(
                    "no credentials are sent there unless you name it; write {example} for a connector that you run here"
                ),
            ]));
        }
        if url.scheme != "http" {
            return Err(Failure::of_lines([
                format!("{text} needs TLS, which `mock activate` does not speak"),
                format!("name the port that the connector listens on without TLS: {example}"),
            ]));
        }
        let peer = Peer::find(&url.host)
            .map_err(|error| Failure::from(format!("cannot look up {text}: {error}")))?;
        if option.is_none() && !peer.is_local() {
            return Err(Failure::of_lines([
                format!("`{}` of endpoint_url has an address that is not on this machine", url.host),
                format!("write {example}"),
            ]));
        }
        Ok(Self { url, peer: Some(peer) })
    }

    /// Address of the page that Admin opens. Only a page on this machine is opened.
    ///
    /// # Errors
    /// Wrong URL.
    pub(super) fn identity_link(integration: &Integration, option: Option<&str>) -> Result<Self, Failure> {
        let of_spec = integration.identity_link_url.as_ref().map(|url| url.as_str());
        let url = parsed(
            option.or(of_spec).unwrap_or_default(),
            if option.is_some() { "--identity-link" } else { "identity_link_url" },
        )?;
        let peer =
            (url.scheme == "http" && is_of_this_machine(&url)).then(|| Peer::find(&url.host).ok()).flatten();
        Ok(Self { peer: peer.filter(Peer::is_local), url })
    }
}

fn parsed(text: &str, source: &str) -> Result<CallUrl, Failure> {
    CallUrl::parse(text).map_err(|reason| format!("{source}: `{text}` {reason}").into())
}

/// Returns true for a host that is this machine by its name.
fn is_of_this_machine(url: &CallUrl) -> bool {
    let host = url.host.to_ascii_lowercase();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_address = name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    is_address || name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_several_names() {
        let is = |url: &str| is_of_this_machine(&CallUrl::parse(url).unwrap());
        for url in [
            "http://localhost",
            "http://LOCALHOST:1/x",
            "http://127.0.0.2:80",
            "http://[::1]:9/",
            "http://erp.localhost/",
        ] {
            assert!(is(url), "{url}");
        }
        for url in [
            "http://erp.acme.com",
            "http://localhost.acme.com",
            "http://192.168.0.1",
            "http://127.0.0.1.nip.io/",
            "http://0.0.0.0",
        ] {
            assert!(!is(url), "{url}");
        }
    }
}
