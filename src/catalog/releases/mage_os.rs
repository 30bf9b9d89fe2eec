//! Releases of Mage-OS (docs/magento/releases-and-editions.md#mage-os).

use std::sync::LazyLock;

use crate::{
    catalog::{Catalog, ReleaseSet, tables::rows},
    names::MagentoVersion,
};

const RELEASES: &str = include_str!("../data/mage_os.tsv");

/// Release of Mage-OS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MageOsRelease {
    /// Its version number.
    pub version: MagentoVersion,
    /// Magento release that it is made of.
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

impl Catalog {
    /// Releases of Mage-OS made of these releases of Magento, oldest first.
    pub fn mage_os_of(&self, set: ReleaseSet) -> impl Iterator<Item = &'static MageOsRelease> {
        let is_in =
            move |it: &&MageOsRelease| set.iter().any(|release| self.release(release).version == it.magento);
        mage_os().iter().filter(is_in)
    }
}
