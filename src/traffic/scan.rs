//! Search for lines that may be calls, without parsing the others.

use memchr::{
    memchr,
    memmem::{FindIter, Finder},
    memrchr,
};

use super::line::{deprecated, is_listed};

/// Texts that lines with a request to an API contain: `/rest` in the path of a REST call, in JSON perhaps as `\/rest`;
/// lines of deprecated routes; those of the other APIs; and the version with which a path in a list of routes may start.
const MARKS: [&str; 5] = ["/rest", deprecated::MARK, "/soap", "/graphql", "/V"];
/// Place of the version in them.
const VERSION: usize = MARKS.len() - 1;

/// Scanner for lines that may be requests to an API.
pub(super) struct LineScanner([Finder<'static>; MARKS.len()]);

/// Line that may be a request to an API.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PossibleCall<'a> {
    /// Its offset in the block.
    pub(super) at: usize,
    /// Text without its line break or a byte order mark.
    pub(super) text: &'a [u8],
    /// True if it may be a REST call.
    pub(super) is_rest: bool,
    /// True if it may be a line about a deprecated route.
    pub(super) is_deprecated: bool,
}

impl LineScanner {
    pub(super) fn new() -> Self {
        Self(MARKS.map(Finder::new))
    }

    /// Lines of a block that may be requests, in order.
    pub(super) fn candidates<'a>(&'a self, block: &'a [u8]) -> Candidates<'a> {
        let marks = self.0.each_ref().map(|finder| {
            let mut places = finder.find_iter(block);
            MarkPlaces { next: places.next(), places }
        });
        Candidates { block, done: 0, marks }
    }
}

pub(super) struct Candidates<'a> {
    block: &'a [u8],
    /// End of the lines that were searched.
    done: usize,
    marks: [MarkPlaces<'a>; MARKS.len()],
}

/// Places of a text in a block.
struct MarkPlaces<'a> {
    places: FindIter<'a, 'a>,
    next: Option<usize>,
}

impl<'a> Iterator for Candidates<'a> {
    type Item = PossibleCall<'a>;

    fn next(&mut self) -> Option<PossibleCall<'a>> {
        loop {
            for mark in &mut self.marks {
                while mark.next.is_some_and(|at| at < self.done) {
                    mark.next = mark.places.next();
                }
            }
            let found = self.marks.iter().filter_map(|mark| mark.next).min()?;
            let at =
                memrchr(b'\n', &self.block[self.done..found]).map_or(self.done, |end| self.done + end + 1);
            let end = memchr(b'\n', &self.block[found..]).map_or(self.block.len(), |end| found + end);
            self.done = end;
            let text = &self.block[at..end];
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
            let has = |mark: &MarkPlaces<'_>| mark.next.is_some_and(|place| place < end);
            let [rest, deprecated, others @ ..] = &self.marks[..VERSION] else { continue };
            let (is_rest, is_deprecated) = (has(rest) || is_listed(text), has(deprecated));
            if is_rest || is_deprecated || others.iter().any(has) {
                return Some(PossibleCall { at, text, is_rest, is_deprecated });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_may_be_calls_are_found_once_each() {
        let block =
            b"GET /V1/a\n/rest /rest /V1\n/soap/x\nnothing\n\n x \"/V1\"\nGET /V\r\n{\"\\/rest\\/V1\"}\nGET /rest";
        let scanner = LineScanner::new();
        let found: Vec<_> = scanner.candidates(block).collect();
        for candidate in &found {
            assert!(block[candidate.at..].starts_with(candidate.text));
        }
        let texts: Vec<_> = found.iter().map(|it| String::from_utf8_lossy(it.text)).collect();
        assert_eq!(
            texts,
            ["GET /V1/a", "/rest /rest /V1", "/soap/x", "GET /V", "{\"\\/rest\\/V1\"}", "GET /rest"]
        );
        let is_rest: Vec<bool> = found.iter().map(|it| it.is_rest).collect();
        assert_eq!(is_rest, [true, true, false, true, true, true]);
    }
}
