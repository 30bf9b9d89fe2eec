//! Help of a finding, and the changes that it suggests.

/// Help of a finding: what to do, in words and as changes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// Text: what to do.
    pub text: String,
    /// Changes that do it, for a person to choose from.
    pub suggestions: Vec<Suggestion>,
}

/// Change that a help suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggestion {
    /// Name that was likely meant. What stands around the written one stays: quotes, `!`, `/**`, `[]`.
    Meant(String),
    /// Key or text to write instead, without its quotes.
    Text(String),
    /// Value to write instead, in TOML.
    Value(String),
    /// Keys of the same table, with their values in TOML.
    Siblings(Vec<(&'static str, String)>),
    /// Value in TOML of a key of `[target]`.
    Target(&'static str, String),
    /// Removal of the marked entry.
    Removal,
}

impl Help {
    /// Help in words only.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), suggestions: Vec::new() }
    }

    /// `write "text"`.
    #[must_use]
    pub fn write(text: &str) -> Self {
        Self::new(format!("write \"{text}\"")).text(text)
    }

    /// `did you mean "name"?`
    #[must_use]
    pub fn meaning(name: &str) -> Self {
        Self::new(format!("did you mean \"{name}\"?")).meant(name)
    }

    /// `did you mean "a", "b" or "c"?`; `None` without a candidate.
    pub fn did_you_mean<T: AsRef<str>>(candidates: &[T]) -> Option<Self> {
        let text = super::did_you_mean(candidates)?;
        Some(candidates.iter().fold(Self::new(text), |help, name| help.meant(name.as_ref())))
    }

    /// Suggests the name that was likely meant.
    #[must_use]
    pub fn meant(self, name: impl Into<String>) -> Self {
        self.suggesting(Suggestion::Meant(name.into()))
    }

    /// Suggests a key or a text to write instead.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.suggesting(Suggestion::Text(text.into()))
    }

    /// Suggests a value in TOML to write instead.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        self.suggesting(Suggestion::Value(value.into()))
    }

    /// Suggests a value in TOML of another key in the same table.
    #[must_use]
    pub fn sibling(self, key: &'static str, value: impl Into<String>) -> Self {
        self.suggesting(Suggestion::Siblings(vec![(key, value.into())]))
    }

    /// Suggests to remove the marked entry.
    #[must_use]
    pub fn removal(self) -> Self {
        self.suggesting(Suggestion::Removal)
    }

    /// Adds a suggestion.
    #[must_use]
    pub fn suggesting(mut self, suggestion: Suggestion) -> Self {
        self.suggestions.push(suggestion);
        self
    }

    /// Both: the texts with the words between them, and the suggestions of either.
    #[must_use]
    pub fn joined(mut self, between: &str, other: Self) -> Self {
        self.text = format!("{}{between}{}", self.text, other.text);
        self.suggestions.extend(other.suggestions);
        self
    }
}

impl<T: AsRef<str>> From<T> for Help {
    fn from(text: T) -> Self {
        Self::new(text.as_ref())
    }
}
