//! `magespec mock` without a further command: serves a shop.

use std::{io::Write, sync::Arc};

use super::{
    answers::AnswerOptions,
    child::ChildCommand,
    environment::environment,
    opened::{Opened, open},
    report::{MockReport, ReportOptions},
    shop_options::ShopOptions,
};
use crate::{
    cli::{
        Outcome,
        output::{error, note, stderr, stdout},
    },
    diag::Failure,
    interrupt,
    mock::{ADMIN, MockShop, http::MockServer},
};

/// Port of a shop that nothing else is started for.
pub(super) const USUAL_PORT: u16 = 8080;

/// Status with which `sh` says that there is no such command.
const NOT_FOUND: u8 = 127;

/// Options of serving.
#[derive(Debug, clap::Args)]
pub(super) struct ServeOptions {
    /// Run a command beside the shop, with its address and credentials in the environment, and end with its exit status, or with 2 if the contract was broken
    #[arg(long, value_name = "COMMAND")]
    run: Option<String>,
    #[command(flatten)]
    report: ReportOptions,
    #[command(flatten)]
    answers: AnswerOptions,
}

pub(super) fn run(shop_options: &ShopOptions, options: &ServeOptions) -> Result<Outcome, Failure> {
    let Opened { mut shop, specs, .. } = open(shop_options)?;
    let recording = match Arc::get_mut(&mut shop) {
        Some(shop) => options.answers.apply(shop)?,
        None => None,
    };
    let address = shop_options.address(if options.run.is_some() { 0 } else { USUAL_PORT })?;
    let server = MockServer::bind(address, shop.clone()).map_err(|error| error.to_string())?;
    interrupt::attend();
    let (mode, version) = (shop_options.mode(), shop.settings.version);
    let title =
        format!("Magento {version} in {mode} mode for {}: http://{}/", specs.join(", "), server.address());
    let served = |result: std::io::Result<()>| {
        result.map_err(|error| Failure::from(format!("the server failed: {error}")))
    };
    let status = match &options.run {
        Some(line) => {
            note(title.as_str())?;
            let variables = environment(&shop, &server.address().to_string());
            let command = ChildCommand::start(line, &variables, !options.report.takes_stdout())?;
            served(server.run(|| command.is_over()))?;
            Some(command.status().map_err(|error| format!("--run: {error}"))?)
        }
        None => {
            let text = credentials(&shop, &title);
            if options.report.takes_stdout() {
                print(&mut stderr(), &text)?;
            } else {
                print(&mut stdout(), &text)?;
            }
            served(server.run(|| interrupt::requested().is_some()))?;
            None
        }
    };
    interrupt::fulfil();
    let contract = shop.contract();
    let run = options.run.as_deref().zip(status);
    let report = MockReport { magento: version.to_string(), specs: &specs, run, contract: &contract };
    options.report.print(&report)?;
    if let Some(recording) = recording {
        recording.finish()?;
    }
    Ok(match run {
        _ if contract.broken && (run.is_some() || shop_options.strict) => Outcome::Differences,
        Some((_, 0)) | None => Outcome::Fine,
        Some((line, status)) => {
            if status == NOT_FOUND && cfg!(unix) {
                error(format!("--run: the shell finds no command for `{line}`"))?;
            }
            Outcome::Ended(status)
        }
    })
}

fn print(stream: &mut impl Write, text: &str) -> Result<(), Failure> {
    write!(stream, "{text}")?;
    Ok(stream.flush()?)
}

/// Credentials of all integrations, for people.
fn credentials(shop: &MockShop, title: &str) -> String {
    let mut text = format!("{title}\n");
    let (consumers, tokens) = shop.rows();
    for (place, consumer) in consumers.iter().enumerate() {
        let token = tokens.iter().find(|token| token.consumer == place);
        let (token, secret) = token.map_or(("none", "none"), |it| (it.token.as_str(), it.secret.as_str()));
        text += &format!(
            "\nintegration          {}\nconsumer key         {}\nconsumer secret      {}\naccess token         {token}\n\
             access token secret  {secret}\n",
            consumer.name, consumer.key, consumer.secret
        );
    }
    text + &format!("\nAdmin user {ADMIN}, password {}\nCtrl-C ends it.\n", shop.settings.password())
}
