//! Causes of the actions on an integration.

use super::SetupType;

/// Attribute of an integration, named as in the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// `name`.
    Name,
    /// `email`.
    Email,
    /// `endpoint_url`.
    EndpointUrl,
    /// `identity_link_url`.
    IdentityLinkUrl,
    /// `resources`.
    Resources,
    /// `setup_type` of the row.
    SetupType,
}

impl Attribute {
    /// Its key.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::EndpointUrl => "endpoint_url",
            Self::IdentityLinkUrl => "identity_link_url",
            Self::Resources => "resources",
            Self::SetupType => "setup_type",
        }
    }
}

/// Cause of an action on an integration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// No row has the name.
    New,
    /// A value differs from the row.
    Changed {
        /// The attribute.
        attribute: Attribute,
        /// Value in the row.
        before: Option<String>,
        /// Declared value; none for an empty element.
        after: Option<String>,
    },
    /// A resource is newly granted.
    Gained {
        /// Its id.
        id: String,
        /// True if it is requested; otherwise it is an ancestor of a requested resource.
        is_asked_for: bool,
    },
    /// A resource is no longer granted.
    Lost {
        /// Its id.
        id: String,
    },
    /// The release always considers the stored rules and the XML different.
    AlwaysResets,
    /// The value is longer than its column, and never equals the truncated copy.
    TooLong {
        /// The attribute.
        attribute: Attribute,
    },
    /// The value has a character beyond U+FFFF, which the column does not keep.
    Supplementary {
        /// The attribute.
        attribute: Attribute,
    },
    /// The element is gone, and the value that stayed goes with the reset.
    TakenAlong {
        /// The attribute.
        attribute: Attribute,
        /// The value.
        value: String,
    },
    /// The row was created in Admin, or PHP set its `setup_type`.
    TakenOver {
        /// Its `setup_type`.
        setup_type: SetupType,
    },
    /// The element was removed, but the value stays.
    Stays {
        /// The attribute.
        attribute: Attribute,
        /// The value.
        value: String,
    },
    /// A requested resource is unknown or disabled in the release.
    NotGranted {
        /// Its id.
        id: String,
        /// True if it is disabled.
        is_disabled: bool,
    },
    /// The legacy pair changed, but no setup script processes it.
    NotProcessed,
    /// No module declares the row any more.
    Removed {
        /// Presumed new name.
        renamed_to: Option<String>,
    },
    /// The module renames the row.
    Renamed {
        /// Former name.
        from: String,
        /// New name.
        to: String,
    },
    /// The row has a former name of an integration, and another one is in use or has the new name.
    Superseded {
        /// The integration.
        by: String,
    },
    /// The row has a former name of an integration, and more than one of its rows is in use.
    Contested {
        /// The integration.
        by: String,
    },
    /// The module deletes the row.
    Retired,
    /// Credentials are not kept, because permissions grow.
    PermissionsGrow,
    /// The e-mail address is missing.
    EmailMissing,
    /// The name equals that of a row under the database's collation.
    CaseChanged {
        /// The name of the row.
        row: String,
    },
    /// The name is longer than its column, which has a truncated copy.
    NameTooLong,
    /// The name has an apostrophe.
    Apostrophe,
    /// The legacy pair grants nothing.
    ResourcesMissing,
    /// PHP of the module interferes.
    Interference {
        /// Place and predicate, as `Setup/InstallData.php:23 sets setup_type`.
        place: String,
    },
}

/// Remedy for an integration that was reset.
const REAUTHORISE: &str = "re-authorise it in System > Extensions > Integrations and distribute the new key, secret and token; \
    or keep the old ones: set `keep_credentials = true`, or install with `magespec install --keep-credentials`";

