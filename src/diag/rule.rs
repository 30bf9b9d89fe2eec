//! The rules: every check by its stable id.

use std::{fmt, str::FromStr};

use super::Level;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The TOML document and its keys.
    Document,
    /// `[module]`.
    Module,
    /// `[target]`.
    Target,
    /// `[[integration]]`.
    Integration,
    /// `calls`.
    Calls,
    /// `resources`.
    Resources,
    /// `[[acl]]`.
    Acl,
    /// `[[service]]` and `[[data]]`.
    Api,
    /// `[settings]` and `[[setting]]`.
    Settings,
    /// `[webhooks]` and `[[webhook]]`.
    Webhooks,
    /// Events, of `[[webhook]]` and `[[observer]]`.
    Events,
    /// `[[cron]]`.
    Jobs,
    /// Names of classes and of what is declared, whatever it is.
    Names,
    /// `[csp]`.
    Csp,
    /// `[i18n]`.
    I18n,
    /// `[files]` and the output.
    Files,
    /// Existing modules.
    Import,
    /// What `setup:upgrade` is going to do.
    Plan,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Module => "module",
            Self::Target => "target",
            Self::Integration => "integration",
            Self::Calls => "calls",
            Self::Resources => "resources",
            Self::Acl => "acl",
            Self::Api => "api",
            Self::Settings => "settings",
            Self::Webhooks => "webhooks",
            Self::Events => "events",
            Self::Jobs => "jobs",
            Self::Names => "names",
            Self::Csp => "csp",
            Self::I18n => "i18n",
            Self::Files => "files",
            Self::Import => "import",
            Self::Plan => "plan",
        })
    }
}

macro_rules! rules {
    ($($family:ident { $($name:ident $id:literal $level:ident $title:literal)+ })+) => {
        /// A check with a stable id. Its page says what it finds, why, and shows a bad and a good example.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $title] $name,)+)+
        }

        impl Rule {
            /// All rules, by family.
            pub const ALL: &[Self] = &[$($(Self::$name,)+)+];

            /// The stable id, in kebab case.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $($(Self::$name => $id,)+)+ }
            }

            /// What it finds, in one line.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)+)+ }
            }

            /// The level of its findings unless `[rules]` says otherwise.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $($(Self::$name => Level::$level,)+)+ }
            }

            /// What it is about.
            #[must_use]
            pub const fn family(self) -> Family {
                match self { $($(Self::$name => Family::$family,)+)+ }
            }

            /// Its page in Markdown: what, why with the fact about Magento, a bad example, a good one.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $($(Self::$name => include_str!(concat!("../../docs/rules/", $id, ".md")),)+)+ }
            }
        }
    };
}

