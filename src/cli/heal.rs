//! `magespec heal`.

use std::{
    io::{self, Write as _},
    str::FromStr,
};

use crate::{
    cli::{
        Outcome,
        live::Live,
        output::{can_prompt, choose, confirm, note, stdout},
    },
    diag::{Failure, plural},
    interrupt,
    magento::{Answer, Exchange, Reset, Spare, certain, resets},
    project::Connection,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    live: Live,
    /// Attach consumer ID to integration NAME; may be repeated
    #[arg(long, value_name = "NAME=ID")]
    attach: Vec<Attach>,
    /// Skip the confirmation of unambiguous matches
    #[arg(long)]
    yes: bool,
    /// Show what would be attached without changing anything
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
            parsed.ok_or("expected NAME=ID, an integration's name and a consumer's id: \"Acme ERP=17\"")?;
        Ok(Self { name: name.to_owned(), consumer })
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let shop = args.live.connect()?;
    let names: Vec<String> = args.attach.iter().map(|attach| attach.name.clone()).collect();
    let answer = shop.status(None, &names)?;
    args.heal(&shop, &answer)
}

impl Args {
    fn heal(&self, shop: &Connection, answer: &Answer) -> Result<Outcome, Failure> {
        let resets = resets(answer);
        if let Some(wrong) = self.attach.iter().find(|attach| !attach.fits(&resets, answer)) {
            return Err(format!(
                "consumer {} is not a candidate for `{}`: name an integration with the status \"Reset\" and one of the consumers \
                 that `magespec heal --dry-run` lists for it",
                wrong.consumer, wrong.name
            ).into());
        }
        if resets.is_empty() {
            note("no integration has the status \"Reset\"")?;
            return Ok(Outcome::Fine);
        }
        let exchanges = self.exchanges(&resets, answer)?;
        let left = resets.len() - exchanges.len();
        if exchanges.is_empty() {
            return Err("nothing was attached".into());
        }
        for exchange in &exchanges {
            let reset = resets.iter().find(|reset| reset.row.id == exchange.integration);
            reset.map_or(Ok(()), |reset| print(reset, exchange))?;
        }
        if self.dry_run {
            note("nothing was changed")?;
            return Ok(Outcome::Fine);
        }
        let question = "The old credentials will work again, with the current permissions: newly added ones take effect \
                        without re-authorisation. Continue?";
        if !self.yes && !confirm(question, "--yes")? {
            return Err("nothing was changed".into());
        }
        interrupt::attend();
        shop.reattach(&exchanges).map_err(|failure| {
            Failure::of_text(format!("{failure}\n`magespec heal --dry-run` shows what is left to reattach"))
        })?;
        for exchange in &exchanges {
            let reset = resets.iter().find(|reset| reset.row.id == exchange.integration);
            let name = reset.map_or("", |reset| reset.row.name.as_str());
            stdout().line(format_args!("{name}: consumer {} is reattached", exchange.earlier))?;
        }
        match left {
            0 => Ok(Outcome::Fine),
            _ => Err(format!("{} not healed", plural(left, "integration")).into()),
        }
    }

    /// Picks the consumers to reattach.
    ///
    /// # Errors
    /// Ambiguous candidates without a terminal to ask on.
    fn exchanges(&self, resets: &[Reset<'_>], answer: &Answer) -> Result<Vec<Exchange>, Failure> {
        let mut exchanges = Vec::new();
        let certain = certain(resets);
        for reset in resets {
            let named = self.attach.iter().find(|attach| answer.are_same(&attach.name, &reset.row.name));
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
            let question = format!("Which consumer should be attached to `{}`?", reset.row.name);
            if !can_prompt() && !exchanges.is_empty() {
                continue;
            }
            let chosen = choose(&question, reset.candidates.len(), "--attach \"NAME=ID\"")?;
            exchanges.extend(chosen.and_then(|at| reset.exchange(reset.candidates[at].id)));
        }
        Ok(exchanges)
    }
}

impl Attach {
    fn fits(&self, resets: &[Reset<'_>], answer: &Answer) -> bool {
        let reset = resets.iter().find(|reset| answer.are_same(&reset.row.name, &self.name));
        reset.is_some_and(|reset| reset.candidates.iter().any(|spare| spare.id == self.consumer))
    }
}

/// Shows the consumer to reattach and why it is considered the integration's own.
fn print(reset: &Reset<'_>, exchange: &Exchange) -> io::Result<()> {
    let mut out = stdout();
    let row = reset.row;
    out.line(format_args!("{}: consumer {} will be reattached", row.name, exchange.earlier))?;
    let Some(spare) = reset.candidates.iter().find(|spare| spare.id == exchange.earlier) else {
        return Ok(());
    };
    out.line(format_args!("  integration {} was recreated on {}", row.id, row.created_at))?;
    out.line(format_args!("  {}", described(spare)))?;
    match reset.own() {
        Some(_) => out.line(format_args!("  it is the only candidate")),
        None => out.line(format_args!("  chosen from several candidates")),
    }
}

/// `consumer 4, created on … for integration 4, now deleted; access token from …`.
fn described(spare: &Spare) -> String {
    let gone = spare.made_for().map_or(String::new(), |id| format!(" for integration {id}, now deleted"));
    let token = match &spare.token_created_at {
        Some(date) => format!("access token from {date}"),
        None => "no valid access token".to_owned(),
    };
    format!("consumer {}, created on {}{gone}; {token}", spare.id, spare.created_at)
}

/// Lists the candidates: ids and dates, never secrets.
fn list(reset: &Reset<'_>) -> io::Result<()> {
    let mut out = stdout();
    let row = reset.row;
    if reset.candidates.is_empty() {
        return writeln!(
            out,
            "{}: no earlier consumer has a valid access token; re-authorise it in System > Extensions > Integrations",
            row.name
        );
    }
    writeln!(
        out,
        "{}: integration {} was recreated on {}; each of these consumers may be its own or belong to a deleted integration:",
        row.name, row.id, row.created_at
    )?;
    for (number, spare) in reset.candidates.iter().enumerate() {
        out.line(format_args!("  {}. {}", number + 1, described(spare)))?;
    }
    for spare in &reset.without_token {
        out.line(format_args!(
            "  its own consumer may have no valid token to restore: {}",
            described(spare)
        ))?;
    }
    Ok(())
}
