//! What has to be run after files of a module were changed (docs/magento/deploying.md).

use std::collections::BTreeSet;

use super::{Action, Plan, caches};

/// A command of `bin/magento`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpgradeCommand {
    /// `setup:upgrade`: nothing else brings a change of integrations or of the ACL into the database.
    SetupUpgrade,
    /// `setup:di:compile`, in production mode.
    Compile,
    /// `cache:flush`.
    FlushCache,
}

/// A command and the files that ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is to be run.
    pub command: UpgradeCommand,
    /// What stands behind it: the types of `cache:flush`, sorted; all of them if there is none.
    pub arguments: Vec<&'static str>,
    /// The changed files because of which; none if Magento itself changes.
    pub files: Vec<String>,
    /// Whether classes are to be compiled too.
    is_compiled: bool,
}

impl Step {
    /// What an upgrade of Magento needs, whatever the module.
    #[must_use]
    pub fn of_an_upgrade() -> Vec<Self> {
        let step = |command| Self { command, arguments: Vec::new(), files: Vec::new(), is_compiled: true };
        UpgradeCommand::ALL.into_iter().map(step).collect()
    }

    /// The whole command, as it is typed behind `bin/magento`.
    #[must_use]
    pub fn typed(&self) -> String {
        let words = [self.command.as_str()].into_iter().chain(self.arguments.iter().copied());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether it is `setup:upgrade` for a change of etc/integration.xml alone that it does not apply.
    #[must_use]
    pub fn is_in_vain(&self, plan: &Plan) -> bool {
        let is_nothing = |action| matches!(action, Action::Keep | Action::Ignored);
        self.command == UpgradeCommand::SetupUpgrade
            && self.files == ["etc/integration.xml"]
            && plan.integrations.iter().all(|it| is_nothing(it.action()))
    }

    /// Why the files ask for it.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        match self.command {
            _ if self.files.is_empty() => "Magento itself changes",
            UpgradeCommand::SetupUpgrade if self.is_compiled => "nothing else brings it into the database",
            UpgradeCommand::SetupUpgrade => {
                "nothing else brings it into the database; in production --keep-generated spares compiling"
            }
            UpgradeCommand::Compile => "in production mode, and then setup:static-content:deploy",
            UpgradeCommand::FlushCache => "what Magento has cached of it is old",
        }
    }
}

impl UpgradeCommand {
    /// In the order they are run.
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

    /// Whether the file, named from the module's folder, asks for it.
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

/// The commands that changed files ask for, in the order they are to be run; `paths` are named from the module's folder.
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

/// A command of `bin/magento` that is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// As it is typed behind `bin/magento`.
    pub line: String,
    /// The changed files that ask for it, from the module's folder.
    pub files: Vec<String>,
    /// Why they do, or why it is run without any.
    pub why: &'static str,
}

impl From<Step> for Instruction {
    fn from(step: Step) -> Self {
        let why = step.why();
        Self { line: step.typed(), files: step.files, why }
    }
}
