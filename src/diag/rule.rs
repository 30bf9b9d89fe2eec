//! Rules: every check by its stable id.

use std::{fmt, str::FromStr};

use super::Level;

/// The part of a spec, module or plan that a rule is about.
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
    /// Events of `[[webhook]]` and `[[observer]]`.
    Events,
    /// `[[cron]]`.
    Jobs,
    /// Names of PHP classes and of declared things of any kind.
    Names,
    /// `[csp]`.
    Csp,
    /// `[i18n]`.
    I18n,
    /// `[files]` and the output.
    Files,
    /// Existing modules.
    Import,
    /// Effects of the next `setup:upgrade`.
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
        /// A check with a stable id. Its page explains what it finds and why, with a bad and a good example.
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

            /// The fault in one line.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)+)+ }
            }

            /// The level of its findings unless `[rules]` sets another.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $($(Self::$name => Level::$level,)+)+ }
            }

            /// The family it belongs to.
            #[must_use]
            pub const fn family(self) -> Family {
                match self { $($(Self::$name => Family::$family,)+)+ }
            }

            /// Its page in Markdown: what it finds, why (with the fact about Magento), a bad and a good example.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $($(Self::$name => include_str!(concat!("../../docs/rules/", $id, ".md")),)+)+ }
            }
        }
    };
}

