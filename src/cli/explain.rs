//! `magespec explain`.

use std::io::{self, Write as _};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        arguments::{Format, one_of},
        output::{print_json, stdout},
    },
    diag::{Failure, Family, Level, Rule, nearest_above, render::versioned},
};

/// Minimum similarity of a suggestion: among so many short ids, each resembles some other.
const ALIKE: f64 = 0.9;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id of a rule, such as unknown-resource [default: list all rules]
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let rules = match &args.rule {
        None => Rule::ALL.to_vec(),
        Some(id) => match id.parse::<Rule>() {
            Ok(rule) => vec![rule],
            Err(error) => {
                let near = nearest_above(ALIKE, id, Rule::ALL.iter().map(|rule| rule.id()));
                let hint = near.map_or("run `magespec explain` to list all rules".to_owned(), |id| {
                    format!("did you mean `{id}`?")
                });
                return Err(format!("{error}; {hint}").into());
            }
        },
    };
    let mut out = stdout();
    match (args.format, &args.rule) {
        (Format::Json, _) => print_json(versioned(&document(&rules))),
        (_, Some(_)) => rules.iter().try_for_each(|rule| write!(out, "{}", rule.page()))?,
        (_, None) => list(&mut out, &rules)?,
    }
    Ok(Outcome::Fine)
}

fn list(out: &mut impl io::Write, rules: &[Rule]) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let mut family: Option<Family> = None;
    for rule in rules {
        if family.replace(rule.family()) != Some(rule.family()) {
            writeln!(out, "{bold}{}{bold:#}", rule.family())?;
        }
        let level = rule.level().to_string();
        writeln!(out, "  {:<30} {level:<8} {}", rule.id(), rule.title())?;
    }
    Ok(())
}

/// Rules.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonRules {
    /// The rule that was asked for, or all.
    rules: Vec<JsonRule>,
}

/// Rule.
#[derive(Serialize, JsonSchema)]
struct JsonRule {
    /// Id of the rule.
    id: &'static str,
    /// Family of the rule, as in the list of rules.
    family: String,
    /// Level by default.
    level: Level,
    /// True if `[rules]` can lower the level.
    can_be_relaxed: bool,
    /// Title of its page.
    title: &'static str,
    /// Page of the rule, in Markdown.
    page: &'static str,
}

fn document(rules: &[Rule]) -> JsonRules {
    let rule = |rule: &Rule| JsonRule {
        id: rule.id(),
        family: rule.family().to_string(),
        level: rule.level(),
        can_be_relaxed: rule.can_be_relaxed(),
        title: rule.title(),
        page: rule.page(),
    };
    JsonRules { rules: rules.iter().map(rule).collect() }
}
