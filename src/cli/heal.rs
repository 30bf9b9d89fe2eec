//! `magespec heal`.

use std::{
    io::{self, Write as _},
    str::FromStr,
};

use crate::{
    cli::{
        Outcome,
        live::{Live, choose, confirm},
        output::{note, stdout},
    },
    diag::{Failure, plural},
    magento::{Answer, Exchange, Reset, Spare, certain, resets},
    project::Connection,
};

/// Give integrations that a setup:upgrade reset their earlier credentials back
///
/// For each integration that stands at "Reset": where only one earlier consumer can have been its own, and has a live access
/// token, it is attached again, so that the old key, secret and token work as before, with the new permissions, which nobody
/// authorises again. Where it could be of another integration that is gone, it is listed and you are asked, with --yes too.
/// No secret is read or shown. Exits with 1 if an integration is left at "Reset".
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    live: Live,
    /// Attach this consumer to this integration; may be given several times
    #[arg(long, value_name = "NAME=ID")]
    attach: Vec<Attach>,
    /// Do not ask about what is sure
    #[arg(long)]
    yes: bool,
    /// Change nothing; say what would be attached
    #[arg(long)]
    dry_run: bool,
}

/// `Acme ERP=17`.
#[derive(Debug, Clone)]
struct Attach {
    name: String,
    consumer: u64,
}

impl FromStr for Attach {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.rsplit_once('=').and_then(|(name, id)| Some((name, id.parse().ok()?)));
        let (name, consumer) =
            parsed.ok_or("write the integration's name, `=` and the consumer's id: \"Acme ERP=17\"")?;
        Ok(Self { name: name.to_owned(), consumer })
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let shop = args.live.connect()?;
    let answer = shop.status(None)?;
    args.heal(&shop, &answer)
}

impl Args {
    fn heal(&self, shop: &Connection, answer: &Answer) -> Result<Outcome, Failure> {
        let resets = resets(answer);
        if let Some(wrong) = self.attach.iter().find(|attach| !attach.fits(&resets)) {
            return Err(format!(
                "consumer {} does not fit `{}`: name an integration at \"Reset\" and one of the consumers that \
                 `magespec heal --dry-run` lists for it",
                wrong.consumer, wrong.name
            ).into());
        }
        if resets.is_empty() {
            note("no integration stands at \"Reset\"")?;
            return Ok(Outcome::Fine);
        }
        let exchanges = self.exchanges(&resets)?;
        let left = resets.len() - exchanges.len();
        if exchanges.is_empty() {
            return Err("nothing was attached".into());
        }
        for exchange in &exchanges {
            let reset = resets.iter().find(|reset| reset.row.id == exchange.integration);
            reset.map_or(Ok(()), |reset| tell(reset, exchange))?;
        }
        if self.dry_run {
            note("nothing was changed")?;
            return Ok(Outcome::Fine);
        }
        if !self.yes {
            match confirm(
                "The old credentials then work again, with the permissions of now: those that were added since take effect \
                 without anyone re-authorising them. Go on?",
            )? {
                Some(true) => {}
                Some(false) => return Err("nothing was changed".into()),
                None => {
                    return Err("there is no terminal to ask on; with --yes it is done without asking".into());
                }
            }
        }
        shop.reattach(&exchanges)
            .map_err(|failure| Failure::new(format!("nothing was changed: {failure}")))?;
        for exchange in &exchanges {
            let reset = resets.iter().find(|reset| reset.row.id == exchange.integration);
            let name = reset.map_or("", |reset| reset.row.name.as_str());
            writeln!(stdout(), "{name}: consumer {} is attached again", exchange.earlier)?;
        }
        match left {
            0 => Ok(Outcome::Fine),
            _ => Err(format!("{} left as they are", plural(left, "integration")).into()),
        }
    }

    /// The consumers to attach again.
    ///
    /// # Errors
    /// If nobody can be asked about what is not certain.
    fn exchanges(&self, resets: &[Reset<'_>]) -> Result<Vec<Exchange>, Failure> {
        let mut exchanges = Vec::new();
        let certain = certain(resets);
        for reset in resets {
            let named = self.attach.iter().find(|attach| attach.name == reset.row.name);
            let named = named.and_then(|attach| reset.exchange(attach.consumer));
            let sure = certain.iter().find(|it| it.integration == reset.row.id).copied();
            if let Some(exchange) = named.or(sure) {
                exchanges.push(exchange);
                continue;
            }
            list(reset)?;
            if reset.candidates.is_empty() || self.dry_run {
                continue;
            }
            let question = format!("Which one is to be attached to `{}`?", reset.row.name);
            match choose(&question, reset.candidates.len())? {
                Some(chosen) => {
                    exchanges.extend(chosen.and_then(|at| reset.exchange(reset.candidates[at].id)));
                }
                None if exchanges.is_empty() => {
                    return Err("there is no terminal to ask on; choose with --attach \"NAME=ID\"".into());
                }
                None => {}
            }
        }
        Ok(exchanges)
    }
}

impl Attach {
    fn fits(&self, resets: &[Reset<'_>]) -> bool {
        let reset = resets.iter().find(|reset| reset.row.name == self.name);
        reset.is_some_and(|reset| reset.candidates.iter().any(|spare| spare.id == self.consumer))
    }
}

/// What is going to be attached, and why it is taken for the integration's own.
fn tell(reset: &Reset<'_>, exchange: &Exchange) -> io::Result<()> {
    let mut out = stdout();
    let row = reset.row;
    writeln!(out, "{}: consumer {} is to be attached again", row.name, exchange.earlier)?;
    let Some(spare) = reset.candidates.iter().find(|spare| spare.id == exchange.earlier) else {
        return Ok(());
    };
    writeln!(out, "  integration {} was made anew on {}", row.id, row.created_at)?;
    writeln!(out, "  {}", described(spare))?;
    match reset.own() {
        Some(_) => writeln!(out, "  no other consumer is left that it can have had"),
        None => writeln!(out, "  it was chosen: others are left that it can have had"),
    }
}

/// `consumer 4, made on … for integration 4, which is gone; access token of …`.
fn described(spare: &Spare) -> String {
    let gone = spare.made_for().map_or(String::new(), |id| format!(" for integration {id}, which is gone"));
    let token = match &spare.token_created_at {
        Some(date) => format!("access token of {date}"),
        None => "no live access token".to_owned(),
    };
    format!("consumer {}, made on {}{gone}; {token}", spare.id, spare.created_at)
}

/// The consumers that fit: ids and dates, never secrets.
fn list(reset: &Reset<'_>) -> io::Result<()> {
    let mut out = stdout();
    let row = reset.row;
    if reset.candidates.is_empty() {
        return writeln!(
            out,
            "{}: no earlier consumer has a live access token; authorise it again in System > Extensions > Integrations",
            row.name
        );
    }
    writeln!(
        out,
        "{}: integration {} was made anew on {}; each of these may have been its own, or of an integration that is gone:",
        row.name, row.id, row.created_at
    )?;
    for (number, spare) in reset.candidates.iter().enumerate() {
        writeln!(out, "  {}. {}", number + 1, described(spare))?;
    }
    for spare in &reset.without_token {
        writeln!(out, "  or it had nothing to give back: {}", described(spare))?;
    }
    Ok(())
}
