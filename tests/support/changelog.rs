//! The changelog.

/// The section "Output changes" of the newest heading, or nothing.
pub(crate) fn output_changes(changelog: &str) -> &str {
    let newest = changelog.split("\n## ").nth(1).unwrap_or_default();
    let section = newest.split("\n### ").find(|section| section.starts_with("Output changes"));
    section.unwrap_or_default().trim_end()
}
