//! `magespec credentials`.

mod human;
mod intent;
mod json;

use camino::Utf8PathBuf;

use self::intent::{Intended, Intent};
pub(super) use self::json::JsonCredentials;
use crate::{
    cli::{
        Outcome,
        arguments::{Format, one_of},
        live::Live,
        output::{confirm, note, print_json, stdout},
    },
    diag::{Failure, did_you_mean, nearest, render::versioned},
    interrupt,
    magento::{CredentialsRow, ShopCredentials},
    project::Connection,
    write::PrivateFile,
};

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change"))]
pub(super) struct Args {
    #[command(flatten)]
    live: Live,
    /// List only this integration
    #[arg(long, value_name = "NAME", conflicts_with = "change")]
    integration: Option<String>,
    /// Create an access token and activate an integration without handshake, as Admin does
    #[arg(long, value_name = "NAME", group = "change", help_heading = "Changes")]
    activate: Option<String>,
    /// Create a second access token beside the first, which stays valid until --finish; needs --reveal
    #[arg(long, value_name = "NAME", group = "change", help_heading = "Changes", requires = "reveal")]
    rotate: Option<String>,
    /// With --rotate: replace consumer key and secret instead, and keep the token; the old ones stop working at once
    #[arg(long, requires = "rotate", help_heading = "Changes")]
    in_place: bool,
    /// Delete the old access token after --rotate
    #[arg(long, value_name = "NAME", group = "change", help_heading = "Changes")]
    finish: Option<String>,
    /// Delete the new access token after --rotate; the old one stays
    #[arg(long, value_name = "NAME", group = "change", help_heading = "Changes")]
    cancel: Option<String>,
    /// Write keys, tokens and their secrets as JSON to FILE, a new file that only you can read (mode 0600); all integrations
    /// of the list, or the changed one
    #[arg(long, value_name = "FILE")]
    reveal: Option<Utf8PathBuf>,
    /// Skip the confirmation
    #[arg(long)]
    yes: bool,
    /// Show the change without making it
    #[arg(long)]
    dry_run: bool,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if args.reveal.as_ref().is_some_and(|path| path == "-") {
        return Err("secrets are written to a file only: --reveal FILE".into());
    }
    let shop = args.live.connect()?;
    let listed = shop.credentials(&[])?;
    match args.intent() {
        None => args.list(&shop, listed),
        Some((intent, name)) => {
            let row = find(&listed, name)?;
            args.change(&shop, &listed, Intended::of(intent, row)?)
        }
    }
}

impl Args {
    fn intent(&self) -> Option<(Intent, &str)> {
        let rotate = if self.in_place { Intent::ReplaceKey } else { Intent::Rotate };
        let all = [
            (Intent::Activate, &self.activate),
            (rotate, &self.rotate),
            (Intent::Finish, &self.finish),
            (Intent::Cancel, &self.cancel),
        ];
        all.into_iter().find_map(|(intent, name)| Some((intent, name.as_deref()?)))
    }

    fn list(&self, shop: &Connection, mut listed: ShopCredentials) -> Result<Outcome, Failure> {
        if let Some(name) = &self.integration {
            let id = find(&listed, name)?.id;
            listed.integrations.retain(|row| row.id == id);
            listed.unused.clear();
        }
        if let Some(path) = &self.reveal {
            let ids: Vec<u64> = listed.integrations.iter().map(|row| row.id).collect();
            let file = PrivateFile::create(path)?;
            let revealed = shop.credentials(&ids)?;
            file.write(json::secrets(&revealed).as_bytes())?;
        }
        self.print(&listed, None)?;
        if let Some(path) = &self.reveal {
            note(format!("the secrets are in {path}"))?;
        }
        Ok(Outcome::Fine)
    }

    fn change(
        &self,
        shop: &Connection,
        listed: &ShopCredentials,
        intended: Intended<'_>,
    ) -> Result<Outcome, Failure> {
        if self.format == Format::Human {
            let mut out = stdout();
            intended.lines().iter().try_for_each(|line| out.line(line))?;
        }
        if self.dry_run {
            if self.format == Format::Json {
                self.print(listed, None)?;
            }
            note("nothing was changed")?;
            return Ok(Outcome::Fine);
        }
        if !self.yes && !confirm(intended.question(), "--yes")? {
            return Err("nothing was changed".into());
        }
        // A file that cannot be created is found before the change.
        let file = self.reveal.as_ref().map(|path| PrivateFile::create(path)).transpose()?;
        let revealed: Vec<u64> = file.iter().map(|_| intended.row.id).collect();
        interrupt::attend();
        let change = intended.change();
        let after = shop.change_credentials(&change, &revealed).map_err(|failure| {
            Failure::of_text(format!("{failure}\n`magespec credentials` shows the state that the shop is in"))
        })?;
        if let Some(file) = file {
            file.write(json::secrets(&after).as_bytes())
                .map_err(|error| Failure::of_text(format!("{error}; {}", intended.if_unwritten())))?;
        }
        self.print(&after, Some(&intended))?;
        if let (Some(path), Format::Human) = (&self.reveal, self.format) {
            note(format!("the secrets are in {path}: hand them over, then delete the file"))?;
        }
        Ok(Outcome::Fine)
    }

    fn print(&self, listed: &ShopCredentials, done: Option<&Intended<'_>>) -> Result<(), Failure> {
        match (self.format, done) {
            (Format::Json, _) => print_json(versioned(&json::document(listed, done))),
            (_, Some(done)) => done.outcome().iter().try_for_each(|line| stdout().line(line))?,
            (_, None) => human::print(&mut stdout(), listed)?,
        }
        Ok(())
    }
}

/// Finds an integration by its name.
///
/// # Errors
/// Unknown name.
fn find<'s>(listed: &'s ShopCredentials, name: &str) -> Result<&'s CredentialsRow, Failure> {
    let found = listed.integrations.iter().find(|row| row.name == name);
    found.ok_or_else(|| {
        let names = || listed.integrations.iter().map(|row| row.name.as_str());
        let near = did_you_mean(nearest(name, names()).as_slice());
        let all = || match names().map(|name| format!("\"{name}\"")).collect::<Vec<_>>() {
            all if all.is_empty() => "it has none".to_owned(),
            all => format!("it has {}", all.join(", ")),
        };
        format!("the shop has no integration `{name}`; {}", near.unwrap_or_else(all)).into()
    })
}
