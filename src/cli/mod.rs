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
use self::{
    arguments::Deferred,
    output::{print_failure, stderr, stdout},
};
use crate::{diag::Failure, names::Day};

/// Compile one integration.toml into a complete Magento 2 integration module.
///
/// Checks the spec against the Magento releases it targets, and reports what is missing there or behaves unexpectedly, with
/// its location and a fix.
#[derive(Debug, Parser)]
#[command(name = "magespec", version = version::text(), arg_required_else_help = true, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 success, 1 error, 2 differences found (build --check, diff --exit-code, plan --exit-code, changes --exit-code, calls --check, fmt --check, fmt --diff, status, install, mock --strict, mock --run, mock send). mock --run ends with the status of its command."
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
    /// Write a commented integration.toml to start from
    ///
    /// Prompts for missing values if standard input is a terminal. Grants what the given calls and resources need, nothing else.
    /// Also writes the JSON Schema for editors beside the spec. Never overwrites a file, and writes nothing that would not build.
    Init(Deferred<init::Args>),
    /// Check specs against the Magento releases they target
    ///
    /// In a directory with modules but no spec, checks the modules' own files for the releases they appear to target.
    Check(Deferred<check::Args>),
    /// Generate the module that a spec describes
    ///
    /// Never overwrites files that magespec did not write or that were edited since: the build stops and writes nothing.
    Build(Deferred<build::Args>),
    /// Show what `build` would change
    ///
    /// Each generated file is created, changed, deleted, edited by hand, in the way, or unchanged. Ignores files that are
    /// not generated.
    Diff(Deferred<diff::Args>),
    /// Show which integrations Magento will create, keep, reset or orphan
    ///
    /// Compares the spec with the module's files on disk, or with an earlier state, by the rules of setup:upgrade. A reset
    /// deletes an integration and recreates it: its key, secret and tokens are lost.
    Plan(Deferred<plan::Args>),
    /// Write one page for a pull request: plan, access and diff
    ///
    /// Shows what Magento will do with a change, what each integration may do, which permissions and routes it gains and loses, and
    /// the changed lines. README.md and integration.lock are folded.
    Review(Deferred<review::Args>),
    /// List what callers of routes and receivers of webhooks must know of a change
    ///
    /// Compares two states of a spec: routes, their types and deprecations, data, webhook topics and their fields,
    /// permissions and credentials of integrations, and settings whose path others use. What breaks comes first.
    Changes(Deferred<changes::Args>),
    /// Show the ACL tree, or search it
    ///
    /// Searches ids, titles and parent titles for every word, in any order. If nothing matches exactly, similar spellings match
    /// too, and then words are ignored, closest matches first.
    Acl(Deferred<acl::Args>),
    /// List REST routes with the permissions they need
    ///
    /// Searches methods, paths and ids for every word, in any order. Verbs such as create, read, update and remove mean
    /// methods. If nothing matches exactly, similar spellings match too, and then words are ignored, closest matches first. A
    /// path matches its routes with any parameter: /V1/orders/123.
    Routes(Deferred<routes::Args>),
    /// Show each integration's permissions, why it has them, and the routes they open
    ///
    /// Lists the permissions that Magento grants in the releases of the spec's target: those in `resources`, those that
    /// `calls` need, and the ancestors that Magento adds.
    Access(Deferred<access::Args>),
    /// Print a shop's catalog, or compare two
    ///
    /// Prints the ACL, REST routes and modules of the shop at a Magento root, merged as Magento merges them. The output is
    /// sorted and reproducible, so that you can commit it beside a spec: magespec catalog --magento ROOT -o shop.catalog
    Catalog(Deferred<catalog::Args>),
    /// Extract the REST calls from web server logs, as the `calls` of a spec
    ///
    /// Reads the common and combined formats of Apache and nginx, JSON lines, and lists of `METHOD path`. Detects the format
    /// of each line and decompresses gzip. Counts requests to SOAP and GraphQL, and ignores OPTIONS and HEAD. Writes the calls to standard output and a summary of the lines to standard error.
    Calls(Deferred<calls::Args>),
    /// Print an OpenAPI document of the module's own REST routes
    ///
    /// Prints OpenAPI 3.1 as JSON for the caller's tools: paths, parameters, request and response bodies, errors,
    /// credentials, and the ACL resources that each route needs.
    Openapi(Deferred<describe::openapi::Args>),
    /// Print an AsyncAPI document of the module's webhooks
    ///
    /// Prints AsyncAPI 3.0 as JSON for the receiver's tools: the URLs, the fields of each topic, the headers, and the
    /// signature.
    Asyncapi(Deferred<describe::asyncapi::Args>),
    /// Create the integration.toml of an existing module
    ///
    /// Reads etc/module.xml, etc/integration.xml or the legacy pair, etc/acl.xml, registration.php and composer.json, and
    /// reports problems in them. Never overwrites a file.
    Import(Deferred<import::Args>),
    /// Compare a running shop with a spec
    ///
    /// Queries the shop through its own PHP, without changing anything or reading secrets, keys or tokens. Exits with 2 if the
    /// shop differs from the spec; an integration that was never activated is not a difference.
    Status(Deferred<status::Args>),
    /// Install a spec's module in a running shop
    ///
    /// Shows the files to write, the plan of setup:upgrade and the commands to run, and asks for confirmation. Then writes
    /// the files, runs `bin/magento`, and prints the status. Apart from Magento's own commands, writes only to the module's
    /// folder. Exits with 2 if the shop differs from the spec afterwards, for example if an integration has the status "Reset"
    /// and must be re-authorised; exits with 1 if the installation failed.
    Install(Deferred<install::Args>),
    /// Remove a spec's module from a running shop
    ///
    /// Disables the module and removes the files that magespec wrote, according to integration.lock; other files in the module's
    /// folder stay. Magento keeps the integrations, active and with their tokens; the output shows what is left and how to
    /// remove it. Exits with 1 if a step fails, never with 2.
    Uninstall(Deferred<uninstall::Args>),
    /// Restore the credentials of integrations that setup:upgrade reset
    ///
    /// For each integration with the status "Reset", reattaches its earlier consumer if exactly one candidate exists and has a
    /// valid access token. The old key, secret and token then work again, with the new permissions and without
    /// re-authorisation. If the consumer may belong to a deleted integration, lists the candidates and asks, even with --yes.
    /// Never reads or shows a secret. Exits with 1 if an integration keeps the status "Reset".
    Heal(Deferred<heal::Args>),
    /// Show which integrations of a running shop are in use; rotate or activate one
    ///
    /// Lists integrations with the dates of their consumers and tokens, and never prints a secret: --reveal writes them to a
    /// file. A change is shown and confirmed first, is made by Magento's own services in one transaction, and only if the
    /// integration is still as shown.
    Credentials(Deferred<credentials::Args>),
    /// Sign one REST call, to make it with curl or to compare
    ///
    /// Prints the Authorization header that Magento accepts, signed with OAuth 1.0a as the release computes it, which is not what
    /// RFC 5849 says. Secrets come from a file and are never printed.
    Sign(Deferred<sign::Args>),
    /// Explain why Magento refused a REST call, and what to change
    ///
    /// Reads a request with its answer, as a curl command, HTTP text, the output of curl -v, a HAR entry or lines of an access
    /// log, and passes it through the checks of the release: store code, route, OAuth parameters, signature, permission.
    Why(Deferred<why::Args>),
    /// Print the JSON Schema of integration.toml, for editors
    Schema(Deferred<schema::Args>),
    /// Explain a rule, or list all rules
    Explain(Deferred<explain::Args>),
    /// Format specs: spaces, line breaks and blank lines
    ///
    /// Comments, order and values stay as they are written. Lists the files that it changes; standard input is formatted to
    /// standard output.
    Fmt(Deferred<fmt::Args>),
    /// Serve a Magento shop with the routes and permissions of the specs
    ///
    /// Answers REST requests as a shop of the release does in which the modules of the specs are installed: OAuth signatures,
    /// permissions, parameters and errors. Prints the credentials of each integration, and at the end which calls were made.
    Mock(Deferred<mock::Args>),
    /// Serve an editor that speaks the Language Server Protocol
    ///
    /// Reads and writes messages on standard input and output; editors start it. Shows the findings of `check` while you type,
    /// and completes what the catalog and the spec know.
    Lsp(Deferred<lsp::Args>),
    /// Print a shell completion script
    Completions(Deferred<shell::completions::Args>),
    /// Print a manual page, or write all of them
    Man(Deferred<shell::man::Args>),
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
    let run = || {
        Day::check_source_date()?;
        run_command(cli.command)
    };
    run().or_else(print_failure)
}

