//! Adding a release: read the root, put what it has into the tables, and say what that changes.

use std::fmt::Write as _;

use camino::Utf8Path;
use magespec::{
    diag::{Failure, plural},
    names::MagentoVersion,
};

use crate::{
    changes, kept,
    root::{Distribution, Root},
    scan::{self, Scanned},
    tables::Tables,
};

/// What no scanner reads.
const UNREAD: [&str; 3] = [
    "types of event data and the place of a dispatch in a transaction: those of the same dispatch in the nearest release",
    "names of events, fields and menu items that PHP makes up while it runs; events of plugins and templates",
    "topics `async.…` that Magento makes for each route, unless communication.xml names them",
];

/// Adds the release of a root.
pub(crate) fn add(tables: &mut Tables, path: &Utf8Path, replaces: bool) -> Result<String, Failure> {
    let root = Root::read(path)?;
    let release = root.release;
    if tables.list.rows.contains_key(&release) && !replaces {
        return Err(Failure::new(format!(
            "the tables have {release} already ({}). `cargo add-release --replace {path}` puts what this root has in its \
             place; `cargo add-release --remove {release}` takes it out",
            tables.list.basis(release)
        )));
    }
    let before = tables.list.before(release).ok_or_else(|| {
        let first = tables.list.rows.keys().next().map(ToString::to_string).unwrap_or_default();
        Failure::new(format!("{release} is older than every release in the tables, which start with {first}"))
    })?;
    // What changed is what the release had, if it was there, or what the release before has.
    let had = if tables.list.rows.contains_key(&release) { release } else { before };
    let old = changes::Contents::of(tables, had);
    tables.remove(release);
    let mut scanned = scan::scan(&root, tables)?;
    let kept = kept::keep(&mut scanned.contents, tables, before, &root);
    let row = releases_row(tables, &root, before, !kept.is_empty())?;
    tables.add(release, row, std::mem::take(&mut scanned.contents));
    let read = tables.observers.read_of(release);
    let has_observers = tables.observers.add(release, scan::observers(&root)?);
    if let Distribution::MageOs { version, framework, .. } = &root.distribution
        && let Ok(version) = version.parse()
    {
        tables.mage_os.add(version, release, framework);
    }
    let mut report = heading(&root, &kept);
    let compared = if had == release { format!("in {release}") } else { format!("since {had}") };
    let _ = writeln!(report, "\nchanged {compared}:");
    report += &changes::changes(&old, &changes::Contents::of(tables, release));
    if !has_observers && let Some(read) = read {
        let _ = writeln!(report, "  observers: not read, those of {read} stand for the line");
    }
    report += &unread(&scanned);
    Ok(report)
}

/// Columns of the release in `releases.tsv`.
fn releases_row(
    tables: &Tables,
    root: &Root,
    before: MagentoVersion,
    has_kept: bool,
) -> Result<String, Failure> {
    let php = root.php.as_deref().ok_or_else(|| {
        Failure::new(format!(
            "no file in {} says which PHP the release supports: composer.lock or composer.json of magento2-base, or \
             the composer.json of a checkout, has it under `require`",
            root.path
        ))
    })?;
    let framework = root.framework.clone().or_else(|| tables.list.column(before, 1)).unwrap_or_default();
    let basis = match root.distribution {
        _ if has_kept => "assumed",
        Distribution::MageOs { .. } => "deduced",
        Distribution::OpenSource | Distribution::Checkout => "real",
    };
    Ok([php, &framework, "yes", basis].join("\t"))
}

fn heading(root: &Root, kept: &[String]) -> String {
    let product = match &root.distribution {
        Distribution::OpenSource => "Magento Open Source".to_owned(),
        Distribution::MageOs { version, .. } => format!("Mage-OS {version}, which is Magento"),
        Distribution::Checkout => "checkout of Magento".to_owned(),
    };
    let mut text =
        format!("{product} {} in {}: {}\n", root.release, root.path, plural(root.modules.len(), "module"));
    let mut list = |label: &str, items: &mut dyn Iterator<Item = &String>| {
        let items: Vec<&str> = items.map(String::as_str).collect();
        if !items.is_empty() {
            let _ = writeln!(text, "{label}: {}", items.join(", "));
        }
    };
    list("left out, because the release does not ship them", &mut root.left_out.iter());
    list("as in the release before, because the root lacks them", &mut kept.iter());
    list("warnings", &mut root.warnings.iter());
    text
}

fn unread(scanned: &Scanned) -> String {
    let mut text = "\nnot read, because PHP would have to run:\n".to_owned();
    for line in UNREAD {
        let _ = writeln!(text, "  {line}");
    }
    for (label, items) in [
        (
            "dispatches that the tables have in no release, with the types that the code has nearby",
            &scanned.new_events,
        ),
        ("dispatches whose names are computed", &scanned.unread_events),
    ] {
        if !items.is_empty() {
            let _ = writeln!(text, "  {label}:");
        }
        for item in items {
            let _ = writeln!(text, "    {item}");
        }
    }
    text.push('\n');
    text
}
