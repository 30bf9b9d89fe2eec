//! Secrets in the marked source, which no output may show.

use std::ops::Range;

use crate::diag::{Diagnostic, Source, concealed, diagnostic::LONG_SECRET};

/// Source with asterisks in place of the secrets of findings, byte for byte; none if there are no secrets.
pub(super) fn masked(source: &Source, diagnostics: &[Diagnostic]) -> Option<Source> {
    let mut hidden: Vec<Range<usize>> = Vec::new();
    for diagnostic in diagnostics {
        let Some(secret) = &diagnostic.secret else { continue };
        let kept = concealed(secret).trim_end_matches('…').len();
        let place = diagnostic.span.clone().unwrap_or_default();
        let written = source.slice(&place);
        let start = place.start;
        let found = |text: &str, offset: usize| -> Vec<Range<usize>> {
            let places = text.match_indices(secret.as_str());
            places.map(|(at, _)| offset + at + kept..offset + at + secret.len()).collect()
        };
        let here = found(written, start);
        // Spelled with escape sequences, it is all that is marked.
        let is_spelled_out = !here.is_empty();
        hidden.extend(if is_spelled_out { here } else { vec![place] });
        if secret.len() >= LONG_SECRET {
            hidden.extend(found(&source.text, 0));
        }
    }
    if hidden.is_empty() {
        return None;
    }
    hidden.sort_unstable_by_key(|range| range.start);
    let is_shown = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let mut text = String::with_capacity(source.text.len());
    let mut ranges = hidden.into_iter().peekable();
    for (at, c) in source.text.char_indices() {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        if ranges.peek().is_some_and(|range| range.start <= at) && !is_shown(c) {
            text.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            text.push(c);
        }
    }
    Some(Source::new(source.name.clone(), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Report, Rule, render::human};

    #[test]
    fn no_output_has_a_secret() {
        let secret = "sk_live_0123456789";
        let text = format!("# {secret}\na = \"{secret}\"\nb = \"\\u0073k_live_0123456789\" # pä\nc = 1\n");
        let (a, b) = (text.find("\"sk").unwrap(), text.find("\"\\u").unwrap());
        let finding = |start: usize, length: usize| {
            Diagnostic::new(Rule::SecretInSpec, "x").at(start..start + length).secret(secret)
        };
        let other = Diagnostic::new(Rule::InvalidValue, format!("`{secret}` is not a number")).at(a..a + 20);
        let findings = vec![finding(a, 20), finding(b, 25), finding(0, 20), other];
        let shown = human(&[Report::new(Source::new("a.toml", text), findings)]);
        assert!(!shown.contains("0123456789"), "{shown}");
        assert!(shown.contains("`sk_l…` is not a number") && shown.contains("pä"), "{shown}");
    }
}
