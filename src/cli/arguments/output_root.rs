//! `--out`.

use camino::Utf8PathBuf;

use crate::project::Roots;

/// Output root option.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OutputRoot {
    /// Write the module to DIR [default: `directory` of the spec, or the spec's directory]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<Utf8PathBuf>,
}

impl OutputRoot {
    pub(in crate::cli) fn roots(&self) -> Roots<'_> {
        self.out.as_deref().map_or(Roots::OfSpecs, Roots::At)
    }
}
