//! Names of commands in other tools, for people who expect them here.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

const OTHER_NAMES: [(&str, &str); 13] = [
    ("apply", "install"),
    ("compile", "build"),
    ("create", "init"),
    ("deploy", "install"),
    ("generate", "build"),
    ("lint", "check"),
    ("make", "build"),
    ("new", "init"),
    ("permissions", "access"),
    ("remove", "uninstall"),
    ("resources", "acl"),
    ("validate", "check"),
    ("verify", "check"),
];

/// Suggests the command that the first argument probably means: another tool's name of it, or a file to check.
pub(super) fn suggest(mut error: Error) -> Error {
    let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(given))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
    else {
        return error;
    };
    let named = OTHER_NAMES.iter().find(|(other, _)| other == given).map(|(_, name)| (*name).to_owned());
    let of_file = || camino::Utf8Path::new(given).exists().then(|| format!("check {given}"));
    if let Some(name) = named.or_else(of_file) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![name]));
    }
    error
}
