//! The version that `--version` prints.

use std::sync::LazyLock;

use crate::catalog::Catalog;

/// Version of magespec, and the releases of Magento that its catalog has.
pub(super) fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let version = env!("CARGO_PKG_VERSION");
        match Catalog::bundled().releases() {
            [oldest, .., newest] => format!("{version} (Magento {} to {})", oldest.version, newest.version),
            _ => version.to_owned(),
        }
    });
    &TEXT
}
