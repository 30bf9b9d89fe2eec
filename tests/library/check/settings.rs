use magespec::diag::{Level, Rule};

use super::{finds, passes};

const SECTION: &str = "[settings]\nlabel = \"Acme ERP\"\n";
const TEXT: &str = "[[setting]]\npath = \"erp/text\"\ntype = \"text\"\n";

/// A setting of the type with more keys, in a section of the module's own.
fn setting(kind: &str, keys: &str) -> String {
    format!("{SECTION}[[setting]]\npath = \"erp/value\"\ntype = {kind}\n{keys}\n")
}

#[test]
fn settings_home() {
    finds(Rule::SettingsHome, "«[[setting]]»\npath = \"erp/value\"\ntype = \"text\"\n");
    finds(Rule::SettingsHome, "[«settings»]\n");
    for key in [
        "tab = \"service\"",
        "menu = \"Magento_Backend::stores\"",
        "sort_order = 5",
        "resource = \"Magento_Sales::sales\"",
    ] {
        let (name, value) = key.split_once(' ').unwrap();
        finds(Rule::SettingsHome, &format!("[settings]\nsection = \"sales\"\n«{name}» {value}\n"));
        passes(&format!("{SECTION}{key}\n{TEXT}"));
    }
    passes("[settings]\nsection = \"sales\"\n[[setting]]\npath = \"acme_erp/value\"\ntype = \"text\"\n");
}

#[test]
fn setting_value() {
    let finds = |kind: &str, keys: &str| finds(Rule::SettingValue, &setting(kind, keys));
    let choice = "options = { a = \"A\", b = \"B\" }\n";
    for (kind, wrong, right) in [
        ("\"yesno\"", "\"yes\"", "true"),
        ("\"text\"", "1", "\"x\""),
        ("\"text\"", "\"x\\ny\"", "\"\""),
        ("\"textarea\"", "true", "\"x\\ny\""),
        ("\"number\"", "\"1\"", "1"),
        ("\"url\"", "\"ftp://acme.com\"", "\"https://acme.com\""),
        ("\"email\"", "[\"a\"]", "\"erp@acme.com\""),
    ] {
        finds(kind, &format!("default = «{wrong}»"));
        passes(&setting(kind, &format!("default = {right}")));
    }
    finds("\"secret\"", "default = «\"k\"»");
    finds("\"select\"", &format!("{choice}default = «\"c\"»"));
    finds("\"multiselect\"", &format!("{choice}default = «[\"a\", \"c\"]»"));
    passes(&setting("\"select\"", &format!("{choice}default = \"b\"")));
    passes(&setting("\"multiselect\"", &format!("{choice}default = [\"a\", \"b\"]")));
    finds("«\"select\"»", "");
    finds("\"text\"", "options = «{ a = \"A\" }»");
    finds("\"text\"", "min = «1»");
    finds("\"text\"", "max = «1»");
    finds("\"number\"", "min = «2»\nmax = 1");
    finds("\"number\"", "min = 2\nmax = 4\ndefault = «5»");
    passes(&setting("\"number\"", "min = -2\nmax = 4\ndefault = -2"));
}

#[test]
fn depends() {
    let two = |kind: &str, value: &str| {
        setting(
            "\"text\"",
            &format!("depends = {{ \"erp/other\" = {value} }}\n[[setting]]\npath = \"erp/other\"\n{kind}"),
        )
    };
    passes(&two("type = \"yesno\"", "true"));
    passes(&two("type = \"number\"", "3"));
    passes(&two("type = \"select\"\noptions = { a = \"A\" }", "\"a\""));
    finds(Rule::SettingValue, &two("type = \"yesno\"", "«1»"));
    finds(Rule::SettingValue, &two("type = \"select\"\noptions = { a = \"A\" }", "«\"b\"»"));
    finds(Rule::UnknownSetting, &setting("\"text\"", "depends = { «\"erp/other\"» = true }"));
}

#[test]
fn nothing_depends_on_a_value_that_the_form_does_not_compare() {
    let on = |kind: &str| {
        setting(
            "\"text\"",
            &format!("depends = {{ «\"erp/other\"» = \"a\" }}\n[[setting]]\npath = \"erp/other\"\n{kind}"),
        )
    };
    let finding = finds(Rule::SettingValue, &on("type = \"multiselect\"\noptions = { a = \"A\" }"));
    assert!(finding.reason.unwrap().contains("first chosen option"));
    let finding = finds(Rule::SettingValue, &on("type = \"secret\""));
    assert!(finding.reason.unwrap().contains("asterisks"));
}

#[test]
fn the_permission_of_a_section_is_added_once() {
    passes(&format!(
        "{SECTION}{TEXT}[[acl]]\nid = \"Acme_ErpBridge::config\"\ntitle = \"Section\"\nparent = \"Magento_Config::config\"\n[rules]\nacl-unused = \"allow\"\n"
    ));
    passes(&format!("{SECTION}{TEXT}"));
}

#[test]
fn a_section_that_is_empty() {
    let finding = finds(Rule::SettingsHome, "[«settings»]\nlabel = \"Acme ERP\"\n");
    assert_eq!(finding.level, Level::Warning);
}

