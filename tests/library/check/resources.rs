use magespec::diag::{Level, Rule};

use super::{findings, findings_in, finds, fixed, passes, shop, spec, triggers};

fn resources(target: &str, list: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\nresources = [{list}]\n[rules]\nbearer-token-refused = \"allow\"\n"
    )
}

const NOW: &str = ">=2.4.7 <2.4.9";

#[test]
fn unknown_resource() {
    let finding =
        finds(Rule::UnknownResource, &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Log::online\"»"));
    assert!(finding.help.unwrap().contains("Magento_Customer::online"));
    assert_eq!(finding.fix.unwrap().replacement, "\"Magento_Customer::online\"");
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Magento_Quote::quote\"»"));
    assert!(finding.help.unwrap().contains("Magento_Cart::cart"));
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Magento_Sales::invoices\"»"));
    assert!(finding.help.unwrap().contains("Magento_Sales::invoice"));
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Acme_ErpBridge::nope\"»"));
    assert!(finding.help.unwrap().contains("[[acl]]"));
    passes(&resources(NOW, "\"Magento_Customer::online\""));
}

#[test]
fn resource_that_went_names_the_releases_it_was_in() {
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Magento_Backend::setup_wizard\"»"));
    assert!(finding.reason.unwrap().contains("2.0.0..2.2.10, 2.3.0..2.3.6-p1"));
}

#[test]
fn resource_not_in_every_release() {
    let finding = finds(
        Rule::ResourceNotInEveryRelease,
        &resources(">=2.4.6 <2.4.9", "«\"Magento_Sales::api_actions\"»"),
    );
    assert!(finding.message.contains("2.4.6..2.4.6-p8"), "{}", finding.message);
    let disabled = resources(">=2.4.7 <2.4.9", "«\"Magento_Shipping::shipping_policy\"»");
    let finding = finds(Rule::ResourceNotInEveryRelease, &disabled);
    assert!(finding.reason.unwrap().contains("disabled"));
    assert!(finding.help.unwrap().contains("[rules]"));
    passes(&resources("2.4.8", "\"Magento_Sales::api_actions\""));
    let relaxed = resources(NOW, "«\"Magento_Shipping::shipping_policy\"»")
        + "resource-not-in-every-release = \"warn\"\n";
    let finding = finds(Rule::ResourceNotInEveryRelease, &relaxed);
    assert_eq!(finding.help.as_deref(), Some("narrow the target: magento = \">=2.4.7 <=2.4.7-p1\""));
}

#[test]
fn unverifiable_resource() {
    finds(Rule::UnverifiableResource, &resources(NOW, "«\"Amasty_Shipping::rules\"»"));
    let commerce = resources(NOW, "\"Magento_Rma::magento_rma\"")
        .replace("[target]", "[target]\nedition = \"commerce\"");
    let found = findings(&spec(&commerce));
    assert_eq!((found.len(), found[0].rule, found[0].level), (1, Rule::UnverifiableResource, Level::Note));
}

#[test]
fn root_resource() {
    for root in ["Magento_Backend::all", "Magento_Backend::admin"] {
        let finding =
            finds(Rule::RootResource, &resources(NOW, &format!("«\"{root}\"», \"Magento_Sales::ship\"")));
        assert!(finding.help.unwrap().contains("Magento_Backend::admin/**"));
    }
    assert!(!triggers(Rule::RootResource, &resources(NOW, "\"Magento_Backend::admin/**\"")));
    // The legacy pair says everything by it, if it says nothing else.
    let module =
        "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\nformat = \"legacy\"\n";
    let legacy = |entries: &str| module.to_owned() + &resources(NOW, entries);
    let finding =
        finds(Rule::BroadGrant, &legacy("\"Magento_Backend::all\"").replacen("resources", "«resources»", 1));
    assert!(finding.level == magespec::diag::Level::Warning);
    finds(Rule::RootResource, &legacy("«\"Magento_Backend::all\"», \"Magento_Sales::ship\""));
    finds(Rule::RootResource, &legacy("«\"Magento_Backend::admin\"»"));
    assert!(!triggers(Rule::RootResource, &resources("2.0.0", "\"Magento_Backend::all\"")));
}

