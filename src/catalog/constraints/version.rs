//! Versions as constraints write them.

use super::{ConstraintError, word::Word};
use crate::names::MagentoVersion;

/// Version that may lack its last numbers.
pub(super) struct Partial {
    /// Up to three numbers.
    pub(super) numbers: Vec<u32>,
    p: u32,
    /// True if it ends in `*`.
    pub(super) wildcard: bool,
}

impl Partial {
    /// Parses `2.4.7-p3`, `2.4` or `2.4.*`, with an optional leading `v`.
    pub(super) fn new(word: Word<'_>) -> Result<Self, ConstraintError> {
        Self::read(word.text).ok_or_else(|| refusal(word))
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (numbers, p) = match text.split_once("-p") {
            Some((numbers, p)) => (numbers, number(p).filter(|&p| p > 0)?),
            None => (text, 0),
        };
        let mut version = Self { numbers: Vec::new(), p, wildcard: false };
        for part in numbers.split('.') {
            match part {
                "*" | "x" | "X" => version.wildcard = true,
                _ if version.wildcard || version.numbers.len() == 3 => return None,
                _ => version.numbers.push(number(part)?),
            }
        }
        (p == 0 || version.is_whole()).then_some(version)
    }

    /// Returns true if all three numbers are given, without a wildcard.
    pub(super) fn is_whole(&self) -> bool {
        self.numbers.len() == 3 && !self.wildcard
    }

    /// Returns true if it names a single patch.
    pub(super) fn is_patch(&self) -> bool {
        self.p > 0
    }

    /// Version with zeros for the missing numbers.
    pub(super) fn filled(&self) -> MagentoVersion {
        MagentoVersion::new(self.number(0), self.number(1), self.number(2)).with_p(self.p)
    }

    /// First version after all those that start with the first `kept` of these numbers.
    pub(super) fn behind(&self, kept: usize) -> MagentoVersion {
        let up = |at: usize| self.number(at).saturating_add(1);
        match kept {
            0 => MagentoVersion::new(u32::MAX, 0, 0),
            1 => MagentoVersion::new(up(0), 0, 0),
            2 => MagentoVersion::new(self.number(0), up(1), 0),
            _ => MagentoVersion::new(self.number(0), self.number(1), up(2)),
        }
    }

    fn number(&self, at: usize) -> u32 {
        self.numbers.get(at).copied().unwrap_or(0)
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// Help for a range that is not written as one. A hyphen would leave out the patches of the last release.
const RANGE: &str = "write the bounds of the range: \">=2.4.4 <2.4.9\" ends with the last patch of 2.4.8";

/// Error for a word that is not a version, with a suggestion.
fn refusal(word: Word<'_>) -> ConstraintError {
    let text = word.text;
    if text.contains('@') {
        return word
            .error(format!("`{text}` is a stability flag"), "remove it: all releases here are stable");
    }
    if text.starts_with("dev-") || text.ends_with("-dev") {
        let help = "write a release or a release line: 2.4.7, 2.4.*";
        return word.error(format!("`{text}` is a branch"), help);
    }
    let joined =
        |message: String, instead: &str| word.error(message, format!("write {instead}")).instead(instead);
    match text.to_lowercase().as_str() {
        "or" => return joined(format!("`{text}` is not an operator"), "||"),
        "and" | "&&" => return joined(format!("`{text}` is not an operator"), ","),
        "to" | "until" | "through" | "–" => {
            return word.error(format!("`{text}` is not an operator"), RANGE);
        }
        _ => {}
    }
    if let Some(from) = text.strip_suffix('+').filter(|from| Partial::read(from).is_some()) {
        return joined(format!("`{text}` is not a Magento version"), &format!(">={from}"));
    }
    let at = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(at);
    let message = format!("`{text}` is not a Magento version");
    if let Some(p) = patch(suffix) {
        let instead = format!("{numbers}-p{p}");
        let is_certain = Partial::read(&instead).is_some();
        let error = word.error(message, format!("write {instead}"));
        return if is_certain { error.instead(instead) } else { error };
    }
    let help = if ["-alpha", "-beta", "-rc"].iter().any(|stage| suffix.to_lowercase().starts_with(stage)) {
        format!("only stable releases can be targeted: write {numbers}")
    } else if suffix.strip_prefix('-').and_then(Partial::read).is_some() {
        RANGE.to_owned()
    } else {
        "write for example 2.4.7, 2.4.7-p3, 2.4.*, ~2.4.6 or \">=2.4.4 <2.4.9\"".to_owned()
    };
    word.error(message, help)
}

/// Number of a patch in any spelling that Composer accepts: 3 for `p3`, `-P3`, `pl3` and `-patch3`.
fn patch(suffix: &str) -> Option<u32> {
    let suffix = suffix.trim_start_matches(['-', '.', '_']).to_lowercase();
    let p = ["patch", "pl", "p"].iter().find_map(|spelling| suffix.strip_prefix(spelling))?;
    number(p.trim_start_matches(['-', '.'])).filter(|&p| p > 0)
}
