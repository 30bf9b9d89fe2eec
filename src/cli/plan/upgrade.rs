//! `--upgrade`: one upgrade of Magento, or a matrix of many.

use std::{collections::BTreeMap, io::Write as _, str::FromStr};

use super::Args;
use crate::{
    catalog::{Catalog, ReleaseSet},
    cli::{
        Outcome,
        arguments::{Format, nearest_release, print_basis, stand_in_in_words},
        output::{
            note, page, print_failure, print_findings, print_json, print_project_findings, progress, stdout,
            warn,
        },
    },
    diag::{Failure, Report, plural},
    names::{MagentoVersion, ParseVersionError},
    plan::{MatrixRow, ModulePlan, UpgradeMatrix, render, risks},
    project::{CatalogStore, Fleet, FleetUpgrade, Roots, UpgradeStart, compile_all},
};

/// Number of modules that a warning names.
const NAMED: usize = 3;

/// Release in `--upgrade`.
#[derive(Debug, Clone, Copy)]
pub(super) enum UpgradeRelease {
    /// `installed`: that of each shop.
    Installed,
    Release(MagentoVersion),
}

impl FromStr for UpgradeRelease {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "installed" { Ok(Self::Installed) } else { text.parse().map(Self::Release) }
    }
}

/// Plans all upgrades for all specs.
pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let upgrades = args.upgrade.chunks(2).map(upgrade).collect::<Result<Vec<_>, _>>()?;
    let shops = args.catalog_source.shops()?;
    // Two specs in one directory do not get in each other's way.
    let roots = args.compared_with.roots_or(Roots::Unwritten);
    let projects =
        compile_all(args.specs.files()?, &CatalogStore::default(), roots, false, &progress("compiling"))?;
    let outcome = print_project_findings(&projects)?;
    let fleet = Fleet::new(&projects, shops, &upgrades)?;
    fleet.notes.iter().try_for_each(|line| note(line.as_str()))?;
    let stand_ins: Vec<String> = stand_ins(&args.upgrade).collect();
    stand_ins.iter().try_for_each(|line| note(line.as_str()))?;
    let (mut matrix, failures) = fleet.plan();
    // People have read them on standard error.
    if args.format != Format::Human {
        let firsts = matrix.rows.iter_mut().filter_map(MatrixRow::first_plan_mut);
        firsts.for_each(|plan| plan.notes.extend(stand_ins.iter().cloned()));
    }
    let mut failed = Outcome::Fine;
    for failure in failures {
        failed = failed.max(print_failure(failure)?);
    }
    print_doubts(&matrix)?;
    let mut risks: Vec<Report> = matrix.rows.iter().filter_map(findings).collect();
    args.deny.raise(&mut risks);
    let mut outcome = outcome.max(failed).max(print_findings(&risks)?);
    if args.exit_code && matrix.plans().any(ModulePlan::changes_something) {
        outcome = outcome.max(Outcome::Differences);
    }
    print(args, matrix)?;
    Ok(outcome)
}

fn upgrade(ends: &[UpgradeRelease]) -> Result<FleetUpgrade, Failure> {
    let catalog = Catalog::bundled();
    match ends {
        [UpgradeRelease::Release(from), UpgradeRelease::Release(to)] if from >= to => {
            Err(format!("{to} is not newer than {from}: --upgrade takes the older release first").into())
        }
        [UpgradeRelease::Release(from), UpgradeRelease::Release(to)] => Ok(FleetUpgrade {
            from: UpgradeStart::Release(nearest_release(catalog, *from)?),
            to: nearest_release(catalog, *to)?,
        }),
        [UpgradeRelease::Installed, UpgradeRelease::Release(to)] => {
            Ok(FleetUpgrade { from: UpgradeStart::Installed, to: nearest_release(catalog, *to)? })
        }
        _ => Err("--upgrade ends with a release: --upgrade FROM TO".into()),
    }
}

/// Notes on releases that are planned in place of unknown ones.
fn stand_ins(ends: &[UpgradeRelease]) -> impl Iterator<Item = String> {
    ends.iter().filter_map(|end| match end {
        UpgradeRelease::Release(version) => stand_in_in_words(Catalog::bundled(), *version),
        UpgradeRelease::Installed => None,
    })
}

/// Notes what the plans rest on.
fn print_doubts(matrix: &UpgradeMatrix<'_>) -> Result<(), Failure> {
    let plans = || matrix.plans();
    if let Some(plan) = plans().next() {
        let ends = matrix.upgrades.iter().flat_map(|it| [it.from, it.to]);
        let asked: ReleaseSet =
            ends.filter_map(|end| Catalog::bundled().nearest(end)).map(|release| release.id).collect();
        print_basis(plan.spec.catalog, asked)?;
    }
    let mut beyond: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for plan in plans().filter(|plan| !plan.beyond_target().is_empty()) {
        let modules = beyond.entry(plan.spec.catalog.describe(plan.beyond_target())).or_default();
        if modules.last() != Some(&plan.spec.module.name.as_str()) {
            modules.push(plan.spec.module.name.as_str());
        }
    }
    for (releases, modules) in beyond {
        warn(match modules.as_slice() {
            [module] => format!(
                "{releases} is not in the target of {module}: the plan is hypothetical, and the spec was not checked for it"
            ),
            modules => format!(
                "{releases} is not in the target of {}: the plans are hypothetical, and the specs were not checked for it",
                listed(modules)
            ),
        })?;
    }
    for plan in matrix.rows.iter().filter_map(|row| row.plans().next()) {
        plan.unmanaged().try_for_each(|path| {
            note(format!("{path} is unmanaged: the plan follows the spec, not this file"))
        })?;
    }
    Ok(())
}

/// `Acme_A and Acme_B`, or the first of many with the number of the others.
fn listed(modules: &[&str]) -> String {
    match modules.split_at_checked(NAMED) {
        Some((named, others)) if !others.is_empty() => {
            format!("{} and {}", named.join(", "), plural(others.len(), "other module"))
        }
        _ => modules.join(", "),
    }
}

/// Risks of all upgrades for one spec, each once.
fn findings(row: &MatrixRow<'_>) -> Option<Report> {
    let mut reports = row.plans().filter_map(risks);
    let Report { source, mut diagnostics } = reports.next()?;
    diagnostics.extend(reports.flat_map(|report| report.diagnostics));
    Some(Report::new(source, diagnostics))
}

fn print(args: &Args, matrix: UpgradeMatrix<'_>) -> Result<(), Failure> {
    let is_one = matrix.rows.len() == 1 && matrix.upgrades.len() == 1;
    if args.format == Format::Json {
        print_json(render::matrix::json(&matrix));
        return Ok(());
    }
    if !is_one {
        match args.format {
            Format::Markdown => write!(stdout(), "{}", render::matrix::markdown(&matrix, args.fold))?,
            _ => page(&render::matrix::human(&matrix, args.fold), args.paging)?,
        }
        return Ok(());
    }
    let plans = matrix.into_plans();
    match args.format {
        // The reason is on standard error.
        _ if plans.is_empty() => {}
        Format::Markdown => write!(stdout(), "{}", render::markdown(&plans))?,
        _ => page(&render::human(&plans), args.paging)?,
    }
    Ok(())
}
