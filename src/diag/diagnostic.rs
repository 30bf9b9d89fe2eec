//! Findings.

use std::ops::Range;

use super::{Help, Level, Rule, Source, Suggestion, printable::printable_quote, text::concealed};

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Rule that reported it.
    pub rule: Rule,
    /// Level, after applying `[rules]`.
    pub level: Level,
    /// Fault, with the offending text.
    pub message: String,
    /// Byte range in the source; `None` for a file that could not be read.
    pub span: Option<Range<usize>>,
    /// Label beside the marked text.
    pub label: Option<String>,
    /// Reason: the fact about Magento behind it.
    pub reason: Option<String>,
    /// Help: what to write instead.
    pub help: Option<String>,
    /// Changes that the help suggests.
    pub suggestions: Vec<Suggestion>,
    /// Help at a place in a file of a module, if `help` speaks of the spec.
    pub module_help: Option<String>,
    /// Machine-applicable fix, if certain.
    pub fix: Option<Fix>,
    /// Related positions.
    pub related: Vec<Related>,
    /// Text in the source that no output may show.
    pub secret: Option<String>,
}

/// A change to the source that fixes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Byte range to replace in the source.
    pub span: Range<usize>,
    /// Replacement text.
    pub replacement: String,
}

/// A position related to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Byte range in the source.
    pub span: Range<usize>,
    /// Description of the position.
    pub label: String,
}

impl Diagnostic {
    /// Creates a finding at the level of its rule. Foreign text in all its texts becomes printable, on one line.
    #[must_use]
    pub fn new(rule: Rule, message: impl AsRef<str>) -> Self {
        Self {
            rule,
            level: rule.level(),
            message: line(message),
            span: None,
            label: None,
            reason: None,
            help: None,
            suggestions: Vec::new(),
            module_help: None,
            fix: None,
            related: Vec::new(),
            secret: None,
        }
    }

    /// Returns message, reason and help, one per line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = [Some(&self.message), self.reason.as_ref(), self.help.as_ref()];
        lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Sets the position.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Range<usize>>>) -> Self {
        self.span = span.into();
        self
    }

    /// Sets the label beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl AsRef<str>) -> Self {
        self.label = Some(line(label));
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn reason(mut self, reason: impl AsRef<str>) -> Self {
        self.reason = Some(line(reason));
        self
    }

    /// Sets the help, with the changes that it suggests.
    #[must_use]
    pub fn help(mut self, help: impl Into<Help>) -> Self {
        let Help { text, suggestions } = help.into();
        (self.help, self.suggestions) = (Some(line(text)), suggestions);
        self
    }

    /// Sets the help at a place in a file of a module.
    #[must_use]
    pub fn module_help(mut self, help: impl AsRef<str>) -> Self {
        self.module_help = Some(line(help));
        self
    }

    /// Sets the fix.
    #[must_use]
    pub fn fix(mut self, span: impl Into<Option<Range<usize>>>, replacement: impl Into<String>) -> Self {
        self.fix = span.into().map(|span| Fix { span, replacement: replacement.into() });
        self
    }

    /// Sets the text in the source that no output may show.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Adds a related position.
    #[must_use]
    pub fn related(mut self, span: impl Into<Option<Range<usize>>>, label: impl AsRef<str>) -> Self {
        self.related.extend(span.into().map(|span| Related { span, label: line(label) }));
        self
    }
}

fn line(text: impl AsRef<str>) -> String {
    printable_quote(text.as_ref()).into_owned()
}

/// All findings about one source, sorted by position.
#[derive(Debug, Clone)]
pub struct Report {
    /// Source that was read.
    pub source: Source,
    /// Findings about it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Sorts the findings by position, then worst first, then by rule and message. Findings without a position come
    /// first. Their texts name no secret that one of them found.
    #[must_use]
    pub fn new(source: Source, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.span.as_ref().map(|span| (span.start, span.end)), d.level, d.rule);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup();
        conceal(&mut diagnostics);
        Self { source, diagnostics }
    }

    /// Treats warnings as errors.
    pub fn deny_warnings(&mut self) {
        let warnings = self.diagnostics.iter_mut().filter(|finding| finding.level == Level::Warning);
        warnings.for_each(|finding| finding.level = Level::Error);
    }

    /// Returns the number of findings of this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// Returns true if a finding stops the compilation.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }
}

/// Least length of a secret that is searched for outside of its place: shorter ones are words, too.
pub(super) const LONG_SECRET: usize = 8;

/// Replaces the secrets of findings in the texts of all findings.
fn conceal(diagnostics: &mut [Diagnostic]) {
    let secrets: Vec<String> = diagnostics.iter().filter_map(|it| it.secret.clone()).collect();
    for secret in secrets.iter().filter(|secret| secret.len() >= LONG_SECRET) {
        for diagnostic in &mut *diagnostics {
            let Diagnostic { message, label, reason, help, module_help, related, .. } = diagnostic;
            let optional = [label, reason, help, module_help].into_iter().flatten();
            let texts = [message].into_iter().chain(optional);
            for text in texts.chain(related.iter_mut().map(|related| &mut related.label)) {
                if text.contains(secret.as_str()) {
                    *text = text.replace(secret.as_str(), &concealed(secret));
                }
            }
        }
    }
}
