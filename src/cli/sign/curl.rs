//! A call as a curl command.

use std::fmt;

use crate::oauth::CallUrl;

/// Signed call.
pub(super) struct Curl<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a CallUrl,
    /// Value of the `Authorization` header.
    pub(super) header: &'a str,
    pub(super) content_type: Option<&'a str>,
    /// Body, or `@` and the name of a file.
    pub(super) data: Option<&'a str>,
}

impl fmt::Display for Curl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.to_string();
        f.write_str("curl")?;
        // curl would read brackets as a range of URLs, and remove dot segments.
        if url.contains(['[', ']', '{', '}']) {
            f.write_str(" --globoff")?;
        }
        if self.url.path.split('/').any(|segment| matches!(segment, "." | "..")) {
            f.write_str(" --path-as-is")?;
        }
        if self.method == "HEAD" {
            f.write_str(" --head")?;
        } else if self.method != "GET" || self.data.is_some() {
            write!(f, " --request {}", self.method)?;
        }
        write!(f, " {}", quoted(&url))?;
        write!(f, " \\\n  --header {}", quoted(&format!("Authorization: {}", self.header)))?;
        if let Some(content_type) = self.content_type {
            write!(f, " \\\n  --header {}", quoted(&format!("Content-Type: {content_type}")))?;
        }
        if let Some(data) = self.data {
            let option = if data.starts_with('@') { "--data-binary" } else { "--data-raw" };
            write!(f, " \\\n  {option} {}", quoted(data))?;
        }
        Ok(())
    }
}

/// Text that a shell reads back as one word.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
