//! The lines in which two texts differ.

use similar::TextDiff;

use super::Change;

impl Change {
    /// The unified diff from what is on disk to what is made, without a file header. Lines end at `\n` alone; bytes
    /// that are not UTF-8 are shown as U+FFFD.
    #[must_use]
    pub fn unified(&self) -> String {
        let text = |bytes: &Option<Vec<u8>>| {
            String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned()
        };
        let (before, after) = (text(&self.before), text(&self.after));
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
        let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
        diff.unified_diff().to_string()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        diff::{Change, Status},
        tree::TreePath,
    };

    fn unified(before: &str, after: &str) -> String {
        Change {
            path: TreePath::new("a").unwrap(),
            status: Status::Changed,
            before: Some(before.into()),
            after: Some(after.into()),
            obstacle: None,
        }
        .unified()
    }

    #[test]
    fn lines_end_at_line_feeds_alone() {
        assert_eq!(unified("a\rb\r\nc\n", "a\rb\r\nd\n"), "@@ -1,2 +1,2 @@\n a\rb\r\n-c\n+d\n");
        assert_eq!(unified("a", "a\n"), "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
        assert_eq!(unified("a\n", "a\n"), "");
    }
}
