//! One finding.

use std::ops::Range;

use super::{Level, Rule, Source};

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: Rule,
    /// How bad it is, after `[rules]` was applied.
    pub level: Level,
    /// What is wrong, with the offending text.
    pub message: String,
    /// Where, in bytes of the source; none for a file that could not be read.
    pub span: Option<Range<usize>>,
    /// A few words beside the marked text.
    pub label: Option<String>,
    /// Why it is wrong: the fact about Magento behind it.
    pub reason: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// The same for machines, where it is certain.
    pub fix: Option<Fix>,
    /// Other places that belong to the finding.
    pub related: Vec<Related>,
}

/// A change of the source that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace, in bytes of the source.
    pub span: Range<usize>,
    /// What to put there.
    pub replacement: String,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the source.
    pub span: Range<usize>,
    /// What is there.
    pub label: String,
}

impl Diagnostic {
    /// A finding at the level of its rule.
    #[must_use]
    pub fn new(rule: Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level(),
            message: message.into(),
            span: None,
            label: None,
            reason: None,
            help: None,
            fix: None,
            related: Vec::new(),
        }
    }

    /// Message, reason and help, a line each.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = [Some(&self.message), self.reason.as_ref(), self.help.as_ref()];
        lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Range<usize>>>) -> Self {
        self.span = span.into();
        self
    }

    /// Puts a few words beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says why.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The change that mends it.
    #[must_use]
    pub fn fix(mut self, span: impl Into<Option<Range<usize>>>, replacement: impl Into<String>) -> Self {
        self.fix = span.into().map(|span| Fix { span, replacement: replacement.into() });
        self
    }

    /// Another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: impl Into<Option<Range<usize>>>, label: impl Into<String>) -> Self {
        self.related.extend(span.into().map(|span| Related { span, label: label.into() }));
        self
    }
}

/// All findings about one source, sorted by position.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was read.
    pub source: Source,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Sorts the findings: by position, then the worst first, then by rule and message. Findings without a
    /// position come first.
    #[must_use]
    pub fn new(source: Source, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.span.as_ref().map(|span| (span.start, span.end)), d.level, d.rule);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup();
        Self { source, diagnostics }
    }

    /// Treats warnings as errors.
    pub fn deny_warnings(&mut self) {
        let warnings = self.diagnostics.iter_mut().filter(|finding| finding.level == Level::Warning);
        warnings.for_each(|finding| finding.level = Level::Error);
    }

    /// How many findings are of this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// Whether anything found stops the compilation.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }
}
