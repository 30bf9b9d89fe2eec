//! Keys that only files which magespec generated hold: former names, the copyright and languages.

use std::fs;

use super::{built, magespec, spec_of};
use crate::support::files::contents;

const RENAMED: &str = r#"
[module]
name = "Acme_Ren"
description = "Renamed"
copyright = "Copyright © Acme Ltd. All rights reserved."
[target]
magento = "2.4.7"
[[integration]]
name = "Acme Ren"
renamed_from = ["Acme Old", "ACME ren"]
keep_credentials = true
email = "a@acme.com"
resources = ["Acme_Ren::view", "Magento_Sales::ship"]
[[acl]]
id = "Acme_Ren::top"
title = "Top"
parent = "Magento_Backend::admin"
children = [{ id = "Acme_Ren::view", title = "View it", renamed_from = ["Acme_Ren::read", "Acme_Ren::see"] }]
[settings]
label = "Acme"
[[setting]]
path = "api/url"
renamed_from = ["acme_ren/conn/url", "acme_ren/x/url"]
type = "url"
[[setting]]
path = "api/key"
renamed_from = "acme_ren/conn/key"
type = "secret"
[[cron]]
name = "pull"
renamed_from = 'Acme_s.old\job'
schedule = "0 3 * * *"
[i18n]
locales = ["de_DE", "fr_FR"]
"#;

#[test]
fn a_built_module_comes_back_whole() {
    let dir = built(RENAMED);
    let before = contents(dir.path());
    magespec(dir.path(), &["import", "--in-place"]);
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    for line in [
        "copyright = \"Copyright © Acme Ltd. All rights reserved.\"",
        "renamed_from = [\"Acme Old\", \"ACME ren\"]\nkeep_credentials = true",
        "title = \"View it\", renamed_from = [\"Acme_Ren::read\", \"Acme_Ren::see\"] }",
        "renamed_from = [\"acme_ren/conn/url\", \"acme_ren/x/url\"]",
        "renamed_from = \"acme_ren/conn/key\"",
        "renamed_from = 'Acme_s.old\\job'",
        "locales = [\"de_DE\", \"fr_FR\"]",
    ] {
        assert!(spec.contains(line), "{line}: {spec}");
    }
    assert!(!spec.contains("unmanaged"), "{spec}");
    magespec(dir.path(), &["build"]);
    let after = contents(dir.path());
    for (path, text) in &before {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
}

/// An edited script says something else than the spec would.
#[test]
fn an_edited_script_keeps_its_names_to_itself() {
    let dir = built(RENAMED);
    let script = dir.path().join("Setup/Recurring.php");
    let edited = fs::read_to_string(&script).unwrap().replace("$moved = 0;", "$moved = 1;");
    fs::write(&script, edited).unwrap();
    let spec = spec_of(dir.path());
    assert!(!spec.contains("acme_ren/conn/key") && spec.contains("\"Acme Old\""), "{spec}");
}
