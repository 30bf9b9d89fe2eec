//! `--out` and `--from`: the state that specs are compared with.

use camino::{Utf8Path, Utf8PathBuf};

use crate::project::{Baseline, Roots};

/// Options for the state to compare with.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ComparedWith {
    /// Compare with the module in DIR [default: `directory` of the spec, or the spec's directory]
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// Compare with an earlier state instead of the files on disk: the spec and the module at a git revision
    /// (git:REV[:PATH]), a module's directory, or a spec
    #[arg(long, value_name = "DIR|SPEC|git:REV")]
    from: Option<Utf8PathBuf>,
}

impl ComparedWith {
    pub(in crate::cli) fn roots(&self) -> Roots<'_> {
        self.roots_or(Roots::OfSpecs)
    }

    /// Directory of the option, or the given roots.
    pub(in crate::cli) fn roots_or<'r>(&'r self, roots: Roots<'r>) -> Roots<'r> {
        self.out.as_deref().map_or(roots, Roots::At)
    }

    pub(in crate::cli) fn baseline(&self) -> Baseline<'_> {
        self.from().map_or(Baseline::OnDisk, Baseline::Named)
    }

    pub(in crate::cli) fn from(&self) -> Option<&Utf8Path> {
        self.from.as_deref()
    }
}
