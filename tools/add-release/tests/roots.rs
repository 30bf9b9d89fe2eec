//! Roots of each distribution, and what is none.

use super::made::{Folder, add, checkout, mage_os, open_source, tables, with};

#[test]
fn mage_os_is_added_as_the_magento_release_that_it_is_made_of() {
    let tables = tables();
    let report = add(&tables, &mage_os("3.4.0", "2.4.9")).unwrap();
    assert!(
        tables.rows("releases").ends_with("\n2.4.9\t~8.4.0\t103.0.9\tyes\tdeduced\n"),
        "{}",
        tables.rows("releases")
    );
    assert_eq!(tables.rows("mage_os"), "3.4.0\t2.4.9\t103.0.9\n");
    assert_eq!(tables.rows("packages"), "Magento_Made\tmagento/module-made\n\t1.2.3\t1\n");
    assert!(tables.rows("types").contains("ThingInterface"));
    assert!(report.starts_with("Mage-OS 3.4.0, which is Magento 2.4.9 in "), "{report}");
    assert!(report.contains("\nleft out, because the release does not ship them: MageOS_Own\n"), "{report}");
}

#[test]
fn a_checkout_with_all_modules_is_known_as_well_as_an_installation() {
    let tables = tables();
    let report = add(&tables, &checkout("2.4.9")).unwrap();
    assert!(
        tables.rows("releases").ends_with("\n2.4.9\t~8.4.0\t103.0.8\tyes\treal\n"),
        "{}",
        tables.rows("releases")
    );
    assert_eq!(tables.rows("packages"), "", "a checkout does not say versions");
    assert!(tables.rows("acl").contains("Magento_Made::things"));
    assert!(report.starts_with("checkout of Magento 2.4.9 in "), "{report}");
}

/// What the release before a checkout has, and what the tables have of both afterwards. Magento_Other is in another repository.
const KEPT: [(&str, &[&str], &[&str]); 7] = [
    (
        "packages",
        &["Magento_Made\tmagento/module-made", "\t1.2.2", "Magento_Other\tmagento/module-other", "\t1.0.0"],
        &["Magento_Made\tmagento/module-made", "\t1.2.2", "Magento_Other\tmagento/module-other", "\t1.0.0"],
    ),
    (
        "acl",
        &[
            "Magento_Made::before\t\tGone\tMagento_Made\t0\t0\t2.4.8",
            "Magento_Made::old\tMagento_Made::things\tOther's\tMagento_Other\t0\t0\t2.4.8",
        ],
        &[
            "Magento_Backend::admin\t\tMagento Admin\tMagento_Made\t20\t0\t2.4.9",
            "Magento_Made::before\t\tGone\tMagento_Made\t0\t0\t2.4.8",
            "Magento_Made::old\tMagento_Made::things\tOther's\tMagento_Other\t0\t0\t2.4.8..2.4.9",
            "Magento_Made::things\tMagento_Backend::admin\tThings\tMagento_Made\t30\t0\t2.4.9",
        ],
    ),
    (
        "routes",
        &["/V1/other\tGET\tanonymous\t2.4.8", "/V1/things\tGET\tanonymous\t2.4.8"],
        &[
            "/V1/other\tGET\tanonymous\t2.4.8..2.4.9",
            "/V1/things\tGET\tanonymous\t2.4.8",
            "/V1/things/:id\tGET\tMagento_Made::things\t2.4.9",
        ],
    ),
    (
        "services",
        &[
            "\\Made\\Api\\AllInterface",
            "\tall\t\tint",
            "\t@GET /V1/things\tall",
            "\\Other\\Api\\AllInterface",
            "\tall\t\tint",
            "\t@GET /V1/other\tall",
            "\t@GET /V1/things/:id\tall",
        ],
        &[
            "\\Made\\Api\\AllInterface",
            "\tall\t\tint\t1",
            "\t@GET /V1/things\tall\t1",
            "\\Made\\Api\\ThingRepositoryInterface",
            "\tdelete\t~Data\\ThingInterface $thing\tbool\t2",
            "\tget\tint $id;string[] $fields = ['id', 'parts']\t~Data\\ThingInterface\t2",
            "\\Other\\Api\\AllInterface",
            "\tall\t\tint",
            "\t@GET /V1/other\tall",
            "\t@GET /V1/things/:id\tall",
        ],
    ),
    (
        "topics",
        &["made.before\t\\Made", "other.topic\t\\Other"],
        &["made.before\t\\Made\t1", "made.topic\t\\Made\t2", "other.topic\t\\Other"],
    ),
    (
        "menu",
        &["Magento_Other::menu\tOther\t\t\\Made"],
        &[
            "Magento_Made::menu\tMade Things\tMagento_Backend::stores\t\t2",
            "Magento_Other::menu\tOther\t\t\\Made",
        ],
    ),
    (
        "config",
        &["made\tMade\t\\Backend\tmade\tMagento_Made::things\tdw", "\tother\t\\Other\td"],
        &[
            "@made\tMade\t\\Made\t2",
            "made\tMade\t\\Backend\tmade\tMagento_Made::things\tdw",
            "\tgeneral\t\\Made\td\t2",
            "\tother\t\\Other\td",
        ],
    ),
];

