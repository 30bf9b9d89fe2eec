//! Proposals that fit where they are made.

use super::{HEAD, behind, completed};

#[test]
fn what_no_release_grants_is_not_proposed() {
    let ids = behind(&["[[integration]]\nresources = [\"Magento_Config::|\"]"]);
    assert!(!ids[0].labels().contains(&"Magento_Config::advanced"), "{:?}", ids[0].labels());
    assert!(ids[0].labels().contains(&"Magento_Config::config_system"), "{:?}", ids[0].labels());
}

#[test]
fn a_list_gets_its_brackets() {
    let cases = [
        ("[[integration]]\nresources = |", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\nresources = [|]", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\nresources = [\"|\"]", "Acme_Erp::erp", "resources = [\"Acme_Erp::erp\"]"),
        ("[[integration]]\ncalls = |", "GET /V1/orders", "calls = [\"GET /V1/orders\"]"),
        ("[[acl]]\nparent = |", "Acme_Erp::erp", "parent = \"Acme_Erp::erp\""),
    ];
    for (completed, (text, label, expected)) in behind(&cases.map(|case| case.0)).iter().zip(cases) {
        assert_eq!(completed.taken(label), expected, "{text}");
    }
}

#[test]
fn tables_are_proposed_where_they_can_stand() {
    let cases = [
        ("[[service]]\nname = \"A\"\n\n|", "[[service.method]]", true),
        ("[[service]]\nname = \"A\"\nmethod = []\n\n|", "[[service.method]]", false),
        ("|\n\n[[service]]\nname = \"A\"\n", "[[service.method]]", false),
        ("[[service]]\nname = \"A\"\n[[service.method]]\nname = \"a\"\n\n|", "[[service.method]]", true),
        ("[[acl]]\nid = \"Acme_Erp::a\"\n\n|", "[[acl.children]]", true),
        (
            "[[acl]]\nid = \"Acme_Erp::a\"\nchildren = [{ id = \"Acme_Erp::b\" }]\n\n|",
            "[[acl.children]]",
            false,
        ),
    ];
    let texts = cases.map(|case| format!("{HEAD}\n{}", case.0));
    for (completed, (text, label, expected)) in
        completed(&texts.each_ref().map(String::as_str)).iter().zip(cases)
    {
        assert_eq!(completed.labels().contains(&label), expected, "{text}");
    }
}

#[test]
fn choices_of_flags_and_texts_have_their_own_quotes() {
    let taken = behind(&["[[integration]]\nkeep_cred|"])[0].taken("keep_credentials");
    assert!(taken.starts_with("keep_credentials = ${1|true,false,\"unless-permissions-grow\"|}"), "{taken}");
}
