//! Names of staged files: files that a run writes beside their place before it renames them.

use super::sha256;

/// Name of the journal: the next lock, staged. It exists while a run writes, and lists the files of that run.
pub const JOURNAL_FILE: &str = ".integration.lock.magespec-staged";

/// Middle of the name of every staged file.
pub(super) const MARK: &str = ".magespec-";

/// Returns the name beside `name` under which a run stages it: `.acl.xml.magespec-5f0c2a914be7d038`. The digits are the
/// number of the run and a checksum of both, so that no other program makes such a name by chance.
#[must_use]
pub fn staged_name(name: &str, run: u32) -> String {
    let number = format!("{run:08x}");
    let check = sha256(format!("{MARK}{number} {name}"));
    format!(".{name}{MARK}{number}{}", &check[..8])
}

/// Returns true if `entry` is the name of `name`, staged by any run.
#[must_use]
pub fn is_staged_name(entry: &str, name: &str) -> bool {
    let digits =
        entry.strip_prefix('.').and_then(|it| it.strip_prefix(name)).and_then(|it| it.strip_prefix(MARK));
    let run = digits.and_then(|digits| u32::from_str_radix(digits.get(..8)?, 16).ok());
    run.is_some_and(|run| staged_name(name, run) == entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_their_checksum_are_staged_ones() {
        for run in [0, 7, u32::MAX] {
            let staged = staged_name("acl.xml", run);
            assert!(
                staged.starts_with(".acl.xml.magespec-") && is_staged_name(&staged, "acl.xml"),
                "{staged}"
            );
            assert!(!is_staged_name(&staged, "xml") && !is_staged_name(&staged, "di.xml"));
            assert!(!is_staged_name(&staged.to_uppercase(), "acl.xml"));
        }
        for other in [
            "",
            ".acl.xml.magespec-",
            ".acl.xml.magespec-staged",
            ".acl.xml.magespec-0000000000000000",
            ".acl.xml.magespec-0000000g00000000",
            ".acl.xml.magespec-é0000000",
        ] {
            assert!(!is_staged_name(other, "acl.xml"), "{other}");
        }
    }
}