rules! {
    Document {
        UnreadableFile "unreadable-file" Error "The spec cannot be read"
        TomlSyntax "toml-syntax" Error "The spec is not valid TOML"
        UnknownKey "unknown-key" Error "A key that the spec format does not have"
        MissingKey "missing-key" Error "A required key is missing"
        WrongType "wrong-type" Error "A value of the wrong type"
        InvalidValue "invalid-value" Error "A value that the spec format does not allow"
        UnknownRule "unknown-rule" Error "`[rules]` names a rule that does not exist"
        ControlCharacter "control-character" Error "A character that XML 1.0 cannot hold"
    }
    Module {
        ModuleName "module-name" Error "The module's name is not Vendor_Module"
        PackageName "package-name" Error "The package's name is none Composer takes"
        ModuleVersion "module-version" Error "The version is not two to four numbers"
        ComposerKey "composer-key" Error "A key under `[composer]` that is derived from something else"
        RequireSyntax "require-syntax" Error "A constraint in `require` that Composer cannot read"
        RequiresItself "requires-itself" Error "A module that requires itself"
        DuplicateModule "duplicate-module" Error "Two specs make the same module"
    }
    Target {
        TargetSyntax "target-syntax" Error "The target is no Composer constraint"
        TargetMatchesNothing "target-matches-nothing" Error "No known Magento release is in the target"
        TargetNewerThanCatalog "target-newer-than-catalog" Warning "The target has releases newer than the catalog"
        TargetCrossesLegacy "target-crosses-legacy" Error "The target has 2.0 together with 2.1 or later"
        ShopNotInTarget "shop-not-in-target" Warning "The shop that is checked against is not in the target"
        FeatureRelease "feature-release" Warning "Something that does nothing in some releases of the target"
        TargetAlwaysResets "target-always-resets" Warning "Releases that reset every integration at every setup:upgrade"
    }
    Integration {
        DuplicateIntegration "duplicate-integration" Error "Two integrations that Magento takes for one"
        IntegrationName "integration-name" Error "An integration's name is too short or too long"
        EmailFormat "email-format" Error "An e-mail address that Magento refuses"
        ValueTooLong "value-too-long" Error "A value longer than its database column"
        EmptyUrl "empty-url" Error "An empty URL"
        UrlTooShort "url-too-short" Error "A URL of fewer than four characters"
        UrlNotHttps "url-not-https" Warning "A URL that is not https"
        UrlNotPublic "url-not-public" Warning "A URL that only some machines can reach"
        OnlyOneUrl "only-one-url" Note "One of endpoint_url and identity_link_url without the other"
        NoResources "no-resources" Warning "An integration that is allowed nothing"
        BearerTokenRefused "bearer-token-refused" Note "The access token alone is refused from 2.4.4 on"
    }
    Calls {
        CallFormat "call-format" Error "A call that is not a method and the path of a REST route"
        UnknownRoute "unknown-route" Error "A call that no release of the target answers"
        RouteNotInEveryRelease "route-not-in-every-release" Error "A call that some releases of the target do not answer"
        SelfRoute "self-route" Error "A call that only a logged-in customer can make"
        UngrantableRoute "ungrantable-route" Error "A call that needs a resource which cannot be granted"
        DuplicateCall "duplicate-call" Warning "A call that is listed twice"
        AnonymousRoute "anonymous-route" Note "A call that needs no permission"
        RoutePermissionsDiffer "route-permissions-differ" Note "A call that does not need the same in all releases of the target"
        RouteMovesAt "route-moves-at" Note "A call that stops working with an upgrade beyond the target"
    }
    Resources {
        UnknownResource "unknown-resource" Error "A resource that no release of the target has"
        ResourceNotInEveryRelease "resource-not-in-every-release" Error "A resource that some releases of the target lack"
        UnverifiableResource "unverifiable-resource" Warning "A resource of a module that the catalog does not know"
        RootResource "root-resource" Error "A root of the ACL tree grants nothing"
        DisabledResource "disabled-resource" Error "A resource that Magento has switched off"
        ResourceFormat "resource-format" Error "An entry that is neither a resource nor a pattern"
        DuplicateResource "duplicate-resource" Warning "A resource that is listed twice"
        ImpliedResource "implied-resource" Note "A resource that is granted anyway, as an ancestor or for a call"
        MoreThanNeeded "more-than-needed" Warning "A resource that no call needs"
        PatternMatchesNothing "pattern-matches-nothing" Error "A pattern that fits no resource"
        PatternNarrowed "pattern-narrowed" Note "A pattern that fits more in some releases than in all"
        ExclusionHasNoEffect "exclusion-has-no-effect" Warning "An exclusion that takes nothing out"
        BroadGrant "broad-grant" Warning "An integration that is allowed more than half of everything"
        ResourceMoves "resource-moves" Note "A Magento upgrade inside the target resets this integration"
    }
    Acl {
        AclId "acl-id" Error "An own ACL id that is malformed or not named after the module"
        AclTitle "acl-title" Error "An ACL title is too short or too long"
        AclParent "acl-parent" Error "The parent of an own ACL resource does not exist"
        AclRoot "acl-root" Error "An own ACL resource outside of Magento_Backend::admin"
        AclDuplicate "acl-duplicate" Error "An own ACL id that is declared twice"
        AclCycle "acl-cycle" Error "Own ACL resources that are each other's parents"
        AclUnused "acl-unused" Note "An own ACL resource that no integration asks for"
    }
    Api {
        UnknownType "unknown-type" Error "A type that is no `[[data]]` of the spec"
        SearchType "search-type" Error "A search that does not say which `[[data]]` it is for"
        RouteParameter "route-parameter" Error "A parameter that a method cannot have"
        RouteTaken "route-taken" Error "A route that Magento has itself, or that fits calls to one"
        RouteAccess "route-access" Error "A route that needs what nobody has"
        EndlessData "endless-data" Error "A data object that always contains itself"
    }
    Settings {
        SettingsHome "settings-home" Error "Settings without a section to be in"
        SettingValue "setting-value" Error "A default, a range or an option that does not fit its setting"
        UnknownSetting "unknown-setting" Error "A setting that is named, and is not there or of another type"
        UnknownPlace "unknown-place" Error "A tab, section, group or menu entry that is not there"
        SettingTaken "setting-taken" Error "A setting, a group or a section that Magento has itself"
    }
    Webhooks {
        WebhooksIncomplete "webhooks-incomplete" Error "One of `[webhooks]` and `[[webhook]]` without the other"
        WebhooksRelease "webhooks-release" Error "Webhooks for releases before 2.3.0"
        WebhookDelivery "webhook-delivery" Warning "Webhooks that wait too long, or are tried too often"
        NameTooLong "name-too-long" Error "A module whose name is too long for the indexes of its table"
    }
    Events {
        UnknownEvent "unknown-event" Error "An event that no release of the target dispatches"
        EventNotInEveryRelease "event-not-in-every-release" Error "An event that some releases of the target do not dispatch"
        EventWithoutObject "event-without-object" Error "A webhook at an event that carries no object to tell of"
        EventTiming "event-timing" Warning "A webhook at an event that comes too early, too late, or of more than one model"
        EventCaution "event-caution" Note "An event that does not do all that its name says"
        UnknownField "unknown-field" Warning "A field of a webhook that the object of its event does not have"
        FieldType "field-type" Warning "A field of a webhook that is told as another type"
        SecretField "secret-field" Warning "A field of a webhook that opens an account"
    }
    Jobs {
        CronSchedule "cron-schedule" Error "A schedule that Magento cannot read, or that no moment fits"
        UnknownCronGroup "unknown-cron-group" Error "A cron group that is declared nowhere"
    }
    Names {
        DeclaredTwice "declared-twice" Error "Two of a kind with one name"
        ClassName "class-name" Error "A name of which no class can be made"
    }
    Csp {
        CspOpen "csp-open" Warning "A host that is anyone, or that is reached without encryption"
        CspRelease "csp-release" Warning "Hosts for releases that have no Content Security Policy"
    }
    I18n {
        UnknownLocale "unknown-locale" Warning "A locale that no store view can have"
        Translations "translations" Note "Phrases that a locale lacks, or that are no longer there"
    }
    Files {
        UnmanagedFile "unmanaged-file" Warning "A file of yours is listed that is not made anyway"
        ClassMissing "class-missing" Warning "A class of yours that is declared and not there"
        MethodMissing "method-missing" Warning "A method that is declared and that your class does not have"
        MethodDiffers "method-differs" Warning "A method of your class that does not fit its interface any more"
        ClassLeft "class-left" Warning "A class of yours that nothing declares any more"
    }
    Import {
        XmlUnreadable "xml-unreadable" Error "A file of a module that is no XML"
        XmlNotAccepted "xml-not-accepted" Error "XML that Magento's schema refuses"
        ComposerUnreadable "composer-unreadable" Error "A composer.json that Composer cannot read"
        RegistrationUnreadable "registration-unreadable" Warning "A registration.php in which no module is registered"
        NameMismatch "name-mismatch" Error "Files of a module that do not agree on its name"
        WrongFileName "wrong-file-name" Warning "A file that Magento does not read under this name"
        EmptyElement "empty-element" Error "An element of an integration with nothing in it"
        PaddedValue "padded-value" Warning "A value with white space around it"
        LegacyFormat "legacy-format" Note "An integration in the form that 2.1 replaced"
        LegacyNamesDiffer "legacy-names-differ" Error "config.xml and api.xml that do not name the same integrations"
        NeverCreated "never-created" Warning "An integration that no setup script creates"
        PartialIntegration "partial-integration" Warning "An integration that another module completes"
        RequirementMatchesNothing "requirement-matches-nothing" Warning "A Magento package in a version that does not exist"
        DerivedDiffers "derived-differs" Note "A value that a spec derives, and another way"
        NotCarried "not-carried" Warning "Something that a spec cannot say"
    }
    Plan {
        UpgradeStops "upgrade-stops" Error "A change at which setup:upgrade stops with an error"
        Reset "reset" Warning "A change that resets an integration"
        Orphan "orphan" Warning "An integration that is left behind, active, with its tokens"
        PermissionsGrow "permissions-grow" Note "An integration that may do more than before"
        BreakingChange "breaking-change" Warning "A change that breaks what others rely on"
    }
}

impl Rule {
    /// Whether `[rules]` may set it to `allow` or `warn`: warnings and notes, the errors about what a shop can have although
    /// the catalog does not, and those about what is not asked of every release.
    #[must_use]
    pub fn can_be_relaxed(self) -> bool {
        self.level() != Level::Error
            || matches!(
                self,
                Self::UnknownResource
                    | Self::ResourceNotInEveryRelease
                    | Self::RouteNotInEveryRelease
                    | Self::UnknownEvent
                    | Self::EventNotInEveryRelease
                    | Self::UnknownCronGroup
                    | Self::UnknownPlace
            )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// An id that no rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRuleId(pub String);

impl fmt::Display for UnknownRuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule `{}`", self.0)
    }
}

impl std::error::Error for UnknownRuleId {}

impl FromStr for Rule {
    type Err = UnknownRuleId;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id).ok_or_else(|| UnknownRuleId(id.to_owned()))
    }
}
