//! Self-contained HTML pages, without scripts or network access.

use std::{fmt::Write as _, sync::LazyLock};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use minijinja::{
    AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value, context, escape_formatter,
    syntax::SyntaxConfig,
};
use sha2::{Digest as _, Sha256};

use crate::diag::{printable, printable_line};

const FRAME: &str = "page.html";
const STYLE: &str = include_str!("page.css");

/// Page with its landmarks. All parts are HTML, but the title.
#[derive(Debug, Default)]
pub(crate) struct Page<'a> {
    /// Title, as text.
    pub(crate) title: String,
    /// Style sheets of its parts.
    pub(crate) styles: &'a [&'static str],
    /// Heading and introduction.
    pub(crate) header: String,
    /// Table of contents and controls; empty for a page without them.
    pub(crate) aside: String,
    /// Content.
    pub(crate) main: String,
}

impl Page<'_> {
    /// Renders the page.
    pub(crate) fn render(&self) -> String {
        static ENVIRONMENT: LazyLock<Environment<'static>> =
            LazyLock::new(|| templates(&[(FRAME, include_str!("page.j2"))]));
        let style = [&[STYLE], self.styles].concat().concat();
        let Self { title, header, aside, main, .. } = self;
        let style_hash = BASE64_STANDARD.encode(Sha256::digest(&style));
        render(&ENVIRONMENT, FRAME, context! { title, style, style_hash, header, aside, main })
    }
}

/// Environment with templates of a page. Values are escaped, and hidden characters in them become visible; the filter `prose` makes code of what is between backticks.
pub(crate) fn templates(templates: &[(&'static str, &'static str)]) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    if let Ok(syntax) =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
    {
        environment.set_syntax(syntax);
    }
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => {
            escape_formatter(out, state, &Value::from(printable(text).into_owned()))
        }
        _ => escape_formatter(out, state, value),
    });
    environment.add_filter("prose", |text: &str| Value::from_safe_string(prose(text)));
    for (name, text) in templates {
        let _ = environment.add_template(name, text);
    }
    environment
}

/// Renders a template. Tests find one that does not parse or uses a missing value.
pub(crate) fn render(environment: &Environment<'_>, name: &str, values: Value) -> String {
    environment.get_template(name).and_then(|template| template.render(values)).unwrap_or_default()
}

/// Formats a sentence; text between backticks is code.
fn prose(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = printable_line(part);
        let part = HtmlEscape(&part);
        let _ = match at % 2 {
            0 => write!(html, "{part}"),
            _ => write!(html, "<code translate=\"no\">{part}</code>"),
        };
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_stay_text() {
        assert_eq!(
            prose("a <b> `c&d` \u{202e}"),
            "a &lt;b&gt; <code translate=\"no\">c&amp;d</code> &lt;U+202E&gt;"
        );
        assert_eq!(prose("`<"), "<code translate=\"no\">&lt;</code>");
    }

    #[test]
    fn the_title_is_escaped() {
        let page = Page { title: "</title><b>".to_owned(), ..Page::default() }.render();
        assert!(page.contains("<title>&lt;&#x2f;title&gt;&lt;b&gt;</title>"), "{page}");
    }
}
