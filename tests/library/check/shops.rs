//! Specs with shops: those that a spec names, and one to check against.

use std::collections::{BTreeMap, BTreeSet};

use magespec::{
    catalog::{Catalog, Catalogs, Shop, ShopModule, ShopResource},
    compile_loaded,
    diag::{Diagnostic, Rule, Source},
    project::CatalogStore,
    spec::load,
};

use super::spec;

/// A shop whose module has a resource below another module's and adds a permission to a route of that.
fn busy() -> Shop {
    let resource = |parent: Option<&str>, module: &str| ShopResource {
        parent: parent.map(str::to_owned),
        title: "Title".to_owned(),
        module: module.to_owned(),
        sort_order: 20,
        is_disabled: false,
    };
    let mut shop = Shop::new("2.4.3".parse().unwrap());
    for (id, parent) in [
        ("Magento_Backend::admin", None),
        ("Magento_Sales::sales", Some("Magento_Backend::admin")),
        ("Magento_Sales::actions_view", Some("Magento_Sales::sales")),
        ("Acme_Shop::a", Some("Magento_Sales::sales")),
    ] {
        let module = id.split("::").next().unwrap();
        shop.resources.insert(id.to_owned(), resource(parent, module));
        shop.modules.insert(module.to_owned(), ShopModule::default());
    }
    let refs = [("Magento_Sales", "Magento_Sales::actions_view"), ("Acme_Shop", "Acme_Shop::a")];
    let refs = refs.map(|(module, id)| (module.to_owned(), BTreeSet::from([id.to_owned()])));
    shop.routes.insert(("/V1/orders".to_owned(), "GET".to_owned()), BTreeMap::from(refs));
    shop
}

pub(crate) fn busy_shop() -> Catalog {
    Catalog::of_shop(busy())
}

/// Findings of a spec that is checked against a shop.
pub(crate) fn findings_against(text: &str, shop: &Catalog) -> Vec<Diagnostic> {
    compiled(text, Catalogs { shop: Some(shop), ..Catalog::bundled().into() }).report.diagnostics
}

fn compiled(text: &str, catalogs: Catalogs<'_>) -> magespec::Compilation {
    let source = Source::new("integration.toml", text);
    let loaded = load(&source);
    compile_loaded(source, loaded, catalogs, &|_| None)
}

fn messages(findings: &[Diagnostic], rule: Rule) -> Vec<&str> {
    findings.iter().filter(|it| it.rule == rule).map(|it| it.message.as_str()).collect()
}

fn asking(resources: &str) -> String {
    let integration = "[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\n";
    spec(&format!("{integration}{resources}"))
}

#[test]
fn a_shop_is_compared_and_changes_nothing() {
    let shop = busy_shop();
    let text = asking(
        "resources = [\"Magento_Sales::sales/**\", \"!Magento_Sales::ship\"]\ncalls = [\"GET /V1/orders\"]",
    );
    let catalogs = Catalogs::from(Catalog::bundled());
    let alone = compiled(&text, catalogs);
    let beside = compiled(&text, Catalogs { shop: Some(&shop), ..catalogs });
    assert_eq!(alone.tree, beside.tree);
    assert_eq!(alone.module, beside.module);
    let found = &beside.report.diagnostics;
    let [more, less] = messages(found, Rule::ShopDiffers)[..] else { panic!("{found:#?}") };
    assert_eq!(more, "`Magento_Sales::sales/**` does not include `Acme_Shop::a`, which this shop has");
    assert!(
        less.starts_with("`Magento_Sales::sales/**` includes ") && less.contains("that this shop lacks"),
        "{less}"
    );
    assert_eq!(
        messages(found, Rule::ShopNeedsMore),
        ["`GET /V1/orders` needs `Acme_Shop::a` in this shop, which `Acme ERP` does not request"]
    );
    let listed = asking("resources = [\"Acme_Shop::a\"]\ncalls = [\"GET /V1/orders\"]");
    let rules: Vec<Rule> = findings_against(&listed, &shop).iter().map(|it| it.rule).collect();
    assert!(
        !rules.contains(&Rule::ShopNeedsMore) && !rules.contains(&Rule::UnverifiableResource),
        "{rules:?}"
    );
    let excluded = asking("resources = [\"Magento_Sales::sales/**\", \"!Acme_Shop::a\"]");
    let found = findings_against(&excluded, &shop);
    assert_eq!(
        messages(&found, Rule::ShopDiffers).len(),
        1,
        "what is taken out again is not missing: {found:#?}"
    );
    let everything = asking("resources = [\"Magento_Backend::all\"]\ncalls = [\"GET /V1/orders\"]");
    assert_eq!(messages(&findings_against(&everything, &shop), Rule::ShopDiffers), [""; 0]);
}

