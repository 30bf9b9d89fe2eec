//! Elements that appear more than once in the files of modules without a spec.

use magespec::diag::{Diagnostic, Related, Rule};

use crate::support::modules::{checked, module, nodes};

/// Every further one is reported, and all of them point at the first.
#[test]
fn repeated_elements_point_at_the_first() {
    let acl = nodes(&["<resource id=\"Magento_Sales::sales\"/>"; 3].join("\n"));
    let add = "<add id=\"Acme_ErpBridge::a\" title=\"Acme\" module=\"Acme_ErpBridge\" resource=\"Magento_Sales::sales\"/>";
    let menu = format!("<config><menu>\n{}\n</menu></config>", [add; 3].join("\n"));
    let group = "<group id=\"g\"><field id=\"f\" type=\"text\"/></group>";
    let system = format!(
        "<config><system><section id=\"sales\">\n{}\n</section></system></config>",
        [group; 3].join("\n")
    );
    let value = "<value id=\"v\" type=\"host\">https://a.acme.com</value>";
    let csp = format!(
        "<csp_whitelist><policies><policy id=\"img-src\"><values>\n{}\n</values></policy></policies></csp_whitelist>",
        [value; 3].join("\n")
    );
    let job = "<job name=\"j\" instance=\"Other\\X\" method=\"execute\"><schedule>0 0 * * *</schedule></job>";
    let crontab = format!("<config><group id=\"default\">\n{}\n</group></config>", [job; 3].join("\n"));
    let observer = "<observer name=\"o\" instance=\"Other\\X\"/>";
    let events = format!(
        "<config><event name=\"sales_order_place_after\">\n{}\n</event></config>",
        [observer; 3].join("\n")
    );
    let route = |name: &str| {
        format!(
            "<route url=\"/V1/acme/:{name}\" method=\"GET\"><service class=\"Other\\X\" method=\"get\"/><resources><resource ref=\"self\"/></resources></route>"
        )
    };
    let webapi = format!("<routes>\n{}\n{}\n{}\n</routes>", route("sku"), route("id"), route("code"));
    for (file, text, rule) in [
        ("etc/acl.xml", acl, Rule::AclDuplicate),
        ("etc/adminhtml/menu.xml", menu, Rule::DeclaredTwice),
        ("etc/adminhtml/system.xml", system, Rule::DeclaredTwice),
        ("etc/csp_whitelist.xml", csp, Rule::DeclaredTwice),
        ("etc/crontab.xml", crontab, Rule::DeclaredTwice),
        ("etc/events.xml", events, Rule::DeclaredTwice),
        ("etc/webapi.xml", webapi, Rule::DeclaredTwice),
    ] {
        let reports = checked(module(&[(file, &text)]).path());
        let report = reports.iter().find(|it| it.source.name == file).unwrap();
        let line = |at: usize| report.source.position(at).line;
        let lines = |it: &Diagnostic| {
            let [Related { span, label }] = it.related.as_slice() else { panic!("{it:#?}") };
            assert_eq!(label, "first here");
            (line(it.span.clone().unwrap().start), line(span.start))
        };
        let found = report.diagnostics.iter().filter(|it| {
            it.rule == rule && it.message.contains("twice") || it.message.contains("two values")
        });
        let mut found: Vec<_> = found.map(lines).collect();
        found.dedup();
        assert_eq!(found, [(3, 2), (4, 2)], "{file}: {:#?}", report.diagnostics);
    }
}
