//! Names of commands in other tools, for people who expect them here.

use clap::{
    Command, CommandFactory as _,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};

use super::Cli;
use crate::diag::nearest;

const OTHER_NAMES: [(&str, &str); 15] = [
    ("apply", "install"),
    ("compile", "build"),
    ("create", "init"),
    ("deploy", "install"),
    ("format", "fmt"),
    ("generate", "build"),
    ("lint", "check"),
    ("make", "build"),
    ("new", "init"),
    ("permissions", "access"),
    ("remove", "uninstall"),
    ("resources", "acl"),
    ("update", "build"),
    ("validate", "check"),
    ("verify", "check"),
];

/// Options of other tools and commands: what was written, and what to do.
const OTHER_OPTIONS: [(&[&str], &str); 11] = [
    (
        &["--strict", "--deny-warnings", "--fail-on-warnings", "--max-warnings"],
        "use '--deny warnings' of check and build",
    ),
    (&["--release", "--magento-version", "--target"], "the target of a spec is `magento` below [target]"),
    (&["-n", "--noop", "--dryrun"], "use '--dry-run', if the command has it, or 'diff'"),
    (&["-o", "--output", "--output-dir"], "use '--out DIR'"),
    (&["-f"], "use '--force FILE' of build, or '--format FORMAT'"),
    (&["-v", "-V", "--verbose"], "use '--version', or 'explain RULE' to read more about a finding"),
    (&["--explain"], "run 'magespec explain RULE'"),
    (&["--json"], "use '--format json', if the command has it"),
    (&["--fix"], "`check --format json` has the fixes; editors apply them"),
    (&["--search", "--query", "--grep"], "write the words without an option, in any order"),
    (&["--method"], "write the method before the path or the words: routes GET orders"),
];

/// Replaces the tip for an unknown option, if another tool has it.
fn explain_option(mut error: Error) -> Error {
    let (ErrorKind::UnknownArgument, Some(ContextValue::String(given))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    else {
        return error;
    };
    let given = given.split('=').next().unwrap_or_default();
    let known = OTHER_OPTIONS.iter().find(|(names, _)| names.contains(&given)).map(|(_, help)| *help);
    let is_option = given.starts_with('-');
    let has_similar = error.get(ContextKind::SuggestedArg).is_some();
    if let Some(help) = known {
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![help.into()]));
    } else if is_option && !has_similar {
        // No argument of magespec starts with a dash.
        error.remove(ContextKind::Suggested);
    }
    error
}

/// Adds what was probably meant to an error in the arguments.
pub(super) fn suggest(error: Error) -> Error {
    explain_option(suggest_command(error))
}

/// Suggests the command that the first argument probably means: another tool's name of it, or a file to check, or
/// the nearest name.
fn suggest_command(mut error: Error) -> Error {
    let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(given))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
    else {
        return error;
    };
    let named = OTHER_NAMES.iter().find(|(other, _)| other == given).map(|(_, name)| (*name).to_owned());
    let of_file = || camino::Utf8Path::new(given).exists().then(|| format!("check {given}"));
    let near = || {
        let cli = Cli::command();
        nearest(given, cli.get_subcommands().map(Command::get_name)).map(str::to_owned)
    };
    if let Some(name) = named.or_else(of_file).or_else(near) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![name]));
    }
    error
}
