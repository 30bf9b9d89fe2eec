//! `magespec init`.

mod answers;
mod grants;
mod text;

use std::io;

use camino::Utf8PathBuf;

use crate::{
    catalog::{Catalog, Constraint},
    cli::{
        Outcome,
        arguments::editions,
        output::{can_prompt, stdout, waiting, wrote},
        schema,
    },
    compile,
    diag::{Diagnostic, Failure, Level, Source},
    names::{AclId, Call, Edition, Email, IntegrationName, ModuleDirectory, ModuleName, Text},
    project::SPEC_FILE,
    write::{Created, create_with_folder},
};

use answers::Answers;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File to write
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    /// Module name, such as Acme_ErpBridge
    #[arg(long, value_name = "VENDOR_MODULE", value_parser = module_name)]
    name: Option<ModuleName>,
    /// Purpose of the module
    #[arg(long, value_name = "TEXT")]
    description: Option<Text>,
    /// Integration name, as Admin lists it
    #[arg(long, value_name = "NAME")]
    integration: Option<IntegrationName>,
    /// Contact e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<Email>,
    /// Magento releases, as a Composer constraint [default: the three newest lines that magespec knows]
    #[arg(long, alias = "magento", value_name = "CONSTRAINT")]
    target: Option<Constraint>,
    /// Edition of Magento: open-source, commerce or mage-os [default: open-source]
    #[arg(long, value_name = "EDITION", value_parser = editions())]
    edition: Option<Edition>,
    /// Directory that `build` writes the module to, relative to the spec, such as app/code/Acme/ErpBridge [default: the
    /// spec's directory]
    #[arg(long, value_name = "DIR")]
    module_dir: Option<ModuleDirectory>,
    /// REST call that the integration makes, such as "GET /V1/orders"; may be repeated
    #[arg(long = "call", value_name = "CALL")]
    calls: Vec<Call>,
    /// Add the REST calls in an access log, as `magespec calls` finds them; may be repeated
    #[arg(long, value_name = "LOGFILE")]
    calls_from: Vec<Utf8PathBuf>,
    /// Count only requests in the logs whose user agent contains TEXT, ignoring case; may be repeated
    #[arg(long, value_name = "TEXT", requires = "calls_from")]
    agent: Vec<String>,
    /// ACL resource to grant beside those that the calls need; may be repeated
    #[arg(long = "resource", value_name = "ID")]
    resources: Vec<AclId>,
}

pub(super) fn run(args: Args) -> Result<Outcome, Failure> {
    let path = args.spec.clone();
    if path == "-" {
        return Err("`init` cannot write to standard input; name the file to write".into());
    }
    let exists = || Failure::new(format!("{path} exists; `init` does not overwrite files"));
    // Nobody answers questions in vain. Without any, the file may be that of the same command, interrupted.
    if path.symlink_metadata().is_ok() && can_prompt() && args.lacks_answers() {
        return Err(exists());
    }
    let catalog = Catalog::bundled();
    let answers = Answers::gather(args, catalog)?;
    let text = answers.render();
    refuse_errors(Source::new(path.as_str(), text.as_str()), catalog)?;
    let created =
        create_with_folder(&path, text.as_bytes(), waiting).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists if error.path() == path => exists(),
            _ => error.into(),
        })?;
    let schema = schema::write_beside(&path)?;
    let wrote = match created {
        Created::New => wrote(&path, schema),
        Created::Same => format!("{path} is up to date"),
    };
    let mut out = stdout();
    if answers.target_is_default {
        out.line(format_args!("target: {}, the three newest lines that magespec knows", answers.target))?;
    }
    if answers.grants.is_empty() {
        out.line("the integration has no permissions yet: list its REST calls in `calls`")?;
    }
    out.line(format_args!("{wrote}; next: magespec check {path}"))?;
    Ok(Outcome::Fine)
}

/// Refuses answers that make a spec with errors, such as a call that no release has.
fn refuse_errors(spec: Source, catalog: &Catalog) -> Result<(), Failure> {
    let report = compile(spec, catalog).report;
    let errors = report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
    let mut lines: Vec<String> = errors.map(Diagnostic::text).collect();
    if lines.is_empty() {
        return Ok(());
    }
    lines.push(format!("{} was not written", report.source.name));
    Err(Failure::of_text(lines.join("\n")))
}

/// Parses a module name; the error says what it consists of.
fn module_name(text: &str) -> Result<ModuleName, String> {
    ModuleName::new(text).map_err(|error| {
        format!("{error}: two parts joined by `_`, each a capital and at least one more letter or digit")
    })
}
