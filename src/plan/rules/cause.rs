//! Why something becomes of an integration.

/// A value of an integration, named as in the spec.
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

/// One reason for what becomes of an integration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// No row has the name.
    New,
    /// A value is not the one of the row.
    Changed {
        /// Which.
        attribute: Attribute,
        /// What the row has.
        before: Option<String>,
        /// What is declared; none for an empty element.
        after: Option<String>,
    },
    /// A resource is granted that was not.
    Gained {
        /// Its id.
        id: String,
        /// Whether it is asked for; otherwise it is above one that is.
        is_asked_for: bool,
    },
    /// A resource was granted and no longer is.
    Lost {
        /// Its id.
        id: String,
    },
    /// The release takes stored rules and XML for different whatever they say.
    AlwaysResets,
    /// The value is longer than its column, and never equal to what the column kept of it.
    TooLong {
        /// Which.
        attribute: Attribute,
    },
    /// The row was made in Admin.
    TakenOver,
    /// The element is gone, and the value stays.
    Stays {
        /// Which.
        attribute: Attribute,
        /// The value.
        value: String,
    },
    /// A resource is asked for that the release does not have, or has switched off.
    NotGranted {
        /// Its id.
        id: String,
        /// Whether it is switched off.
        is_disabled: bool,
    },
    /// The legacy pair was changed and no setup script runs that processes it.
    NotProcessed,
    /// Nothing declares the row any more.
    Removed {
        /// What seems to be its new name.
        renamed_to: Option<String>,
    },
    /// There is no e-mail address.
    EmailMissing,
    /// The name differs from that of a row in a way the database does not see.
    CaseChanged {
        /// The name of the row.
        row: String,
    },
    /// The name is longer than its column, which has what it kept of it.
    NameTooLong,
    /// The legacy pair grants nothing.
    ResourcesMissing,
}

/// What to do about an integration that was reset.
const REAUTHORISE: &str = "re-authorise it in System > Extensions > Integrations and hand out the new key, secret and token; \
    or install with `magespec install --keep-credentials`, which puts the old ones back";

