//! Settings of a module, imported with their defaults and their menu entry.

use std::fs;

use magespec::diag::Rule;

use super::{built, magespec, spec_of};
use crate::support::{
    base::base,
    modules::{findings, imported, module},
};

const SETTINGS: &str = r#"
[[acl]]
id = "Acme_ErpBridge::config"
title = "Acme ERP"
parent = "Magento_Config::config"

[settings]
label = "Acme ERP"
tab = "sales"
sort_order = 30
resource = "Acme_ErpBridge::config"
menu = "Magento_Backend::stores_settings"
groups = { connection = "The connection", other = "Other" }

[[setting]]
path = "connection/enabled"
type = "yesno"
default = false
scope = "store"

[[setting]]
path = "connection/base_url"
type = "url"
comment = "Without a slash at the end."
default = "https://erp.acme.com"
required = true
depends = { "connection/enabled" = true }

[[setting]]
path = "connection/key"
type = "secret"

[[setting]]
path = "connection/stage"
type = "select"
options = { sandbox = "Sandbox", production = "Production" }
default = "sandbox"
depends = { "connection/enabled" = true, "other/name" = "x" }

[[setting]]
path = "connection/retries"
type = "number"
min = -5
max = 60
default = 10
required = false
scope = "global"

[[setting]]
path = "connection/days"
type = "multiselect"
options = { mo = "Monday", tu = "Tuesday" }
default = ["mo", "tu"]

[[setting]]
path = "other/contact"
type = "email"
default = "it@acme.com"

[[setting]]
path = "other/name"
type = "text"

[[setting]]
path = "other/note"
type = "textarea"
"#;

#[test]
fn settings_come_back_with_all_that_is_said_of_them() {
    let dir = built(&(base() + SETTINGS));
    let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
    let refused: Vec<_> = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[settings]\n").unwrap();
    insta::assert_snapshot!(format!("[settings]\n{tables}"));
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    let before = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
    magespec(dir.path(), &["build"]);
    let after = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    assert_eq!(before, after);
}