#[test]
fn disabled_resource() {
    finds(Rule::DisabledResource, &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Config::advanced\"»"));
    passes(&resources("2.3.3", "\"Magento_Config::advanced\""));
}

#[test]
fn resource_format() {
    for entry in [
        "sales",
        "Magento_Sales",
        "Magento_Sales::",
        "Magento_Sales::*/**",
        "Magento_Sales::a b",
        "!!Magento_Sales::ship",
    ] {
        finds(Rule::ResourceFormat, &resources(NOW, &format!("\"Magento_Sales::ship\", «\"{entry}\"»")));
    }
    let finding =
        finds(Rule::ResourceFormat, &resources(NOW, "\"Magento_Cms::page\", «\"Magento_Sales:ship\"»"));
    assert_eq!(finding.help.as_deref(), Some("write two colons: \"Magento_Sales::ship\""));
    assert_eq!(finding.fix.unwrap().replacement, "\"Magento_Sales::ship\"");
    for wrong in ["magento_sales::ship", "Sales::ship", "Magento_Sales/ship", "magento_sales.ship"] {
        let finding =
            finds(Rule::ResourceFormat, &resources(NOW, &format!("\"Magento_Cms::page\", «\"{wrong}\"»")));
        assert_eq!(finding.help.as_deref(), Some("did you mean \"Magento_Sales::ship\"?"), "{wrong}");
    }
    let finding = finds(
        Rule::UnverifiableResource,
        &resources(NOW, "\"Magento_Cms::page\", «\"Magento_Sale::actions_view\"»"),
    );
    assert_eq!(finding.help.as_deref(), Some("did you mean \"Magento_Sales::actions_view\"?"));
}

#[test]
fn duplicate_resource() {
    finds(Rule::DuplicateResource, &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Sales::ship\"»"));
    finds(Rule::DuplicateResource, &resources(NOW, "\"Magento_Sales::*ship*\", «\"Magento_Sales::ship\"»"));
    let finding = finds(
        Rule::DuplicateResource,
        &resources(
            NOW,
            "\"Magento_Sales::ship\", \"Magento_Sales::*invoice*\", «\"Magento_Sales::*i??oice*\"»",
        ),
    );
    assert!(finding.message.contains("by `Magento_Sales::*invoice*`"), "{}", finding.message);
    let finding = finds(
        Rule::DuplicateResource,
        &resources(NOW, "\"Magento_Sales::ship\", \"Magento_Sales::shipment\", «\"Magento_Sales::ship*\"»"),
    );
    assert!(finding.message.contains("by the entries before it"), "{}", finding.message);
    passes(&resources(NOW, "\"Magento_Sales::ship\", \"Magento_Sales::invoice\""));
    passes(&resources(NOW, "\"Magento_Sales::ship\", \"!Magento_Sales::ship\", \"Magento_Sales::ship\""));
}

#[test]
fn removing_a_duplicate_takes_its_comma_with_it() {
    for (list, mended) in [
        ("\"Magento_Sales::ship\", \"Magento_Sales::ship\"", "\"Magento_Sales::ship\""),
        ("\n  \"Magento_Sales::ship\",\n  \"Magento_Sales::ship\",\n", "\n  \"Magento_Sales::ship\",\n"),
    ] {
        assert_eq!(fixed(&spec(&resources(NOW, list))), spec(&resources(NOW, mended)));
    }
    let commented = "\"Magento_Sales::ship\", # why\n  «\"Magento_Sales::ship\"»";
    assert_eq!(finds(Rule::DuplicateResource, &resources(NOW, commented)).fix, None);
}

#[test]
fn other_case_is_fixed() {
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Magento_Sales::SHIP\"»"));
    assert_eq!(finding.fix.unwrap().replacement, "\"Magento_Sales::ship\"");
    let finding = finds(Rule::UnknownResource, &resources(NOW, "«\"Magento_Sales::shipp\"»"));
    assert_eq!(finding.fix, None);
}

#[test]
fn implied_resource() {
    finds(Rule::ImpliedResource, &resources(NOW, "«\"Magento_Sales::sales\"», \"Magento_Sales::ship\""));
    passes(&resources(NOW, "\"Magento_Sales::ship\", \"Magento_Sales::invoice\""));
    passes(&resources("2.0.*", "\"Magento_Sales::sales\", \"Magento_Sales::ship\""));
}