rules! {
    Document {
        UnreadableFile "unreadable-file" Error "The spec file cannot be read"
        TomlSyntax "toml-syntax" Error "The spec is not valid TOML"
        TomlVersion "toml-version" Note "Syntax that TOML has from version 1.1 on"
        UnknownKey "unknown-key" Error "An unknown table or key"
        MissingKey "missing-key" Error "A required table or key is missing"
        WrongType "wrong-type" Error "A value of the wrong type"
        InvalidValue "invalid-value" Error "A value that its key does not allow"
        UnknownRule "unknown-rule" Error "An unknown rule in `[rules]`"
        ControlCharacter "control-character" Error "A character that XML 1.0 cannot represent"
        InvisibleCharacter "invisible-character" Warning "An invisible character, or one that changes the direction of text"
        SecretInSpec "secret-in-spec" Warning "A text that looks like a key, a token or a password"
    }
    Module {
        ModuleName "module-name" Error "A module name that is not in the form `Vendor_Module`"
        PackageName "package-name" Error "A package name that Composer rejects"
        ModuleVersion "module-version" Error "A module version that is not two to four numbers"
        ComposerKey "composer-key" Error "A `[composer]` key that the rest of the spec determines"
        RequireSyntax "require-syntax" Error "A version constraint in `require` that Composer cannot parse"
        NotInstallable "not-installable" Error "A requirement that some releases of the target cannot install"
        RequiresItself "requires-itself" Error "A module that requires itself"
        DuplicateModule "duplicate-module" Error "Two specs that generate the same module"
    }
    Target {
        TargetSyntax "target-syntax" Error "A target that is not a valid Composer constraint"
        TargetMatchesNothing "target-matches-nothing" Error "A target that matches no known Magento release"
        TargetNewerThanCatalog "target-newer-than-catalog" Note "A target with releases that the catalog lacks"
        TargetWithoutPatches "target-without-patches" Note "A target that leaves out the patches of its last release"
        TargetCrossesLegacy "target-crosses-legacy" Error "A target that mixes 2.0 with 2.1 or later"
        ReleaseNotVerified "release-not-verified" Note "A target with releases whose ACL or routes are deduced or assumed"
        CatalogUnreadable "catalog-unreadable" Error "A file in `catalog` that is not a shop's catalog"
        MageOsWithoutReplace "mage-os-without-replace" Note "A Mage-OS release on which Composer does not find Magento's packages"
        ShopNotInTarget "shop-not-in-target" Warning "A shop whose release is outside the target"
        FeatureRelease "feature-release" Warning "A feature that some releases of the target do not support"
        TargetAlwaysResets "target-always-resets" Warning "A release that resets every integration at every `setup:upgrade`"
    }
    Integration {
        DuplicateIntegration "duplicate-integration" Error "Two integrations that Magento treats as the same"
        IntegrationName "integration-name" Error "An integration name that is too short or too long"
        NameApostrophe "name-apostrophe" Error "An integration name with an apostrophe"
        FourByteCharacter "four-byte-character" Error "A character that some releases store as `????`"
        RetiredName "retired-name" Error "A retired integration that is still declared, or listed twice"
        KeepWithoutEffect "keep-without-effect" Note "Credentials to keep of an integration that is never reset"
        EmailFormat "email-format" Error "An e-mail address that Magento rejects"
        ValueTooLong "value-too-long" Error "A value longer than its database column"
        EmptyUrl "empty-url" Error "An empty URL"
        UrlTooShort "url-too-short" Error "A URL shorter than four characters"
        UrlScheme "url-scheme" Error "A URL that is neither http nor https"
        UrlCredentials "url-credentials" Error "A URL with credentials"
        UrlNotHttps "url-not-https" Warning "A URL that does not use HTTPS"
        UrlNotPublic "url-not-public" Warning "A URL that is not publicly reachable"
        EmailPlaceholder "email-placeholder" Warning "An e-mail address that cannot receive mail"
        OnlyOneUrl "only-one-url" Note "Only one of `endpoint_url` and `identity_link_url`"
        NoResources "no-resources" Warning "An integration without permissions"
        BearerTokenRefused "bearer-token-refused" Note "A release that rejects integration bearer tokens by default"
    }
    Calls {
        CallFormat "call-format" Error "A call that is not an HTTP method and a REST path"
        UnknownRoute "unknown-route" Error "A call that matches no route in any release of the target"
        CommercePermissionUnknown "commerce-permission-unknown" Warning "A route of Adobe Commerce whose permission is not public"
        RouteNotInEveryRelease "route-not-in-every-release" Error "A call whose route is missing in some releases of the target"
        SelfRoute "self-route" Error "A call that only a logged-in customer can make"
        UngrantableRoute "ungrantable-route" Error "A call whose ACL resource cannot be granted"
        DuplicateCall "duplicate-call" Warning "A call that is listed twice"
        AnonymousRoute "anonymous-route" Note "A call that needs no permission"
        RoutePermissionsDiffer "route-permissions-differ" Note "A call whose permissions differ between releases of the target"
        RouteMovesAt "route-moves-at" Note "A call that an upgrade beyond the target breaks"
        ShopNeedsMore "shop-needs-more" Warning "A call that needs other permissions in the shop"
    }
    Resources {
        UnknownResource "unknown-resource" Error "A resource that no release of the target has"
        CompanyRole "company-role" Error "A permission of B2B company roles"
        ResourceNotInEveryRelease "resource-not-in-every-release" Error "A resource that is missing in some releases of the target"
        UnverifiableResource "unverifiable-resource" Warning "A resource whose module is not in the catalog"
        RootResource "root-resource" Error "A root of the ACL tree, which grants nothing"
        DisabledResource "disabled-resource" Error "A resource that Magento has disabled"
        ResourceFormat "resource-format" Error "An entry that is neither a resource nor a pattern"
        DuplicateResource "duplicate-resource" Warning "A resource that earlier entries already select"
        ImpliedResource "implied-resource" Note "A resource already implied by a call or another resource"
        MoreThanNeeded "more-than-needed" Warning "A resource that no call needs"
        PatternMatchesNothing "pattern-matches-nothing" Error "A pattern that matches no resource"
        PatternNarrowed "pattern-narrowed" Note "A pattern that matches more resources in some releases than in all"
        ShopDiffers "shop-differs" Note "A pattern that would select other resources in the shop"
        ExclusionHasNoEffect "exclusion-has-no-effect" Warning "An exclusion that removes nothing"
        BroadGrant "broad-grant" Warning "An integration that is granted more than half of all resources"
        ResourceMoves "resource-moves" Note "A Magento upgrade within the target that resets the integration"
    }
    Acl {
        AclId "acl-id" Error "An ACL id that is malformed or not named after the module"
        AclTitle "acl-title" Error "An ACL title that is missing, too short or too long"
        AclParent "acl-parent" Error "An ACL parent that is not usable in every release of the target"
        AclRoot "acl-root" Error "An ACL resource outside `Magento_Backend::admin`"
        AclDuplicate "acl-duplicate" Error "An ACL id that is declared twice"
        AclCycle "acl-cycle" Error "ACL parents that form a cycle"
        AclUnused "acl-unused" Note "An ACL resource that no integration requests"
    }
    Api {
        UnknownType "unknown-type" Error "A type that neither the spec nor Magento defines"
        SearchType "search-type" Error "A search that does not return a `[[data]]`"
        RouteParameter "route-parameter" Error "A method parameter that its route or PHP does not allow"
        RouteTaken "route-taken" Error "A route that collides with one of Magento's"
        RouteAccess "route-access" Error "A route whose ACL resource nobody can be granted"
        Replacement "replacement" Error "A replacement that callers of a deprecated route cannot use"
        DeprecationOver "deprecation-over" Warning "A deprecated route past the day of its removal"
        OpenRoute "open-route" Warning "A writing route that anyone can call"
        EndlessData "endless-data" Error "An infinitely recursive data object"
    }
    Settings {
        SettingsHome "settings-home" Error "Settings without a valid section"
        SettingValue "setting-value" Error "A default, range or option that does not fit its setting"
        UnknownSetting "unknown-setting" Error "A reference to a setting that is missing or has the wrong type"
        UnknownPlace "unknown-place" Error "An unknown tab, section, group or menu entry"
        SettingTaken "setting-taken" Error "A setting, group or section that Magento already has"
    }
    Webhooks {
        WebhooksIncomplete "webhooks-incomplete" Error "Only one of `[webhooks]` and `[[webhook]]`"
        WebhooksRelease "webhooks-release" Error "Webhooks for releases before 2.3.0"
        WebhookDelivery "webhook-delivery" Warning "Webhook timeouts or retries without sensible limits"
        NameTooLong "name-too-long" Error "A module name that is too long for the indexes of its table"
    }
    Events {
        EventName "event-name" Error "An event name with a digit in releases that do not allow it"
        UnknownEvent "unknown-event" Error "An event that no release of the target dispatches"
        EventNotInEveryRelease "event-not-in-every-release" Error "An event that some releases of the target do not dispatch"
        EventWithoutObject "event-without-object" Error "A webhook on an event without a `data_object`"
        EventTiming "event-timing" Warning "A webhook on an event that fires too early, too late or for many models"
        EventCaution "event-caution" Note "An event that may not fire when its name suggests"
        UnknownField "unknown-field" Warning "A webhook field that the event's object does not have"
        UnfilledField "unfilled-field" Warning "A webhook field that the event's object may not have when it is saved"
        FieldType "field-type" Warning "A webhook field whose type cannot hold its value"
        WebhookPayload "webhook-payload" Error "A webhook payload that cannot be built as written"
        WebhookCondition "webhook-condition" Error "A webhook condition that never holds"
        NoOriginalValue "no-original-value" Warning "A `changed` field whose original value some releases do not know"
        SecretField "secret-field" Warning "A webhook field that exposes a password or token"
    }
    Jobs {
        CronSchedule "cron-schedule" Error "A cron schedule that is invalid or never due"
        CronStepDiffers "cron-step-differs" Note "A cron step that releases of the target read differently"
        UnknownCronGroup "unknown-cron-group" Error "An undeclared cron group"
    }
    Names {
        DeclaredTwice "declared-twice" Error "A name that is declared twice"
        FormerName "former-name" Error "A former name that something else has, or that is listed twice"
        FormerNameLeft "former-name-left" Note "A former name that can go once every shop is upgraded"
        NameTaken "name-taken" Error "A name that Magento itself already uses"
        ClassName "class-name" Error "A name that produces an invalid or reserved PHP class"
    }
    Csp {
        CspOpen "csp-open" Warning "A CSP host that matches any site or is unencrypted"
        CspRelease "csp-release" Warning "CSP hosts for releases without a Content Security Policy"
    }
    I18n {
        UnknownLocale "unknown-locale" Warning "A locale that Magento does not support"
        Translations "translations" Note "Missing or outdated translations"
    }
    Files {
        UnmanagedFile "unmanaged-file" Warning "An unmanaged file that magespec does not generate"
        ClassMissing "class-missing" Warning "A declared class whose file is missing or broken"
        MethodMissing "method-missing" Warning "A method that your class does not implement"
        MethodDiffers "method-differs" Warning "A method of your class that no longer matches its interface"
        ClassLeft "class-left" Warning "A class of yours that the spec no longer declares"
    }
    Import {
        XmlUnreadable "xml-unreadable" Error "An XML file that cannot be parsed"
        XmlNotAccepted "xml-not-accepted" Error "XML that Magento's schema rejects"
        ComposerUnreadable "composer-unreadable" Error "A `composer.json` that Composer cannot read"
        RegistrationUnreadable "registration-unreadable" Warning "A `registration.php` without a readable module name"
        NameMismatch "name-mismatch" Error "Files that disagree on the module's name"
        WrongFileName "wrong-file-name" Warning "A file name that Magento does not read"
        FieldIncomplete "field-incomplete" Warning "A field of `system.xml` that lacks what its type needs"
        SetupVersion "setup-version" Error "A `setup_version` that is missing or malformed"
        EmptyElement "empty-element" Error "An empty element in an integration"
        PaddedValue "padded-value" Warning "A value with leading or trailing whitespace"
        LegacyFormat "legacy-format" Note "An integration in the deprecated format of Magento 2.0"
        LegacyNamesDiffer "legacy-names-differ" Error "`config.xml` and `api.xml` that name different integrations"
        NeverCreated "never-created" Warning "An integration that no setup script creates"
        PartialIntegration "partial-integration" Warning "An integration that relies on another module to complete it"
        RoutePath "route-path" Warning "A route without a version in its path"
        DocBlock "doc-block" Error "A doc block from which Magento cannot read a type"
        DataConstructor "data-constructor" Warning "A constructor parameter that requests do not fill"
        RequirementMatchesNothing "requirement-matches-nothing" Warning "A Magento package version that does not exist"
        DerivedDiffers "derived-differs" Note "A value magespec derives differently"
        NotCarried "not-carried" Warning "A file that `import` leaves as it is"
    }
    Plan {
        UpgradeStops "upgrade-stops" Error "A change that makes `setup:upgrade` fail"
        Reset "reset" Warning "A change that resets an integration"
        Orphan "orphan" Warning "A removed or renamed integration that stays active in the shop"
        PermissionsGrow "permissions-grow" Note "An integration that gains permissions"
        BreakingChange "breaking-change" Warning "A change that breaks clients or loses stored data"
    }
}

