//! Page of a rule in the documentation of this version.

use crate::diag::Rule;

/// Folder of the pages, without a slash.
const FOLDER: &str =
    concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/v", env!("CARGO_PKG_VERSION"), "/docs/rules");

/// Page of a rule in the documentation of this version.
pub(super) struct RulePage(pub(super) Rule);

impl RulePage {
    pub(super) fn uri(&self) -> String {
        format!("{FOLDER}/{}.md", self.0.id())
    }

    /// Section on the reason for the rule, whose links lead to their pages from anywhere.
    pub(super) fn why(&self) -> String {
        let why = self.0.page().split("## ").find(|part| part.starts_with("Why")).unwrap_or_default();
        let why = why.split_once('\n').map_or("", |(_, text)| text.trim());
        let mut parts = why.split("](");
        let before = parts.next().unwrap_or_default().to_owned();
        parts.fold(before, |text, link| format!("{text}]({}", self.absolute(link)))
    }

    /// Text that begins with the target of a link, which is relative to this page.
    fn absolute(&self, link: &str) -> String {
        if link.contains("://") && link.find("://") < link.find(')') {
            return link.to_owned();
        }
        if link.starts_with('#') {
            return self.uri() + link;
        }
        let (mut folder, mut rest) = (FOLDER, link);
        while let (Some(below), Some((above, _))) = (rest.strip_prefix("../"), folder.rsplit_once('/')) {
            (folder, rest) = (above, below);
        }
        format!("{folder}/{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_absolute() {
        let page = RulePage(Rule::EventCaution);
        let docs = FOLDER.trim_end_matches("/rules");
        for (link, absolute) in [
            ("../magento/events.md#order-save) b", format!("{docs}/magento/events.md#order-save) b")),
            ("acl-unused.md) b", format!("{docs}/rules/acl-unused.md) b")),
            ("#why) b", format!("{docs}/rules/event-caution.md#why) b")),
            ("https://a.com) b", "https://a.com) b".to_owned()),
            ("a.md) of http://b", format!("{docs}/rules/a.md) of http://b")),
        ] {
            assert_eq!(page.absolute(link), absolute);
        }
        for rule in Rule::ALL {
            let why = RulePage(*rule).why();
            assert!(why.split("](").skip(1).all(|link| link.starts_with("https://")), "{why}");
        }
    }
}
