//! Parts of a call that cannot be judged because they were not pasted.

use super::shop::parameters;
use crate::mock::{Judgement, PastedCall, ShopRefusal, UnseenPart};

/// Returns true if a refusal is about a part that is in a file or a variable.
pub(super) fn is_of_unseen(call: &PastedCall, judged: &Judgement<'_>, refusal: &ShopRefusal) -> bool {
    let hides = |parts: &[UnseenPart]| parts.iter().any(|part| call.hides(*part));
    let is_decoded = refusal.message().starts_with("Decoding error");
    judged.is_of_parameters && hides(&[UnseenPart::Path, UnseenPart::Query, UnseenPart::Body])
        || judged.is_of_body && hides(&[UnseenPart::ContentType])
        || judged.is_of_body && is_decoded && hides(&[UnseenPart::Body])
        || judged.route.is_none() && hides(&[UnseenPart::Path, UnseenPart::Method])
}

/// Notes on the header and the signature that were not judged.
pub(super) fn notes(call: &PastedCall, is_of_signature: bool) -> Vec<String> {
    let (parts, mut notes) = (call.unseen_signed(), Vec::new());
    if call.hides(UnseenPart::Authorization) {
        notes.push(
            "the Authorization header was not judged: it may be in a file or a variable; write it into the command"
                .to_owned(),
        );
    }
    if !parts.is_empty() && (is_of_signature || parameters(&call.request).is_some()) {
        let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
        notes.push(format!(
            "the signature was not judged: {}, which it covers, {} in a file or a variable; write all of it into the command",
            names.join(" and "),
            if names.len() == 1 { "is" } else { "are" }
        ));
    }
    notes
}
