//! Values in etc/config.xml.

/// Backend model that encrypts and decrypts values.
pub const ENCRYPTED: &str = r"Magento\Config\Model\Config\Backend\Encrypted";

/// Values of a module, by scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigDefaults {
    /// For all scopes, those of the settings first.
    pub default: Vec<ConfigDefault>,
    /// For single websites, by their code.
    pub websites: Vec<(String, Vec<ConfigDefault>)>,
    /// For single store views, by their code.
    pub stores: Vec<(String, Vec<ConfigDefault>)>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigDefault {
    /// Path.
    pub path: String,
    /// Text; `None` for an element without text.
    pub value: Option<String>,
    /// Class that converts the value when it is read.
    pub backend_model: Option<String>,
}
