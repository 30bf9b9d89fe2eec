//! Times the check of the largest specs of each kind, up to the 4 MiB that a spec may have: `cargo bench --bench limits`.
//! Each takes less than 2 s on two cores.

use std::hint::black_box;

use divan::Bencher;
use magespec::{catalog::Catalog, compile, diag::Source};

fn main() {
    divan::main();
}

const HEAD: &str = "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n\
    [target]\nmagento = \">=2.4.4 <2.4.9\"\n";
const INTEGRATION: &str = "[[integration]]\nname = \"Acme\"\nemail = \"erp@acme.com\"\n";
const SETTINGS: &str = "[settings]\nlabel = \"Acme\"\n";

/// Kind of large spec: its name, what comes before the entries, one entry, what comes after, and how many entries.
struct Kind(&'static str, String, fn(usize) -> String, &'static str, usize);

fn kinds() -> Vec<Kind> {
    let list = |key: &str| format!("{INTEGRATION}{key} = [");
    let granted = format!("{INTEGRATION}resources = [\"Magento_Sales::ship\"]\n");
    let setting = |tables: &str| format!("{granted}{SETTINGS}{tables}");
    vec![
        Kind("unknown calls", list("calls"), |at| format!("\"GET /V1/order/x{at}/ships\","), "]\n", 50_000),
        Kind("known calls", list("calls"), |at| format!("\"GET /V1/orders/{at}\","), "]\n", 50_000),
        Kind(
            "unknown resources",
            list("resources"),
            |at| format!("\"Magento_Sales::x{at}\","),
            "]\n",
            100_000,
        ),
        Kind(
            "globs of stars",
            list("resources"),
            |at| format!("\"Magento_Sales::*a*b*c*{at}*\","),
            "]\n",
            5_000,
        ),
        Kind(
            "integrations with everything",
            String::new(),
            |at| {
                format!(
                    "[[integration]]\nname = \"Acme {at}\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Backend::admin/**\"]\n"
                )
            },
            "",
            5_000,
        ),
        Kind(
            "integrations",
            String::new(),
            |at| {
                format!(
                    "[[integration]]\nname = \"Acme {at}\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Sales::ship\"]\n"
                )
            },
            "",
            5_000,
        ),
        Kind(
            "chain of settings",
            setting(""),
            |at| {
                format!(
                    "[[setting]]\npath = \"erp/v{at}\"\ntype = \"yesno\"\ndepends = {{ \"erp/v{}\" = true }}\n",
                    at + 1
                )
            },
            "",
            20_000,
        ),
        Kind(
            "data that refers to data",
            granted.clone(),
            |at| format!("[[data]]\nname = \"Da{at}\"\nfields = {{ other = \"Da{}?\" }}\n", at + 1),
            "",
            20_000,
        ),
        Kind(
            "routes",
            format!("{granted}[[service]]\nname = \"Acme\"\n"),
            |at| {
                format!(
                    "[[service.method]]\nname = \"get{at}\"\nroute = \"GET /V1/acme/x{at}\"\nacl = \"Magento_Sales::ship\"\n"
                )
            },
            "",
            20_000,
        ),
        Kind(
            "deep resources",
            format!("{INTEGRATION}resources = [\"Acme_Erp::a0/**\"]\n"),
            |at| {
                let parent = match at.checked_sub(1) {
                    None => "Magento_Backend::admin".to_owned(),
                    Some(before) => format!("Acme_Erp::a{before}"),
                };
                format!("[[acl]]\nid = \"Acme_Erp::a{at}\"\ntitle = \"Acme\"\nparent = \"{parent}\"\n")
            },
            "",
            20_000,
        ),
        Kind(
            "observers of unknown events",
            granted.clone(),
            |at| format!("[[observer]]\nname = \"see{at}\"\nevent = \"sales_order_sav{at}\"\n"),
            "",
            20_000,
        ),
        Kind(
            "unknown rules",
            format!("{granted}[rules]\n"),
            |at| format!("csp-opne{at} = \"warn\"\n"),
            "",
            50_000,
        ),
        Kind(
            "the same name",
            granted,
            |_| "[[cron]]\nname = \"job\"\nschedule = \"* * * * *\"\n".to_owned(),
            "",
            20_000,
        ),
    ]
}

#[divan::bench(args = kinds().iter().map(|kind| kind.0.to_owned()).collect::<Vec<_>>(), max_time = 3)]
fn check(bencher: Bencher<'_, '_>, name: &String) {
    let kinds = kinds();
    let Some(Kind(_, before, entry, after, count)) = kinds.iter().find(|kind| kind.0 == name) else { return };
    let entries: String = (0..*count).map(entry).collect();
    let source = Source::new("integration.toml", format!("{HEAD}{before}{entries}{after}"));
    bencher.bench_local(|| compile(black_box(source.clone()), Catalog::bundled()));
}
