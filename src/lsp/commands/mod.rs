//! Commands above a spec, each of which answers with a document. None writes a file.

mod answers;
mod lenses;

pub(super) use answers::run;
pub(super) use lenses::lenses;

/// Command with its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpecCommand {
    Build,
    Diff,
    Plan,
}

impl SpecCommand {
    const ALL: [Self; 3] = [Self::Build, Self::Diff, Self::Plan];

    /// Titles above a spec.
    const fn title(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Diff => "diff",
            Self::Plan => "plan",
        }
    }

    /// Name by which an editor executes it.
    fn name(self) -> String {
        format!("magespec.{}", self.title())
    }

    /// Names of all commands.
    pub(super) fn names() -> Vec<String> {
        Self::ALL.iter().map(|command| command.name()).collect()
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }
}
