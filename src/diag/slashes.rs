//! Paths with `/` on every system, as patches, editors and GitHub expect them.

/// Returns the path with `/` between its parts. Windows reads both.
#[must_use]
pub fn with_slashes(path: impl Into<String>) -> String {
    slashed(path.into(), cfg!(windows))
}

fn slashed(path: String, is_windows: bool) -> String {
    if is_windows { path.replace('\\', "/") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_separates_on_windows_only() {
        for (path, on_windows) in [(r"mods\erp/a.xml", "mods/erp/a.xml"), (r"C:\a", "C:/a"), ("a/b", "a/b")] {
            assert_eq!(slashed(path.to_owned(), true), on_windows);
            assert_eq!(slashed(path.to_owned(), false), path);
        }
    }
}
