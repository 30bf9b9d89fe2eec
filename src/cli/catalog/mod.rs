//! `magespec catalog`.

mod comparison;
mod modules;

use camino::Utf8PathBuf;

use self::comparison::CatalogComparison;
pub(super) use self::comparison::JsonCatalogs;
use crate::{
    cli::{
        Outcome,
        arguments::{Format, OutputFile, one_of, shop_at, shop_in},
        output::{Paging, page, print_findings, print_json},
    },
    diag::Failure,
    project::{renewals, specs_beside},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Specs to compare with --diff [default: those in the directories of OLD and NEW, and below them if they are in the
    /// current directory]
    #[arg(value_name = "SPEC", requires = "diff")]
    specs: Vec<Utf8PathBuf>,
    /// Magento root: the directory with app, vendor and bin/magento
    #[arg(long, value_name = "ROOT", required_unless_present_any = ["diff", "specs", "format"])]
    magento: Option<Utf8PathBuf>,
    /// Scan the Magento root without reading or writing the cache
    #[arg(long, requires = "magento")]
    no_cache: bool,
    /// Show what changed from one catalog of a shop to another, and what it changes for the specs beside them
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["magento", "output"])]
    diff: Option<Vec<Utf8PathBuf>>,
    /// Output format of --diff
    #[arg(long, requires = "diff", value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    output: OutputFile,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some([old, new]) = args.diff.as_deref() {
        return args.compare(old, new);
    }
    let root = args.magento.as_deref().ok_or("--magento is required")?;
    args.output.write(shop_at(root, args.no_cache)?.to_string().as_bytes())?;
    Ok(Outcome::Fine)
}

impl Args {
    fn compare(&self, old: &Utf8PathBuf, new: &Utf8PathBuf) -> Result<Outcome, Failure> {
        let shops = [(old.to_string(), shop_in(old)?), (new.to_string(), shop_in(new)?)];
        let specs = if self.specs.is_empty() { specs_beside(&[old, new])? } else { self.specs.clone() };
        let renewals = renewals(&specs, old, new)?;
        let comparison = CatalogComparison::new(shops, &renewals);
        match self.format {
            Format::Json => print_json(comparison.json()?),
            _ => page(&comparison.human()?, self.paging)?,
        }
        print_findings(&comparison.reports())?;
        Ok(Outcome::Fine)
    }
}
