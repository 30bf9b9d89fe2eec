//! Actions of `setup:upgrade`.

/// Action on an integration, least severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// No change: status, consumer and tokens stay.
    Keep,
    /// A change that Magento does not apply.
    Ignored,
    /// Unpredictable: PHP of the module interferes.
    Unknown,
    /// Change in place by the module's plugin; status, consumer and tokens stay.
    Preserve,
    /// Change in place, as with the legacy pair; status, consumer and tokens stay.
    Update,
    /// New name by the module's plugin; status, consumer and tokens stay.
    Rename,
    /// New, inactive row.
    Create,
    /// Deletion with consumer and tokens by the module's plugin.
    Delete,
    /// No module declares the row any more: it stays as it is, with its tokens.
    Orphan,
    /// The row is deleted and recreated: consumer key, secret and tokens are lost.
    Reset,
    /// `setup:upgrade` stops with an error.
    Abort,
}

impl Action {
    /// Word for reports and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Ignored => "ignored",
            Self::Unknown => "unknown",
            Self::Preserve => "preserve",
            Self::Update => "update",
            Self::Rename => "rename",
            Self::Create => "create",
            Self::Delete => "delete",
            Self::Orphan => "orphan",
            Self::Reset => "reset",
            Self::Abort => "abort",
        }
    }

    /// Sign in front of it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Keep | Self::Preserve => "=",
            Self::Ignored => "!",
            Self::Unknown => "??",
            Self::Update | Self::Rename => "~",
            Self::Create => "+",
            Self::Delete => "-",
            Self::Orphan => "?",
            Self::Reset => "-/+",
            Self::Abort => "x",
        }
    }

    /// Returns true if the module's plugin does it (docs/magento/setup-upgrade.md#keep-by-plugin).
    #[must_use]
    pub const fn is_by_plugin(self) -> bool {
        matches!(self, Self::Preserve | Self::Rename | Self::Delete)
    }
}