#[test]
fn of_named_shops_each_has_its_name() {
    let mut other = busy();
    other.version = "2.4.7-p3".parse().unwrap();
    other.resources.remove("Acme_Shop::a");
    other.routes.clear();
    let shops = Catalog::of_shops([("eu.catalog".to_owned(), busy()), ("us.catalog".to_owned(), other)]);
    let catalogs = Catalogs { named: Some(&shops), ..Catalog::bundled().into() };
    let text = asking("resources = [\"Magento_Sales::sales/**\"]\ncalls = [\"GET /V1/orders\"]");
    let target = "[target]\nmagento = \">=2.4.3 <2.4.9\"\n";
    let compilation = compiled(&text.replace("[target]\nmagento = \"2.4.3\"\n", target), catalogs);
    let found = compilation.report.diagnostics;
    assert_eq!(
        messages(&found, Rule::RouteNotInEveryRelease),
        ["no route matches `GET /V1/orders` in us.catalog"]
    );
    let text = asking("resources = [\"Magento_Sales::sales/**\"]")
        .replace("[target]\nmagento = \"2.4.3\"\n", target);
    let module = compiled(&text, catalogs).module.unwrap();
    let ids: Vec<String> = module.integrations[0].resources.iter().map(|it| it.id.to_string()).collect();
    assert_eq!(ids, ["Magento_Sales::actions_view", "Magento_Sales::sales"], "what all have");
    assert_eq!(module.platform.constraint, ">=2.4.3 <2.4.9");
    assert_eq!(module.platform.newest.to_string(), "2.4.8-p5", "the target is that of the releases");
    let all = shops.all();
    assert_eq!(shops.describe(all), "eu.catalog, us.catalog");
    assert_eq!(shops.when(&[all, all])[0], "in eu.catalog and us.catalog");
}

#[test]
fn modules_of_shops_stay_when_magento_is_upgraded() {
    let shops = Catalog::of_shops([("eu.catalog".to_owned(), busy())]);
    let upgraded = Catalog::bundled().with_modules_of(&shops);
    assert_eq!(upgraded.shipped_acl(upgraded.all()).present("Acme_Shop::a"), upgraded.all());
    assert_eq!(
        upgraded.ever("Magento_Sales::actions_view"),
        Catalog::bundled().ever("Magento_Sales::actions_view")
    );
    assert_eq!(upgraded.routes().iter().count(), Catalog::bundled().routes().iter().count());
}

#[test]
fn a_file_that_many_specs_name_is_read_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = |file: &str| camino::Utf8PathBuf::from_path_buf(dir.path().join(file)).unwrap();
    std::fs::write(path("eu.catalog"), busy().to_string()).unwrap();
    let text = spec("[target]\nmagento = \"2.4.3\"\ncatalog = \"eu.catalog\"\n");
    let store = CatalogStore::default();
    let named = |at: usize| {
        let mut loaded = load(&Source::new("integration.toml", text.as_str()));
        let catalogs = store.of(&path(&format!("{at}.toml")), &mut loaded);
        assert_eq!(loaded.findings, []);
        std::ptr::from_ref(catalogs.get().named.unwrap())
    };
    let first = named(0);
    std::fs::remove_file(path("eu.catalog")).unwrap();
    assert_eq!(named(1), first);
}
