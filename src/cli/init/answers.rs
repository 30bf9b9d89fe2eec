//! Answers from options, prompts and defaults.

use std::{io::Write as _, str::FromStr};

use super::{Args, grants::Grants};
use crate::{
    catalog::{Catalog, Constraint},
    cli::output::{ask, can_prompt, stderr},
    diag::Failure,
    names::{Call, Edition, Email, IntegrationName, ModuleDirectory, ModuleName, Text},
};

/// Everything that a new spec says.
pub(super) struct Answers {
    pub(super) name: ModuleName,
    pub(super) description: Text,
    pub(super) directory: Option<ModuleDirectory>,
    pub(super) target: Constraint,
    /// True if nobody named the target.
    pub(super) target_is_default: bool,
    pub(super) edition: Option<Edition>,
    pub(super) integration: IntegrationName,
    pub(super) email: Email,
    pub(super) grants: Grants,
}

impl Args {
    /// Returns true if a value is missing that the command prompts for.
    pub(super) fn lacks_answers(&self) -> bool {
        self.name.is_none()
            || self.description.is_none()
            || self.integration.is_none()
            || self.email.is_none()
            || self.target.is_none()
            || self.names_no_grants()
    }

    fn names_no_grants(&self) -> bool {
        self.calls.is_empty() && self.calls_from.is_empty() && self.resources.is_empty()
    }
}

impl Answers {
    /// Takes the given values, prompts for the others on a terminal, and uses defaults elsewhere.
    pub(super) fn gather(mut args: Args, catalog: &Catalog) -> Result<Self, Failure> {
        let asks_for_calls = args.names_no_grants() && can_prompt();
        let name = answer(args.name, "name", "Module name (Vendor_Module)", None)?;
        let integration_name = format!("{} {}", name.vendor(), name.module());
        let integration =
            answer(args.integration, "integration", "Integration name in Admin", Some(&integration_name))?;
        let description = format!("Lets {integration} use this shop");
        let description =
            answer(args.description, "description", "Purpose of the module", Some(&description))?;
        let email = answer(args.email, "email", "Contact e-mail address", None)?;
        let newest = newest_lines(catalog);
        let target = answer(args.target.clone(), "target", "Magento releases", Some(&newest))?;
        if asks_for_calls {
            args.calls = calls()?;
        }
        let grants =
            Grants::of(args.calls, args.resources, (&args.calls_from, args.agent), catalog, &target)?;
        Ok(Self {
            name,
            description,
            directory: args.module_dir,
            target_is_default: args.target.is_none() && target.to_string() == newest,
            target,
            edition: args.edition,
            integration,
            email,
            grants,
        })
    }
}

/// Target from the third newest line of the catalog on, without releases of the next line.
fn newest_lines(catalog: &Catalog) -> String {
    let mut lines: Vec<_> = catalog.releases().iter().map(|release| release.version.with_p(0)).collect();
    lines.dedup();
    match lines.as_slice() {
        [.., first, _, newest] => format!(">={first} <{}", newest.next_release()),
        _ => "*".to_owned(),
    }
}

/// Prompts for calls until an empty answer.
fn calls() -> Result<Vec<Call>, Failure> {
    let mut calls = Vec::new();
    loop {
        let given = ask("REST call, such as GET /V1/orders (Enter to go on):", "--call")?;
        if given.is_empty() {
            return Ok(calls);
        }
        match given.parse() {
            Ok(call) => calls.push(call),
            Err(error) => writeln!(stderr(), "{error}")?,
        }
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
