//! Texts that fit a pattern for certain: most of a spec is plain, and a pattern takes longer to compile than they take to
//! read. Each says yes only to texts that fit the pattern of every type that names it; the pattern decides on others.

/// Words: letters, digits, spaces and common punctuation, starting with a letter or digit.
pub(in crate::names) fn words(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b" .,:;-_'()&+".contains(&byte);
    starts(text, u8::is_ascii_alphanumeric) && text.bytes().all(is_word)
}

/// A letter, then at least one more letter, digit or underscore.
pub(in crate::names) fn identifier(text: &str) -> bool {
    text.len() > 1 && starts(text, u8::is_ascii_alphabetic) && text.bytes().all(is_name)
}

/// A capital, then at least one more letter or digit.
pub(in crate::names) fn class(text: &str) -> bool {
    text.len() > 1
        && starts(text, u8::is_ascii_uppercase)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Words of two or more small letters, joined by underscores.
pub(in crate::names) fn snake(text: &str) -> bool {
    text.split('_').all(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Two or more identifiers, joined by slashes.
pub(in crate::names) fn path(text: &str) -> bool {
    text.contains('/') && text.split('/').all(identifier)
}

/// `Vendor_Module`.
pub(in crate::names) fn module(text: &str) -> bool {
    text.split_once('_').is_some_and(|(vendor, module)| class(vendor) && class(module))
}

/// `Vendor_Module::resource`.
pub(in crate::names) fn resource(text: &str) -> bool {
    let parts = text.split_once("::");
    parts.is_some_and(|(owner, id)| module(owner) && !id.is_empty() && id.bytes().all(is_name))
}

/// Two to four numbers, joined by dots.
pub(in crate::names) fn version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&text.bytes().filter(|&byte| byte == b'.').count()) && text.split('.').all(is_number)
}

/// `https://erp.acme.com/token`.
pub(in crate::names) fn url(text: &str) -> bool {
    let is_plain = |byte: u8| is_name(byte) || b".-".contains(&byte);
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let (host, path) = rest.map(|rest| rest.split_once('/').unwrap_or((rest, ""))).unwrap_or_default();
    !host.is_empty() && host.bytes().all(is_plain) && path.bytes().all(|byte| is_plain(byte) || byte == b'/')
}

/// `erp@acme.com`.
pub(in crate::names) fn email(text: &str) -> bool {
    let is_plain = |part: &str| {
        starts(part, u8::is_ascii_alphanumeric)
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let dotted = |part: &str| part.split('.').all(is_plain);
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| dotted(name) && host.contains('.') && dotted(host))
}

/// `GET /V1/orders/:id`.
pub(in crate::names) fn call(text: &str) -> bool {
    let is_step =
        |step: &str| !step.is_empty() && step.bytes().all(|byte| is_name(byte) || b":.-".contains(&byte));
    let path =
        text.split_once(" /V1/").filter(|(method, _)| ["GET", "POST", "PUT", "DELETE"].contains(method));
    path.is_some_and(|(_, path)| path.split('/').all(is_step))
}

fn starts(text: &str, is_start: impl Fn(&u8) -> bool) -> bool {
    text.as_bytes().first().is_some_and(is_start)
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use regex_lite::Regex;
    use serde_json::Value;

    use super::*;
    use crate::names::{
        AclId, Call, ClassName, ConfigId, DocLine, Email, EventName, FieldName, GroupPath, IntegrationName,
        Label, Line, ModuleName, ModuleVersion, ParameterName, PayloadField, ResourceEntry, ScopeCode,
        SettingPath, SnakeName, Text, Title, Topic, Url,
    };

    type IsPlain = fn(&str) -> bool;
    type Patterns = [Option<Regex>; 2];

    /// Patterns of a type in the schema: what fits, and what does not.
    fn patterns<T: schemars::JsonSchema>() -> Patterns {
        let schema = schemars::SchemaGenerator::default().into_root_schema_for::<T>().to_value();
        let regex = |pattern: &Value| pattern.as_str().map(|pattern| Regex::new(pattern).unwrap());
        [regex(&schema["pattern"]), regex(&schema["not"]["pattern"])]
    }

    fn types() -> Vec<(IsPlain, Patterns)> {
        vec![
            (words, patterns::<IntegrationName>()),
            (words, patterns::<Text>()),
            (words, patterns::<Line>()),
            (words, patterns::<DocLine>()),
            (words, patterns::<Title>()),
            (words, patterns::<Label>()),
            (identifier, patterns::<ParameterName>()),
            (identifier, patterns::<EventName>()),
            (identifier, patterns::<PayloadField>()),
            (identifier, patterns::<ConfigId>()),
            (identifier, patterns::<ScopeCode>()),
            (identifier, patterns::<GroupPath>()),
            (class, patterns::<ClassName>()),
            (snake, patterns::<FieldName>()),
            (snake, patterns::<SnakeName>()),
            (snake, patterns::<Topic>()),
            (path, patterns::<SettingPath>()),
            (module, patterns::<ModuleName>()),
            (resource, patterns::<AclId>()),
            (resource, patterns::<ResourceEntry>()),
            (version, patterns::<ModuleVersion>()),
            (url, patterns::<Url>()),
            (email, patterns::<Email>()),
            (call, patterns::<Call>()),
        ]
    }

    fn assert_fits(text: &str, types: &[(IsPlain, Patterns)]) {
        for (_, [pattern, except]) in types.iter().filter(|(is_plain, _)| is_plain(text)) {
            assert!(pattern.as_ref().is_none_or(|pattern| pattern.is_match(text)), "{text:?} {pattern:?}");
            assert!(except.as_ref().is_none_or(|except| !except.is_match(text)), "{text:?} {except:?}");
        }
    }

    #[test]
    fn ordinary_texts_are_plain() {
        for (is_plain, text) in [
            (words as IsPlain, "Lets the Acme ERP read orders"),
            (identifier, "base_url"),
            (class, "OrderExport"),
            (snake, "increment_id"),
            (path, "connection/base_url"),
            (module, "Acme_ErpBridge"),
            (resource, "Magento_Sales::actions_view"),
            (version, "1.0.0"),
            (url, "https://erp.acme.com/token"),
            (email, "erp@acme.com"),
            (call, "GET /V1/orders/:id"),
        ] {
            assert!(is_plain(text), "{text}");
            assert!(!is_plain("") && !is_plain(" ") && !is_plain(&format!("{text}\n")), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn whatever_is_plain_fits(
            text in prop_oneof![
                "[A-Za-z0-9_:/.@ *-]{0,8}",
                "[A-Z]?[a-zA-Z0-9]{0,2}_?[A-Z]?[a-z0-9]{0,2}(::)?[a-z_]{0,3}",
                "(https?:)?(//)?[a-z0-9.:@#?%-]{0,6}(/[a-z.]{0,3}){0,2}",
                "[a-z0-9.-]{0,3}@?[a-z0-9.-]{0,5}",
                "(GET|PUT|PATCH|)[ ]{0,2}/V[0-9]{0,2}(/[a-z:{}]{0,2}){0,3}",
                "[0-9]{0,2}(\\.[0-9]{0,2}){0,5}",
                "[a-z]{0,2}([_/][a-z0-9]{0,2}){0,3}",
                "\\PC{0,3}",
            ],
        ) {
            static TYPES: LazyLock<Vec<(IsPlain, Patterns)>> = LazyLock::new(types);
            assert_fits(&text, &TYPES);
        }
    }
}
