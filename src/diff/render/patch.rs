//! Unified diff with git's headers: the changes of `build --force` including the lock file, without files that are too large.

use camino::Utf8Path;
use similar::TextDiff;

use super::{
    Layout,
    text::{in_quotes, quoted},
};
use crate::diff::{Change, Comparison, Cut};

const NOWHERE: &str = "/dev/null";

/// Renders a unified diff for `git apply` and `patch -p1`.
#[must_use]
pub fn patch(comparisons: &[Comparison], layout: Layout) -> Vec<u8> {
    let mut patch = Vec::new();
    for comparison in comparisons {
        let lock = comparison.changes.lock_change();
        for change in comparison.differing().chain(&lock).filter(|change| change.unpatched().is_none()) {
            file(&mut patch, &comparison.shown(change), change, layout);
        }
    }
    patch
}

fn file(patch: &mut Vec<u8>, path: &Utf8Path, change: &Change, layout: Layout) {
    let (old, new) = (format!("a/{path}"), format!("b/{path}"));
    let hunks = change.hunks(Cut { context: layout.context, marks_words: false });
    // Without `---` and `+++` lines, `patch` takes the names from here and cuts them at a space.
    let header = if hunks.is_empty() { in_quotes } else { quoted };
    line(patch, &format!("diff --git {} {}", header(&old), header(&new)));
    match (&change.before, &change.after) {
        (None, _) => line(patch, "new file mode 100644"),
        (_, None) if change.is_executable => line(patch, "deleted file mode 100755"),
        (_, None) => line(patch, "deleted file mode 100644"),
        _ => {}
    }
    if hunks.is_empty() {
        return;
    }
    let named = |bytes: &Option<Vec<u8>>, name: &str| match bytes {
        Some(_) => terminated(quoted(name)),
        None => NOWHERE.to_owned(),
    };
    line(patch, &format!("--- {}", named(&change.before, &old)));
    line(patch, &format!("+++ {}", named(&change.after, &new)));
    for hunk in hunks {
        line(patch, &hunk.header());
        for text in hunk.lines {
            patch.extend(text.kind.sign().to_string().as_bytes());
            text.pieces.iter().for_each(|(_, bytes)| patch.extend(*bytes));
            if !text.is_terminated() {
                patch.extend(b"\n\\ No newline at end of file\n");
            }
        }
    }
}

/// Adds a tab after a name with a space, as git does, so that `patch` does not cut it.
fn terminated(name: String) -> String {
    if name.contains(' ') && !name.starts_with('"') { name + "\t" } else { name }
}

fn line(patch: &mut Vec<u8>, text: &str) {
    patch.extend(text.as_bytes());
    patch.push(b'\n');
}

/// Renders a unified diff of a single text; empty if nothing changes.
#[must_use]
pub fn text_patch(name: &str, before: &str, after: &str, context: usize) -> String {
    let is_relative = !Utf8Path::new(name).is_absolute() && !name.starts_with('<');
    let named =
        |side: &str| terminated(if is_relative { quoted(&format!("{side}/{name}")) } else { quoted(name) });
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(context).header(&named("a"), &named("b")).to_string()
}
