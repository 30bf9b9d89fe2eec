//! `magespec init`.

use std::{
    fs::File,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    str::FromStr,
};

use camino::Utf8PathBuf;

use crate::{
    catalog::Constraint,
    cli::{
        Outcome,
        output::{stderr, stdout},
    },
    diag::{Failure, io_reason},
    names::{AclId, Email, IntegrationName, ModuleName, Text},
};

/// Write a commented integration.toml to start from
///
/// Asks for what is not given if standard input is a terminal. Never overwrites a file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    /// The module, such as Acme_ErpBridge
    #[arg(long, value_name = "VENDOR_MODULE")]
    name: Option<ModuleName>,
    /// What the module is for
    #[arg(long, value_name = "TEXT")]
    description: Option<Text>,
    /// The integration, as Admin lists it
    #[arg(long, value_name = "NAME")]
    integration: Option<IntegrationName>,
    /// Its contact address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<Email>,
    /// The Magento releases, as a Composer constraint [default: >=2.4.4 <2.4.9]
    #[arg(long, value_name = "CONSTRAINT")]
    target: Option<Constraint>,
    /// An ACL resource it may use; may be repeated [default: Magento_Sales::actions_view]
    #[arg(long = "resource", value_name = "ID")]
    resources: Vec<AclId>,
}

const DEFAULT_TARGET: &str = ">=2.4.4 <2.4.9";

pub(super) fn run(args: Args) -> Result<Outcome, Failure> {
    let path = args.spec.clone();
    if path == "-" {
        return Err("- is standard input elsewhere; name the file to write".into());
    }
    if path.symlink_metadata().is_ok() {
        return Err(format!("{path} exists; `init` overwrites nothing").into());
    }
    let answers = Answers::gather(args)?;
    let written = File::create_new(&path).and_then(|mut file| file.write_all(answers.render().as_bytes()));
    if let Err(error) = written {
        return Err(Failure::new(match error.kind() {
            io::ErrorKind::NotFound => format!("cannot write {path}: there is no such directory"),
            _ => format!("cannot write {path}: {}", io_reason(&error)),
        }));
    }
    writeln!(stdout(), "wrote {path}; next: magespec check {path}")?;
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
        let name = answer(args.name, "name", "Module, Vendor_Module", None)?;
        let integration_name = format!("{} {}", name.vendor(), name.module());
        let integration =
            answer(args.integration, "integration", "Integration's name in Admin", Some(&integration_name))?;
        let description = format!("Lets {integration} use this shop");
        Ok(Self {
            description: answer(args.description, "description", "What it is for", Some(&description))?,
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
# `magespec schema > schema/integration.schema.json` writes the file that the line above names, for editors.

[module]
name = {name}
description = {description}
version = \"1.0.0\"

[target]
magento = {target} # Composer's constraint syntax; a bare 2.4.7 is that release with its -pN patches

[[integration]]
name = {integration}
email = {email}
# endpoint_url = \"https://…\"       # with both URLs Magento hands the keys over by itself,
# identity_link_url = \"https://…\"  # without them Admin shows them
resources = [ # an id, \"id/**\" for everything below it too, \"Module::*glob*\", \"!id\" to take one out again
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

/// What was given; else, on a terminal, what is answered; else the default.
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
    if !io::stdin().is_terminal() {
        let default = default.and_then(|default| default.parse().ok());
        return default
            .ok_or_else(|| format!("--{flag} is required when standard input is not a terminal").into());
    }
    loop {
        match ask(question, default)?.parse() {
            Ok(answer) => return Ok(answer),
            Err(error) => writeln!(stderr(), "{error}")?,
        }
    }
}

fn ask(question: &str, default: Option<&str>) -> Result<String, Failure> {
    let mut err = stderr();
    match default {
        Some(default) => write!(err, "{question} [{default}]: ")?,
        None => write!(err, "{question}: ")?,
    }
    err.flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(err)?;
        return Err("the input ended before everything was answered; nothing was written".into());
    }
    let answer = line.trim();
    Ok(if answer.is_empty() { default.unwrap_or_default() } else { answer }.to_owned())
}
