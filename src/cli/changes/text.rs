//! Changes as text.

use super::ModuleChanges;
use crate::diag::printable_line;

pub(super) fn render(all: &[ModuleChanges<'_>], earlier: &str) -> String {
    let mut text = String::new();
    for changes in all {
        text += &format!("{}, compared with {}\n", changes.module, printable_line(earlier));
        if changes.notices.is_empty() {
            text += "  Nothing that others need to know.\n";
        }
        for (title, notices) in changes.parts() {
            if notices.is_empty() {
                continue;
            }
            text += &format!("\n{title}:\n");
            for notice in notices {
                let line = format!("{} {} {}", notice.kind, notice.subject, notice.message);
                text += &format!("  {} {}\n", notice.symbol(), printable_line(&line));
            }
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}