#[test]
fn a_checkout_keeps_what_the_release_before_has_of_modules_in_other_repositories() {
    let tables = tables();
    let lines = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    for (table, before, _) in KEPT {
        tables.write(&format!("{table}.tsv"), &format!("# made\n# columns\n{}", lines(before)));
    }
    let report = add(&tables, &checkout("2.4.9")).unwrap();
    for (table, _, after) in KEPT {
        assert_eq!(tables.rows(table), lines(after), "{table}");
    }
    let kept = "\nas in the release before, because the root lacks them: Magento_Backend, Magento_Other\n";
    assert!(report.contains(kept), "{report}");
    assert!(tables.rows("releases").ends_with("\tassumed\n"), "{}", tables.rows("releases"));
}

#[test]
fn a_root_that_cannot_be_added_is_an_error_that_says_why() {
    let empty = Folder::new();
    let commerce = open_source("2.4.9");
    commerce.edit("composer.lock", "\"acme/module-shop\"", "\"magento/product-enterprise-edition\"");
    let project = open_source("2.4.9");
    project.remove("composer.lock");
    project.write("composer.json", "{\"require\": {\"magento/product-community-edition\": \"2.4.9\"}}");
    let broken = open_source("2.4.9");
    broken.write("vendor/magento/module-made/etc/crontab.xml", "<config><group></config>");
    let locked = open_source("2.4.9");
    locked.write("composer.lock", "{");
    let older = open_source("2.4.7");
    let no_php = open_source("2.4.9");
    no_php.edit("composer.lock", "\"php\": \"~8.3.0||~8.4.0\"", "");
    let minimal = mage_os("3.4.0", "2.4.9");
    minimal.edit("composer.lock", "mage-os/product-community-edition", "mage-os/product-minimal-edition");
    let unnamed = mage_os("1.0.2", "2.4.7-p1");
    unnamed.edit("composer.lock", "\"replace\": {\"magento/framework\": \"103.0.9\"}", "\"replace\": []");
    let replaced = open_source("2.4.9");
    replaced.edit(
        "composer.lock",
        "\"magento/module-made\": \"1.2.3\"",
        "\"magento/module-left\": \"1.2.3\"",
    );
    let partial = open_source("2.4.9");
    partial.remove("vendor/magento/module-made/registration.php");
    for (root, expected) in [
        (&empty, "is not the root of a Magento release: it contains no modules"),
        (&commerce, "is an Adobe Commerce root: composer.lock has magento/product-enterprise-edition"),
        (
            &project,
            "neither composer.lock nor vendor/composer/installed.json has magento/product-community-edition",
        ),
        (&broken, "vendor/magento/module-made/etc/crontab.xml: "),
        (&locked, "composer.lock is not a file of Composer"),
        (&older, "2.4.7 is older than every release in the tables, which start with 2.4.8"),
        (&minimal, "has mage-os/product-minimal-edition, which lacks modules"),
        (&unnamed, "does not say which packages of Magento it has"),
        (&replaced, "its product requires magento/module-left, which composer.lock lacks"),
        (&partial, "composer.lock has magento/module-made, but no directory in it registers"),
        (&no_php, "says which PHP the release supports"),
    ] {
        let tables = tables();
        let files = tables.files();
        let error = add(&tables, root).unwrap_err();
        assert!(error.contains(expected), "{expected}\n{error}");
        assert_eq!(tables.files(), files, "{expected}");
    }
    let missing = with(&tables(), |args| args.root = Some("nowhere".into())).unwrap_err();
    assert_eq!(missing, "cannot read nowhere: no such file");
}

#[test]
fn a_release_that_is_there_already_or_is_not_there_is_an_error() {
    let tables = tables();
    let root = open_source("2.4.8");
    let error = add(&tables, &root).unwrap_err();
    let replace = format!("`cargo add-release --replace {}`", root.path());
    assert!(error.starts_with("the tables have 2.4.8 already (real)") && error.contains(&replace), "{error}");
    let error = with(&tables, |args| args.remove = Some("2.4.9".parse().unwrap())).unwrap_err();
    assert!(error.starts_with("the tables have no 2.4.9"), "{error}");
    tables.write("topics.tsv", "made.topic\t\\Made\t7\n");
    let error = with(&tables, |args| args.remove = Some("2.4.8".parse().unwrap())).unwrap_err();
    assert!(
        error.ends_with("topics.tsv: a line names its releases by number 7, which runs.tsv lacks"),
        "{error}"
    );
}
