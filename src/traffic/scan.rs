//! Search for lines that may be calls, without parsing the others.

use memchr::{
    memchr,
    memmem::{FindIter, Finder},
    memrchr,
};

use super::line::is_listed;

/// Scanner for lines that may be calls.
pub(super) struct LineScanner {
    rest: Finder<'static>,
    version: Finder<'static>,
}

/// Line that may be a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Candidate<'a> {
    /// Its offset in the block.
    pub(super) at: usize,
    /// Text without its line break or a byte order mark.
    pub(super) text: &'a [u8],
}

impl LineScanner {
    /// Matches `/rest` in the path of a REST call, in JSON perhaps as `\/rest`. A list of routes may start at the
    /// version, `/V1`.
    pub(super) fn new() -> Self {
        Self { rest: Finder::new("/rest"), version: Finder::new("/V") }
    }

    /// Lines of a block that may be calls, in order.
    pub(super) fn candidates<'a>(&'a self, block: &'a [u8]) -> Candidates<'a> {
        let mut rest = self.rest.find_iter(block);
        let mut version = self.version.find_iter(block);
        Candidates { block, done: 0, next_rest: rest.next(), next_version: version.next(), rest, version }
    }
}

pub(super) struct Candidates<'a> {
    block: &'a [u8],
    /// End of the lines that were searched.
    done: usize,
    rest: FindIter<'a, 'a>,
    version: FindIter<'a, 'a>,
    next_rest: Option<usize>,
    next_version: Option<usize>,
}

impl<'a> Iterator for Candidates<'a> {
    type Item = Candidate<'a>;

    fn next(&mut self) -> Option<Candidate<'a>> {
        loop {
            while self.next_rest.is_some_and(|at| at < self.done) {
                self.next_rest = self.rest.next();
            }
            while self.next_version.is_some_and(|at| at < self.done) {
                self.next_version = self.version.next();
            }
            let found = [self.next_rest, self.next_version].into_iter().flatten().min()?;
            let at =
                memrchr(b'\n', &self.block[self.done..found]).map_or(self.done, |end| self.done + end + 1);
            let end = memchr(b'\n', &self.block[found..]).map_or(self.block.len(), |end| found + end);
            self.done = end;
            let text = &self.block[at..end];
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
            if self.next_rest.is_some_and(|rest| rest < end) || is_listed(text) {
                return Some(Candidate { at, text });
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
            b"GET /V1/a\n/rest /rest /V1\nnothing\n\n x \"/V1\"\nGET /V\r\n{\"\\/rest\\/V1\"}\nGET /rest";
        let scanner = LineScanner::new();
        let found: Vec<_> = scanner.candidates(block).collect();
        for candidate in &found {
            assert!(block[candidate.at..].starts_with(candidate.text));
        }
        let texts: Vec<_> = found.iter().map(|it| String::from_utf8_lossy(it.text)).collect();
        assert_eq!(texts, ["GET /V1/a", "/rest /rest /V1", "GET /V", "{\"\\/rest\\/V1\"}", "GET /rest"]);
    }
}
