//! Addresses of the connector, and whether anything may be sent there.

use crate::{
    cli::mock::{
        address::address,
        callee::{Callee, Leave},
    },
    diag::Failure,
    mock::http::Peer,
    model::Integration,
    oauth::CallUrl,
};

/// System that the credentials are posted to: that of the option, or that of the spec if it is on this machine.
///
/// # Errors
/// Integration without both addresses, address of another machine in the spec, or one that cannot be reached over plain HTTP.
pub(super) fn endpoint(integration: &Integration, option: Option<&str>) -> Result<Callee, Failure> {
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
            "Magento posts credentials only if an integration has both URLs, which --endpoint and --identity-link merely replace here; \
             without them, Admin shows the tokens. Add the URLs to the spec, or use the credentials that `magespec mock` prints"
                .to_owned(),
        ]));
    };
    let example = "`--endpoint http://127.0.0.1:3000/…`";
    match option {
        Some(url) => Callee::find(url, "--endpoint", example, Leave::Yes),
        None => {
            let source = format!("endpoint_url of \"{name}\"");
            Callee::find(endpoint.as_str(), &source, example, Leave::No)
        }
    }
}

/// Page that Admin opens, and the system behind it if that is on this machine: others are not opened.
///
/// # Errors
/// Wrong URL.
pub(super) fn identity_link(
    integration: &Integration,
    option: Option<&str>,
) -> Result<(CallUrl, Option<Peer>), Failure> {
    let (text, source) = match (option, &integration.identity_link_url) {
        (Some(url), _) => (url, "--identity-link"),
        (None, of_spec) => (of_spec.as_ref().map_or("", |url| url.as_str()), "identity_link_url"),
    };
    let example = "`--identity-link http://127.0.0.1:3000/…`";
    let url = address(text, example).map_err(|reason| format!("{source}: {reason}"))?;
    let peer = (url.scheme == "http").then(|| Peer::find_local(&url.host).ok().flatten()).flatten();
    Ok((url, peer))
}
