//! Names in Stores > Configuration.

use crate::names::text::text_type;

text_type! {
    /// The path of a setting within its section, `group/field`. Both are ids in system.xml and element names in
    /// config.xml (`Magento_Config/etc/system_file.xsd`; docs/magento/settings.md#system-xml).
    SettingPath, "a group and a field such as `connection/base_url`", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]+/[A-Za-z][A-Za-z0-9_]+$"
}

impl SettingPath {
    /// `connection`.
    #[must_use]
    pub fn group(&self) -> &str {
        self.as_str().split('/').next().unwrap_or_default()
    }

    /// `base_url`.
    #[must_use]
    pub fn field(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(_, field)| field)
    }
}

text_type! {
    /// The id of a section, tab or group in Stores > Configuration.
    ConfigId, "an id such as `acme_erp`: a letter, then letters, digits and underscores", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]+$"
}

text_type! {
    /// The stored value of an option.
    OptionValue, "an option's value such as `sandbox`: letters, digits, `_`, `.` and `-`", length 1..=usize::MAX,
    pattern "^[A-Za-z0-9_.-]+$"
}

text_type! {
    /// The id of an Admin menu entry (`Magento_Backend/etc/menu.xsd`; docs/magento/settings.md#menu-xml).
    MenuId, "a menu entry such as `Magento_Backend::stores_settings`", length 3..=255usize,
    pattern "^[A-Za-z0-9/_:]+$"
}

text_type! {
    /// The title or tooltip of an Admin menu entry (`Magento_Backend/etc/menu.xsd`; docs/magento/settings.md#menu-xml).
    MenuTitle, "a title of 3 to 50 characters", length 3..=50usize
}

text_type! {
    /// The page of an Admin menu entry (`Magento_Backend/etc/menu.xsd`; docs/magento/settings.md#menu-xml).
    MenuAction, "a page such as `acme_erp/export/index`: letters, digits, `/`, `_` and `-`", length 3..=usize::MAX,
    pattern "^[A-Za-z0-9/_-]+$"
}

text_type! {
    /// A path in the configuration: the names of elements in config.xml, outermost first.
    ConfigKey, "a path such as `acme_erpbridge/connection/enabled`", length 1..=usize::MAX,
    pattern "^[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"
}
