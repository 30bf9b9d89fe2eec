//! A version as a constraint writes it.

use super::{ConstraintError, word::Word};
use crate::names::MagentoVersion;

/// A version of which only the first numbers may be given.
pub(super) struct Partial {
    /// At most three.
    pub(super) numbers: Vec<u32>,
    p: u32,
    /// Whether a `*` ends it.
    pub(super) wildcard: bool,
}

impl Partial {
    /// `2.4.7-p3`, `2.4`, `2.4.*`, with or without a `v` in front.
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

    /// Whether all three numbers are given and no wildcard.
    pub(super) fn is_whole(&self) -> bool {
        self.numbers.len() == 3 && !self.wildcard
    }

    /// Whether a single patch is given.
    pub(super) fn is_patch(&self) -> bool {
        self.p > 0
    }

    /// The version with zeros for what is not given.
    pub(super) fn filled(&self) -> MagentoVersion {
        MagentoVersion::new(self.number(0), self.number(1), self.number(2)).with_p(self.p)
    }

    /// The first version behind all that start with the first `kept` of these numbers.
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

/// Why the word is no version, and what was probably meant.
fn refusal(word: Word<'_>) -> ConstraintError {
    let text = word.text;
    if text.contains('@') {
        return word
            .error(format!("`{text}` names a stability"), "leave it out: all releases here are stable");
    }
    if text.starts_with("dev-") || text.ends_with("-dev") {
        let help = "write a release or a line of releases: 2.4.7, 2.4.*";
        return word.error(format!("`{text}` names a branch"), help);
    }
    let at = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(at);
    let message = format!("`{text}` is no Magento version");
    if let Some(p) = patch(suffix) {
        let instead = format!("{numbers}-p{p}");
        let is_certain = Partial::read(&instead).is_some();
        let error = word.error(message, format!("write {instead}"));
        return if is_certain { error.instead(instead) } else { error };
    }
    let help = if ["-alpha", "-beta", "-rc"].iter().any(|stage| suffix.to_lowercase().starts_with(stage)) {
        format!("stable releases only can be targeted: write {numbers}")
    } else if suffix.strip_prefix('-').and_then(Partial::read).is_some() {
        "a range has spaces around its hyphen: 2.4.4 - 2.4.8".to_owned()
    } else {
        "write, for example: 2.4.7, 2.4.7-p3, 2.4.*, ~2.4.6 or \">=2.4.4 <2.4.9\"".to_owned()
    };
    word.error(message, help)
}

/// The number of a patch in another spelling: 3 of `p3`, `-P3`, `pl3` and `-patch3`, all of which Composer takes.
fn patch(suffix: &str) -> Option<u32> {
    let suffix = suffix.trim_start_matches(['-', '.', '_']).to_lowercase();
    let p = ["patch", "pl", "p"].iter().find_map(|spelling| suffix.strip_prefix(spelling))?;
    number(p.trim_start_matches(['-', '.'])).filter(|&p| p > 0)
}
