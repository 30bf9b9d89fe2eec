//! `--out`.

use camino::Utf8PathBuf;

use crate::project::Roots;

/// Where modules are written.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OutputRoot {
    /// Where the module is written [default: the spec's own directory]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<Utf8PathBuf>,
}

impl OutputRoot {
    pub(in crate::cli) fn roots(&self) -> Roots<'_> {
        self.out.as_deref().map_or(Roots::BesideSpecs, Roots::At)
    }
}
