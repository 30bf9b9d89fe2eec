//! `--deny`.

/// What `--deny` raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Treat warnings as errors
    Warnings,
}
