//! Elements and attributes that Magento's schemas refuse, in modules without a spec.

use magespec::diag::Rule;

use crate::support::modules::{found, place};

#[track_caller]
fn refused(file: &str, root: &str, text: &str, marked: &str) {
    let document = format!("<?xml version=\"1.0\"?>\n<{root}>{text}</{root}>\n");
    let all = found(&[(file, &document)]);
    let (line, _) = place(file, 2, Rule::XmlNotAccepted, "");
    let is_it = |(at, found): &(String, String)| *at == line && found.contains(marked);
    assert!(all.iter().any(is_it), "{text}: {all:#?}");
}

#[test]
fn webapi_xml() {
    let service = "<service class=\"Acme\\A\" method=\"a\"/><resources><resource ref=\"self\"/></resources>";
    let route = |attributes: &str| format!("<route {attributes}>{service}</route>");
    for (text, marked) in [
        (route("url=\"/V1/acme\" method=\"FETCH\""), "\"FETCH\""),
        (route("url=\"/V1/acme\" method=\"get\""), "\"get\""),
        (route("url=\"/V1/acme\""), "route"),
        (route("method=\"GET\""), "route"),
        ("<rout url=\"/V1/acme\" method=\"GET\"/>".to_owned(), "rout"),
        ("<route url=\"/V1/acme\" method=\"GET\"><service class=\"Acme\\A\"/></route>".to_owned(), "service"),
    ] {
        refused("etc/webapi.xml", "routes", &text, marked);
    }
    refused("etc/webapi.xml", "config", "", "config");
}

#[test]
fn events_xml_and_crontab_xml() {
    for (text, marked) in [
        ("<event><observer name=\"a\" instance=\"Acme\\A\"/></event>", "event"),
        ("<event name=\"customer_login\"><observer instance=\"Acme\\A\"/></event>", "observer"),
        ("<event name=\"customer_login\"/>", "event"),
    ] {
        refused("etc/events.xml", "config", text, marked);
        refused("etc/frontend/events.xml", "config", text, marked);
    }
    for (text, marked) in [
        ("<job name=\"a\" instance=\"Acme\\A\" method=\"execute\"/>", "job"),
        ("<group><job name=\"a\" instance=\"Acme\\A\" method=\"execute\"/></group>", "group"),
        ("<group id=\"default\"><job name=\"a\" instance=\"Acme\\A\"/></group>", "job"),
        ("<group id=\"default\"><job instance=\"Acme\\A\" method=\"execute\"/></group>", "job"),
    ] {
        refused("etc/crontab.xml", "config", text, marked);
    }
}