impl Cause {
    /// A stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed { .. } => "attribute-changed",
            Self::Gained { .. } => "resource-gained",
            Self::Lost { .. } => "resource-lost",
            Self::AlwaysResets => "always-resets",
            Self::TooLong { .. } => "value-too-long",
            Self::TakenOver => "taken-over",
            Self::Stays { .. } => "url-stays",
            Self::NotGranted { is_disabled: false, .. } => "resource-unknown",
            Self::NotGranted { is_disabled: true, .. } => "resource-disabled",
            Self::NotProcessed => "not-processed",
            Self::Removed { renamed_to: None } => "removed",
            Self::Removed { renamed_to: Some(_) } => "renamed",
            Self::EmailMissing => "email-missing",
            Self::CaseChanged { .. } => "name-case-changed",
            Self::NameTooLong => "name-too-long",
            Self::ResourcesMissing => "resources-missing",
        }
    }

    /// Whether it stops `setup:upgrade`.
    #[must_use]
    pub const fn is_stop(&self) -> bool {
        matches!(
            self,
            Self::EmailMissing | Self::CaseChanged { .. } | Self::NameTooLong | Self::ResourcesMissing
        )
    }

    /// The value it is about.
    #[must_use]
    pub const fn attribute(&self) -> Option<Attribute> {
        match self {
            Self::Changed { attribute, .. } | Self::TooLong { attribute } | Self::Stays { attribute, .. } => {
                Some(*attribute)
            }
            Self::Gained { .. }
            | Self::Lost { .. }
            | Self::AlwaysResets
            | Self::NotGranted { .. }
            | Self::ResourcesMissing => Some(Attribute::Resources),
            Self::TakenOver => Some(Attribute::SetupType),
            Self::EmailMissing => Some(Attribute::Email),
            Self::Removed { .. } | Self::CaseChanged { .. } | Self::NameTooLong => Some(Attribute::Name),
            Self::New | Self::NotProcessed => None,
        }
    }

    /// What the database has.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        match self {
            Self::Changed { before, .. } => before.as_deref(),
            Self::Lost { id } => Some(id),
            Self::Stays { value, .. } => Some(value),
            Self::CaseChanged { row } => Some(row),
            Self::TakenOver => Some("manual"),
            _ => None,
        }
    }

    /// What is declared.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        match self {
            Self::Changed { after, .. } => after.as_deref(),
            Self::Gained { id, .. } | Self::NotGranted { id, .. } => Some(id),
            Self::Removed { renamed_to } => renamed_to.as_deref(),
            Self::TakenOver => Some("config"),
            _ => None,
        }
    }

    /// What is so, in a sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::New => "no integration has this name: it is created, inactive, with a consumer and no token".to_owned(),
            Self::Changed { attribute, before, after } => {
                let value = |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), |it| format!("`{it}`"));
                format!("{} changes from {} to {}", attribute.as_str(), value(before), value(after))
            }
            Self::Gained { id, is_asked_for: true } => format!("{id} is granted that was not"),
            Self::Gained { id, is_asked_for: false } => {
                format!("{id} is granted that was not: Magento adds it above another")
            }
            Self::Lost { id } => format!("{id} is no longer granted"),
            Self::AlwaysResets => "the stored rules always differ from the XML: a fault of the release".to_owned(),
            Self::TooLong { attribute } => {
                format!("{} is longer than the 255 characters that are kept, and differs each time", attribute.as_str())
            }
            Self::TakenOver => "an integration of this name was made in Admin: the module takes it over".to_owned(),
            Self::Stays { attribute, .. } => {
                format!("{} is removed, and its value stays in the database until a reset", attribute.as_str())
            }
            Self::NotGranted { id, is_disabled: false } => format!("{id} is not known, and dropped in silence"),
            Self::NotGranted { id, is_disabled: true } => format!("{id} is switched off, and dropped in silence"),
            Self::NotProcessed => "etc/integration/*.xml is processed by setup scripts alone, and none runs".to_owned(),
            Self::Removed { renamed_to: None } => {
                "nothing declares it any more: its row stays as it is, with its tokens, and Admin cannot delete it".to_owned()
            }
            Self::Removed { renamed_to: Some(name) } => format!(
                "it seems to be renamed to `{name}`, which is another integration: this row stays as it is, with its \
                 tokens, and Admin cannot delete it"
            ),
            Self::EmailMissing => "there is no e-mail address: setup:upgrade stops for all integrations".to_owned(),
            Self::CaseChanged { row } => format!(
                "the database takes the name for that of `{row}`: setup:upgrade stops with \"The integration with name … \
                 exists.\""
            ),
            Self::NameTooLong => "the name is longer than the 255 characters that are kept, and is not found again: \
                 setup:upgrade stops with \"Unique constraint violation found\""
                .to_owned(),
            Self::ResourcesMissing => {
                "etc/integration/api.xml does not name it: the setup script stops with an error".to_owned()
            }
        }
    }

    /// What to do about it; none where nothing is to be done.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        Some(match self {
            Self::New => {
                "activate it in System > Extensions > Integrations, and hand out its key, secret and token"
            }
            Self::Changed { .. } | Self::Gained { .. } | Self::Lost { .. } => REAUTHORISE,
            Self::AlwaysResets => {
                "upgrade Magento to 2.2.8, 2.3.1 or later; until then re-authorise it after each setup:upgrade, or \
                 `magespec install --keep-credentials`"
            }
            Self::TooLong { .. } => "shorten it to 255 characters",
            Self::TakenOver => {
                "give it another name, or re-authorise it: its key, secret and tokens stop working"
            }
            Self::Stays { attribute: Attribute::EndpointUrl, .. } => {
                "nothing, or clear the column `endpoint` of its row by hand: setup:upgrade does not"
            }
            Self::Stays { .. } => {
                "nothing, or clear the column `identity_link_url` of its row by hand: setup:upgrade does not"
            }
            Self::NotGranted { is_disabled: false, .. } => "take it out, or install the module that has it",
            Self::NotGranted { is_disabled: true, .. } => "take it out: nothing can grant it",
            Self::NotProcessed => "raise `version` in [module], or `setup_version` where the spec has it",
            Self::Removed { .. } => {
                "remove it once nobody uses it: n98-magerun2 integration:delete, or DELETE FROM oauth_consumer WHERE entity_id=<its \
                 consumer_id> and DELETE FROM authorization_role WHERE user_type='1' AND user_id=<its integration_id>"
            }
            Self::EmailMissing => "write an e-mail address",
            Self::CaseChanged { .. } => {
                "keep the old spelling, or choose a name that differs in more than case and accents"
            }
            Self::NameTooLong => "shorten it to 255 characters, and remove the row that has the cut name",
            Self::ResourcesMissing => "grant it a resource",
        })
    }
}