impl Cause {
    /// Stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed { .. } => "attribute-changed",
            Self::Gained { .. } => "resource-gained",
            Self::Lost { .. } => "resource-lost",
            Self::AlwaysResets => "always-resets",
            Self::TooLong { .. } => "value-too-long",
            Self::Supplementary { .. } => "four-byte-character",
            Self::TakenAlong { .. } => "url-goes",
            Self::TakenOver { .. } => "taken-over",
            Self::Stays { .. } => "url-stays",
            Self::NotGranted { is_disabled: false, .. } => "resource-unknown",
            Self::NotGranted { is_disabled: true, .. } => "resource-disabled",
            Self::NotProcessed => "not-processed",
            Self::Removed { renamed_to: None } => "removed",
            Self::Removed { renamed_to: Some(_) } => "renamed",
            Self::Renamed { .. } => "renamed-in-place",
            Self::Superseded { .. } => "superseded",
            Self::Contested { .. } => "both-in-use",
            Self::Retired => "retired",
            Self::PermissionsGrow => "permissions-grow",
            Self::EmailMissing => "email-missing",
            Self::CaseChanged { .. } => "name-case-changed",
            Self::NameTooLong => "name-too-long",
            Self::Apostrophe => "name-apostrophe",
            Self::ResourcesMissing => "resources-missing",
            Self::Interference { .. } => "php-interferes",
        }
    }

    /// Returns true if it stops `setup:upgrade`.
    #[must_use]
    pub const fn is_stop(&self) -> bool {
        matches!(
            self,
            Self::EmailMissing
                | Self::CaseChanged { .. }
                | Self::NameTooLong
                | Self::Supplementary { attribute: Attribute::Name }
                | Self::Apostrophe
                | Self::ResourcesMissing
        )
    }

    /// Affected attribute.
    #[must_use]
    pub const fn attribute(&self) -> Option<Attribute> {
        match self {
            Self::Changed { attribute, .. }
            | Self::TooLong { attribute }
            | Self::Supplementary { attribute }
            | Self::TakenAlong { attribute, .. }
            | Self::Stays { attribute, .. } => Some(*attribute),
            Self::Gained { .. }
            | Self::Lost { .. }
            | Self::AlwaysResets
            | Self::NotGranted { .. }
            | Self::ResourcesMissing => Some(Attribute::Resources),
            Self::TakenOver { .. } => Some(Attribute::SetupType),
            Self::EmailMissing => Some(Attribute::Email),
            Self::Removed { .. }
            | Self::Renamed { .. }
            | Self::Superseded { .. }
            | Self::Contested { .. }
            | Self::CaseChanged { .. }
            | Self::NameTooLong
            | Self::Apostrophe => Some(Attribute::Name),
            Self::Retired
            | Self::PermissionsGrow
            | Self::New
            | Self::NotProcessed
            | Self::Interference { .. } => None,
        }
    }

    /// Value in the database.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        match self {
            Self::Changed { before, .. } => before.as_deref(),
            Self::Lost { id } => Some(id),
            Self::Renamed { from, .. } => Some(from),
            Self::Stays { value, .. } | Self::TakenAlong { value, .. } => Some(value),
            Self::CaseChanged { row } => Some(row),
            Self::TakenOver { setup_type: SetupType::Other(_) } => Some("other"),
            Self::TakenOver { .. } => Some("manual"),
            Self::Interference { place } => Some(place),
            _ => None,
        }
    }

    /// Declared value.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        match self {
            Self::Changed { after, .. } => after.as_deref(),
            Self::Gained { id, .. } | Self::NotGranted { id, .. } => Some(id),
            Self::Removed { renamed_to } => renamed_to.as_deref(),
            Self::Renamed { to, .. } => Some(to),
            Self::Superseded { by } | Self::Contested { by } => Some(by),
            Self::TakenOver { .. } => Some("config"),
            _ => None,
        }
    }

    /// Sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::New => "no integration has this name: it is created inactive, with a consumer and without a token".to_owned(),
            Self::Changed { attribute, before, after } => {
                let value = |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), |it| format!("`{it}`"));
                format!("{} changes from {} to {}", attribute.as_str(), value(before), value(after))
            }
            Self::Gained { id, is_asked_for: true } => format!("{id} is newly granted"),
            Self::Gained { id, is_asked_for: false } => {
                format!("{id} is newly granted as an ancestor")
            }
            Self::Lost { id } => format!("{id} is no longer granted"),
            Self::AlwaysResets => "the stored rules always differ from the XML: a bug of this Magento release".to_owned(),
            Self::TooLong { attribute } => {
                format!("{} is longer than the 255 characters that the database keeps, so it differs every time", attribute.as_str())
            }
            Self::Supplementary { attribute: Attribute::Name } => "the name has a character beyond U+FFFF, which is \
                 stored as `????` and not found again: the second setup:upgrade stops with \"Unique constraint violation found\""
                .to_owned(),
            Self::Supplementary { attribute } => format!(
                "{} has a character beyond U+FFFF, which is stored as `????`, and differs each time",
                attribute.as_str()
            ),
            Self::TakenAlong { attribute, value } => {
                format!("{} is no longer declared: the reset deletes `{value}` from the row", attribute.as_str())
            }
            Self::TakenOver { setup_type: SetupType::Other(value) } => {
                format!("PHP set setup_type of the row to {value}: the module takes it over")
            }
            Self::TakenOver { .. } => {
                "an integration with this name was created in Admin: the module takes it over".to_owned()
            }
            Self::Stays { attribute, .. } => {
                format!("{} is removed, but its value stays in the database until a reset", attribute.as_str())
            }
            Self::NotGranted { id, is_disabled: false } => format!("no module declares {id}: Magento ignores it"),
            Self::NotGranted { id, is_disabled: true } => format!("{id} is disabled: Magento ignores it"),
            Self::NotProcessed => "etc/integration/*.xml is only processed by setup scripts, and none runs".to_owned(),
            Self::Removed { renamed_to: None } => {
                "no module declares it any more: its row and tokens stay as they are, and Admin cannot delete it".to_owned()
            }
            Self::Removed { renamed_to: Some(name) } => format!(
                "it may have been renamed to `{name}`: Magento treats that as a new integration; the old one keeps its row and tokens, and \
                 Admin cannot delete it"
            ),
            Self::Renamed { from, to } => format!("name changes from `{from}` to `{to}`: the module renames the row"),
            Self::Superseded { by } => {
                format!("it is a former name of `{by}` and not in use: the module deletes it")
            }
            Self::Contested { by } => format!(
                "it is a former name of `{by}`, but more than one integration of these names is in use: the module leaves \
                 them as they are"
            ),
            Self::Retired => "`[retired]` lists it: the module deletes its row, key, secret, tokens and permissions".to_owned(),
            Self::PermissionsGrow => "`keep_credentials` is \"unless-permissions-grow\", and its permissions grow".to_owned(),
            Self::EmailMissing => "the e-mail address is missing: setup:upgrade stops for all integrations".to_owned(),
            Self::CaseChanged { row } => format!(
                "the database treats the name as equal to `{row}`: setup:upgrade stops with \"The integration with name … \
                 exists.\""
            ),
            Self::NameTooLong => "the name is longer than the 255 characters that the database keeps, so Magento does not find it again: \
                 setup:upgrade stops with \"Unique constraint violation found\""
                .to_owned(),
            Self::Apostrophe => "the name has an apostrophe: setup:upgrade stops with \"Invalid predicate\" if the same \
                 file of another module is merged before"
                .to_owned(),
            Self::Interference { place } => format!("the effect of setup:upgrade cannot be known: {place}"),
            Self::ResourcesMissing => {
                "etc/integration/api.xml lacks it: the setup script stops with an error".to_owned()
            }
        }
    }

    /// Suggested remedy, if one is needed; for a removed integration, the statements that delete its row.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        Some(match self {
            Self::New => {
                "activate it in System > Extensions > Integrations and distribute its key, secret and token"
            }
            Self::Changed { .. } | Self::Gained { .. } | Self::Lost { .. } => REAUTHORISE,
            Self::AlwaysResets => {
                "upgrade Magento to 2.2.8, 2.3.1 or later; until then set `keep_credentials = true`, install with `magespec install \
                 --keep-credentials`, or re-authorise it after each setup:upgrade"
            }
            Self::TooLong { .. } => "shorten it to 255 characters",
            Self::Supplementary { .. } => "choose characters up to U+FFFF: no emoji",
            Self::TakenAlong { .. } => return None,
            Self::TakenOver { .. } => {
                "rename it, or re-authorise it: its current key, secret and tokens stop working"
            }
            Self::Stays { attribute: Attribute::EndpointUrl, .. } => {
                "nothing. To remove it now, set `integration.endpoint` to NULL by hand"
            }
            Self::Stays { .. } => {
                "nothing. To remove it now, set `integration.identity_link_url` to NULL by hand"
            }
            Self::NotGranted { is_disabled: false, .. } => {
                "remove the resource from the spec, or install the module that declares it"
            }
            Self::NotGranted { is_disabled: true, .. } => {
                "remove the resource from the spec: it cannot be granted"
            }
            Self::NotProcessed => "raise `version` in [module], or `setup_version` where the spec sets it",
            Self::Contested { .. } => "remove the one that nobody uses",
            Self::Renamed { .. } | Self::Superseded { .. } | Self::Retired | Self::PermissionsGrow => {
                return None;
            }
            Self::Removed { .. } => {
                "DELETE FROM oauth_consumer WHERE entity_id=<its consumer_id> and DELETE FROM authorization_role WHERE \
                 user_type='1' AND user_id=<its integration_id>"
            }
            Self::EmailMissing => "add an e-mail address",
            Self::CaseChanged { .. } => {
                "keep the old spelling, or list it in `renamed_from`: the module then renames the row"
            }
            Self::NameTooLong => "shorten it to 255 characters and delete the row with the truncated name",
            Self::Apostrophe => "choose a name without an apostrophe; the typographic one, `’`, is safe",
            Self::ResourcesMissing => "grant it a resource",
            Self::Interference { .. } => "read this code, and try the upgrade on a copy of the shop",
        })
    }
}