#[test]
fn the_menu_entry_of_the_module_is_no_place() {
    let menu = |id: &str| format!("{SECTION}menu = {id}\n{TEXT}");
    let finding = finds(Rule::UnknownPlace, &menu("«\"Acme_ErpBridge::erp\"»"));
    assert_eq!(finding.level, Level::Error);
}

#[test]
fn emails_are_addresses() {
    finds(Rule::SettingValue, &setting("\"email\"", "default = «\"no\"»"));
}

#[test]
fn paths_fit_their_column() {
    let path = |length: usize, mark: (&str, &str)| {
        format!(
            "{SECTION}[[setting]]\npath = {}\"erp/{}\"{}\ntype = \"text\"\n",
            mark.0,
            "x".repeat(length - "acme_erpbridge/erp/".len()),
            mark.1
        )
    };
    finds(Rule::ValueTooLong, &path(256, ("«", "»")));
    passes(&path(255, ("", "")));
}

#[test]
fn settings_that_wait_for_one_another() {
    let on = |path: &str, other: &str| {
        format!("[[setting]]\npath = \"erp/{path}\"\ntype = \"text\"\ndepends = {{ {other} = \"x\" }}\n")
    };
    let finding =
        finds(Rule::SettingValue, &format!("{SECTION}{}", on("a", "«\"erp/a\"»")).replace("erp/a", "erp/aa"));
    assert_eq!(finding.message, "`erp/aa` depends on itself");
    finds(
        Rule::SettingValue,
        &format!("{SECTION}{}{}{}", on("aa", "\"erp/bb\""), on("bb", "\"erp/cc\""), on("cc", "«\"erp/aa\"»")),
    );
    passes(&format!("{SECTION}{}{TEXT}", on("aa", "\"erp/text\"")));
    let number = |value: &str| {
        setting(
            "\"number\"\nmin = 1\nmax = 9",
            &format!(
                "[[setting]]\npath = \"erp/bb\"\ntype = \"text\"\ndepends = {{ \"erp/value\" = {value} }}\n"
            ),
        )
    };
    finds(Rule::SettingValue, &number("«10»"));
    passes(&number("9"));
}

#[test]
fn a_default_of_no_type_that_settings_have() {
    for default in ["1.5", "nan", "2026-01-01", "10:00:00"] {
        finds(Rule::WrongType, &setting("\"text\"", &format!("default = «{default}»")));
    }
}

#[test]
fn settings_are_in_a_section_of_the_spec() {
    let two = "[[settings.section]]\nid = \"acme_one\"\nlabel = \"One\"\ntab = \"service\"\nresource = \"Magento_Config::config\"\n[[settings.section]]\nid = \"sales\"\n";
    let setting = |keys: &str| format!("{two}[[setting]]\ntype = \"text\"\n{keys}\n");
    passes(&setting("path = \"main/name\"\nsection = \"acme_one\""));
    passes(&setting("path = \"acme/name\"\nsection = \"sales\""));
    let finding = finds(Rule::SettingsHome, &setting("path = \"main/name\"\nsection = «\"acme_onee\"»"));
    assert!(finding.help.unwrap().contains("\"acme_one\""));
    finds(Rule::SettingsHome, &setting("path = «\"main/name\"»"));
    finds(
        Rule::SettingsHome,
        &two.replace("resource = \"Magento_Config::config\"\n", "").replacen(
            "\"acme_one\"",
            "«\"acme_one\"»",
            1,
        ),
    );
    finds(Rule::UnknownPlace, &two.replacen("\"service\"", "«\"servicee\"»", 1));
    passes(
        &(two.replace("tab = \"service\"", "tab = \"acme\"")
            + "[[settings.tab]]\nid = \"acme\"\nlabel = \"Acme\"\n"),
    );
}

#[test]
fn keys_do_not_say_one_thing_twice() {
    for (kind, one, other) in [
        ("text", "scope = \"store\"", "show_in = «[\"default\"]»"),
        ("select", "options = { a = \"A\" }", "source_model = «'Acme\\ErpBridge\\Model\\A'»"),
        ("text", "required = true", "validate = «\"required-entry\"»"),
        ("text", "comment = \"a\"", "comment_html = «\"<b>a</b>\"»"),
    ] {
        let setting =
            |keys: &str| format!("{SECTION}\n[[setting]]\npath = \"erp/name\"\ntype = \"{kind}\"\n{keys}\n");
        finds(Rule::SettingValue, &setting(&format!("{one}\n{other}")));
        passes(&setting(&other.replace(['«', '»'], "")));
    }
    // A class may know other values, and more than one may do.
    let waiting = |condition: &str| {
        format!(
            "{SECTION}\n[[setting]]\npath = \"erp/mode\"\ntype = \"select\"\noptions = {{ a = \"A\", b = \"B\" }}\n[[setting]]\npath = \"erp/name\"\ntype = \"text\"\ndepends = {{ \"erp/mode\" = {condition} }}\n"
        )
    };
    passes(&waiting("[\"a\", \"b\"]"));
    passes(&waiting("{ not = \"a\" }"));
    finds(Rule::SettingValue, &waiting("«\"c\"»"));
}
