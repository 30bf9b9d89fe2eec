//! What an installation is going to do, for whoever has to agree to it.

use std::io::{self, Write as _};

use super::Todo;
use crate::{
    cli::common::note,
    diff::Status,
    plan::{Action, Planned},
};

impl Todo {
    /// Writes everything that is going to be done to standard output.
    pub(super) fn show(&self) -> io::Result<()> {
        let mut out = anstream::stdout();
        let changes = self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
        writeln!(out, "{} in {}:", self.installed.module.name, self.comparison.place())?;
        let mut count = 0;
        for change in changes {
            count += 1;
            writeln!(out, "  {} {}", change.status.as_str(), change.path)?;
        }
        if count == 0 {
            writeln!(out, "  all files are as the spec makes them")?;
        }
        writeln!(out, "setup:upgrade in this {} is going to:", self.installed.shop.magento.version)?;
        for planned in &self.plan.integrations {
            write!(out, "{}", integration(planned))?;
        }
        writeln!(out, "commands:")?;
        for step in &self.steps {
            let empties = step.empties(self.version);
            let empties =
                if empties.is_empty() { String::new() } else { format!("  empties {}", empties.join(", ")) };
            writeln!(out, "  {step}{empties}")?;
        }
        if self.is_reset() && !self.keeps_credentials {
            note(
                "with --keep-credentials the old credentials of what is reset work on; what its permissions grow by then \
                 takes effect without anyone authorising it",
            )?;
        }
        Ok(())
    }
}

/// One integration with every reason.
fn integration(planned: &Planned) -> String {
    let action = planned.action();
    let mut text = format!("  {:>3} {}: {}\n", action.symbol(), planned.name, words(action));
    for reason in &planned.reasons {
        let cause = &reason.cause;
        let values = match (cause.attribute(), cause.before(), cause.after()) {
            (Some(_), Some(before), Some(after)) => format!(": \"{before}\" to \"{after}\""),
            _ => String::new(),
        };
        text += &format!("        {}{values}\n", cause.message());
    }
    let mut remedies: Vec<&str> = planned.reasons.iter().filter_map(|reason| reason.cause.remedy()).collect();
    remedies.dedup();
    for remedy in remedies {
        text += &format!("        to do: {remedy}\n");
    }
    text
}

fn words(action: Action) -> &'static str {
    match action {
        Action::Keep => "keep",
        Action::Ignored => "keep; not everything is applied",
        Action::Update => "change in place; credentials stay",
        Action::Create => "create, inactive",
        Action::Orphan => "leave as an orphan, with its tokens",
        Action::Reset => "reset: delete and make anew; key, secret and tokens are lost",
        Action::Abort => "stop",
    }
}
