//! Calls, counted as they come in.

use std::collections::BTreeMap;

use crate::{
    mock::{ShopRefusal, SignedTexts},
    oauth::without_secrets,
};

/// Different refusals that are kept; the rest are only counted.
const MOST_REFUSALS: usize = 1000;

/// Characters that are kept of a message, and of a reason.
const LONGEST_TEXT: usize = 1000;

/// Characters that are kept of a text to be signed.
const LONGEST_SIGNED: usize = 8 << 10;

/// Characters that are kept of a request that has no route.
const LONGEST_TARGET: usize = 200;

/// Counts of calls. Its size depends on the number of routes, not of requests.
#[derive(Debug, Default)]
pub(in crate::mock) struct ContractLedger {
    /// Calls that passed all checks, by integration and `GET /V1/orders/:id`.
    pub(super) made: BTreeMap<(Option<usize>, String), u64>,
    /// Calls that a check refused.
    pub(super) refused: RefusalTally,
    /// Calls that passed all checks and that the service answered with an error.
    pub(super) failed: RefusalTally,
    /// Answers that the mock generated, by call and reason.
    pub(super) unknown: BTreeMap<(String, String), u64>,
}

/// Counts of calls that ended with an error.
#[derive(Debug, Default)]
pub(super) struct RefusalTally {
    /// Different ones, with their numbers.
    pub(super) kept: BTreeMap<RefusalKey, u64>,
    /// Number of those beyond [`MOST_REFUSALS`].
    pub(super) others: u64,
}

/// Refusals that count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RefusalKey {
    pub(super) caller: Option<usize>,
    pub(super) call: String,
    pub(super) status: u16,
    pub(super) message: String,
    /// First line of the reason, without the numbers, which differ with each nonce and each second.
    cause: String,
    /// Reason of the first of them.
    pub(super) why: Option<String>,
    /// Texts of its signature.
    pub(super) signed: SignedTexts,
}

impl ContractLedger {
    /// Counts a call that passed.
    pub(in crate::mock) fn pass(&mut self, caller: Option<usize>, call: String) {
        *self.made.entry((caller, call)).or_default() += 1;
    }

    /// Counts a call that a check refused.
    pub(in crate::mock) fn refuse(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        self.refused.count(caller, call, refusal);
    }

    /// Counts a call that the service answered with an error.
    pub(in crate::mock) fn fail(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        self.failed.count(caller, call, refusal);
    }

    /// Counts an answer that the mock generated.
    pub(in crate::mock) fn note(&mut self, call: &str, note: &str) {
        *self.unknown.entry((call.to_owned(), note.to_owned())).or_default() += 1;
    }
}

impl RefusalTally {
    fn count(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        let why = refusal.why.as_deref().map(shown);
        let key = RefusalKey {
            caller,
            call: start(call, LONGEST_TARGET).chars().filter(|c| !c.is_control()).collect(),
            status: refusal.status,
            message: shown(refusal.message()),
            cause: cause(why.as_deref().unwrap_or_default()),
            why: None,
            signed: SignedTexts::default(),
        };
        let has_room = self.kept.len() < MOST_REFUSALS;
        let known = self.kept.range_mut(key.clone()..).next().filter(|(known, _)| {
            (known.caller, known.status, &known.call, &known.message, &known.cause)
                == (key.caller, key.status, &key.call, &key.message, &key.cause)
        });
        match known {
            Some((_, count)) => *count += 1,
            None if has_room => {
                let signed = refusal.signed.as_deref().map(cut).unwrap_or_default();
                self.kept.insert(RefusalKey { why, signed, ..key }, 1);
            }
            None => self.others += 1,
        }
    }
}

/// Start of a text, without the secrets in it.
fn shown(text: &str) -> String {
    without_secrets(start(text, LONGEST_TEXT))
}

/// Start of a text. The word at its end is left out if it may go on: half of a secret would not be known as one.
fn start(text: &str, longest: usize) -> &str {
    match text.char_indices().nth(longest) {
        Some((end, _)) => text.get(..end).unwrap_or_default().trim_end_matches(char::is_alphanumeric),
        None => text,
    }
}

/// Starts of the texts of a signature; cut ones with their lengths.
fn cut(texts: &SignedTexts) -> SignedTexts {
    let cut = |text: &String| match start(text, LONGEST_SIGNED) {
        all if all.len() == text.len() => text.clone(),
        start => format!("{start}… ({} characters)", text.chars().count()),
    };
    SignedTexts {
        shop_signs: texts.shop_signs.as_ref().map(cut),
        client_signs: texts.client_signs.as_ref().map(cut),
    }
}

fn cause(why: &str) -> String {
    why.lines().next().unwrap_or_default().chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_have_no_secrets() {
        let long = "x".repeat(2_000_000);
        let signed = SignedTexts { shop_signs: Some(long.clone()), client_signs: Some("GET&a".to_owned()) };
        let refusal = ShopRefusal::new(400, format!("The \"token=S3cr3t\" value's type is invalid. {long}"));
        let refusal = refusal.because(format!(
            "the body has password=S3cr3t, (token) VALUES ('S3cr3t') and <item name=\"otp\">S3cr3t</item>\n{long}"
        ));
        let mut ledger = ContractLedger::default();
        ledger.refuse(
            None,
            "GET /V1/orders",
            &ShopRefusal { signed: Some(Box::new(signed)), ..refusal.clone() },
        );
        ledger.fail(None, "GET /V1/orders", &refusal);
        ledger.fail(None, "GET /V1/orders", &refusal);
        assert_eq!(ledger.failed.kept.values().collect::<Vec<_>>(), [&2]);
        for (key, _) in ledger.refused.kept.iter().chain(&ledger.failed.kept) {
            let texts = format!("{key:?}");
            assert!(texts.len() < 20_000 && !texts.contains("S3cr3t"), "{texts:.3000}");
            assert!(key.message.contains("token=…"), "{}", key.message);
        }
        let signed = &ledger.refused.kept.keys().next().unwrap().signed;
        assert!(signed.shop_signs.as_ref().unwrap().ends_with("… (2000000 characters)"));
        assert_eq!(signed.client_signs.as_deref(), Some("GET&a"));
    }
}
