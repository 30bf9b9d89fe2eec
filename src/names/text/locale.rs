//! Locales: a language and a country.

use crate::names::text::text_type;

text_type! {
    /// A language and a country, as Magento names the files of i18n.
    Locale, "a locale such as `de_DE`", length 5..=15usize, pattern "^[a-z]{2,3}(_[A-Z][a-z]{3})?_[A-Z]{2}$"
}

impl Locale {
    /// Returns true if Magento offers the locale for store views (`framework/Locale/Config.php`, 2.4.8).
    #[must_use]
    pub fn is_known(&self) -> bool {
        let (language, country) = self.as_str().rsplit_once('_').unwrap_or_default();
        LOCALES.iter().any(|(other, list)| *other == language && list.split(' ').any(|it| it == country))
    }

    /// Locale that another spelling of it means, as `de-de`, `de` or `zh_CN`.
    #[must_use]
    pub fn likely(text: &str) -> Option<String> {
        let text = text.trim().replace('-', "_").to_lowercase();
        let (language, country) = text.split_once('_').unwrap_or((&text, &text));
        let is_it = |known: &String| {
            let known = known.to_lowercase();
            let parts = (known.split('_').next(), known.rsplit('_').next());
            known == text || parts == (Some(language), Some(country))
        };
        Self::known().find(is_it)
    }

    /// Locales that Magento offers for store views, by language.
    pub fn known() -> impl Iterator<Item = String> {
        LOCALES.iter().flat_map(|(language, countries)| {
            countries.split(' ').map(move |country| format!("{language}_{country}"))
        })
    }
}

/// Languages of store views, each with its countries.
const LOCALES: [(&str, &str); 60] = [
    ("af", "ZA"),
    ("ar", "DZ EG KW MA SA"),
    ("az_Latn", "AZ"),
    ("be", "BY"),
    ("bg", "BG"),
    ("bn", "BD"),
    ("bs_Latn", "BA"),
    ("ca", "ES"),
    ("cs", "CZ"),
    ("cy", "GB"),
    ("da", "DK"),
    ("de", "AT CH DE LU"),
    ("el", "GR"),
    ("en", "AU CA GB IE NZ US"),
    ("es", "AR BO CL CO CR ES MX PA PE VE"),
    ("et", "EE"),
    ("eu", "ES"),
    ("fa", "IR"),
    ("fi", "FI"),
    ("fil", "PH"),
    ("fr", "BE CA CH FR LU"),
    ("gl", "ES"),
    ("gu", "IN"),
    ("he", "IL"),
    ("hi", "IN"),
    ("hr", "HR"),
    ("hu", "HU"),
    ("id", "ID"),
    ("is", "IS"),
    ("it", "CH IT"),
    ("ja", "JP"),
    ("ka", "GE"),
    ("km", "KH"),
    ("ko", "KR"),
    ("lo", "LA"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("mk", "MK"),
    ("mn_Cyrl", "MN"),
    ("ms", "MY"),
    ("ms_Latn", "MY"),
    ("nb", "NO"),
    ("nl", "BE NL"),
    ("nn", "NO"),
    ("pl", "PL"),
    ("pt", "BR PT"),
    ("ro", "RO"),
    ("ru", "RU"),
    ("sk", "SK"),
    ("sl", "SI"),
    ("sq", "AL"),
    ("sr_Cyrl", "RS"),
    ("sv", "FI SE"),
    ("sw", "KE"),
    ("th", "TH"),
    ("tr", "TR"),
    ("uk", "UA"),
    ("vi", "VN"),
    ("zh_Hans", "CN"),
    ("zh_Hant", "HK TW"),
];
