//! What is to be run for a plan to take effect.

use crate::{
    magento::{self, Cause, Condition, Health, Mode, Needs, Presence, Situation},
    plan::{self, Action, Plan},
    project::Installed,
};

/// A command of `bin/magento` that is to be run.
pub(in crate::cli) struct Command {
    /// As it is typed behind `bin/magento`.
    pub(super) line: String,
    /// The changed files that ask for it, from the module's folder.
    pub(super) files: Vec<String>,
    /// Why they do, or why it is run without any.
    pub(super) why: &'static str,
}

impl From<plan::Step> for Command {
    fn from(step: plan::Step) -> Self {
        let why = step.why();
        Self { line: step.typed(), files: step.files, why }
    }
}

impl Command {
    /// A command in a shop; `asked` is what the changed files ask for.
    pub(super) fn in_shop(step: &magento::Step, asked: &[plan::Step]) -> Self {
        use magento::Step;
        let (wanted, why) = match step {
            Step::Close => (None, "customers are not to see what is half done"),
            Step::Open => (None, "it was closed for this alone"),
            Step::Enable(_) | Step::Disable(_) => (None, "the module is not enabled"),
            Step::Upgrade { .. } => {
                (Some(plan::Command::SetupUpgrade), "nothing else brings it into the database")
            }
            Step::Compile => (Some(plan::Command::Compile), "production mode generates nothing by itself"),
            Step::Deploy => (None, "setup:upgrade empties pub/static"),
            Step::Flush => (Some(plan::Command::FlushCache), "what Magento has cached of it is old"),
        };
        let asking = asked.iter().find(|asks| Some(asks.command) == wanted);
        let files = asking.map(|asks| asks.files.clone()).unwrap_or_default();
        let is_behind = files.is_empty() && matches!(step, Step::Upgrade { .. });
        let why = if is_behind {
            "the database is behind the module's files, or code is generated anew"
        } else {
            why
        };
        Self { line: step.arguments().join(" "), files, why }
    }
}

/// The steps; none where the first of them stops.
pub(super) fn unless_stopped<T>(plan: &Plan, steps: Vec<T>) -> Vec<T> {
    let is_stopped = plan.integrations.iter().any(|it| it.action() == Action::Abort);
    if is_stopped { Vec::new() } else { steps }
}

/// Whether it is `setup:upgrade` for a change of etc/integration.xml alone that it does not apply.
pub(super) fn is_in_vain(plan: &Plan, step: &plan::Step) -> bool {
    let is_nothing = |action| matches!(action, Action::Keep | Action::Ignored);
    step.command == plan::Command::SetupUpgrade
        && step.files == ["etc/integration.xml"]
        && plan.integrations.iter().all(|it| is_nothing(it.action()))
}

/// What the changed files ask for, and what is run for it in a shop, in its mode. None of the second where its release is
/// no version.
pub(super) fn in_shop(
    installed: &Installed,
    changed: &[&str],
    plan: &Plan,
) -> (Vec<plan::Step>, Vec<magento::Step>) {
    let Installed { module, shop, .. } = installed;
    let asked: Vec<_> = plan::steps(changed).into_iter().filter(|step| !is_in_vain(plan, step)).collect();
    let asks = |command: plan::Command| asked.iter().any(|step| step.command == command);
    let Ok(version) = shop.magento.version.parse() else { return (asked, Vec::new()) };
    let situation = Situation {
        version,
        mode: Mode::from(shop.magento.mode.as_str()),
        is_enabled: shop
            .module
            .as_ref()
            .is_some_and(|state| state.path.is_some() && state.enabled == Some(true)),
        is_closed: shop.magento.maintenance,
        needs: Needs {
            upgrade: is_behind(&Health::of(module, shop)) || asks(plan::Command::SetupUpgrade),
            compile: asks(plan::Command::Compile),
            flush: asks(plan::Command::FlushCache),
        },
    };
    let steps = unless_stopped(plan, magento::steps(&module.name, situation));
    (asked, steps)
}

/// Whether the database does not have what the files in the shop say.
fn is_behind(health: &Health<'_>) -> bool {
    let is_missing = |condition| matches!(condition, Condition::Missing | Condition::Manual);
    health.presence == Presence::Waiting
        || health
            .integrations
            .iter()
            .any(|it| is_missing(it.condition) || it.drift.iter().any(|drift| drift.cause == Cause::Database))
}
