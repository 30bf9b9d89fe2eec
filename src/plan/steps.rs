//! Commands to run after files of a module changed (docs/magento/deploying.md).

use std::collections::BTreeSet;

use super::{Action, Plan, caches};

/// `bin/magento` command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpgradeCommand {
    /// `setup:upgrade`: nothing else brings a change of integrations or of the ACL into the database.
    SetupUpgrade,
    /// `setup:di:compile`, in production mode.
    Compile,
    /// `cache:flush`.
    FlushCache,
}

/// Command with the files that need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Command to run.
    pub command: UpgradeCommand,
    /// Arguments: the types for `cache:flush`, sorted; empty for all types.
    pub arguments: Vec<&'static str>,
    /// Changed files that need it; empty if Magento itself changed.
    pub files: Vec<String>,
    /// True if classes must be compiled too.
    is_compiled: bool,
}

impl Step {
    /// Commands for an upgrade of Magento, for any module.
    #[must_use]
    pub fn of_an_upgrade() -> Vec<Self> {
        let step = |command| Self { command, arguments: Vec::new(), files: Vec::new(), is_compiled: true };
        UpgradeCommand::ALL.into_iter().map(step).collect()
    }

    /// Command line to type after `bin/magento`.
    #[must_use]
    pub fn typed(&self) -> String {
        let words = [self.command.as_str()].into_iter().chain(self.arguments.iter().copied());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns true for a `setup:upgrade` that only covers a change of etc/integration.xml that it does not apply.
    #[must_use]
    pub fn is_in_vain(&self, plan: &Plan) -> bool {
        let is_nothing = |action| matches!(action, Action::Keep | Action::Ignored);
        self.command == UpgradeCommand::SetupUpgrade
            && self.files == ["etc/integration.xml"]
            && plan.integrations.iter().all(|it| is_nothing(it.action()))
    }

    /// Reason why the files need it.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        match self.command {
            _ if self.files.is_empty() => "Magento itself changed",
            UpgradeCommand::SetupUpgrade if self.is_compiled => "applies it to the database",
            UpgradeCommand::SetupUpgrade => {
                "applies it to the database; in production mode, add --keep-generated to skip compiling"
            }
            UpgradeCommand::Compile => "in production mode, followed by setup:static-content:deploy",
            UpgradeCommand::FlushCache => "clears outdated cache entries",
        }
    }
}

impl UpgradeCommand {
    /// All commands in execution order.
    const ALL: [Self; 3] = [Self::SetupUpgrade, Self::Compile, Self::FlushCache];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SetupUpgrade => "setup:upgrade",
            Self::Compile => "setup:di:compile",
            Self::FlushCache => "cache:flush",
        }
    }

    /// Returns true if the file, named from the module's folder, needs it.
    fn is_for(self, path: &str) -> bool {
        let is_php = path.ends_with(".php") && path != "registration.php" && !path.starts_with("Test/");
        match self {
            Self::SetupUpgrade => {
                matches!(
                    path,
                    "registration.php"
                        | "etc/module.xml"
                        | "etc/integration.xml"
                        | "etc/acl.xml"
                        | "etc/db_schema.xml"
                ) || path.starts_with("etc/integration/")
                    || path.starts_with("Setup/")
            }
            Self::Compile => is_php || path.ends_with("di.xml"),
            Self::FlushCache => !caches::types(path).is_empty(),
        }
    }
}

/// Lists the commands that changed files need, in execution order; `paths` are named from the module's folder.
#[must_use]
pub fn steps(paths: &[&str]) -> Vec<Step> {
    let is_compiled = paths.iter().any(|path| UpgradeCommand::Compile.is_for(path));
    let steps = UpgradeCommand::ALL.into_iter().map(|command| {
        let files: Vec<&str> = paths.iter().copied().filter(|path| command.is_for(path)).collect();
        let types: BTreeSet<&str> = match command {
            UpgradeCommand::FlushCache => {
                files.iter().flat_map(|path| caches::types(path)).copied().collect()
            }
            UpgradeCommand::SetupUpgrade | UpgradeCommand::Compile => BTreeSet::new(),
        };
        let files = files.into_iter().map(str::to_owned).collect();
        Step { command, arguments: types.into_iter().collect(), files, is_compiled }
    });
    steps.filter(|step| !step.files.is_empty()).collect()
}

/// `bin/magento` command line with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Command line to type after `bin/magento`.
    pub line: String,
    /// Changed files that need it, from the module's folder.
    pub files: Vec<String>,
    /// Reason for the command.
    pub why: &'static str,
}

impl From<Step> for Instruction {
    fn from(step: Step) -> Self {
        let why = step.why();
        Self { line: step.typed(), files: step.files, why }
    }
}
