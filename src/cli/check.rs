//! `magespec check`.

use std::io;

use camino::Utf8Path;

use super::{
    Outcome,
    common::{Deny, Known, Specs, compile_all, deny, print, progress, reason},
    fail,
};
use crate::{
    catalog::Catalog,
    diag::{Report, render::Format},
    import, module,
    tree::Disk,
};

/// Check specs against the Magento releases they target
///
/// Of a directory that has modules and no spec, the modules' own files are checked, for the releases they seem to be for.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    known: Known,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Take warnings for errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let catalog = match args.known.catalog() {
        Ok(catalog) => catalog,
        Err(message) => return fail(message),
    };
    let (modules, specs) = args.specs.apart();
    let mut reports = Vec::new();
    for module in &modules {
        match read(module, &catalog) {
            Ok(read) => reports.extend(read),
            Err(error) => return fail(format!("cannot read {module}: {}", reason(&error))),
        }
    }
    reports.iter_mut().for_each(|report| deny(report, args.deny));
    match compile_all(&specs, &catalog, None, args.deny, progress("checking")) {
        Ok(projects) => reports.extend(projects.into_iter().map(|project| project.report)),
        Err(message) => return fail(message),
    }
    print(&mut anstream::stdout(), args.format, &reports)
}

/// What is found in modules that have no spec.
fn read(dir: &Utf8Path, catalog: &Catalog) -> io::Result<Vec<Report>> {
    let disk = Disk::open(dir)?;
    let places = module::find(&disk)?;
    let shown = if dir == "." { Utf8Path::new("") } else { dir };
    let declaring = places.iter().filter(|place| place.declares);
    let read = declaring.map(|place| import::read(&disk, place, shown, None, catalog));
    Ok(read.flat_map(|imported| imported.reports).collect())
}
