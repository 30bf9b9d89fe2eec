//! Explanation of one call.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    causes::{EXAMPLES, SIGNATURE_FITS, SIGNATURE_UNREAD, cause, cause_of_other, cause_of_service},
    secrets::secrets,
    shop::{AskedShop, Shops, parameters},
    unseen,
};
use crate::{
    catalog::Access,
    mock::{HttpRequest, PastedCall, RefusalBody, ServedRoute, ShopRefusal, SignedTexts, UnseenPart},
    names::path_parameters,
    oauth::{Dialect, KnownSecrets, without_path_secrets, without_secrets},
};

/// A call with the reason for its answer.
#[derive(Serialize, JsonSchema)]
pub(super) struct ExplainedCall {
    /// HTTP method.
    pub(super) method: String,
    /// URL, or the path if the host is not known.
    pub(super) url: String,
    /// Status of the answer; null if it was not pasted.
    pub(super) status: Option<u16>,
    /// Message of the answer with its placeholders; null if it has none.
    pub(super) message: Option<String>,
    /// Message with its parameters filled in; null without one.
    pub(super) filled_message: Option<String>,
    /// Route of the shop that matches the call; null without one.
    pub(super) route: Option<CallRoute>,
    /// Judgement.
    pub(super) verdict: CallVerdict,
    /// Reason and what to change, line by line; empty if unknown.
    pub(super) reason: Vec<String>,
    /// Texts of a signature that does not match.
    #[serde(flatten)]
    pub(super) signed: SignedTexts,
    /// Answer that this release and spec would give, if it differs from the pasted one; null otherwise.
    pub(super) expected: Option<String>,
    /// Usual mistakes with such a URL, if the signature could not be checked.
    pub(super) checks: Vec<String>,
    /// Limits of the judgement.
    pub(super) notes: Vec<String>,
}

/// Route that matches a call.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct CallRoute {
    /// HTTP method.
    pub(super) method: String,
    /// Path, with its parameters as `:name`.
    pub(super) path: String,
    /// Resources that it needs.
    pub(super) needs: Vec<String>,
    /// Parameters that it takes from body and query, those that may be missing with `?` at the end.
    pub(super) takes: Vec<String>,
}

/// Judgement on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CallVerdict {
    /// The request itself shows why it was refused.
    Explained,
    /// The answer has a known reason, which the request does not show.
    Likely,
    /// The answer has no known reason.
    Unknown,
    /// The shop accepted the call.
    Accepted,
}

