//! `Vendor_Module::resource`.

use crate::names::text::text_type;

text_type! {
    /// Id of an ACL resource, `Vendor_Module::resource` (`framework/Acl/etc/acl.xsd`;
    /// docs/magento/files-and-schemas.md#acl-xml).
    AclId, "an ACL resource id such as `Magento_Sales::sales`", length 1..=255,
    pattern "^[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+::[A-Za-z0-9_]+$", plain resource
}

impl AclId {
    /// Root of all grantable resources: in Magento
    /// `Magento\Backend\App\AbstractAction::ADMIN_RESOURCE` (docs/magento/resolving-permissions.md#lookup).
    pub const ADMIN: &'static str = "Magento_Backend::admin";

    /// The root that allows everything where it is the only rule: in Magento the identifier of
    /// `Magento\Framework\Acl\RootResource` (docs/magento/database.md#everything-rule).
    pub const ALL: &'static str = "Magento_Backend::all";

    /// Returns the `Vendor_Module` before the colons.
    #[must_use]
    pub fn module(&self) -> &str {
        self.as_str().split_once("::").map_or("", |(module, _)| module)
    }
}
