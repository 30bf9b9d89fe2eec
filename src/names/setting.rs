//! Names in Stores > Configuration.

use crate::names::text::text_type;

text_type! {
    /// The path of a setting within its section, `group/field`, with further groups if they are nested. All are ids in system.xml and element names in
    /// config.xml (`Magento_Config/etc/system_file.xsd`; docs/magento/settings.md#system-xml).
    SettingPath, "a group and a field such as `connection/base_url`", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]+(/[A-Za-z][A-Za-z0-9_]+)+$", plain path
}

impl SettingPath {
    /// `connection`.
    #[must_use]
    pub fn group(&self) -> &str {
        self.as_str().rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// `base_url`.
    #[must_use]
    pub fn field(&self) -> &str {
        self.as_str().rsplit_once('/').map_or("", |(_, field)| field)
    }
}

text_type! {
    /// The id of a section, tab or group in Stores > Configuration.
    ConfigId, "an id such as `acme_erp`: a letter, then letters, digits and underscores", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]+$", plain identifier
}

text_type! {
    /// A group in a section, with the groups around it: `connection`, `connection/advanced`.
    GroupPath, "a group such as `connection`: a letter, then letters, digits and underscores", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]+(/[A-Za-z][A-Za-z0-9_]+)*$", plain identifier
}

text_type! {
    /// A line of text, or nothing: an empty one is not written.
    Label, "a single line of text without `*/`", length 0..=usize::MAX, pattern r"^[^\r\n]*$", except r"\*/", plain words
}

text_type! {
    /// A class or virtual type, optionally with a method: `Acme\ErpBridge\Model\Stages`
    /// (docs/magento/settings.md#type-models).
    ModelClass, "a class such as `Acme\\ErpBridge\\Model\\Stages`", length 4..=usize::MAX,
    pattern r"^\\?[A-Za-z_][A-Za-z0-9_]*(\\[A-Za-z0-9_]+)*(::[A-Za-z0-9_]+)?$", plain full_class
}

text_type! {
    /// The class of a form element.
    ElementClass, "a class such as `Acme\\ErpBridge\\Block\\Masked`", length 5..=usize::MAX,
    pattern r"^\\?[A-Za-z_][A-Za-z0-9_]*(\\[A-Za-z0-9_]+)+$", plain full_class
}

text_type! {
    /// A file below etc/adminhtml of a module, as `<include>` names it.
    ModuleFile, "a file such as `Acme_ErpBridge::system/general.xml`", length 8..=usize::MAX,
    pattern "^[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+::[A-Za-z0-9_/.]+$"
}

text_type! {
    /// The code of a website or a store view (`Magento_Store/Model/Store.php`).
    ScopeCode, "a code such as `base`: a letter, then letters, digits and underscores", length 1..=usize::MAX,
    pattern "^[A-Za-z][A-Za-z0-9_]*$", plain identifier
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

text_type! {
    /// A field or group that system.xml names; `*` stands for the same step of the path.
    ElementPath, "a path such as `account/key`, with letters, digits, underscores and `*`", length 3..=usize::MAX,
    pattern "^[A-Za-z0-9_/*]+$"
}
