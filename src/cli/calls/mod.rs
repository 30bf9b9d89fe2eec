//! `magespec calls`.

mod against;
pub(super) mod array;
mod counts;
mod deprecated;
mod into;
mod json;
mod logins;
pub(super) mod logs;
mod summary;

use std::io::{self, Read};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    catalog::{Catalog, Constraint, ReleaseSet},
    cli::{
        Outcome,
        arguments::{CatalogSource, Format, one_of, within},
        output::{print_findings, print_json, stderr, stdout},
    },
    diag::{Diagnostic, Failure, Level, Report, render::versioned},
    names::IntegrationName,
    project::{ResolvedSpec, one_spec},
    traffic::{Filter, Key, Keys, Observed, Tally, Time},
};
use against::Against;
use into::Addition;
pub(super) use json::JsonCalls;
use logs::find_logs;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Logs to read, or directories with logs; - reads standard input
    #[arg(value_name = "LOGFILE", required = true)]
    logs: Vec<Utf8PathBuf>,
    /// Count only requests whose user agent contains TEXT, ignoring case; may be repeated
    #[arg(long, value_name = "TEXT")]
    agent: Vec<String>,
    /// Count only requests since this time, such as 2026-03-01 or 2026-03-01T08:30+02:00; UTC without an offset
    #[arg(long, value_name = "TIME")]
    since: Option<Time>,
    /// Count only requests until the end of this day, minute or second
    #[arg(long, value_name = "TIME", value_parser = Time::end)]
    until: Option<Time>,
    /// Magento releases whose routes count, as a Composer constraint [default: all]
    #[arg(long, value_name = "CONSTRAINT", conflicts_with_all = ["spec", "magento", "catalog"])]
    target: Option<Constraint>,
    /// Compare the calls with what a spec permits; exit with 2 if a call is not permitted
    #[arg(long, value_name = "SPEC", group = "spec")]
    check: Option<Utf8PathBuf>,
    /// Add the calls that a spec lacks, each with its number of requests; changes and removes nothing else
    #[arg(long, value_name = "SPEC", group = "spec")]
    into: Option<Utf8PathBuf>,
    /// Integration that made the calls [default: for --check all of the spec, for --into the only one]
    #[arg(long, value_name = "NAME", requires = "spec")]
    integration: Option<IntegrationName>,
    /// With --into, only show the lines to add
    #[arg(long, requires = "into")]
    dry_run: bool,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    keys: JsonKeys,
}

/// Keys of JSON lines.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "JSON lines with other keys than the usual ones")]
struct JsonKeys {
    /// Key of the method, such as request_method, or request.method in a nested object
    #[arg(long, value_name = "KEY")]
    json_method: Option<Key>,
    /// Key of the path or of the whole request line, such as request_uri
    #[arg(long, value_name = "KEY")]
    json_path: Option<Key>,
    /// Key of the status, such as status
    #[arg(long, value_name = "KEY")]
    json_status: Option<Key>,
    /// Key of the user agent, such as http_user_agent
    #[arg(long, value_name = "KEY")]
    json_agent: Option<Key>,
    /// Key of the time, such as time_iso8601
    #[arg(long, value_name = "KEY")]
    json_time: Option<Key>,
}

/// Totals of the logs.
struct Seen<'a> {
    catalog: &'a Catalog,
    logs: Vec<Utf8PathBuf>,
    tally: Tally<'a>,
    /// Observed calls with the permissions they need in the selected releases.
    calls: Vec<Observed>,
    /// The selected releases, if any.
    target: Option<ReleaseSet>,
}

