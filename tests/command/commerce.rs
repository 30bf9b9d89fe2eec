//! Specs of Adobe Commerce.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{SPEC, magespec, project};

const CALLS: &str = "calls = [\"GET /V1/orders\", \"GET /V1/company/:companyId\"]";

/// A spec whose integration reads orders and companies.
fn spec(dir: &Path, target: &str) {
    let text = SPEC.replace("resources = [\"Magento_Sales::actions_view\"]", CALLS);
    let text = text.replace("magento = \"2.4.2\"", &format!("magento = \"2.4.8\"\n{target}"));
    fs::write(dir.join("integration.toml"), text).unwrap();
}

/// The catalog of a shop with the company module.
fn catalog(dir: &Path) {
    let text = "magespec catalog 4\nrelease\t2.4.8\nmodule\tMagento_Company\tmagento/module-company\t101.5.0\n\
         module\tMagento_Sales\tmagento/module-sales\t103.0.8\n\
         resource\tMagento_Backend::admin\t\tMagento Admin\t20\n\
         resource\tMagento_Company::index\tMagento_Backend::admin\tCompanies\t0\n\
         resource\tMagento_Sales::actions_view\tMagento_Backend::admin\tView\t0\n\
         route\t/V1/company/:companyId\tGET\t\tMagento_Company::index\n\
         route\t/V1/orders\tGET\t\tMagento_Sales::actions_view\n";
    fs::write(dir.join("shop.catalog"), text).unwrap();
}

#[test]
fn a_permission_that_is_not_public_is_said_everywhere() {
    let dir = project();
    spec(dir.path(), "edition = \"commerce\"");
    let checked = magespec(dir.path(), &["check"]);
    let message = "warning[commerce-permission-unknown]: `GET /V1/company/:companyId` exists in Adobe Commerce 2.4.8..2.4.8-p5";
    assert!(checked.status == 0 && checked.stdout.contains(message), "{}", checked.stdout);
    let line = "\nGET /V1/company/:companyId, needs a permission that is not public\n";
    let access = magespec(dir.path(), &["access"]).stdout;
    assert!(access.contains(line), "{access}");
    let json: Value =
        serde_json::from_str(&magespec(dir.path(), &["access", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["integrations"][0]["unpublished"], json!(["GET /V1/company/:companyId"]));
    let markdown = magespec(dir.path(), &["access", "--format", "markdown"]).stdout;
    assert!(markdown.contains("## Requested, with a permission that is not public\n"), "{markdown}");
    let openapi: Value = serde_json::from_str(&magespec(dir.path(), &["openapi", "--calls"]).stdout).unwrap();
    let route = &openapi["paths"]["/V1/company/{companyId}"]["get"];
    assert_eq!(route["tags"], json!(["Magento_Company"]));
    let gaps = "Its arguments, its answer and its permission are unknown: Adobe publishes this route of Adobe Commerce, but not its \
                service.";
    assert_eq!(route["description"], gaps);
    assert_eq!(openapi["paths"]["/V1/orders"]["get"]["description"], Value::Null);
}

#[test]
fn the_shop_to_check_against_knows_what_is_not_public() {
    let dir = project();
    catalog(dir.path());
    spec(dir.path(), "edition = \"commerce\"");
    let checked = magespec(dir.path(), &["check", "--catalog", "shop.catalog", "--format", "short"]).stdout;
    assert!(!checked.contains("commerce-permission-unknown"), "{checked}");
    let message =
        "warning[shop-needs-more]: `GET /V1/company/:companyId` needs `Magento_Company::index` in this shop";
    assert!(checked.contains(message), "{checked}");
    let role = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let role =
        role.replace(CALLS, "resources = [\"Magento_Company::index\", \"Magento_Company::users_view\"]");
    fs::write(dir.path().join("integration.toml"), role).unwrap();
    let roles = |arguments: &[&str]| {
        let text = magespec(dir.path(), &[&["check", "--format", "short"], arguments].concat()).stdout;
        text.matches("error[company-role]").count()
    };
    assert_eq!(
        (roles(&[]), roles(&["--catalog", "shop.catalog"])),
        (2, 1),
        "the shop has one of the ids in its ACL"
    );
}

#[test]
fn a_committed_catalog_answers_everything() {
    let dir = project();
    catalog(dir.path());
    spec(dir.path(), "edition = \"commerce\"\ncatalog = \"shop.catalog\"");
    let checked = magespec(dir.path(), &["check"]);
    assert!(checked.status == 0 && !checked.stdout.contains("commerce-permission"), "{}", checked.stdout);
    let access = magespec(dir.path(), &["access"]).stdout;
    assert!(
        access.contains("Magento_Company::index  Companies, for GET /V1/company/:companyId\n"),
        "{access}"
    );
    assert!(!access.contains("not public"), "{access}");
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let xml = fs::read_to_string(dir.path().join("etc/integration.xml")).unwrap();
    assert!(xml.contains("<resource name=\"Magento_Company::index\"/>"), "{xml}");
    let openapi: Value = serde_json::from_str(&magespec(dir.path(), &["openapi", "--calls"]).stdout).unwrap();
    let route = &openapi["paths"]["/V1/company/{companyId}"]["get"];
    assert_eq!(route["security"][0]["oauth"], json!(["Magento_Company::index"]));
}
