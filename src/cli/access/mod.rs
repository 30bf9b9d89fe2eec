//! `magespec access`.

mod human;
mod json;
mod markdown;
mod subject;

use std::io::Write as _;

pub(super) use self::{
    json::JsonAccess,
    markdown::details,
    subject::{Subject, quoted},
};
use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, Format, Specs, one_of},
        output::{Paging, page, print_findings, print_json, stdout},
    },
    diag::{Failure, render::versioned},
    project::ResolvedSpec,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json, Format::Markdown]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    paging: Paging,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let files = args.specs.files()?;
    let mut outcome = Outcome::Fine;
    let mut specs = Vec::new();
    for file in files {
        let (scoped, report) = ResolvedSpec::read(&file, &catalogs);
        outcome = outcome.max(print_findings([&report])?);
        specs.extend(scoped);
    }
    let subjects: Vec<Subject<'_>> = specs.iter().flat_map(Subject::all).collect();
    match args.format {
        Format::Json => print_json(versioned(&json::document(&subjects))),
        Format::Markdown => write!(stdout(), "{}", markdown::render(&subjects))?,
        _ => page(&human::render(&subjects), args.paging)?,
    }
    Ok(outcome)
}