/// Explains a call at a time, in seconds since 1970.
pub(super) fn explained(shops: &Shops, call: &PastedCall, now: u64) -> ExplainedCall {
    let request = &call.request;
    let message = call.message();
    let AskedShop { shop, note, pitfalls } = shops.asked(call);
    let sent = shops.signed(call, now);
    // Magento takes an empty nonce once.
    let mut judged = shop.judge(&sent, now);
    if refuses_empty_nonce(call, message.as_deref()) {
        judged = shop.judge(&sent, now);
    }
    let route = judged.route.map(|route| CallRoute {
        method: route.method.clone(),
        path: route.path.clone(),
        needs: route.resources.clone(),
        takes: taken(route),
    });
    // Only the shop knows the tokens of its users, and those of integrations that are not in the credentials.
    let is_token_unknown = shop.has_other_bearer(request) && !call.hides(UnseenPart::Authorization);
    let is_unseen = |it: &ShopRefusal| {
        it.status == 401 && (call.is_logged || is_token_unknown) || unseen::is_of_unseen(call, &judged, it)
    };
    let is_of_rest = judged.route.is_some() || judged.refusal.is_some();
    let refusal = judged.refusal.clone().filter(|it| !is_unseen(it));
    let is_same = refusal.as_ref().is_some_and(|it| match (&message, call.status) {
        (Some(message), _) => message == it.message(),
        // The REST API itself sends few pages.
        _ if call.is_foreign() && !matches!(*it.body, RefusalBody::Page(_) | RefusalBody::Fatal(_)) => false,
        (None, Some(status)) => status == it.status,
        (None, None) => call.answer.is_empty(),
    });
    let breaks_off = call.breaks_off();
    let is_refused = match (call.status, &message) {
        (Some(status), _) => status >= 300 || call.is_foreign(),
        (None, message) => message.is_some() || call.answer.is_empty() || call.is_foreign() || breaks_off,
    };
    let is_open = judged.route.is_some_and(|route| route.access == Access::Anyone);
    let names_signature = message.as_deref().is_some_and(|it| it.to_lowercase().contains("signature"));
    let is_of_signature = names_signature && !is_open;
    let path = judged.route.map(|route| route.path.as_str());
    let of_client = shop.secret_values();
    let secrets = secrets(&of_client, request);
    let hide = |text: &str| secrets.hide(&without_path_secrets(text, request.path(), path));
    let answer = refusal.as_ref().map(|it| hide(&format!("{} {}", it.status, it.message())));
    let why = refusal.as_ref().and_then(|it| it.why.as_deref());
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (mut verdict, mut reason, mut expected) = (CallVerdict::Accepted, Vec::new(), None);
    let mut notes: Vec<String> = note.into_iter().collect();
    if let (Some(refusal), true) = (&refusal, is_same) {
        verdict = CallVerdict::Explained;
        let why = why.or_else(|| cause(refusal.message())).or(answer.as_deref());
        reason = lines(&secrets.hide(why.unwrap_or_default()));
    } else if is_refused {
        let of_status = || match &message {
            Some(_) => cause_of_service(call.status?, answer.is_none() && judged.route.is_some()),
            None => cause_of_other(call.status, &call.answer, call.is_foreign()),
        };
        let unjudged = unseen::notes(call, &shops.unseen_signed(call), is_of_signature);
        let unjudged = if is_open { Vec::new() } else { unjudged };
        let is_unsure = is_of_signature && (pitfalls.is_some() || !unjudged.is_empty());
        let is_checked = is_of_signature && judged.route.is_some() && !is_unsure && !call.is_logged;
        let of_signature = match () {
            () if answer.is_some() => None,
            () if names_signature && is_open => Some(SIGNATURE_UNREAD),
            () => is_checked.then_some(SIGNATURE_FITS),
        };
        let known = of_signature.or_else(|| message.as_deref().and_then(cause)).or_else(of_status);
        verdict = if known.is_some() { CallVerdict::Likely } else { CallVerdict::Unknown };
        reason = known.map(lines).unwrap_or_default();
        if breaks_off {
            notes.push("the answer breaks off within its JSON: paste all of it".to_owned());
        }
        match answer {
            Some(answer) => {
                expected = Some(answer);
                let why = why.map(|why| lines(&hide(why))).unwrap_or_default();
                let is_signature_wrong = refusal.as_ref().is_some_and(|it| it.signed.is_some());
                if known.is_none() && is_signature_wrong { reason = why } else { notes.extend(why) }
            }
            None if call.is_logged => {
                let more = if call.answer.is_empty() { " with its answer" } else { ", too" };
                notes.push(format!(
                    "a log has neither the Authorization header nor the body: paste the request{more}"
                ));
            }
            None if is_unsure || of_signature.is_some() || !is_of_rest => {}
            None if is_token_unknown
                && judged.refusal.as_ref().map(ShopRefusal::message) == message.as_deref() =>
            {
                notes.push(unseen::note_on_bearer(shops.version()));
            }
            None => {
                let seen = if call.unseen.is_empty() { "the request" } else { "what is seen of the request" };
                notes.push(format!("the checks of this release and spec find nothing wrong with {seen}"));
            }
        }
        if is_unsure && unjudged.is_empty() {
            notes.push(
                "the signature was not checked: pass the client's secrets with --credentials FILE to find the wrong part"
                    .to_owned(),
            );
        }
        notes.extend(unjudged);
        if reason.is_empty() && !call.is_logged && !breaks_off {
            notes.push(
                "the reason is unknown: look into var/log/exception.log of the shop, and into the log of its web server"
                    .to_owned(),
            );
        }
    }
    if call.is_logged && call.status == Some(401) {
        reason.extend(judged.route.and_then(|route| shop.lack(route)));
    }
    if !is_of_rest {
        if !is_refused {
            verdict = CallVerdict::Unknown;
        }
        notes.push("only calls of the REST API are judged: the path is not below /rest".to_owned());
    }
    let own = route.iter().flat_map(|route| &route.takes).filter(|it| !it.ends_with('?'));
    let own: Vec<String> = own.map(|name| format!("\"{name}\": …")).collect();
    if !own.is_empty() {
        let body = format!("{{{}}}", own.join(", "));
        reason.iter_mut().for_each(|line| *line = line.replace(EXAMPLES, &body));
    }
    if refusal.as_ref().is_some_and(|it| it.status == 404) && route.is_none() {
        let near = shop.similar_calls(&format!("{} {}", request.method, request.path()));
        notes.extend((!near.is_empty()).then(|| format!("similar routes: {}", near.join(", "))));
    }
    let check = |mistake: crate::oauth::SigningMistake| {
        let (wrong, change) = mistake.texts();
        format!("whether {wrong}: {change}")
    };
    let checks = pitfalls.filter(|_| is_of_signature).unwrap_or_default().into_iter().map(check).collect();
    if !Dialect::of(shops.version()).is_recorded() && is_of_signature {
        notes.push(format!("signatures of {} are known only from its code", shops.version()));
    }
    let is_told = is_same || is_refused && message.is_some();
    let signed = refusal.and_then(|it| it.signed).filter(|_| is_told).map(|it| it.without(&secrets));
    let told = |text: &str| secrets.hide(&without_secrets(text));
    ExplainedCall {
        method: request.method.clone(),
        url: KnownSecrets::new(of_client).hide(&without_path_secrets(
            &address(request),
            request.path(),
            path,
        )),
        status: call.status,
        filled_message: call.filled_message().or_else(|| message.clone()).as_deref().map(told),
        message: message.as_deref().map(told),
        verdict,
        reason,
        signed: signed.unwrap_or_default(),
        expected,
        checks,
        notes,
        route,
    }
}

/// Returns true if the answer is about the nonce, and the request has an empty one.
fn refuses_empty_nonce(call: &PastedCall, message: Option<&str>) -> bool {
    let is_empty = |(name, value): &(String, String)| name == "oauth_nonce" && value.is_empty();
    message.is_some_and(|it| it.contains("validating the nonce"))
        && parameters(&call.request).is_some_and(|parameters| parameters.iter().any(is_empty))
}

/// Parameters of a route that are not in its path.
fn taken(route: &ServedRoute) -> Vec<String> {
    let in_path: Vec<&str> = path_parameters(&route.path).collect();
    let parameters = route.service.iter().flat_map(|service| &service.parameters);
    let parameters = parameters.filter(|it| !in_path.contains(&it.name.as_str()));
    parameters.map(|it| format!("{}{}", it.name, if it.default.is_some() { "?" } else { "" })).collect()
}

/// URL, or the target if the host is not known.
fn address(request: &HttpRequest) -> String {
    if request.host.is_empty() {
        request.target.clone()
    } else {
        format!("{}://{}{}", request.scheme, request.host, request.target)
    }
}
