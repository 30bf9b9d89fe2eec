//! Adds a Magento release to the tables of the bundled catalog: `cargo add-release ROOT`. docs/development.md has the steps.

mod add;
mod changes;
mod kept;
mod php;
mod root;
mod scan;
mod tables;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser;
use magespec::{diag::Failure, names::MagentoVersion};

use self::tables::Tables;

/// Folder of the tables, unless another is named.
const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalog/data");

/// Adds a Magento release to the tables of the catalog, from the code of that release
#[derive(Debug, Parser)]
#[command(name = "cargo add-release", bin_name = "cargo add-release")]
struct Args {
    /// Magento root: installed with Composer or a checkout of the repository, Magento Open Source or Mage-OS
    #[arg(value_name = "ROOT", required_unless_present = "remove")]
    root: Option<Utf8PathBuf>,
    /// Replace what the tables have of the release
    #[arg(long)]
    replace: bool,
    /// Remove a release from the tables instead
    #[arg(long, value_name = "RELEASE", conflicts_with_all = ["root", "replace"])]
    remove: Option<MagentoVersion>,
    /// Print what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Folder of the tables
    #[arg(long, value_name = "DIR", default_value = TABLES, hide_default_value = true)]
    tables: Utf8PathBuf,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command, and returns what it did.
fn run(args: &Args) -> Result<String, Failure> {
    let mut tables = Tables::read(&args.tables)?;
    let mut report = match (&args.root, args.remove) {
        (Some(root), _) => add::add(&mut tables, root, args.replace)?,
        (None, Some(release)) => remove(&mut tables, release)?,
        (None, None) => String::new(),
    };
    report += &written(&tables, &args.tables, args.dry_run)?;
    Ok(report)
}

fn remove(tables: &mut Tables, release: MagentoVersion) -> Result<String, Failure> {
    let read = tables.observers.read_of(release);
    if !tables.remove(release) {
        return Err(Failure::new(format!(
            "the tables have no {release}; releases.tsv lists the releases that can be removed"
        )));
    }
    let mut report = format!("removed {release}\n");
    if read == Some(release) {
        let (major, minor) = (release.major, release.minor);
        report += &format!(
            "observers of {major}.{minor} were read in it and are gone, too; `cargo add-release --replace ROOT` with the \
             newest release of {major}.{minor} reads them\n"
        );
    }
    Ok(report)
}

/// Writes the tables that changed, and names them.
fn written(tables: &Tables, folder: &Utf8Path, is_dry_run: bool) -> Result<String, Failure> {
    let mut names = Vec::new();
    for (name, text) in tables.texts() {
        let file = folder.join(&name);
        if tables::read(&file)? != text {
            if !is_dry_run {
                tables::write(&file, &text)?;
            }
            names.push(name);
        }
    }
    let verb = if is_dry_run { "would change" } else { "changed" };
    Ok(match names.as_slice() {
        [] => "no table changed\n".to_owned(),
        _ => format!("{verb} in {folder}: {}\n", names.join(", ")),
    })
}
