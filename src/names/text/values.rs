//! Other texts in a spec.

use crate::names::{COLUMN_LENGTH, text::text_type};

text_type! {
    /// The name of an integration: Magento requires two characters and stores 255
    /// (docs/magento/files-and-schemas.md#facets and docs/magento/database.md#cut-values).
    IntegrationName, "a name of 2 to 255 characters that is not blank", length 2..=COLUMN_LENGTH,
    pattern r"[^ \t\r\n\u00A0]", plain words
}

text_type! {
    /// The title of an ACL resource: 3 to 50 characters (`framework/Acl/etc/acl.xsd`;
    /// docs/magento/files-and-schemas.md#acl-xml).
    AclTitle, "a title of 3 to 50 characters", length 3..=50usize
}

text_type! {
    /// A version as Composer reads it, without a leading `v`: `1.2.0`, `1.2.0-beta1`.
    ModuleVersion, "a version such as `1.0.0` or `2.1.0-beta1`", length 1..=64usize,
    pattern r"^[0-9]+(\.[0-9]+){1,3}(-(dev|(patch|p|alpha|a|beta|b|RC|rc)(\.?[0-9]+)?))?$", plain version
}

impl ModuleVersion {
    /// Returns the numbers only, as `setup_version` requires (`[0-9.]+`;
    /// docs/magento/files-and-schemas.md#setup-version): `1.2.0` for `1.2.0-beta1`.
    #[must_use]
    pub fn numbers(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }
}

text_type! {
    /// A day of this century that the calendar has.
    Day, "a day such as `2027-06-01`", length 1..=64usize,
    pattern "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    except "-(02-3[01]|(04|06|09|11)-31)$|^20([02468][1235679]|[13579][01345789])-02-29$"
}

impl Day {
    /// Returns today in UTC, or the day of `SOURCE_DATE_EPOCH`, as reproducible builds set it
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>).
    #[must_use]
    pub fn today() -> Self {
        let clock = || std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_secs().cast_signed());
        let clock = || jiff::Timestamp::from_second(clock()).unwrap_or_default();
        let now = Self::source_date().ok().flatten().unwrap_or_else(clock);
        Self(now.strftime("%Y-%m-%d").to_string())
    }

    /// Checks the environment variable that sets today.
    ///
    /// # Errors
    /// `SOURCE_DATE_EPOCH` that is not a time in seconds since 1970.
    pub fn check_source_date() -> Result<(), String> {
        Self::source_date().map(drop)
    }

    fn source_date() -> Result<Option<jiff::Timestamp>, String> {
        let Some(set) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|set| !set.is_empty()) else {
            return Ok(None);
        };
        let seconds = set.to_str().and_then(|set| set.parse::<u64>().ok());
        let time = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds.try_into().ok()?).ok());
        time.map(Some).ok_or_else(|| {
            format!(
                "the environment variable SOURCE_DATE_EPOCH is `{}`; set it to seconds since 1970, such as 1780272000, or unset it",
                set.to_string_lossy()
            )
        })
    }

    /// Returns its first second in UTC as Unix time.
    #[must_use]
    pub fn unix_time(&self) -> i64 {
        self.start().as_second()
    }

    /// Returns its first second as HTTP headers have it: `Tue, 01 Jun 2027 00:00:00 GMT`.
    #[must_use]
    pub fn http_date(&self) -> String {
        self.start().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    fn start(&self) -> jiff::Timestamp {
        let day: Option<jiff::civil::Date> = self.as_str().parse().ok();
        let start = day.and_then(|day| jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok());
        start.unwrap_or_default()
    }
}

text_type! {
    /// `setup_version` in module.xml (`framework/Module/etc/module.xsd`;
    /// docs/magento/files-and-schemas.md#setup-version). The column stores 50 characters.
    SetupVersion, "a version of digits and dots such as `1.0.0`", length 1..=50usize, pattern "^[0-9.]+$"
}

text_type! {
    /// A licence: an SPDX identifier or expression, or `proprietary`.
    License, "a licence such as `proprietary` or `MIT`", length 1..=128usize, pattern r"^[A-Za-z0-9.+() -]+$", plain license
}

text_type! {
    /// Non-empty text.
    Text, "a non-empty string", length 1..=usize::MAX, pattern r"[^ \t\r\n]", plain words
}

text_type! {
    /// Non-empty single line of text.
    Line, "a non-empty single line of text", length 1..=usize::MAX, pattern r"^[^\r\n]*[^ \t\r\n][^\r\n]*$", plain words
}

text_type! {
    /// A line that is safe in a PHP doc block, which `*/` would end.
    DocLine, "a single line of text without `*/`", length 1..=usize::MAX,
    pattern r"^[^\r\n]*[^ \t\r\n][^\r\n]*$", except r"\*/", plain words
}

text_type! {
    /// The title of a section in Stores > Configuration, its ACL resource and its menu entry: the schemas of acl.xml
    /// and menu.xml require 3 to 50 characters (docs/magento/files-and-schemas.md#acl-xml and
    /// docs/magento/settings.md#menu-xml).
    Title, "a single line of 3 to 50 characters without `*/`", length 3..=50usize,
    pattern r"^[^\r\n]*[^ \t\r\n][^\r\n]*$", except r"\*/", plain words
}

text_type! {
    /// A package in Composer's `require`: `vendor/package`, or a platform package such as `ext-curl` or `php`
    /// (Composer's `PlatformRepository::PLATFORM_PACKAGE_REGEX`, without HHVM).
    Requirement, "a Composer package such as `acme/sdk`, `ext-curl` or `php`", length 1..=usize::MAX,
    pattern "^(php(-64bit|-ipv6|-zts|-debug)?|composer(-plugin-api|-runtime-api)?|([Ee][Xx][Tt]|[Ll][Ii][Bb])-[A-Za-z0-9]([_.-]?[A-Za-z0-9]+)*|[a-z0-9]([_.-]?[a-z0-9]+)*/[a-z0-9](([_.]|-{1,2})?[a-z0-9]+)*)$", plain requirement
}

impl License {
    /// Returns the default licence: closed source.
    #[must_use]
    pub fn proprietary() -> Self {
        Self("proprietary".to_owned())
    }
}

/// An integer from 1 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Count(u32);

impl Count {
    /// Highest value.
    pub const MAX: u32 = 1_000_000;

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<i64> for Count {
    type Error = &'static str;
    fn try_from(number: i64) -> Result<Self, Self::Error> {
        let number = u32::try_from(number).ok().filter(|number| (1..=Self::MAX).contains(number));
        number.map(Self).ok_or("expected a number from 1 to 1000000")
    }
}

impl From<Count> for i64 {
    fn from(count: Count) -> Self {
        count.0.into()
    }
}

impl schemars::JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": Self::MAX })
    }
}
