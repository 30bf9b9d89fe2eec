//! `--target` and `--changed`: the releases that a command covers.

use std::io;

use crate::{
    catalog::{Catalog, Constraint, ReleaseId, ReleaseSet},
    cli::output::note,
    diag::Failure,
    names::MagentoVersion,
};

/// Options that select releases.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Releases {
    /// Magento releases, as a Composer constraint; "*" for all [default: the newest release with a known ACL]
    #[arg(long, value_name = "CONSTRAINT", conflicts_with_all = ["magento", "catalog"])]
    target: Option<Constraint>,
    /// List the changes from one release to another
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["target", "magento", "catalog"])]
    changed: Option<Vec<MagentoVersion>>,
}

/// Releases to list or to compare.
pub(in crate::cli) enum ReleaseQuery {
    /// The contents of these releases.
    Target(ReleaseSet),
    /// The changes from one release to another.
    Changed(ReleaseId, ReleaseId),
}

impl Releases {
    /// Resolves the options to releases.
    ///
    /// # Errors
    /// Unknown releases.
    pub(in crate::cli) fn asked(&self, catalog: &Catalog) -> Result<ReleaseQuery, Failure> {
        if let Some([from, to]) = self.changed.as_deref() {
            return Ok(ReleaseQuery::Changed(known_release(catalog, *from)?, known_release(catalog, *to)?));
        }
        match &self.target {
            None => Ok(ReleaseQuery::Target([catalog.newest_checked().id].into_iter().collect())),
            Some(constraint) => Ok(ReleaseQuery::Target(within(catalog, constraint)?)),
        }
    }
}

/// Lists the releases that match a constraint.
///
/// # Errors
/// No known release matches.
pub(in crate::cli) fn within(catalog: &Catalog, constraint: &Constraint) -> Result<ReleaseSet, Failure> {
    let releases = catalog.those(catalog.all(), |version| constraint.allows(version));
    if !releases.is_empty() {
        return Ok(releases);
    }
    let newest = catalog.newest_checked().version;
    let known = format!("the catalog knows 2.0.0, and 2.1.0 to {newest}");
    let known = constraint.first().map_or(known, |version| next_to(catalog, version));
    Err(format!("no known Magento release matches `{constraint}`; {known}").into())
}

/// Notes the releases that are not known from their code, and those for which the ACL of the previous release is used.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn print_basis(catalog: &Catalog, releases: ReleaseSet) -> io::Result<()> {
    let unknown: ReleaseSet = releases.iter().filter(|&id| !catalog.release(id).has_acl).collect();
    if !unknown.is_empty() {
        let unknown = catalog.describe(unknown).replace(", ", " and ");
        note(format!("no data for {unknown}; using the previous release"))?;
    }
    catalog.unverified_in_words(releases).map_or(Ok(()), |words| note(format!("ACL and routes are {words}")))
}

/// Looks up the release of a version.
///
/// # Errors
/// Unknown version.
pub(in crate::cli) fn known_release(
    catalog: &Catalog,
    version: MagentoVersion,
) -> Result<ReleaseId, Failure> {
    let known = catalog.releases().iter().find(|release| release.version == version);
    let unknown = || Failure::new(format!("{version} is not in the catalog; {}", next_to(catalog, version)));
    known.map(|release| release.id).ok_or_else(unknown)
}

/// Names the releases before and after a version: `the nearest releases are 2.4.7-p6 and 2.4.8`.
fn next_to(catalog: &Catalog, version: MagentoVersion) -> String {
    let releases = catalog.releases();
    let place = releases.partition_point(|release| release.version < version);
    let around = &releases[place.saturating_sub(1)..releases.len().min(place + 1)];
    let around: Vec<String> = around.iter().map(|release| release.version.to_string()).collect();
    format!(
        "the nearest {} {}",
        if around.len() == 1 { "release is" } else { "releases are" },
        around.join(" and ")
    )
}
