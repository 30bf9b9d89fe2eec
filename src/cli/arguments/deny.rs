//! `--deny`.

/// Findings that `--deny` raises to errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Treat warnings as errors
    Warnings,
}