pub(super) fn run(args: Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    if args.until.is_some_and(|until| args.since > Some(until)) {
        return Err("--since is after --until: no request can match".into());
    }
    let spec = args.check.as_ref().or(args.into.as_ref()).map(|path| one_spec(path)).transpose()?;
    if args.into.as_ref().is_some_and(|path| path == "-") {
        return Err("`--into` cannot write to standard input; name the file of the spec".into());
    }
    let mut text = String::new();
    let against = match &spec {
        None => None,
        Some(path) => {
            let (scoped, report) = ResolvedSpec::read(path, &catalogs);
            // Missing permissions are what `--into` is for.
            let is_said = |finding: &&Diagnostic| args.into.is_none() || finding.level == Level::Error;
            let said = report.diagnostics.iter().filter(is_said).cloned().collect();
            print_findings([&Report::new(report.source.clone(), said)])?;
            let Some(scoped) = scoped else { return Ok(Outcome::Failed) };
            text = report.source.text;
            let against = Against::new(scoped, args.integration.as_ref(), path)?;
            if args.into.is_some() {
                against.one()?;
            }
            Some(against)
        }
    };
    let catalog = against.as_ref().map_or(catalogs.catalog(), Against::catalog);
    let target = match &args.target {
        None => against.as_ref().map(Against::releases),
        Some(constraint) => match within(catalog, constraint) {
            Ok(releases) => Some(releases),
            Err(message) => return Err(message),
        },
    };
    let (logs, format, is_dry_run) = (args.logs.clone(), args.format, args.dry_run);
    let into = args.into.is_some();
    let (filter, keys) = args.settings();
    let tally = match &against {
        Some(against) => Tally::with_routes(catalog, against.own_routes(), filter, &keys)
            .watching(against.deprecated_routes()),
        None => Tally::new(catalog, filter, &keys),
    };
    let logs = find_logs(&logs)?;
    let tally = observe(&logs, tally)?;
    let releases = target.unwrap_or_else(|| catalog.all());
    let calls = tally.observed(catalog, releases);
    let seen = Seen { catalog, logs, tally, calls, target };
    let comparison = against.as_ref().filter(|_| !into).map(|against| against.compare(&seen));
    let addition = match (&against, &spec) {
        (Some(against), Some(path)) if into => Some((Addition::of(&seen, against, &text)?, path)),
        _ => None,
    };
    if let Some((addition, path)) = addition.as_ref().filter(|_| !is_dry_run) {
        addition.write(path)?;
    }
    let mut out = stdout();
    match (format, &comparison, &addition) {
        (Format::Json, ..) => {
            let addition = addition.as_ref().map(|(addition, _)| addition);
            print_json(versioned(&json::document(&seen, comparison.as_ref(), addition)));
        }
        (_, Some(comparison), _) => comparison.print(&mut out, catalog)?,
        (_, None, Some((addition, path))) => addition.print(path, &text, is_dry_run)?,
        (_, None, None) => array::print(&mut out, &seen)?,
    }
    if format == Format::Human {
        summary::print(&mut stderr(), &seen)?;
    }
    let differs = comparison.is_some_and(|comparison| comparison.has_not_permitted());
    Ok(if differs { Outcome::Differences } else { Outcome::Fine })
}

impl Args {
    fn settings(self) -> (Filter, Keys) {
        let filter = Filter { agents: self.agent, since: self.since, until: self.until };
        let keys = self.keys;
        let given = [keys.json_method, keys.json_path, keys.json_status, keys.json_agent, keys.json_time];
        (filter, Keys::default().with(given))
    }
}

/// Counts the requests in the logs.
///
/// # Errors
/// Unreadable log, or logs without a readable line.
pub(super) fn observe<'a>(logs: &[Utf8PathBuf], mut tally: Tally<'a>) -> Result<Tally<'a>, Failure> {
    for log in logs {
        if let Err(error) = read(log, &mut tally) {
            return Err(Failure::unreadable(name(log), &error));
        }
    }
    match (&tally.first_broken, tally.requests) {
        (Some(first), 0) => {
            Err(Failure::new(counts::unreadable(tally.broken, first)).at_line(&first.0, first.1))
        }
        _ => Ok(tally),
    }
}

fn read(log: &Utf8Path, tally: &mut Tally<'_>) -> io::Result<()> {
    let from: Box<dyn Read + Send> =
        if log == "-" { Box::new(io::stdin()) } else { Box::new(bounded::log(log)?) };
    tally.read(name(log), from)
}

fn name(log: &Utf8Path) -> &str {
    if log == "-" { "<stdin>" } else { log.as_str() }
}
