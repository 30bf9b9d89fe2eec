//! All files that were read, concatenated: a place is an offset into the whole, so that rules need not know that there
//! are several files.

use std::ops::Range;

use crate::diag::{Diagnostic, Report, Source};

/// Source files of a module.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<(usize, Source)>,
    length: usize,
}

impl Sources {
    /// Adds a file and returns the offset of its text.
    pub fn add(&mut self, source: Source) -> usize {
        let start = self.length;
        // No two files share an offset, not even the end of one and the start of the next.
        self.length = start + source.text.len() + 1;
        self.files.push((start, source));
        start
    }

    /// Splits findings by file, in the order in which the files were read. One without a place goes to the first file.
    #[must_use]
    pub fn into_reports(self, findings: Vec<Diagnostic>) -> Vec<Report> {
        let mut of_file: Vec<Vec<Diagnostic>> = self.files.iter().map(|_| Vec::new()).collect();
        for finding in findings {
            let file = finding.span.as_ref().and_then(|span| self.file(span.start)).unwrap_or(0);
            if let (Some((start, source)), Some(found)) = (self.files.get(file), of_file.get_mut(file)) {
                found.push(moved(finding, *start, source.text.len()));
            }
        }
        let files = self.files.into_iter().zip(of_file);
        files.map(|((_, source), findings)| Report::new(source, findings)).collect()
    }

    fn file(&self, offset: usize) -> Option<usize> {
        self.files.partition_point(|(start, _)| *start <= offset).checked_sub(1)
    }
}

/// Converts a finding to places in its own file, with the help for it. Related places in other files are dropped, and
/// fixes too, which are written for TOML.
fn moved(finding: Diagnostic, start: usize, length: usize) -> Diagnostic {
    let here = |span: &Range<usize>| {
        let is_here = span.start >= start && span.end <= start + length;
        is_here.then(|| span.start - start..span.end - start)
    };
    let related = finding.related.into_iter().filter_map(|mut related| {
        related.span = here(&related.span)?;
        Some(related)
    });
    Diagnostic {
        span: finding.span.as_ref().map(|span| here(span).unwrap_or(0..0)),
        related: related.collect(),
        help: finding.module_help.or(finding.help),
        suggestions: Vec::new(),
        module_help: None,
        fix: None,
        ..finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Rule;

    #[test]
    fn findings_come_back_to_their_files() {
        let mut sources = Sources::default();
        let starts = ["abc", "", "déf"].map(|text| sources.add(Source::new(text, text)));
        let finding = |at: Range<usize>| Diagnostic::new(Rule::AclId, "x").at(at).fix(0..1, "y");
        let findings = vec![
            finding(starts[0] + 1..starts[0] + 3).related(starts[2]..starts[2] + 1, "elsewhere"),
            finding(starts[1]..starts[1]).related(starts[1]..starts[1], "here"),
            finding(starts[2] + 1..starts[2] + 3),
            Diagnostic::new(Rule::AclTitle, "nowhere"),
        ];
        let reports = sources.into_reports(findings);
        let places: Vec<Vec<Option<Range<usize>>>> = reports
            .iter()
            .map(|report| report.diagnostics.iter().map(|finding| finding.span.clone()).collect())
            .collect();
        assert_eq!(places, [vec![None, Some(1..3)], vec![Some(0..0)], vec![Some(1..3)]]);
        assert_eq!(reports[1].diagnostics[0].related[0].span, 0..0);
        let all = reports.iter().flat_map(|report| &report.diagnostics);
        assert!(all.clone().all(|finding| finding.fix.is_none()));
        assert_eq!(all.map(|finding| finding.related.len()).sum::<usize>(), 1);
    }
}
