//! Commands as instructions for people, in any deploy mode.

use super::{DeployMode, Needs, ShopCommand, Situation, steps};
use crate::names::{MagentoVersion, ModuleName};

/// `bin/magento` command line with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Command line to type after `bin/magento`.
    pub line: String,
    /// Changed files that need it, from the module's folder.
    pub files: Vec<String>,
    /// Reason for the command.
    pub why: &'static str,
    /// Deploy mode that needs it; none if each does.
    pub mode: Option<DeployMode>,
    /// True if production mode takes it with `--keep-generated`, which `line` lacks.
    pub may_keep_generated: bool,
}

impl Instruction {
    /// Describes a command; `needs` are those of the changed files.
    #[must_use]
    pub fn new(command: &ShopCommand, needs: &Needs) -> Self {
        Self {
            line: command.line(),
            files: command.files(needs).to_vec(),
            why: command.why(needs),
            mode: None,
            may_keep_generated: false,
        }
    }

    /// Deploy mode that needs it, or its option there.
    #[must_use]
    pub const fn condition(&self) -> Option<&'static str> {
        match self.mode {
            Some(DeployMode::Production) => Some("production mode only"),
            Some(DeployMode::Development) => Some("not in production mode"),
            None if self.may_keep_generated => Some("in production mode, add --keep-generated"),
            None => None,
        }
    }

    /// Reason with the condition.
    #[must_use]
    pub fn remark(&self) -> String {
        match self.condition() {
            Some(condition) => format!("{}; {condition}", self.why),
            None => self.why.to_owned(),
        }
    }
}

/// Lists the commands for a shop of any deploy mode.
#[must_use]
pub fn instructions(
    module: &ModuleName,
    version: MagentoVersion,
    is_enabled: bool,
    needs: &Needs,
) -> Vec<Instruction> {
    let situation = |mode| Situation { version, mode, is_enabled, is_closed: false, is_behind: false };
    let mut development = steps(module, situation(DeployMode::Development), needs).into_iter().peekable();
    let production = steps(module, situation(DeployMode::Production), needs);
    let mut all = Vec::new();
    // Both lists are in the same order, and a production shop needs all kinds of commands but setup:upgrade.
    for command in &production {
        let is_compiled = matches!(command, ShopCommand::Compile);
        if let Some(upgrade) =
            development.next_if(|other| is_compiled && matches!(other, ShopCommand::Upgrade { .. }))
        {
            let mode = Some(DeployMode::Development);
            all.push(Instruction { mode, ..Instruction::new(&upgrade, needs) });
        }
        let common = development.next_if(|other| is_alike(other, command));
        let mode = common.is_none().then_some(DeployMode::Production);
        let may_keep_generated = common.as_ref().is_some_and(|common| common != command);
        let instruction = Instruction::new(common.as_ref().unwrap_or(command), needs);
        all.push(Instruction { mode, may_keep_generated, ..instruction });
    }
    all
}

fn is_alike(a: &ShopCommand, b: &ShopCommand) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}