/// Everything that Magento's schemas allow, with the habits of modules on the market.
const SYSTEM: &str = r#"<config><system>
<tab id="acme" translate="label" sortOrder="10026401600" class="acme-tab"><label>Acme</label></tab>
<section id="acme_main" translate="label" type="text" sortOrder="10" showInDefault="1" showInWebsite="1" showInStore="1">
  <class>separator-top</class><label>Main</label><tab>acme</tab><resource>Magento_Sales::sales</resource>
  <include path="Acme_ErpBridge::system/more.xml"/>
  <group id="intro" translate="label comment" sortOrder="5" showInDefault="1" showInWebsite="1" showInStore="1">
    <frontend_model>Acme\ErpBridge\Block\Intro</frontend_model>
    <comment><![CDATA[See the <a href="https://acme.com">manual</a>.]]></comment>
  </group>
  <group id="general" translate="label" type="text" sortOrder="20" showInDefault="1" showInWebsite="1" showInStore="1">
    <label>General
      settings</label>
    <clone_model>\Acme\ErpBridge\Model\Stages</clone_model><clone_fields>1</clone_fields>
    <fieldset_css>acme</fieldset_css>
    <attribute type="expanded">1</attribute>
    <attribute type="displayIn">recommended</attribute>
    <field id="enabled" translate="label" type="select" sortOrder="10" showInDefault="1" showInWebsite="1" showInStore="1">
      <label>Enabled</label><source_model>\Magento\Config\Model\Config\Source\Yesno</source_model>
    </field>
    <field id="kept" type="text" sortOrder="20" showInDefault="1" showInWebsite="0" showInStore="0" canRestore="1">
      <label>Kept</label><validate>validate-number validate-greater-than-zero</validate><frontend_class>acme</frontend_class>
      <config_path>acme/other/kept</config_path><tooltip>Think twice</tooltip>
      <comment>5 &amp;lt; 6</comment>
    </field>
    <field id="key" type="obscure" sortOrder="30" showInWebsite="1">
      <label/><backend_model>Magento\Config\Model\Config\Backend\Encrypted</backend_model>
      <validate>required-entry</validate>
      <depends><field id="enabled">1</field><field id="*/general/stage" separator="|" negative="1">a|b</field></depends>
    </field>
    <field id="secret" type="obscure" showInDefault="1" showInWebsite="1" showInStore="1">
      <label>Secret</label><backend_model>Magento\Config\Model\Config\Backend\Encrypted</backend_model>
    </field>
    <field id="stage" type="select" sortOrder="40" showInDefault="1" showInStore="1">
      <label>Stage</label><options><option label="A">a</option><option label="B">b</option></options>
    </field>
    <field id="level" type="select" sortOrder="45" advanced="true" showInDefault="1">
      <label><![CDATA[<b>Level</b>]]></label>
      <source_service idField="id" labelField="name" includeEmptyValueOption="1">Acme\ErpBridge\Api\LevelsInterface</source_service>
      <requires><field id="general/key">1</field><group id="general"/></requires>
    </field>
    <field id="days" type="multiselect" sortOrder="50" showInDefault="1" showInWebsite="1" showInStore="1">
      <label>Days</label><source_model>Acme\ErpBridge\Model\Days::all</source_model><can_be_empty>1</can_be_empty>
      <depends><field id="acme_more/only/name">x</field></depends>
      <comment model="Acme\ErpBridge\Model\Comment"/>
    </field>
    <field id="hours" type="multiselect" sortOrder="60" showInDefault="1" showInWebsite="1" showInStore="1">
      <label>Hours</label><source_model>Acme\ErpBridge\Model\Hours</source_model>
    </field>
    <group id="nested" translate="label" sortOrder="70" showInDefault="1" showInWebsite="1" showInStore="1">
      <label>Nested</label>
      <depends><field id="acme_main/general/enabled">1</field></depends>
      <field id="masked" type="Acme\ErpBridge\Block\Masked" sortOrder="10" showInDefault="1" showInWebsite="1" showInStore="1"><label>Masked</label></field>
    </group>
  </group>
  <group id="buttons" sortOrder="30" showInDefault="1"><label>Buttons</label>
    <field id="test" type="button" sortOrder="10" showInDefault="1">
      <button_label>Test</button_label><button_url>acme/test</button_url><frontend_model>Acme\ErpBridge\Block\Test</frontend_model>
      <if_module_enabled>Magento_Sales</if_module_enabled><hide_in_single_store_mode>1</hide_in_single_store_mode>
    </field>
    <field id="logo" type="image" sortOrder="20" showInDefault="1" showInWebsite="1">
      <label>Logo</label><backend_model>Magento\Config\Model\Config\Backend\Image</backend_model>
      <upload_dir config="system/filesystem/media" scope_info="1">acme</upload_dir>
      <base_url type="media" scope_info="1">acme</base_url>
    </field>
    <field id="note" sortOrder="30" showInDefault="1"><frontend_model>Acme\ErpBridge\Block\Note</frontend_model></field>
  </group>
</section>
<section id="acme_more" advanced="true" sortOrder="20" showInDefault="1" showInWebsite="1" showInStore="0">
  <label>More</label><tab>service</tab><resource>Magento_Sales::sales</resource>
  <group id="only" sortOrder="10" showInDefault="1" showInWebsite="1"><label>Only</label>
    <field id="name" type="text" sortOrder="10" showInDefault="1" showInWebsite="1"><label>Name</label></field>
  </group>
</section>
<section id="carriers"><group id="flatrate"><field id="title"><comment>Acme reads it</comment></field></group>
  <group id="acme" extends="carriers/flatrate" sortOrder="1" showInDefault="1" showInWebsite="1" showInStore="1"><label>Acme</label>
    <field id="active" type="select" sortOrder="1" showInDefault="1" showInWebsite="1"><label>Active</label><source_model>Magento\Config\Model\Config\Source\Yesno</source_model></field>
  </group>
</section>
</system></config>"#;

const CONFIG: &str = r#"<config><default>
  <acme_main><general><enabled>1</enabled><secret backend_model="Magento\Config\Model\Config\Backend\Encrypted"/><stage>b</stage><key></key>
    <days>mo,tu</days><nested><masked>x</masked></nested></general></acme_main>
  <acme><other><kept>60</kept></other><hidden translate="x">{{base_url}}</hidden></acme>
  <carriers><acme><active>2</active><model>Acme\ErpBridge\Model\Carrier</model><token backend_model="Magento\Config\Model\Config\Backend\Encrypted">t</token></acme></carriers>
  <payment><acme><title>One</title></acme><acme><title>Two</title><active>1</active></acme></payment>
