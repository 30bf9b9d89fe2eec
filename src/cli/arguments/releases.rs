//! `--target` and `--changed`: the releases that a command covers.

use std::io;

use crate::{
    catalog::{Catalog, Constraint, MageOsNumbers, MageOsRelease, ReleaseId, ReleaseSet},
    cli::output::{note, warn},
    diag::Failure,
    model::Module,
    names::{Edition, MagentoVersion},
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
            let changed =
                ReleaseQuery::Changed(nearest_release(catalog, *from)?, nearest_release(catalog, *to)?);
            [*from, *to].into_iter().try_for_each(|version| print_stand_in(catalog, version))?;
            return Ok(changed);
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
        if let Some(range) = constraint.exchanged() {
            return Err(format!("`{constraint}` ends before it begins; write `{range}`").into());
        }
        return Err(format!(
            "no known Magento release matches `{constraint}`; the catalog knows 2.0.0, and 2.1.0 to {newest}{}",
            mage_os.unwrap_or_default()
        )
        .into());
    };
    target.absent.iter().try_for_each(|&(absent, _)| print_stand_in(catalog, absent))?;
    Ok(target.releases)
}

/// Notes the releases that are not known from their code, and those for which the ACL of the previous release is used.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn print_basis(catalog: &Catalog, releases: ReleaseSet) -> io::Result<()> {
    let newest = catalog.newest_checked().id;
    let unknown: ReleaseSet = releases.iter().filter(|&id| id > newest).collect();
    if !unknown.is_empty() {
        let unknown = catalog.describe(unknown).replace(", ", " and ");
        note(format!("no data for {unknown}; using the previous release"))?;
    }
    catalog.unverified_in_words(releases).map_or(Ok(()), note)
}

/// Looks up the release of a version, or the one that is used in place of an unknown one.
///
/// # Errors
/// A version before the first.
pub(in crate::cli) fn nearest_release(
    catalog: &Catalog,
    version: MagentoVersion,
) -> Result<ReleaseId, Failure> {
    let first = catalog.releases().first().map_or(version, |release| release.version);
    let mage_os = MageOsRelease::named(version);
    let mage_os = mage_os.map(|it| format!("; Mage-OS {version} is based on Magento {}", it.magento));
    let before = || {
        format!("{version} is not in the catalog, which begins with {first}{}", mage_os.unwrap_or_default())
    };
    Ok(catalog.nearest(version).ok_or_else(before)?.id)
}

/// Looks up the release of a shop: the asked one, by default the newest one of the first module's target, or of all. Warns of
/// modules that are not for it, and notes the one that is used in its place.
///
/// # Errors
/// A version before the first.
pub(in crate::cli) fn release_of_shop(
    asked: Option<MagentoVersion>,
    modules: &[Module],
    edition: Edition,
) -> Result<(&'static Catalog, ReleaseId), Failure> {
    let catalog = Catalog::bundled().of_edition(edition);
    let version = asked.or_else(|| Some(modules.first()?.platform.newest));
    let version = version.unwrap_or(catalog.newest_checked().version);
    for module in modules {
        let platform = &module.platform;
        if version < platform.oldest || platform.newest < version {
            warn(format!(
                "Magento {version} is not in the target of {}: {}",
                module.name, platform.constraint
            ))?;
        }
    }
    let release = nearest_release(catalog, version)?;
    print_stand_in(catalog, version)?;
    Ok((catalog, release))
}

/// Parses the release of `mock --magento`; other commands take the root of a shop there.
///
/// # Errors
/// A text that is not a version.
pub(in crate::cli) fn served_release(text: &str) -> Result<MagentoVersion, String> {
    text.parse().map_err(|error| {
        format!(
            "{error}; for the routes of a shop, write `magespec catalog --magento ROOT -o shop.catalog`, and pass --catalog shop.catalog to `mock`"
        )
    })
}

/// Notes the release that is used in place of an unknown one.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn print_stand_in(catalog: &Catalog, version: MagentoVersion) -> io::Result<()> {
    stand_in_in_words(catalog, version).map_or(Ok(()), note)
}

/// Statement on the release that is used in place of an unknown one.
pub(in crate::cli) fn stand_in_in_words(catalog: &Catalog, version: MagentoVersion) -> Option<String> {
    let stand_in = catalog.stand_in(version)?;
    let name = if MageOsRelease::named(version).is_some() { "Mage-OS " } else { "" };
    Some(format!("{name}{version} is not in the catalog; using {}", stand_in.version))
}
