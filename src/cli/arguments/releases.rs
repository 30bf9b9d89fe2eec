//! `--target` and `--changed`: the releases that a command covers.

use std::io;

use crate::{
    catalog::{Catalog, Constraint, MageOsNumbers, MageOsRelease, ReleaseId, ReleaseSet},
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
    /// Releases before the first.
    pub(in crate::cli) fn asked(&self, catalog: &Catalog) -> Result<ReleaseQuery, Failure> {
        if let Some([from, to]) = self.changed.as_deref() {
            return Ok(ReleaseQuery::Changed(
                nearest_release(catalog, *from)?,
                nearest_release(catalog, *to)?,
            ));
        }
        match &self.target {
            None => Ok(ReleaseQuery::Target([catalog.newest_checked().id].into_iter().collect())),
            Some(constraint) => Ok(ReleaseQuery::Target(within(catalog, constraint)?)),
        }
    }
}

/// Lists the releases that match a constraint. Notes those that are used in place of others.
///
/// # Errors
/// No release matches.
pub(in crate::cli) fn within(catalog: &Catalog, constraint: &Constraint) -> Result<ReleaseSet, Failure> {
    let Some(target) = catalog.resolve(constraint) else {
        let newest = catalog.newest_checked().version;
        let mage_os = MageOsNumbers::of(constraint).map(|numbers| format!("; {}", numbers.describe()));
        return Err(format!(
            "no known Magento release matches `{constraint}`; the catalog knows 2.0.0, and 2.1.0 to {newest}{}",
            mage_os.unwrap_or_default()
        )
        .into());
    };
    for (absent, stand_in) in target.absent {
        note_stand_in(absent, catalog.release(stand_in).version)?;
    }
    Ok(target.releases)
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

/// Looks up the release of a version. Notes the one that is used in place of an unknown one.
///
/// # Errors
/// A version before the first.
pub(in crate::cli) fn nearest_release(
    catalog: &Catalog,
    version: MagentoVersion,
) -> Result<ReleaseId, Failure> {
    let nearest = catalog.nearest(version);
    let first = catalog.releases().first().map_or(version, |release| release.version);
    let mage_os = MageOsRelease::named(version);
    let mage_os = mage_os.map(|it| format!("; Mage-OS {version} is based on Magento {}", it.magento));
    let before = || {
        format!("{version} is not in the catalog, which begins with {first}{}", mage_os.unwrap_or_default())
    };
    let nearest = nearest.ok_or_else(before)?;
    if nearest.version != version {
        note_stand_in(version, nearest.version)?;
    }
    Ok(nearest.id)
}

/// Notes a shop whose release the catalog lacks.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn print_release_of_shop(version: MagentoVersion) -> io::Result<()> {
    let nearest = Catalog::bundled().nearest(version).filter(|nearest| nearest.version != version);
    nearest.map_or(Ok(()), |nearest| note_stand_in(version, nearest.version))
}

fn note_stand_in(absent: MagentoVersion, used: MagentoVersion) -> io::Result<()> {
    let name = if MageOsRelease::named(absent).is_some() { "Mage-OS " } else { "" };
    note(format!("{name}{absent} is not in the catalog; using {used}"))
}
