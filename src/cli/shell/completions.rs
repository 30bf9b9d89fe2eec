//! `magespec completions`.

use clap::{CommandFactory as _, builder::PossibleValuesParser};
use clap_complete::Shell;

use crate::{
    cli::{Cli, Outcome, arguments::OutputFile},
    diag::{Failure, Rule},
};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Shell to complete for
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    output: OutputFile,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Failure> {
    // clap_complete ends the process where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    // The command itself takes any text, to suggest the rule that was meant.
    let rules = PossibleValuesParser::new(Rule::ALL.iter().map(|rule| rule.id()));
    let mut magespec = Cli::command();
    magespec.build();
    let mut magespec = magespec
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |rule| rule.value_parser(rules)));
    clap_complete::generate(args.shell, &mut magespec, "magespec", &mut script);
    if args.shell == Shell::Fish {
        // clap_complete lists no values of arguments without an option for fish.
        let rules: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        let condition = "__fish_magespec_using_subcommand explain";
        let line = format!("complete -c magespec -n \"{condition}\" -f -a \"{}\"\n", rules.join(" "));
        script.extend(line.into_bytes());
    }
    args.output.write(&script)?;
    Ok(Outcome::Fine)
}
