//! Specs of a run before they are compiled, with what they must not share.

use std::fmt;

use camino::Utf8PathBuf;

use super::{Roots, input};
use crate::{
    diag::{Report, Source},
    spec::{Loaded, Spec, load},
};

/// Spec that was read and not yet compiled.
#[derive(Debug)]
pub(super) struct SpecHead {
    /// Path of the spec; `-` is standard input.
    pub(super) spec: Utf8PathBuf,
    /// Output root of its module.
    pub(super) root: Utf8PathBuf,
    /// Names that no other spec may have.
    pub(super) claims: Vec<Claim>,
    /// Spec as it was read, unless it is to be read again.
    read: Option<ReadSpec>,
}

/// Name that only one module may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Claim {
    Module(String),
    Commands(String),
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(name) | Self::Commands(name) => f.write_str(name),
        }
    }
}

/// Text of a spec and what it says, or why it cannot be read.
pub(super) type ReadSpec = Result<(Source, Loaded), Report>;

impl SpecHead {
    /// Reads a spec. Unless it `keeps` what was read, the spec is read again when it is compiled: many specs take less
    /// memory then.
    pub(super) fn read(spec: Utf8PathBuf, roots: Roots<'_>, keeps: bool) -> Self {
        let read = read(&spec);
        let loaded = read.as_ref().ok().and_then(|(_, loaded)| loaded.spec.as_ref());
        let root = roots.of(&spec, loaded);
        let claims = loaded.map(claims_of).unwrap_or_default();
        let read = Some(read).filter(|_| keeps || spec == "-");
        Self { spec, root, claims, read }
    }

    /// Returns the path, the output root and the spec.
    pub(super) fn into_parts(self) -> (Utf8PathBuf, Utf8PathBuf, ReadSpec) {
        let read = self.read.unwrap_or_else(|| read(&self.spec));
        (self.spec, self.root, read)
    }
}

/// Names of a spec that no other may have.
pub(super) fn claims_of(spec: &Spec) -> Vec<Claim> {
    let commands = spec.webhooks.as_ref().and_then(|webhooks| webhooks.commands.as_ref());
    let module = Claim::Module(spec.module.name.to_string());
    let commands = commands.map(|prefix| Claim::Commands(prefix.to_string()));
    std::iter::once(module).chain(commands).collect()
}

fn read(spec: &Utf8PathBuf) -> ReadSpec {
    let source = input::read(spec)?;
    let loaded = load(&source);
    Ok((source, loaded))
}