#[test]
fn pattern_matches_nothing() {
    finds(
        Rule::PatternMatchesNothing,
        &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Sales::*zzz*\"»"),
    );
    finds(
        Rule::PatternMatchesNothing,
        &resources(NOW, "\"Magento_Sales::ship\", «\"Amasty_Shipping::a/**\"»"),
    );
    finds(
        Rule::PatternMatchesNothing,
        &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Backend::all/**\"»"),
    );
    passes(&resources(NOW, "\"Magento_Sales::*invoice*\""));
}

#[test]
fn pattern_narrowed() {
    finds(Rule::PatternNarrowed, &resources(">=2.4.6 <2.4.9", "«\"Magento_Sales::a*\"»"));
    passes(&resources("2.4.8", "\"Magento_Sales::a*\""));
}

#[test]
fn exclusion_has_no_effect() {
    finds(
        Rule::ExclusionHasNoEffect,
        &resources(NOW, "«\"!Magento_Sales::ship\"», \"Magento_Sales::invoice\""),
    );
    finds(Rule::ExclusionHasNoEffect, &resources(NOW, "\"Magento_Sales::ship\", «\"!Magento_Cms::*\"»"));
    passes(&resources(NOW, "\"Magento_Sales::*invoice*\", \"!Magento_Sales::invoice\""));
    let finding = finds(
        Rule::ExclusionHasNoEffect,
        &resources(NOW, "\"Magento_Sales::ship\", «\"!Magento_Backend::admin\"»"),
    );
    assert!(finding.reason.unwrap().contains("Magento adds it"));
    let finding = finds(
        Rule::ExclusionHasNoEffect,
        &resources(NOW, "\"Magento_Catalog::catalog/**\", «\"!Magento_Catalog::categories\"»"),
    );
    assert!(finding.message.contains("Magento_Catalog::edit_category_design"), "{}", finding.message);
    passes(&resources(NOW, "\"Magento_Catalog::catalog/**\", \"!Magento_Catalog::categories/**\""));
}

#[test]
fn broad_grant() {
    let everything = "[target]\nmagento = \"2.4.3\"\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\n«resources» = [\"Magento_Backend::admin/**\"]\n";
    let found = findings(&spec(&everything.replace(['«', '»'], "")));
    assert!(found.iter().any(|finding| finding.rule == Rule::BroadGrant), "{found:#?}");
    assert!(!triggers(Rule::BroadGrant, &resources(NOW, "\"Magento_Sales::sales/**\"")));
}

#[test]
fn resource_moves() {
    let finding =
        finds(Rule::ResourceMoves, &resources(NOW, "\"Magento_Sales::ship\", «\"Magento_Paypal::paypal\"»"));
    assert!(finding.message.contains("from 2.4.7-p10 to 2.4.8"), "{}", finding.message);
    passes(&resources("2.4.8", "\"Magento_Paypal::paypal\""));
}

#[test]
fn in_a_shop_every_module_is_known() {
    let shop =
        shop("2.4.3", &["Magento_Sales::actions_view", "Acme_Warehouse::stock", "Magento_Rma::magento_rma"]);
    let resources = |list: &str| {
        let fragment =
            format!("[[integration]]\nname = \"Acme\"\nemail = \"a@acme.com\"\nresources = [{list}]\n");
        findings_in(&spec(&fragment), &shop).into_iter().map(|it| (it.rule, it.message)).collect::<Vec<_>>()
    };
    assert_eq!(resources("\"Acme_Warehouse::stock\", \"Magento_Rma::magento_rma\""), []);
    assert_eq!(
        resources("\"Acme_Warehouse::stok\", \"Magento_Sales::sales\""),
        [
            (Rule::UnknownResource, "`Acme_Warehouse::stok` does not exist in this shop's 2.4.3".to_owned()),
            (Rule::UnknownResource, "`Magento_Sales::sales` does not exist in this shop's 2.4.3".to_owned()),
        ]
    );
    // Magento does not look below another root.
    for id in ["Acme_Other::root", "Acme_Other::child"] {
        assert_eq!(
            resources(&format!("\"Acme_Warehouse::stock\", \"{id}\"")),
            [(Rule::UnknownResource, format!("`{id}` cannot be granted in this shop's 2.4.3"))]
        );
    }
}