</default><websites><base><acme><other><kept>5</kept></other></acme></base></websites><stores><german><acme><hidden>de</hidden></acme></german></stores></config>"#;

const FILES: [(&str, &str); 2] = [("etc/adminhtml/system.xml", SYSTEM), ("etc/config.xml", CONFIG)];

#[test]
fn whatever_the_schemas_of_magento_allow_comes_over() {
    let dir = module(&FILES);
    let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
    let refused: Vec<_> = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[settings]\n").unwrap();
    insta::assert_snapshot!(format!("[settings]\n{tables}"));
    magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
    magespec(dir.path(), &["build", "--no-sync"]);
    for absent in ["Model/Config.php", "i18n/en_US.csv", "etc/di.xml"] {
        assert!(!dir.path().join(absent).exists(), "nobody asked for {absent}");
    }
    // What is built says the same.
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    let again = imported(dir.path(), Some(">=2.4.4 <2.4.9")).spec.unwrap();
    // Groups without settings come last in what is built.
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(again.split_once("\n[settings]\n").unwrap().1), lines(tables));
}

#[test]
fn what_a_spec_cannot_say_stays_with_its_reason_and_holds_nothing_up() {
    let (system, config) = (FILES[0].0, FILES[1].0);
    for (path, from, to, message) in [
        (
            system,
            "<label>Kept</label>",
            "<label>Kept</label><requires><section id=\"a\"/></requires>",
            "<requires> has <section>, which Magento's schema",
        ),
        (
            system,
            "id=\"kept\"",
            "id=\"kept\" colour=\"red\"",
            "which Magento's schema for system.xml does not have there",
        ),
        (system, "type=\"image\"", "type=\"colour\"", "Magento has no form element `colour`"),
        (system, "5 &amp;lt; 6", "5 <b>6</b>", "<comment> has markup, of which Magento reads nothing"),
        (
            system,
            "<fieldset_css>",
            "<requires/><fieldset_css>",
            "a group has <requires>, which a spec says of fields only",
        ),
        (
            system,
            "<upload_dir",
            "<clone_model>A</clone_model><upload_dir",
            "a field has <clone_model>, which a spec says of groups only",
        ),
        (system, "sortOrder=\"40\"", "sortOrder=\"4.5\"", "the sortOrder \"4.5\" is not a whole number"),
        (
            system,
            "<field id=\"title\">",
            "<field id=\"title\" showInStore=\"0\">",
            "`show_in` of a spec sets all three",
        ),
        (system, "separator=\"|\" negative=\"1\">a|b", "separator=\"|\">a,b|c", "one of them has a comma"),
        (
            config,
            "<title>One</title>",
            "<title>One<b/></title>",
            "`payment/acme/title` has text and elements",
        ),
        (config, "<websites>", "<groups/><websites>", "but not <groups>"),
    ] {
        let files = FILES.map(|(of, text)| {
            assert!(of != path || text.contains(from), "{from}");
            (of, if of == path { text.replacen(from, to, 1) } else { text.to_owned() })
        });
        let dir = module(&files.each_ref().map(|(of, text)| (*of, text.as_str())));
        let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
        let all = findings(&told);
        let refused: Vec<&str> = all
            .iter()
            .filter(|(_, it)| it.rule == Rule::NotCarried)
            .map(|(_, it)| it.message.as_str())
            .collect();
        let [refused] = refused.as_slice() else { panic!("{message}: {refused:#?}") };
        assert!(refused.starts_with(path) && refused.contains(message), "{message}: {refused}");
        // The other file comes over, and this one keeps its text.
        let spec = told.spec.unwrap();
        assert_eq!(spec.contains("[settings]"), path == config, "{spec}");
        assert!(path == config || spec.contains("[config.default]"), "{spec}");
        magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
        magespec(dir.path(), &["build", "--no-sync"]);
        let text = files.iter().find(|(of, _)| *of == path).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), text.1);
    }
}

#[test]
fn places_are_an_order_and_boxes_show_what_is_in_them() {
    let dir = built(&(base() + SETTINGS));
    let path = dir.path().join("etc/adminhtml/system.xml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("sortOrder=\"20\"", "sortOrder=\"27\"").replace(" canRestore=\"1\"", "");
    fs::write(&path, text.replace("<attribute type=\"expanded\">1</attribute>", "")).unwrap();
    assert!(spec_of(dir.path()).contains("[settings]"));
}
