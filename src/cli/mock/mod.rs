//! `magespec mock`.

mod activate;
mod address;
mod answers;
mod callee;
mod child;
mod environment;
mod opened;
mod report;
mod send;
mod serve;
mod shop_options;
mod values;

pub(super) use self::{activate::JsonActivation, report::JsonContract, send::JsonTrial};
use self::{serve::ServeOptions, shop_options::ShopOptions};
use crate::{cli::Outcome, diag::Failure};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<MockAction>,
    #[command(flatten)]
    options: ShopOptions,
    #[command(flatten)]
    serving: ServeOptions,
}

/// Commands of the mock besides serving.
#[derive(Debug, clap::Subcommand)]
enum MockAction {
    Activate(Box<activate::Args>),
    Send(send::Args),
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    match &args.action {
        None => serve::run(&args.options, &args.serving),
        Some(MockAction::Activate(args)) => activate::run(args),
        Some(MockAction::Send(args)) => send::run(args),
    }
}
