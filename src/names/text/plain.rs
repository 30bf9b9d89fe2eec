//! Texts that fit a pattern for certain: most of a spec is plain, and a pattern takes longer to compile than they take to
//! read. Each says yes only to texts that fit the pattern of every type that names it; the pattern decides on others.

/// Words: a line that starts with a printable character of ASCII and has no `*/`.
pub(in crate::names) fn words(text: &str) -> bool {
    starts(text, u8::is_ascii_graphic)
        && text.bytes().all(|byte| byte >= b' ')
        && !text.bytes().zip(text.bytes().skip(1)).any(|pair| pair == (b'*', b'/'))
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

/// Words of two or more lowercase letters, joined by underscores.
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

/// `Vendor_Module::resource` with `!` in front or not, `Vendor_Module::resource/**` or a glob.
pub(in crate::names) fn entry(text: &str) -> bool {
    let parts = text.strip_prefix('!').unwrap_or(text).split_once("::");
    parts.is_some_and(|(owner, id)| {
        let is_subtree = id.strip_suffix("/**").is_some_and(|id| !id.is_empty() && id.bytes().all(is_name));
        let is_glob = !id.is_empty() && id.bytes().all(|byte| is_name(byte) || b"*?".contains(&byte));
        module(owner) && (is_subtree || is_glob)
    })
}

/// `Vendor\Module\Class`.
pub(in crate::names) fn full_class(text: &str) -> bool {
    text.contains('\\') && text.split('\\').all(capitalised)
}

/// The name of a class or interface such as `Vendor\Module\Class`, of one of this module, or a scalar type.
pub(in crate::names) fn kind(text: &str) -> bool {
    let mut parts = text.split('\\');
    matches!(text, "string" | "int" | "float" | "bool" | "mixed" | "array")
        || (parts.next().is_some_and(class) && parts.all(capitalised))
}

/// `vendor/package`, in lowercase letters and digits, with hyphens between them.
pub(in crate::names) fn package(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_part = |part: &str| part.split('-').all(is_word);
    text.split_once('/').is_some_and(|(vendor, name)| is_part(vendor) && is_part(name))
}

/// `vendor/package`, or `ext-name`.
pub(in crate::names) fn requirement(text: &str) -> bool {
    let is_extension = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    package(text) || text.strip_prefix("ext-").is_some_and(is_extension)
}

/// Letters, digits, dots and hyphens.
pub(in crate::names) fn license(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
}

/// Two to four numbers, joined by dots.
pub(in crate::names) fn version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&text.bytes().filter(|&byte| byte == b'.').count()) && text.split('.').all(is_number)
}

/// `https://erp.acme.com/token`.
pub(in crate::names) fn url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let (is_host, path) = rest.map(|rest| rest.split_once('/').unwrap_or((rest, ""))).unwrap_or_default();
    host(is_host) && path.bytes().all(|byte| is_name(byte) || b".-/".contains(&byte))
}

/// `https://erp.acme.com`, or `*.acme.com` without hyphens.
pub(in crate::names) fn origin(text: &str) -> bool {
    let scheme = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let rest = scheme.or_else(|| Some(text).filter(|text| !text.contains('-')));
    rest.is_some_and(|rest| host(rest.strip_prefix("*.").unwrap_or(rest)))
}

/// `/magento/events`.
pub(in crate::names) fn url_path(text: &str) -> bool {
    let is_step =
        |step: &str| !step.is_empty() && step.bytes().all(|byte| is_name(byte) || b".-".contains(&byte));
    text.strip_prefix('/').is_some_and(|steps| steps.split('/').all(is_step))
}

/// `erp@acme.com`.
pub(in crate::names) fn email(text: &str) -> bool {
    let is_above =
        |host: &str| host.rsplit_once('.').is_some_and(|(_, top)| starts(top, u8::is_ascii_alphabetic));
    let parts = text.split_once('@').filter(|(name, _)| name.len() <= 64);
    parts.is_some_and(|(name, domain)| host(name) && host(domain) && is_above(domain))
}

/// `erp.acme.com`: words of letters, digits and hyphens between them.
fn host(text: &str) -> bool {
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        is_end(bytes.first())
            && is_end(bytes.last())
            && bytes.len() < 64
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    text.split('.').all(is_label)
}

/// `GET /V1/orders/:id`.
pub(in crate::names) fn call(text: &str) -> bool {
    let is_step =
        |step: &str| !step.is_empty() && step.bytes().all(|byte| is_name(byte) || b":.-".contains(&byte));
    let path =
        text.split_once(" /V1/").filter(|(method, _)| ["GET", "POST", "PUT", "DELETE"].contains(method));
    path.is_some_and(|(_, path)| path.split('/').all(is_step))
}

