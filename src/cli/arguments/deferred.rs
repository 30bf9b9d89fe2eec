//! Arguments that are described when they are needed.

use clap::{ArgMatches, Args, Command, FromArgMatches, builder::Resettable, error::Error};

/// Arguments of a command, described to clap only where they are parsed or printed: a run needs those of one command.
#[derive(Debug)]
pub(in crate::cli) struct Deferred<A>(pub(in crate::cli) A);

impl<A: Args> Args for Deferred<A> {
    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, A::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(|command| described(command, A::augment_args_for_update))
    }
}

impl<A: FromArgMatches> FromArgMatches for Deferred<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        A::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Command with its arguments. It keeps its own description: arguments that several commands share bring theirs.
fn described(command: Command, augment: fn(Command) -> Command) -> Command {
    let (about, long_about) = (command.get_about().cloned(), command.get_long_about().cloned());
    augment(command).about(Resettable::from(about)).long_about(Resettable::from(long_about))
}