impl Rule {
    /// Returns true if its findings depend on the ACL and routes of the releases or shops that a spec is looked up in.
    #[must_use]
    pub fn is_looked_up(self) -> bool {
        matches!(self.family(), Family::Calls | Family::Resources | Family::Acl)
            || matches!(self, Self::RouteTaken | Self::RouteAccess | Self::ShopNotInTarget)
    }

    /// Returns true if its findings compare a shop with a spec: every command shows them.
    #[must_use]
    pub fn is_of_shop(self) -> bool {
        matches!(self, Self::ShopDiffers | Self::ShopNeedsMore | Self::ShopNotInTarget)
    }

    /// Returns true if `[rules]` may set it to `allow` or `warn`: for warnings and notes, for errors about things a shop
    /// may have although the catalog does not, for errors about things not every release has, and for names that may be
    /// taken on purpose.
    #[must_use]
    pub fn can_be_relaxed(self) -> bool {
        self.level() != Level::Error
            || matches!(
                self,
                Self::UnknownResource
                    | Self::UnknownRoute
                    | Self::ResourceNotInEveryRelease
                    | Self::RouteNotInEveryRelease
                    | Self::CompanyRole
                    | Self::UnknownEvent
                    | Self::EventNotInEveryRelease
                    | Self::UnknownCronGroup
                    | Self::UnknownPlace
                    | Self::NotInstallable
                    | Self::NameTaken
            )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Error for an unknown rule id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRuleId(pub String);

impl fmt::Display for UnknownRuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown rule `{}`", self.0)
    }
}

impl std::error::Error for UnknownRuleId {}

impl FromStr for Rule {
    type Err = UnknownRuleId;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id).ok_or_else(|| UnknownRuleId(id.to_owned()))
    }
}
