//! `--deny`.

use crate::diag::{Level, Report, Rule};

/// Findings that `--deny` raises to errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Treat warnings as errors
    Warnings,
}

/// Findings on a plan that `--deny` raises to errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum DeniedRisk {
    /// All warnings
    Warnings,
    /// setup:upgrade stops with an error
    UpgradeStops,
    /// An integration loses its key, secret and tokens
    Reset,
    /// An integration that nothing declares stays active
    Orphan,
    /// An integration in use gains permissions
    PermissionsGrow,
    /// Other systems rely on something that changes
    BreakingChange,
}

impl DeniedRisk {
    const fn rule(self) -> Option<Rule> {
        match self {
            Self::Warnings => None,
            Self::UpgradeStops => Some(Rule::UpgradeStops),
            Self::Reset => Some(Rule::Reset),
            Self::Orphan => Some(Rule::Orphan),
            Self::PermissionsGrow => Some(Rule::PermissionsGrow),
            Self::BreakingChange => Some(Rule::BreakingChange),
        }
    }

    /// Raises the findings of a report. Those that `[rules]` allows are not in it.
    fn raise(self, report: &mut Report) {
        match self.rule() {
            None => report.deny_warnings(),
            Some(rule) => {
                let all = report.diagnostics.iter_mut().filter(|finding| finding.rule == rule);
                all.for_each(|finding| finding.level = Level::Error);
            }
        }
    }
}

/// Option of the commands that plan.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DenyRisks {
    /// Treat these findings on the plan as errors; can be repeated
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Vec<DeniedRisk>,
}

impl DenyRisks {
    /// Raises the denied findings.
    pub(in crate::cli) fn raise(&self, reports: &mut [Report]) {
        for report in reports {
            self.deny.iter().for_each(|risk| risk.raise(report));
        }
    }
}
