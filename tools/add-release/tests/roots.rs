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
fn a_checkout_keeps_what_the_release_before_has_of_modules_in_other_repositories() {
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

    // What the release before ships from another repository stays, and so do the versions.
    let tables = self::tables();
    for (table, row) in [
        (
            "packages",
            "Magento_Made\tmagento/module-made\n\t1.2.2\nMagento_Other\tmagento/module-other\n\t1.0.0\n",
        ),
        (
            "acl",
            "Magento_Made::before\t\tGone\tMagento_Made\t0\t0\t2.4.8\nMagento_Other::all\t\tOther\tMagento_Other\t0\t0\t2.4.8\n",
        ),
        ("routes", "/V1/other\tGET\tanonymous\t2.4.8\n/V1/things\tGET\tanonymous\t2.4.8\n"),
        (
            "services",
            "\\Made\\Api\\AllInterface\n\tall\t\tint\n\t@GET /V1/things\tall\n\\Other\\Api\\AllInterface\n\tall\t\tint\n\t@GET /V1/other\tall\n",
        ),
        ("topics", "made.before\t\\Made\nother.topic\t\\Other\n"),
        ("menu", "Magento_Other::menu\tOther\t\n"),
    ] {
        tables.write(&format!("{table}.tsv"), &format!("# made\n# columns\n{row}"));
    }
    let report = add(&tables, &checkout("2.4.9")).unwrap();
    assert!(
        report.contains("\nas in the release before, because the root lacks them: Magento_Other\n"),
        "{report}"
    );
    assert!(tables.rows("releases").ends_with("\tassumed\n"), "{}", tables.rows("releases"));
    assert!(tables.rows("acl").contains("Magento_Other::all\t\tOther\tMagento_Other\t0\t0\t2.4.8..2.4.9\n"));
    assert!(tables.rows("acl").contains("Magento_Made::before\t\tGone\tMagento_Made\t0\t0\t2.4.8\n"));
    assert!(
        tables
            .rows("routes")
            .starts_with("/V1/other\tGET\tanonymous\t2.4.8..2.4.9\n/V1/things\tGET\tanonymous\t2.4.8\n")
    );
    assert!(
        tables.rows("services").contains("\\Other\\Api\\AllInterface\n\tall\t\tint\n\t@GET /V1/other\tall\n")
    );
    assert!(tables.rows("topics").contains("other.topic\t\\Other\n"), "{}", tables.rows("topics"));
    assert!(tables.rows("menu").contains("Magento_Other::menu\tOther\n"), "{}", tables.rows("menu"));
    assert!(
        tables.rows("packages").contains("Magento_Made\tmagento/module-made\n\t1.2.2\n"),
        "{}",
        tables.rows("packages")
    );
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
