//! `magespec mock` without a further command: serves a shop.

use std::{collections::BTreeMap, io::Write, sync::Arc};

use super::{
    answers::AnswerOptions,
    child::ChildCommand,
    environment::environment,
    opened::{Opened, open},
    report::{MockReport, ReportOptions},
    shop_options::ShopOptions,
    values::{GivenSecrets, in_lines},
};
use crate::{
    cli::{
        Outcome,
        output::{error, note, stderr, stdout, warn},
    },
    diag::Failure,
    interrupt,
    mock::{ADMIN, MockShop},
    oauth::without_secrets,
};

/// Port of a shop that nothing else is started for.
pub(super) const USUAL_PORT: u16 = 8080;

/// Status with which `sh` says that there is no such command.
const NOT_FOUND: u8 = 127;

/// Options of serving.
#[derive(Debug, clap::Args)]
pub(super) struct ServeOptions {
    /// Run a command beside the shop, with its address and credentials in the environment, and exit with its status, or with 2 if the contract was broken
    #[arg(long, value_name = "COMMAND")]
    run: Option<String>,
    #[command(flatten)]
    report: ReportOptions,
    #[command(flatten)]
    answers: AnswerOptions,
}

pub(super) fn run(shop_options: &ShopOptions, options: &ServeOptions) -> Result<Outcome, Failure> {
    options.report.check()?;
    if options.run.as_ref().is_some_and(|line| line.trim().is_empty()) {
        return Err("--run: the command is empty; write `--run \"npm test\"`".into());
    }
    let Opened { mut shop, specs, given, .. } = open(shop_options)?;
    for (place, given) in given.iter().filter(|(_, given)| !given.has_tokens) {
        let name = shop.credentials().into_iter().nth(*place).and_then(|it| it.integration);
        warn(format!(
            "{}: \"{}\" has no access_token; the mock accepts a generated one",
            given.file,
            name.unwrap_or_default()
        ))?;
    }
    let recording = options.answers.apply(&mut shop)?;
    let shop = Arc::new(shop);
    let server = shop_options.listen(if options.run.is_some() { 0 } else { USUAL_PORT }, &shop)?;
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
            let variables = environment(&shop, server.address())?;
            let command = ChildCommand::start(line, &variables, !options.report.takes_stdout())?;
            served(server.run(|| command.is_over()))?;
            Some(command.status().map_err(|error| format!("--run: {error}"))?)
        }
        None => {
            let text = credentials(&shop, &given, &title);
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
    let line = options.run.as_deref().map(without_secrets);
    let run = line.as_deref().zip(status);
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
fn credentials(shop: &MockShop, given: &BTreeMap<usize, GivenSecrets>, title: &str) -> String {
    let mut text = format!("{title}\n");
    for (place, credentials) in shop.credentials().into_iter().enumerate() {
        let name = credentials.integration.unwrap_or_default();
        let lines = in_lines(&credentials.secrets, given.get(&place));
        text += &format!("\nintegration          {name}\n{lines}");
    }
    text + &format!("\nAdmin user {ADMIN}, password {}\nPress Ctrl-C to stop.\n", shop.settings.password())
}
