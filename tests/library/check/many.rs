//! Specs with thousands of entries. What is counted is the work that findings show, never the time.

use std::fmt::Write as _;

use magespec::diag::{Diagnostic, Rule, Suggestions};

use super::{findings, spec};

/// Findings of a fragment with `count` entries, from their numbers.
fn of(count: usize, before: &str, entry: impl Fn(usize) -> String, after: &str) -> Vec<Diagnostic> {
    let mut text = before.to_owned();
    (0..count).for_each(|at| text.push_str(&entry(at)));
    let _ = write!(text, "{after}");
    findings(&spec(&text))
}

fn counts(findings: &[Diagnostic], rule: Rule) -> usize {
    findings.iter().filter(|finding| finding.rule == rule).count()
}

const LISTED: &str = "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\n";

#[test]
fn suggestions_are_made_for_the_first_findings_only() {
    let unknown = [
        of(500, &format!("{LISTED}resources = ["), |at| format!("\"Magento_Sales::ship_{at}\","), "]\n"),
        of(500, &format!("{LISTED}calls = ["), |at| format!("\"PUT /V1/orders/{at}/x\","), "]\n"),
        of(500, "", |at| format!("[[data]]\nname = \"Item{at}\"\nfields = {{ other = \"Itme{at}\" }}\n"), ""),
        of(
            500,
            "[settings]\nlabel = \"Acme\"\n",
            |at| {
                format!(
                    "[[setting]]\npath = \"erp/value{at}\"\ntype = \"text\"\ndepends = {{ \"erp/valeu{at}\" = \"x\" }}\n"
                )
            },
            "",
        ),
        of(500, "[rules]\n", |at| format!("csp-opne{at} = \"allow\"\n"), ""),
    ];
    for found in unknown {
        assert!(found.len() >= 500, "{}", found.len());
        let suggested =
            found.iter().filter(|it| it.help.as_ref().is_some_and(|it| it.starts_with("did you mean")));
        let suggested = suggested.count();
        assert!((1..=Suggestions::MOST).contains(&suggested), "{suggested}: {:?}", found[0]);
        assert!(found.iter().all(|finding| finding.help.is_some()), "each has help");
    }
}

#[test]
fn long_chains_and_circles_have_one_finding() {
    let setting = |at: usize, on: usize| {
        format!("[[setting]]\npath = \"erp/v{at}\"\ntype = \"yesno\"\ndepends = {{ \"erp/v{on}\" = true }}\n")
    };
    let section = "[settings]\nlabel = \"Acme\"\n";
    let first = "[[setting]]\npath = \"erp/v5000\"\ntype = \"yesno\"\n";
    assert_eq!(of(5000, section, |at| setting(at, at + 1), first), [], "a chain");
    let found = of(5000, section, |at| setting(at, (at + 1) % 5000), "");
    assert_eq!(
        (found.len(), found[0].message.as_str()),
        (1, "`erp/v4999` and `erp/v0` depend on each other")
    );
    let data = |at: usize, next: usize| {
        format!("[[data]]\nname = \"Da{at}\"\nfields = {{ other = \"Da{next}\" }}\n")
    };
    let last = "[[data]]\nname = \"Da5000\"\nfields = { id = \"int\" }\n";
    assert_eq!(of(5000, "", |at| data(at, at + 1), last), [], "a chain");
    assert_eq!(of(5000, "", |at| data(at, (at + 1) % 5000), "").len(), 1, "a circle");
}

#[test]
fn what_depends_on_a_circle_is_not_in_it() {
    let text = "[settings]\nlabel = \"Acme\"\n\
        [[setting]]\npath = \"erp/aa\"\ntype = \"yesno\"\ndepends = { \"erp/bb\" = true, \"erp/cc\" = true }\n\
        [[setting]]\npath = \"erp/bb\"\ntype = \"yesno\"\ndepends = { \"erp/aa\" = true, \"erp/cc\" = true }\n\
        [[setting]]\npath = \"erp/cc\"\ntype = \"yesno\"\n";
    let found = findings(&spec(text));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "`erp/bb` and `erp/aa` depend on each other");
}

#[test]
fn patterns_that_match_too_much_in_all_are_refused_at_once() {
    let integration = |at: usize| {
        format!(
            "[[integration]]\nname = \"Acme {at}\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Backend::admin/**\"]\n"
        )
    };
    let found = of(5000, "", integration, "");
    assert_eq!(counts(&found, Rule::InvalidValue), 1, "{} findings", found.len());
    assert_eq!(counts(&found, Rule::BroadGrant), 0, "nothing is looked up then");
}

#[test]
fn resources_that_lie_too_deep_are_not_resolved() {
    let node = |at: usize| {
        let parent = if at == 0 {
            "Magento_Backend::admin".to_owned()
        } else {
            format!("Acme_ErpBridge::a{}", at - 1)
        };
        format!("[[acl]]\nid = \"Acme_ErpBridge::a{at}\"\ntitle = \"Acme\"\nparent = \"{parent}\"\n")
    };
    let all = "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\nresources = [\"Acme_ErpBridge::a0/**\"]\n";
    let found = of(2000, all, node, "");
    assert_eq!(counts(&found, Rule::AclParent), 1, "{:#?}", found.first());
}
