use serde_json::Value;

use super::{magespec, project};

fn acl(arguments: &[&str]) -> (i32, String, String) {
    let ran = magespec(project().path(), &[&["acl"], arguments].concat());
    (ran.status, ran.stdout, ran.stderr)
}

fn ids(arguments: &[&str]) -> Vec<String> {
    let (status, stdout, _) = acl(&[arguments, &["--format", "json"]].concat());
    assert_eq!(status, 0);
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(json["version"], 1);
    let resources = json["resources"].as_array().unwrap();
    resources.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_tree_of_the_newest_release_is_shown_by_itself() {
    let (_, tree, notes) = acl(&[]);
    assert!(
        tree.starts_with(
            "Magento_Backend::all  Allow everything\nMagento_Backend::admin  Magento Admin\n├─ "
        )
    );
    assert!(tree.contains("\n│  └─ Magento_Sales::sales_operation  Operations\n"), "{tree}");
    assert!(
        tree.contains("Magento_Shipping::shipping_policy  Shipping Policy Parameters Section, disabled\n")
    );
    assert!(!tree.contains("Magento_LoginAsCustomer::login_button"), "it went in 2.4.1-p1");
    let assumed = "note: the ACL and routes of 2.4.9 are assumed to match those of 2.4.8-p5\n";
    assert_eq!((tree.lines().count(), notes.as_str()), (ids(&[]).len(), assumed));
}

#[test]
fn words_find_ids_and_titles() {
    assert_eq!(ids(&["sales", "invoice"])[0], "Magento_Sales::sales_invoice");
    assert_eq!(ids(&["mass update"]), ["Magento_Catalog::update_attributes"], "by its title");
    assert_eq!(ids(&["Operations", "actions_view"])[0], "Magento_Sales::actions_view", "by a title above");
    assert_eq!(ids(&["invioce"])[0], "Magento_Sales::sales_invoice", "a typo is forgiven");
    assert_eq!(ids(&["magento_sales::sales"]), ["Magento_Sales::sales"], "an id is that one alone");
}

#[test]
fn a_hit_says_where_it_is() {
    let (_, hit, _) = acl(&["Magento_Sales::ship", "--routes"]);
    assert_eq!(
        hit,
        "Magento_Sales::ship\n  Sales > Operations > Orders > Actions > Ship\n  below Magento_Sales::actions\n  \
         from Magento_Sales, in 2.0.0..2.2.10, 2.3.0..2.4.9\n  POST /V1/order/:orderId/ship\n"
    );
    let (_, tree, _) = acl(&["Magento_Sales::ship", "--tree"]);
    assert_eq!(tree.lines().count(), 6, "its ancestors and itself: {tree}");
}

#[test]
fn a_subtree_starts_at_its_top() {
    let (_, tree, _) = acl(&["--under", "Magento_Catalog::products"]);
    let lines: Vec<&str> = tree.lines().collect();
    assert_eq!(lines[0], "Magento_Catalog::products  Products");
    assert!(lines.len() > 1 && lines[1..].iter().all(|line| line.starts_with(['├', '└', '│', ' '])));
}

#[test]
fn a_range_says_what_only_some_of_it_have() {
    let (_, tree, _) = acl(&["--target", ">=2.4.0 <2.4.2", "login", "--tree"]);
    assert!(
        tree.contains(
            "Magento_LoginAsCustomer::login_button  Allow Login as Customer Button in 2.4.0..2.4.1\n"
        ),
        "{tree}"
    );
    let (_, _, notes) = acl(&["--target", "2.2.11", "Magento_Sales::sales"]);
    assert_eq!(notes, "note: the ACL and routes of 2.2.11 are assumed to match those of 2.2.10\n");
}

#[test]
fn changes_between_two_releases_are_listed() {
    let (_, changes, _) = acl(&["--changed", "2.4.7-p3", "2.4.7-p4"]);
    assert_eq!(
        changes,
        "added    Magento_Sales::api_actions  \"Order Save API\" below Magento_Sales::actions\n"
    );
    let (_, changes, _) = acl(&["--changed", "2.3.4", "2.4.8", "--format", "csv"]);
    for line in [
        "change,id,title,from,to",
        "disabled,Magento_Shipping::shipping_policy,Shipping Policy Parameters Section,,",
        "moved,Magento_Paypal::paypal,PayPal Section,Magento_Config::config,Magento_Payment::payment",
        "removed,MSP_TwoFactorAuth::tfa,Two Factor Auth,,Magento_TwoFactorAuth::tfa",
        "renamed,Magento_Catalog::update_attributes,Mass Update Attributes,Update Attributes,Mass Update Attributes",
    ] {
        assert!(changes.lines().any(|other| other == line), "{line} is not in {changes}");
    }
    let (_, same, _) = acl(&["--changed", "2.4.7", "2.4.7-p1"]);
    assert_eq!(same, "the ACL is the same in 2.4.7 and 2.4.7-p1\n");
}

#[test]
fn csv_has_a_row_for_each() {
    let (_, csv, _) = acl(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), ids(&[]).len());
    assert!(
        rows.iter().any(|row| &row[0] == "Magento_Sales::ship" && &row[8] == "POST /V1/order/:orderId/ship")
    );
}

#[test]
fn absent_ids_are_reported() {
    for (arguments, message) in [
        (&["--under", "Magento_Sales::invoise"][..], "did you mean \"Magento_Sales::invoice\""),
        (&["--under", "Magento_LoginAsCustomer::login_button"], "it exists in 2.4.0..2.4.1"),
        (&["--changed", "1.9.4", "2.4.8"], "1.9.4 is not in the catalog, which begins with 2.0.0"),
        (&["--changed", "2.4", "2.4.8"], "`2.4` is not a Magento version"),
        (&["--target", "<2.0"], "no known Magento release matches `<2.0`"),
        (&["--target", "latest"], "latest"),
    ] {
        let (status, stdout, stderr) = acl(arguments);
        assert_eq!((status, stdout.as_str()), (1, ""), "{arguments:?}");
        assert!(stderr.contains(message), "{stderr}");
    }
    let (status, _, stderr) = acl(&["login_button"]);
    assert_eq!(status, 0);
    assert!(stderr.contains("Magento_LoginAsCustomer::login_button exists in 2.4.0..2.4.1"), "{stderr}");
}

#[test]
fn releases_with_an_unknown_acl_are_left_out() {
    let (_, json, _) = acl(&["Magento_Sales::sales", "--target", "2.2.11", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["target"], serde_json::json!(["2.2.11"]));
    let releases = json["resources"][0]["releases"].to_string();
    assert!(releases.contains("2.2.10") && releases.contains("2.4.9") && !releases.contains("2.2.11"));
    let (_, csv, _) = acl(&["Magento_Sales::sales", "--target", "*", "--format", "csv"]);
    assert!(csv.contains("2.4.9") && !csv.contains("2.2.11"), "{csv}");
    let (_, tree, _) = acl(&["--target", "*"]);
    assert!(!tree.contains("2.2.11") && tree.contains("..2.2.10"), "{tree}");
}