/// `GET /V1/acme-erp/orders/:incrementId`.
pub(in crate::names) fn route(text: &str) -> bool {
    let is_step = |step: &str| match step.strip_prefix(':') {
        Some(parameter) => identifier(parameter),
        None => !step.is_empty() && step.bytes().all(|byte| is_name(byte) || b".-".contains(&byte)),
    };
    call(text) && text.split('/').skip(2).all(is_step)
}

/// A capital, then letters, digits and underscores.
fn capitalised(text: &str) -> bool {
    starts(text, u8::is_ascii_uppercase) && text.bytes().all(is_name)
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
        AclId, AuthorEmail, Call, ClassName, ConditionPath, ConfigId, CspHost, DocLine, ElementClass, Email,
        EventName, FieldName, GroupPath, HandlerClass, IntegrationName, Label, License, Line, MethodName,
        ModelClass, ModuleName, ModuleVersion, ObjectField, PackageName, ParameterName, PayloadPath,
        Requirement, ResourceEntry, Route, RouteAccess, ScopeCode, SettingPath, SnakeName, Text, Title,
        Topic, TypeName, Url, UrlPath, WebPage,
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
            (identifier, patterns::<PayloadPath>()),
            (identifier, patterns::<ConditionPath>()),
            (identifier, patterns::<ObjectField>()),
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
            (resource, patterns::<RouteAccess>()),
            (entry, patterns::<ResourceEntry>()),
            (identifier, patterns::<MethodName>()),
            (full_class, patterns::<HandlerClass>()),
            (full_class, patterns::<ModelClass>()),
            (full_class, patterns::<ElementClass>()),
            (kind, patterns::<TypeName>()),
            (package, patterns::<PackageName>()),
            (requirement, patterns::<Requirement>()),
            (license, patterns::<License>()),
            (url, patterns::<WebPage>()),
            (origin, patterns::<CspHost>()),
            (url_path, patterns::<UrlPath>()),
            (email, patterns::<AuthorEmail>()),
            (version, patterns::<ModuleVersion>()),
            (url, patterns::<Url>()),
            (email, patterns::<Email>()),
            (call, patterns::<Call>()),
            (route, patterns::<Route>()),
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
            (words, "Copyright © Acme Ltd."),
            (resource, "Magento_Sales::actions_view"),
            (entry, "!Magento_Sales::sales/**"),
            (entry, "Magento_Sales::*invoice?"),
            (full_class, "Acme\\Erp\\Model\\Stages"),
            (kind, "Acme\\Erp\\Api\\Data\\OrderInterface"),
            (kind, "string"),
            (package, "acme/module-erp-bridge"),
            (requirement, "ext-curl"),
            (license, "OSL-3.0"),
            (origin, "https://erp.acme.com"),
            (url_path, "/magento/events"),
            (version, "1.0.0"),
            (url, "https://erp.acme.com/token"),
            (email, "erp@acme.com"),
            (call, "GET /V1/orders/:id"),
            (route, "GET /V1/acme-erp/orders/:incrementId"),
        ] {
            assert!(is_plain(text), "{text}");
            assert!(!is_plain("") && !is_plain(" ") && !is_plain(&format!("{text}\n")), "{text}");
            assert!(types().iter().any(|(other, _)| std::ptr::fn_addr_eq(*other, is_plain)), "{text}");
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
                "GET /V1(/:{0,2}[A-Za-z0-9_.-]{0,3}){0,3}",
                "[0-9]{0,2}(\\.[0-9]{0,2}){0,5}",
                "[a-z]{0,2}([_/-][a-z0-9]{0,2}){0,3}",
                "(ext-)?[a-z0-9A-Z_]{0,3}-{0,2}[a-z]{0,2}(/[a-z]{0,2})?",
                "!?[A-Z][a-z]_[A-Z][a-z]::[a-z*?/]{0,4}(/\\*\\*)?",
                "[A-Z]?[A-Za-z_]{0,2}(\\\\[A-Za-z0-9_]{0,2}){0,3}(\\[\\])?\\??",
                "(https?://)?(\\*\\.)?(sha256|nonce)?-?[a-z]{0,2}",
                "(a@)?(https?://)?[a-z0-9-]{60,66}(\\.[a-z0-9-]{1,2})?",
                "[a-z0-9-]{60,66}@[a-z]\\.[a-z0-9-]{1,2}",
                "[ -~\\u{7f}-\\u{a1}]{0,4}",
                "\\PC{0,3}",
            ],
        ) {
            static TYPES: LazyLock<Vec<(IsPlain, Patterns)>> = LazyLock::new(types);
            assert_fits(&text, &TYPES);
        }
    }
}
