//! The command line: one file per command.

mod access;
mod acl;
mod arguments;
mod build;
mod calls;
mod catalog;
mod changes;
mod check;
mod credentials;
mod describe;
mod diff;
mod documents;
mod explain;
mod fmt;
mod heal;
mod import;
mod init;
mod install;
mod live;
mod lsp;
mod mock;

mod other_names;
mod output;
mod plan;
mod review;
mod routes;
mod schema;
mod shell;
mod sign;
mod status;
mod uninstall;
mod version;
mod why;

use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{ColorChoice, Parser, Subcommand, error::ErrorKind};

pub use self::documents::{DocumentSchema, document_schemas};
use self::output::{print_failure, stderr, stdout};
use crate::diag::Failure;

/// Compile one integration.toml into a complete Magento 2 integration module.
///
/// Checks the spec against the Magento releases it targets, and reports what is missing there or behaves unexpectedly, with
/// its location and a fix.
#[derive(Debug, Parser)]
#[command(name = "magespec", version = version::text(), arg_required_else_help = true, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 success, 1 error, 2 differences found (build --check, diff --exit-code, plan --exit-code, changes --exit-code, calls --check, fmt --check, fmt --diff, status, install, mock --strict, mock --run). mock --run ends with the status of its command."
)]
pub struct Cli {
    /// Control when to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Check(check::Args),
    Build(build::Args),
    Diff(diff::Args),
    Plan(plan::Args),
    Review(review::Args),
    Changes(changes::Args),
    Acl(acl::Args),
    Routes(routes::Args),
    Access(access::Args),
    Catalog(catalog::Args),
    Calls(calls::Args),
    Openapi(describe::openapi::Args),
    Asyncapi(describe::asyncapi::Args),
    Import(import::Args),
    Status(status::Args),
    Install(install::Args),
    Uninstall(uninstall::Args),
    Heal(heal::Args),
    Credentials(credentials::Args),
    Sign(sign::Args),
    Why(why::Args),
    Schema(schema::Args),
    Explain(explain::Args),
    Fmt(fmt::Args),
    Mock(mock::Args),
    Lsp(lsp::Args),
    Completions(shell::completions::Args),
    Man(shell::man::Args),
}

/// Result of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Success.
    Fine,
    /// Files on disk, a shop or observed calls differ from the spec.
    Differences,
    /// An error, already reported.
    Failed,
    /// A command that ran beside this one ended with another status than 0.
    Ended(u8),
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Failed => Self::FAILURE,
            Outcome::Differences => Self::from(2),
            Outcome::Ended(status) => Self::from(status),
        }
    }
}

/// Runs the command that the arguments ask for.
///
/// # Errors
/// Errors when writing to standard output or standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> io::Result<Outcome> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    output::begin(&arguments);
    match parse_and_run(arguments) {
        Ok(outcome) => output::finish(outcome),
        // A reader that has seen enough is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(error),
        Err(error) => {
            output::note_failure(&Failure::unwritable(&error));
            output::finish(Outcome::Failed)?;
            Err(error)
        }
    }
}

fn parse_and_run(arguments: Vec<OsString>) -> io::Result<Outcome> {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let error = other_names::suggest(error);
            let text = error.render().ansi().to_string();
            if error.use_stderr() {
                output::note_wrong_arguments(&error);
                write!(stderr(), "{text}")?
            } else {
                write!(stdout(), "{text}")?
            }
            return Ok(match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Outcome::Fine,
                _ => Outcome::Failed,
            });
        }
    };
    match cli.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    run_command(cli.command).or_else(print_failure)
}

fn run_command(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Init(args) => init::run(args),
        Command::Check(args) => check::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Changes(args) => changes::run(&args),
        Command::Acl(args) => acl::run(&args),
        Command::Routes(args) => routes::run(&args),
        Command::Access(args) => access::run(&args),
        Command::Catalog(args) => catalog::run(&args),
        Command::Calls(args) => calls::run(args),
        Command::Openapi(args) => describe::openapi::run(&args),
        Command::Asyncapi(args) => describe::asyncapi::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Install(args) => install::run(&args),
        Command::Uninstall(args) => uninstall::run(&args),
        Command::Heal(args) => heal::run(&args),
        Command::Credentials(args) => credentials::run(&args),
        Command::Sign(args) => sign::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Mock(args) => mock::run(&args),
        Command::Lsp(args) => lsp::run(&args),
        Command::Completions(args) => shell::completions::run(&args),
        Command::Man(args) => shell::man::run(&args),
    }
}

/// Reports on standard error, if possible, that the output cannot be written.
pub fn report_unwritable(error: io::Error) {
    let _ = output::error(Failure::Output(error));
}
