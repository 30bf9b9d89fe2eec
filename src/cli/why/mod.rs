//! `magespec why`.

mod causes;
mod explained;
mod human;
mod json;
mod secrets;
mod shop;
mod unseen;

use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::json::JsonWhy;
use self::{explained::explained, human::rendered, shop::Shops};
use crate::{
    bounded,
    cli::{
        Outcome,
        arguments::{Format, named, one_of},
        output::{print_json, stdout},
    },
    diag::{Failure, render::versioned},
    mock::{http::now, read_pasted},
    names::MagentoVersion,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Request and answer; - reads standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: Utf8PathBuf,
    /// Credentials that the client should have used, to find the part of the signature that is wrong: a file as
    /// `credentials --reveal` writes it
    #[arg(long, value_name = "FILE")]
    credentials: Option<Utf8PathBuf>,
    /// Integration that calls; needed if the spec or the credentials have several
    #[arg(long, value_name = "NAME")]
    integration: Option<String>,
    /// Spec whose permissions the integration has [default: integration.toml, if it is there]
    #[arg(long, value_name = "SPEC")]
    spec: Option<Utf8PathBuf>,
    /// Magento release of the shop [default: the newest of the spec's target, or of all]
    #[arg(long, value_name = "RELEASE")]
    release: Option<MagentoVersion>,
    /// Scheme and host as the shop sees them, if a proxy changes them: https://shop.example
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
}

/// Largest text that is read.
const LARGEST: u64 = 16 << 20;

/// Requests that are explained at once.
const MOST_CALLS: usize = 1000;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let file = &args.file;
    let bytes = bounded::input(file, LARGEST).map_err(|error| Failure::unreadable(named(file), &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let calls = read_pasted(&text).map_err(|reason| format!("{} {reason}", named(file)))?;
    if calls.len() > MOST_CALLS {
        return Err(too_many(file, calls.len()));
    }
    let shops = Shops::open(args)?;
    let now = now();
    let calls = calls.iter().map(|call| explained(&shops, call, now));
    let (calls, version) = (calls.collect::<Vec<_>>(), shops.version());
    if args.format == Format::Json {
        print_json(versioned(&JsonWhy { release: version.to_string(), calls }));
    } else {
        let texts: Vec<String> = calls.iter().map(|call| rendered(call, version)).collect();
        stdout().write_all(texts.join("\n").as_bytes())?;
    }
    Ok(Outcome::Fine)
}

fn too_many(file: &Utf8Path, count: usize) -> Failure {
    let limit =
        format!("{} has {count} requests, and at most {MOST_CALLS} are explained at once", named(file));
    format!("{limit}: paste those that failed, or count the calls of the whole log with `magespec calls`")
        .into()
}
