use magespec::diag::{Level, Rule};

use super::{findings, finds, passes, spec, triggers};

#[test]
fn unknown_rule() {
    let finding = finds(Rule::UnknownRule, "[rules]\n«url-not-http» = \"deny\"\n");
    assert_eq!(finding.help.as_deref(), Some("did you mean `url-not-https`?"));
    passes("[rules]\nurl-not-https = \"deny\"\n");
}

#[test]
fn warnings_and_notes_take_the_level_asked_for() {
    let integration = "[[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\n";
    let level =
        |rules: &str| findings(&spec(&format!("{integration}{rules}"))).first().map(|finding| finding.level);
    assert_eq!(level(""), Some(Level::Warning));
    assert_eq!(level("[rules]\nno-resources = \"deny\"\n"), Some(Level::Error));
    assert_eq!(level("[rules]\nno-resources = \"warn\"\n"), Some(Level::Warning));
    assert_eq!(level("[rules]\nno-resources = \"allow\"\n"), None);
}

#[test]
fn errors_cannot_be_relaxed_but_for_three() {
    for rule in Rule::ALL.iter().filter(|rule| !rule.can_be_relaxed()) {
        let finding = finds(Rule::InvalidValue, &format!("[rules]\n{rule} = «\"warn\"»\n"));
        assert!(finding.message.contains("always an error"));
        passes(&format!("[rules]\n{rule} = \"deny\"\n"));
    }
    let unknown = "[[integration]]\nname = \"Acme\"\nemail = \"a@b.co\"\nresources = [\"Magento_Sales::nope\"]\n[rules]\nunknown-resource = \"allow\"\n";
    passes(unknown);
    assert!(!triggers(Rule::UnknownResource, unknown));
}
