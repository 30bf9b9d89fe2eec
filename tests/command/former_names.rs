//! Mistakes in former names, and what to write instead.

use std::fs;

use super::magespec;

const HEAD: &str = "[module]\nname = \"Acme_Erp\"\ndescription = \"Lets the ERP in\"\n[target]\nmagento = \"2.4.7\"\n\
                    [rules]\nrelease-not-verified = \"allow\"\n";

/// Messages and help of `check`, without the text of the spec.
fn found(rest: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), format!("{HEAD}{rest}")).unwrap();
    let ran = magespec(dir.path(), &["check"]);
    let lines = ran.stderr.lines().chain(ran.stdout.lines()).map(str::trim);
    let is_said =
        |line: &&str| line.starts_with("error") || line.starts_with("= ") || line.contains("first here");
    lines.filter(is_said).map(str::to_owned).collect()
}

#[test]
fn a_name_in_a_list_is_judged_like_a_single_one() {
    for (table, bad) in [
        ("[[cron]]\nname = \"sync\"\nschedule = \"0 3 * * *\"", "with space"),
        ("[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"", "A B"),
        ("[[acl]]\nid = \"Acme_Erp::sync\"\ntitle = \"Sync\"", "nonsense"),
        ("[[setting]]\npath = \"api/url\"\ntype = \"text\"", "api/old"),
    ] {
        let help = |value: &str| {
            let found = found(&format!("{table}\nrenamed_from = {value}\n"));
            let at = found.iter().position(|line| line.contains(bad)).unwrap_or_else(|| panic!("{found:#?}"));
            found[at + 1..at + 3].to_vec()
        };
        assert_eq!(help(&format!("\"{bad}\"")), help(&format!("[\"{bad}\"]")), "{table}");
    }
}

#[test]
fn an_empty_list_is_called_one() {
    let name = "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@example.com\"\nrenamed_from = []\n";
    let found = found(name);
    assert!(found.iter().any(|line| line.contains("`renamed_from` is an empty list")), "{found:#?}");
}

#[test]
fn the_plural_of_a_key_is_that_key() {
    let found = found("[retired]\nintegration = [\"Old CRM\"]\n");
    assert!(found.contains(&"= help: did you mean `integrations`?".to_owned()), "{found:#?}");
}

#[test]
fn the_first_of_two_equal_names_is_the_one_above() {
    let acl = "[[acl]]\nid = \"Acme_Erp::a\"\ntitle = \"One\"\nrenamed_from = \"Acme_Erp::old\"\n\
               children = [{ id = \"Acme_Erp::b\", title = \"Two\", renamed_from = \"Acme_Erp::old\" }]\n";
    let found = found(acl);
    let first = found.iter().find(|line| line.contains("first here")).unwrap_or_else(|| panic!("{found:#?}"));
    assert!(!first.contains("children"), "{first}");
    let at = found.iter().position(|line| line.contains("is listed twice")).unwrap();
    assert_eq!(found.iter().filter(|line| line.contains("is listed twice")).count(), 1, "{found:#?}");
    assert!(found[at].starts_with("error[former-name]"), "{}", found[at]);
}

#[test]
fn a_topic_stores_nothing() {
    let webhooks = "[[webhook]]\ntopic = \"a.b\"\nevent = \"sales_order_save_after\"\nrenamed_from = \"c.d\"\n\
                    [[webhook]]\ntopic = \"c.d\"\nevent = \"customer_save_after\"\n";
    let found = found(webhooks);
    assert!(found.contains(&"= note: receivers know that one by it".to_owned()), "{found:#?}");
}

#[test]
fn a_former_id_is_no_resource() {
    let spec = "[[acl]]\nid = \"Acme_Erp::synchronise\"\ntitle = \"Sync\"\nrenamed_from = \"Acme_Erp::old\"\n\
                [[integration]]\nname = \"Acme ERP\"\nemail = \"erp@example.com\"\nresources = [\"Acme_Erp::old\"]\n";
    let found = found(spec);
    let help = "= help: write its present name: `Acme_Erp::synchronise`";
    assert!(found.contains(&help.to_owned()), "{found:#?}");
}
