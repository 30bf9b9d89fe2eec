//! Something that may be written at the cursor.

use lsp_types::CompletionItemKind;

use crate::catalog::ReleaseSet;

/// Something that may be written at the cursor.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    /// Text to write, without quotes.
    pub(super) text: String,
    /// Further text to search, such as a title.
    pub(super) title: String,
    /// Fact to show beside it.
    pub(super) detail: String,
    pub(super) kind: CompletionItemKind,
    /// Snippet to write instead of the text.
    pub(super) snippet: Option<String>,
    /// Releases of the target that have it; none if it does not depend on them.
    pub(super) releases: Option<ReleaseSet>,
    /// True for what should not be used any more.
    pub(super) is_deprecated: bool,
    /// True if others are likelier.
    pub(super) is_last: bool,
    /// Of two proposals of one rank the lighter comes first.
    pub(super) weight: usize,
}

impl Proposal {
    pub(super) fn new(kind: CompletionItemKind, text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            title: String::new(),
            detail: detail.into(),
            kind,
            snippet: None,
            releases: None,
            is_deprecated: false,
            is_last: false,
            weight: 0,
        }
    }

    pub(super) fn value(text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(CompletionItemKind::VALUE, text, detail)
    }

    /// Truth value, which has no quotes.
    pub(super) fn flag(text: impl Into<String>) -> Self {
        Self::new(CompletionItemKind::KEYWORD, text, "")
    }

    pub(super) fn is_flag(&self) -> bool {
        self.kind == CompletionItemKind::KEYWORD && matches!(&*self.text, "true" | "false")
    }

    pub(super) fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    pub(super) fn in_releases(self, releases: ReleaseSet) -> Self {
        Self { releases: Some(releases), ..self }
    }

    pub(super) fn with_snippet(self, snippet: impl Into<String>) -> Self {
        Self { snippet: Some(snippet.into()), ..self }
    }

    /// Puts it behind others if it is unlikely.
    pub(super) fn last_if(self, is_last: bool) -> Self {
        Self { is_last, ..self }
    }

    /// Rank of the proposal for what was typed, best first; none if a word of it is in neither text nor title. A word may
    /// be anywhere, as `view order` for `Magento_Sales::actions_view`.
    pub(super) fn rank(&self, typed: &str) -> Option<u8> {
        let (text, typed) = (self.text.to_lowercase(), typed.to_lowercase());
        if text.starts_with(&typed) {
            return Some(0);
        }
        if text.contains(&typed) {
            return Some(1);
        }
        let title = self.title.to_lowercase();
        let mut words = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| text.contains(word) || title.contains(word)).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_text_and_title() {
        let view =
            Proposal::value("Magento_Sales::actions_view", "").titled("Sales Operations Orders Actions View");
        let rank = |typed| view.rank(typed);
        assert_eq!((rank(""), rank("magento_sa"), rank("actions_v")), (Some(0), Some(0), Some(1)));
        assert_eq!((rank("view order"), rank("view stock")), (Some(2), None));
    }
}
