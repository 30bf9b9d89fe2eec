//! Releases of Mage-OS (docs/magento/releases-and-editions.md#mage-os).

use std::sync::LazyLock;

use crate::{
    catalog::{Catalog, Constraint, ReleaseSet, tables::rows},
    names::MagentoVersion,
};

const RELEASES: &str = include_str!("../data/mage_os.tsv");

/// Release of Mage-OS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MageOsRelease {
    /// Its version number.
    pub version: MagentoVersion,
    /// Magento release that it is based on.
    pub magento: MagentoVersion,
    /// Version of `magento/framework` that its framework replaces; `None` if it replaces none.
    pub replaces_framework: Option<&'static str>,
}

fn read(row: &'static str) -> Option<MageOsRelease> {
    let mut columns = row.split('\t');
    Some(MageOsRelease {
        version: columns.next()?.parse().ok()?,
        magento: columns.next()?.parse().ok()?,
        replaces_framework: columns.next(),
    })
}

/// All of them, oldest first.
pub(in crate::catalog) fn mage_os() -> &'static [MageOsRelease] {
    static ALL: LazyLock<Vec<MageOsRelease>> = LazyLock::new(|| rows(RELEASES).filter_map(read).collect());
    &ALL
}

impl MageOsRelease {
    /// Release of Mage-OS with this number.
    #[must_use]
    pub fn named(version: MagentoVersion) -> Option<&'static Self> {
        mage_os().iter().find(|release| release.version == version)
    }
}

/// Numbers of Mage-OS in a constraint over releases of Magento.
#[derive(Debug, Clone)]
pub struct MageOsNumbers {
    /// Releases of Mage-OS that have them, at least one.
    releases: Vec<&'static MageOsRelease>,
    /// True if the constraint also allows later ones.
    is_open: bool,
}

impl MageOsNumbers {
    /// Finds out whether a constraint begins with numbers of Mage-OS, such as `>=1.0.4` or `2.3.*`. Those of Magento's 2.4,
    /// which Mage-OS is based on, are not.
    #[must_use]
    pub fn of(constraint: &Constraint) -> Option<Self> {
        let is_of_mage_os = |start: Option<MagentoVersion>| {
            start.is_some_and(|it| it.major == 1 || it.major > 2 || Self::is_known(it))
        };
        if !constraint.starts().all(is_of_mage_os) {
            return None;
        }
        let releases: Vec<_> = mage_os().iter().filter(|it| constraint.allows(it.version)).collect();
        let is_open = constraint.allows(MagentoVersion::new(u32::MAX, 0, 0));
        (!releases.is_empty()).then_some(Self { releases, is_open })
    }

    fn is_known(version: MagentoVersion) -> bool {
        version.minor < 4 && MageOsRelease::named(version).is_some()
    }

    /// `Mage-OS 1.0.4..1.0.6 are based on Magento 2.4.7-p2..2.4.7-p4`.
    #[must_use]
    pub fn describe(&self) -> String {
        let of = |version: fn(&MageOsRelease) -> MagentoVersion| {
            let [first, last] = self.ends().map(version);
            if first == last { first.to_string() } else { format!("{first}..{last}") }
        };
        let verb = if self.releases.len() == 1 { "is" } else { "are" };
        format!("Mage-OS {} {verb} based on Magento {}", of(|it| it.version), of(|it| it.magento))
    }

    /// Constraint over the releases of Magento that they are based on.
    #[must_use]
    pub fn in_magento(&self, catalog: &Catalog) -> String {
        let [first, last] = self.ends().map(|release| release.magento);
        if self.is_open {
            return format!(">={first}");
        }
        catalog.constraint(catalog.those(catalog.all(), |version| (first..=last).contains(&version)))
    }

    fn ends(&self) -> [&'static MageOsRelease; 2] {
        [self.releases[0], self.releases[self.releases.len() - 1]]
    }
}

impl Catalog {
    /// Releases of Mage-OS based on these releases of Magento, oldest first.
    pub fn mage_os_of(&self, set: ReleaseSet) -> impl Iterator<Item = &'static MageOsRelease> {
        mage_os().iter().filter(move |release| self.has_mage_os(set, release))
    }

    /// Returns true if the set has the release of Magento that a release of Mage-OS is based on.
    pub(in crate::catalog) fn has_mage_os(&self, set: ReleaseSet, release: &MageOsRelease) -> bool {
        set.iter().any(|id| self.release(id).version == release.magento)
    }
}