fn run_command(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Init(Deferred(args)) => init::run(args),
        Command::Check(Deferred(args)) => check::run(&args),
        Command::Build(Deferred(args)) => build::run(&args),
        Command::Diff(Deferred(args)) => diff::run(&args),
        Command::Plan(Deferred(args)) => plan::run(&args),
        Command::Review(Deferred(args)) => review::run(&args),
        Command::Changes(Deferred(args)) => changes::run(&args),
        Command::Acl(Deferred(args)) => acl::run(&args),
        Command::Routes(Deferred(args)) => routes::run(&args),
        Command::Access(Deferred(args)) => access::run(&args),
        Command::Catalog(Deferred(args)) => catalog::run(&args),
        Command::Calls(Deferred(args)) => calls::run(args),
        Command::Openapi(Deferred(args)) => describe::openapi::run(&args),
        Command::Asyncapi(Deferred(args)) => describe::asyncapi::run(&args),
        Command::Import(Deferred(args)) => import::run(&args),
        Command::Status(Deferred(args)) => status::run(&args),
        Command::Install(Deferred(args)) => install::run(&args),
        Command::Uninstall(Deferred(args)) => uninstall::run(&args),
        Command::Heal(Deferred(args)) => heal::run(&args),
        Command::Credentials(Deferred(args)) => credentials::run(&args),
        Command::Sign(Deferred(args)) => sign::run(&args),
        Command::Why(Deferred(args)) => why::run(&args),
        Command::Schema(Deferred(args)) => schema::run(&args),
        Command::Explain(Deferred(args)) => explain::run(&args),
        Command::Fmt(Deferred(args)) => fmt::run(&args),
        Command::Mock(Deferred(args)) => mock::run(&args),
        Command::Lsp(Deferred(args)) => lsp::run(&args),
        Command::Completions(Deferred(args)) => shell::completions::run(&args),
        Command::Man(Deferred(args)) => shell::man::run(&args),
    }
}

/// Reports on standard error, if possible, that the output cannot be written.
pub fn report_unwritable(error: io::Error) {
    let _ = output::error(Failure::Output(error));
}
