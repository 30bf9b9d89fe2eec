//! Parts of a call that cannot be judged because they were not pasted.

use super::shop::parameters;
use crate::{
    catalog::behaviour,
    mock::{Judgement, PastedCall, ShopRefusal, UnseenPart},
    names::MagentoVersion,
};

/// Returns true if a refusal is about a part that is in a file or a variable.
pub(super) fn is_of_unseen(call: &PastedCall, judged: &Judgement<'_>, refusal: &ShopRefusal) -> bool {
    let hides = |parts: &[UnseenPart]| parts.iter().any(|part| call.hides(*part));
    let is_decoded = refusal.message().starts_with("Decoding error");
    judged.is_of_parameters && hides(&[UnseenPart::Path, UnseenPart::Query, UnseenPart::Body])
        || judged.is_of_body && hides(&[UnseenPart::ContentType])
        || judged.is_of_body && is_decoded && hides(&[UnseenPart::Body])
        || judged.route.is_none() && hides(&[UnseenPart::Path, UnseenPart::Method])
}

/// Note on a bearer token that is not in the credentials.
pub(super) fn note_on_bearer(version: MagentoVersion) -> String {
    let note = "the bearer token was not judged: it may have expired, be from another shop, or belong to a user whose role lacks the permission";
    if behaviour::takes_bearer_token(version) {
        return note.to_owned();
    }
    format!(
        "{note}; Magento {version} accepts that of an integration only if `oauth/consumer/enable_integration_as_bearer` is on"
    )
}

/// Notes on the header and the signature that were not judged; `parts` are those that it covers and that are unseen.
pub(super) fn notes(call: &PastedCall, parts: &[UnseenPart], is_of_signature: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if call.hides(UnseenPart::Authorization) {
        notes.push(
            "the Authorization header was not judged: it may be in a file or a variable; write it into the command"
                .to_owned(),
        );
    }
    if parts.is_empty() || !is_of_signature && parameters(&call.request).is_none() {
        return notes;
    }
    notes.push(if call.request.host.is_empty() {
        "the signature was not judged: the request has no Host header; name the address of the shop with --base-url".to_owned()
    } else {
        let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
        format!(
            "the signature was not judged: {}, which it covers, {} in a file or a variable; write all of it into the command",
            names.join(" and "),
            if names.len() == 1 { "is" } else { "are" }
        )
    });
    notes
}
