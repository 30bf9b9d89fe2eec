//! Behaviour of Magento that depends on the release and is in no table.

use crate::names::MagentoVersion;

/// Returns true if every `setup:upgrade` of the release resets every integration with permissions: the converter omits
/// the root resource, which the stored rules have, so they always differ. 2.1.0–2.1.18, 2.2.0–2.2.7 and 2.3.0
/// (docs/magento/setup-upgrade.md#always-reset; magento/magento2#14065 and #18273).
#[must_use]
pub fn always_resets(version: MagentoVersion) -> bool {
    match (version.major, version.minor) {
        (2, 1) => true,
        (2, 2) => version.patch <= 7,
        (2, 3) => version.patch == 0,
        _ => false,
    }
}

/// Parts of a range of releases that always reset, as first and last release.
pub fn always_resetting(
    oldest: MagentoVersion,
    newest: MagentoVersion,
) -> impl Iterator<Item = (MagentoVersion, MagentoVersion)> {
    let lines = [((2, 1, 0), (2, 1, 18)), ((2, 2, 0), (2, 2, 7)), ((2, 3, 0), (2, 3, 0))];
    let version = |(major, minor, patch)| MagentoVersion::new(major, minor, patch);
    let parts = lines.map(|(first, last)| (version(first).max(oldest), version(last).min(newest)));
    parts.into_iter().filter(|(first, last)| first <= last)
}

/// Returns true if the release reads integrations only from `etc/integration/{config,api}.xml`: 2.0
/// (docs/magento/files-and-schemas.md#legacy-pair).
#[must_use]
pub fn is_legacy(version: MagentoVersion) -> bool {
    version < MagentoVersion::new(2, 1, 0)
}

/// Returns true if the release stores characters beyond U+FFFF: its tables are utf8mb4 from 2.4.8 on, and 3-byte utf8 before
/// (docs/magento/database.md#emoji).
#[must_use]
pub fn keeps_supplementary(version: MagentoVersion) -> bool {
    version >= MagentoVersion::new(2, 4, 8)
}

/// Returns true if the release compares event names in lower case: from 2.1.0 on (docs/magento/events.md#lower-case).
#[must_use]
pub fn ignores_case_of_events(version: MagentoVersion) -> bool {
    version >= MagentoVersion::new(2, 1, 0)
}

/// First release that rejects an integration's access token as a bearer token, unless a setting allows it
/// (docs/magento/web-api.md#bearer).
pub const BEARER_REFUSED_FROM: MagentoVersion = MagentoVersion::new(2, 4, 4);

/// Returns true if the release accepts an integration's access token as a bearer token without a setting.
#[must_use]
pub fn takes_bearer_token(version: MagentoVersion) -> bool {
    version < BEARER_REFUSED_FROM
}

/// Returns true if the release accepts calls below `/async` and `/async/bulk` and runs them from a queue: from 2.3.0
/// on, with the module WebapiAsync (docs/magento/web-api.md#async). Only calls that write (`module-webapi-async`:
/// `Controller/Rest/AsynchronousRequestProcessor.php`).
#[must_use]
pub fn queues_calls(version: MagentoVersion) -> bool {
    version >= MagentoVersion::new(2, 3, 0)
}

/// Returns true if the release passes values of a request to the constructor of a data class only if their type is a
/// scalar or data: with the fix of CVE-2025-54236 (docs/magento/web-api.md#constructor-parameters).
#[must_use]
pub fn restricts_constructors(version: MagentoVersion) -> bool {
    let fixed_in = match (version.major, version.minor, version.patch) {
        (2, 4, 4) => 16,
        (2, 4, 5) => 15,
        (2, 4, 6) => 13,
        (2, 4, 7) => 8,
        (2, 4, 8) => 3,
        _ => return version >= MagentoVersion::new(2, 4, 9),
    };
    version.p >= fixed_in
}

/// Returns true if a customer that the release saves has the values that were stored before, of its data interface from
/// 2.4.5 on and of other attributes from 2.4.6 on (docs/magento/events.md#original-data-customers).
#[must_use]
pub fn knows_customer_before(version: MagentoVersion, is_of_interface: bool) -> bool {
    version >= MagentoVersion::new(2, 4, if is_of_interface { 5 } else { 6 })
}

/// Returns true if the release can build the ACL anew in a process that has built it: from 2.2.0 on
/// (docs/magento/setup-upgrade.md#rename-resources).
#[must_use]
pub fn forgets_acl(version: MagentoVersion) -> bool {
    version >= MagentoVersion::new(2, 2, 0)
}
