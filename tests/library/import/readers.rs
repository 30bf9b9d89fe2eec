//! Finding modules, and reading whatever is there.

use std::fs;

use camino::Utf8Path;
use magespec::{
    diag::Rule,
    module::{ModuleDir, find},
    tree::Disk,
};

use crate::support::modules::{
    COMPOSER, INTEGRATION, MODULE, REGISTRATION, finds, imported, module, worse_than_notes, write,
};

fn places(dir: &std::path::Path) -> Vec<ModuleDir> {
    find(&Disk::open(Utf8Path::from_path(dir).unwrap()).unwrap()).unwrap()
}

#[test]
fn modules_are_found_where_people_put_them() {
    let dir = tempfile::tempdir().unwrap();
    for path in
        ["app/code/Acme/Orders", "packages/erp/src", "vendor/acme/other", "plain", ".git/x", "a/Test/b"]
    {
        write(dir.path(), &format!("{path}/etc/module.xml"), MODULE);
        if path != "plain" {
            write(dir.path(), &format!("{path}/etc/integration.xml"), INTEGRATION);
        }
    }
    let loads = COMPOSER.replace("\"registration.php\"", "\"src/registration.php\"");
    write(dir.path(), "packages/erp/composer.json", loads);
    // It loads nothing below it.
    write(dir.path(), "composer.json", "{}");
    let found = places(dir.path());
    let shown: Vec<(&str, &str, bool)> =
        found.iter().map(|it| (it.root.as_str(), it.source.as_str(), it.declares)).collect();
    assert_eq!(
        shown,
        [("app/code/Acme/Orders", "", true), ("packages/erp", "src", true), ("plain", "", false)]
    );
}

#[test]
fn links_out_of_the_directory_are_not_followed() {
    #[cfg(unix)]
    let outside = module(&[]);
    let dir = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), dir.path().join("linked")).unwrap();
    assert_eq!(places(dir.path()), []);
    let dir = module(&[]);
    fs::remove_file(dir.path().join("etc/integration.xml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        outside.path().join("etc/integration.xml"),
        dir.path().join("etc/integration.xml"),
    )
    .unwrap();
    assert!(places(dir.path()).iter().all(|place| !place.declares));
    assert!(imported(dir.path(), None).spec.is_none());
}

#[test]
fn every_encoding_makes_the_same_spec() {
    let text = INTEGRATION.replace("<?xml version=\"1.0\"?>\n", "").replace("Acme ERP", "Açmé");
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{text}");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let expected = spec_of(text.as_bytes());
    assert!(expected.contains("name = \"Açmé\""), "{expected}");
    for bytes in [
        utf16,
        latin.clone(),
        String::from_utf8_lossy(&latin.iter().map(|&b| if b < 128 { b } else { b'?' }).collect::<Vec<_>>())
            .replace("ISO-8859-1", "windows-1252")
            .replace("A?m?", "A\u{1}m\u{2}")
            .bytes()
            .map(|b| match b {
                1 => 0xE7,
                2 => 0xE9,
                b => b,
            })
            .collect(),
        text.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{}", text.trim_end()).into_bytes(),
        text.replace("erp@acme.com", "<![CDATA[erp@acme.com]]>").into_bytes(),
        text.replace("erp@acme.com", "erp&#64;acme.com").into_bytes(),
    ] {
        assert_eq!(spec_of(&bytes), expected);
    }
}

fn spec_of(integration: &[u8]) -> String {
    let dir = module(&[]);
    write(dir.path(), "etc/integration.xml", integration);
    imported(dir.path(), None).spec.unwrap()
}

#[test]
fn what_cannot_be_read_is_a_finding_at_its_place() {
    let cases: [(&str, &[u8], Rule, &str); 6] = [
        ("etc/module.xml", b"<config><module></config>", Rule::XmlUnreadable, "<"),
        ("etc/acl.xml", b"<!DOCTYPE a><a/>", Rule::XmlUnreadable, "<!DOCTYPE a>"),
        ("etc/acl.xml", b"<?xml version='1.0' encoding='koi8-r'?><a/>", Rule::XmlUnreadable, ""),
        ("composer.json", b"{\n  \"name\": \"a/b\",\n}", Rule::ComposerUnreadable, "}"),
        ("composer.json", b"\xFF\xFE", Rule::ComposerUnreadable, ""),
        ("registration.php", b"<?php echo 1;", Rule::RegistrationUnreadable, ""),
    ];
    for (path, bytes, rule, marked) in cases {
        let dir = module(&[]);
        write(dir.path(), path, bytes);
        let told = imported(dir.path(), None);
        let (file, found, _) = finds(&told, rule);
        assert_eq!((file, found), (path, marked));
        assert!(told.spec.is_some(), "{path}: the rest is imported");
    }
}

#[test]
fn a_module_that_says_nothing_gives_findings() {
    let dir = module(&[("etc/integration.xml", "<config>")]);
    let told = imported(dir.path(), None);
    assert_eq!(told.spec, None);
    assert_eq!(worse_than_notes(&told), [Rule::XmlUnreadable]);
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "etc/integration.xml", INTEGRATION);
    let told = imported(dir.path(), None);
    assert!(worse_than_notes(&told).contains(&Rule::XmlNotAccepted), "no module.xml");
}

#[test]
fn large_and_deep_files_are_refused() {
    let deep = "<config>".repeat(5_000);
    let large = format!("<config>{}</config>", " ".repeat(2 * 1024 * 1024));
    for text in [deep, large] {
        let dir = module(&[("etc/acl.xml", &text)]);
        assert_eq!(worse_than_notes(&imported(dir.path(), None)), [Rule::XmlUnreadable]);
    }
}

#[test]
fn files_below_src_are_read() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "src/registration.php", REGISTRATION);
    write(dir.path(), "src/etc/module.xml", MODULE);
    write(dir.path(), "src/etc/integration.xml", INTEGRATION);
    let composer = COMPOSER
        .replace("\"registration.php\"", "\"src/registration.php\"")
        .replace("\"Acme\\\\ErpBridge\\\\\": \"\"", "\"Acme\\\\ErpBridge\\\\\": \"src/\"");
    write(dir.path(), "composer.json", composer);
    let told = imported(dir.path(), None);
    assert_eq!(worse_than_notes(&told), []);
    let spec = told.spec.unwrap();
    assert!(spec.contains("source = \"src\"") && !spec.contains("[composer"), "{spec}");
    let paths: Vec<&str> = told.taken_over.iter().map(|path| path.as_str()).collect();
    assert_eq!(
        paths,
        ["composer.json", "src/etc/integration.xml", "src/etc/module.xml", "src/registration.php"]
    );
}
