//! `magespec init`.

use std::{
    io::{self, Write as _},
    str::FromStr,
};

use camino::Utf8PathBuf;

use crate::{
    catalog::Constraint,
    cli::{
        Outcome,
        output::{ask, can_prompt, stderr, stdout, waiting},
    },
    diag::Failure,
    names::{AclId, Email, IntegrationName, ModuleName, Text},
    write::{Created, create},
};

/// Write a commented integration.toml to start from
///
/// Prompts for missing values if standard input is a terminal. Never overwrites a file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// File to write
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    /// Module name, such as Acme_ErpBridge
    #[arg(long, value_name = "VENDOR_MODULE")]
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
    /// Magento releases, as a Composer constraint [default: >=2.4.4 <2.4.9]
    #[arg(long, value_name = "CONSTRAINT")]
    target: Option<Constraint>,
    /// ACL resource to grant; may be repeated [default: Magento_Sales::actions_view]
    #[arg(long = "resource", value_name = "ID")]
    resources: Vec<AclId>,
}

impl Args {
    /// Returns true if a value is missing that the command prompts for.
    fn lacks_answers(&self) -> bool {
        self.name.is_none()
            || self.description.is_none()
            || self.integration.is_none()
            || self.email.is_none()
            || self.target.is_none()
    }
}

const DEFAULT_TARGET: &str = ">=2.4.4 <2.4.9";

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
    let answers = Answers::gather(args)?;
    let created =
        create(&path, answers.render().as_bytes(), waiting).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(),
            _ => error.into(),
        })?;
    let wrote = match created {
        Created::New => format!("wrote {path}"),
        Created::Same => format!("{path} is up to date"),
    };
    stdout().line(format_args!("{wrote}; next: magespec check {path}"))?;
    Ok(Outcome::Fine)
}

struct Answers {
    name: ModuleName,
    description: Text,
    integration: IntegrationName,
    email: Email,
    target: String,
    resources: Vec<String>,
}

impl Answers {
    fn gather(args: Args) -> Result<Self, Failure> {
        let name = answer(args.name, "name", "Module name (Vendor_Module)", None)?;
        let integration_name = format!("{} {}", name.vendor(), name.module());
        let integration =
            answer(args.integration, "integration", "Integration name in Admin", Some(&integration_name))?;
        let description = format!("Lets {integration} use this shop");
        Ok(Self {
            description: answer(
                args.description,
                "description",
                "Purpose of the module",
                Some(&description),
            )?,
            email: answer(args.email, "email", "Contact e-mail address", None)?,
            target: answer(args.target, "target", "Magento releases", Some(DEFAULT_TARGET))?.to_string(),
            resources: if args.resources.is_empty() {
                vec!["Magento_Sales::actions_view".to_owned()]
            } else {
                args.resources.iter().map(ToString::to_string).collect()
            },
            name,
            integration,
        })
    }

    fn render(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let resources: String = self.resources.iter().map(|id| format!("  {},\n", quoted(id))).collect();
        format!(
            "#:schema ./schema/integration.schema.json
# For editors: `magespec schema > schema/integration.schema.json` writes the schema named above.

[module]
name = {name}
description = {description}
version = \"1.0.0\"

[target]
magento = {target} # Composer's constraint syntax; a bare 2.4.7 is that release with its -pN patches

[[integration]]
name = {integration}
email = {email}
# endpoint_url = \"https://…\"       # with both URLs, Magento sends the credentials itself;
# identity_link_url = \"https://…\"  # without them, Admin shows the credentials
resources = [ # an id, \"id/**\" to include its descendants, \"Module::*glob*\", or \"!id\" to exclude one
{resources}]
",
            name = quoted(self.name.as_str()),
            description = quoted(self.description.as_str()),
            target = quoted(&self.target),
            integration = quoted(self.integration.as_str()),
            email = quoted(self.email.as_str()),
        )
    }
}

/// Takes the given value, or prompts for it on a terminal, or uses the default.
fn answer<T>(
    given: Option<T>,
    flag: &'static str,
    question: &str,
    default: Option<&str>,
) -> Result<T, Failure>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    if let Some(given) = given {
        return Ok(given);
    }
    let option = format!("--{flag}");
    if let Some(default) = default.filter(|_| !can_prompt()).and_then(|default| default.parse().ok()) {
        return Ok(default);
    }
    let question = match default {
        Some(default) => format!("{question} [{default}]:"),
        None => format!("{question}:"),
    };
    loop {
        let answer = ask(&question, &option)?;
        let answer = if answer.is_empty() { default.unwrap_or_default() } else { &answer };
        match answer.parse() {
            Ok(answer) => return Ok(answer),
            Err(error) => writeln!(stderr(), "{error}")?,
        }
    }
}
