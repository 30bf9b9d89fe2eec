//! Names in generated PHP.

use crate::names::text::text_type;

text_type! {
    /// The short name of a PHP class, as the Magento coding standard requires: `OrderExport`.
    ClassName, "a class name such as `OrderExport`: a capital, then letters and digits", length 2..=64usize,
    pattern "^[A-Z][A-Za-z0-9]+$", plain class
}

text_type! {
    /// The name of a PHP method: `getList`.
    MethodName, "a method name such as `getList`: a letter, then letters, digits and underscores", length 2..=64usize,
    pattern "^[A-Za-z][A-Za-z0-9_]+$", plain identifier
}

text_type! {
    /// The name of a method's parameter, which is also the JSON key (`framework/Webapi/ServiceInputProcessor.php`;
    /// docs/magento/web-api.md#parameter-names).
    ParameterName, "a parameter name such as `erpNumber`: a letter, then letters, digits and underscores",
    length 1..=usize::MAX, pattern "^[A-Za-z_][A-Za-z0-9_]*$", plain identifier
}

text_type! {
    /// The JSON key of a data object's field. Magento derives it from the getter's name by putting `_` before each
    /// capital (`framework/Reflection/FieldNamer`; docs/magento/web-api.md#data-keys), so names that do not survive
    /// this are excluded: `line_1` becomes `getLine1` and `line1`, and `a_b_c` becomes `getABC` and `a_bc`.
    FieldName, "a field such as `increment_id`: words of lowercase letters and digits joined by `_`, each starting with a letter; single letters only first or last",
    length 1..=usize::MAX, pattern "^[a-z][a-z0-9]*(_[a-z][a-z0-9]+)*(_[a-z])?$", plain snake
}

text_type! {
    /// The name of a cron job or observer, from which the class name is derived: `pull_stock` becomes `PullStock`.
    SnakeName, "a name such as `pull_stock`: words of lowercase letters and digits joined by `_`", length 2..=64usize,
    pattern "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", plain snake
}

text_type! {
    /// The class of a job or an observer: below the module's namespace, or the full name of one that exists, which
    /// begins with a backslash.
    HandlerClass, "a class below the module's namespace such as `Cron\\PullStock`, or the full name of an existing one such as `\\Acme\\Erp\\Cron\\PullStock`", length 3..=200usize,
    pattern r"^([A-Z][A-Za-z0-9_]*(\\[A-Z][A-Za-z0-9_]*)+|(\\[A-Za-z_][A-Za-z0-9_]*)+)$", plain full_class
}

text_type! {
    /// The type of a field, a parameter or what a method returns.
    TypeName, "a type: `string`, `int`, `float`, `bool`, `mixed`, `array`, the name of a `[[data]]`, or the full name of an interface such as `Magento\\Sales\\Api\\Data\\OrderInterface`; `[]` makes it a list, `?` makes it nullable",
    length 1..=255usize,
    pattern r"^(string|int|float|bool|mixed|array|[A-Z][A-Za-z0-9]+(\\[A-Z][A-Za-z0-9_]*)*)(\[\])?\??$", plain kind
}

/// Base of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseType<'a> {
    /// `string`, `int`, `float`, `bool`, `mixed` or `array`.
    Scalar(&'a str),
    /// The name of a `[[data]]`.
    Data(&'a str),
    /// Full name of a class or interface, without a leading backslash.
    Class(&'a str),
}

impl TypeName {
    /// Returns the type without `[]` and `?`.
    #[must_use]
    pub fn base(&self) -> BaseType<'_> {
        let base = self.as_str().trim_end_matches('?').trim_end_matches("[]");
        if base.contains('\\') {
            BaseType::Class(base)
        } else if base.starts_with(|c: char| c.is_ascii_uppercase()) {
            BaseType::Data(base)
        } else {
            BaseType::Scalar(base)
        }
    }

    /// Returns true for a list: `string[]`.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.as_str().trim_end_matches('?').ends_with("[]")
    }

    /// Returns true if null is allowed: `string?`.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.as_str().ends_with('?')
    }
}

impl SnakeName {
    /// Longest name.
    const LONGEST: usize = 64;

    /// Derives a name from a text: `place_order` for `PlaceOrder` and `place-order`; none if it has no letter.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let text: String = snake(text).chars().map(plain).collect();
        let words = text.split('_').filter(|word| !word.is_empty());
        let mut words = words.skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let mut name = words.next()?.to_owned();
        for word in words {
            if name.len() + 1 + word.len() <= Self::LONGEST {
                name = format!("{name}_{word}");
            }
        }
        Self::new(name).ok()
    }
}

impl HandlerClass {
    /// Returns the class in a directory named after a job or observer: `Cron\PullStock` for `pull_stock`.
    #[must_use]
    pub fn named(folder: &'static str, name: &SnakeName) -> Self {
        Self(format!(r"{folder}\{}", camel(name.as_str())))
    }

    /// Returns true for a full name, of a class that exists already.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.as_str().starts_with('\\')
    }

    /// Returns its full name without a leading backslash. `namespace` is the module's.
    #[must_use]
    pub fn full(&self, namespace: &str) -> String {
        let below = || format!(r"{namespace}\{}", self.0);
        self.as_str().strip_prefix('\\').map_or_else(below, str::to_owned)
    }

    /// Returns its namespace below the module's and its short name: `Cron` and `PullStock`.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.as_str().rsplit_once('\\').unwrap_or_default()
    }

    /// Returns its file below the module's directory: `Cron/PullStock.php`.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.php", self.as_str().replace('\\', "/"))
    }
}

/// Converts `pull_stock` to `PullStock`, for class and getter names.
#[must_use]
pub fn camel(snake: &str) -> String {
    snake.split('_').map(capitalized).collect()
}

/// Capitalizes the first letter if it is ASCII.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// Converts `PullStock` to `pull_stock`.
#[must_use]
pub fn snake(camel: &str) -> String {
    let mut snake = String::new();
    for c in camel.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_taken_apart() {
        for (text, base, is_list, is_nullable) in [
            ("string", BaseType::Scalar("string"), false, false),
            ("ExportResult[]?", BaseType::Data("ExportResult"), true, true),
            (
                r"Magento\Sales\Api\Data\OrderInterface",
                BaseType::Class(r"Magento\Sales\Api\Data\OrderInterface"),
                false,
                false,
            ),
            ("bool?", BaseType::Scalar("bool"), false, true),
            ("mixed[]", BaseType::Scalar("mixed"), true, false),
            ("array", BaseType::Scalar("array"), false, false),
        ] {
            let name = TypeName::new(text).unwrap();
            assert_eq!(
                (name.base(), name.is_list(), name.is_nullable()),
                (base, is_list, is_nullable),
                "{text}"
            );
        }
        for text in [
            "",
            "object",
            "iterable",
            "?string",
            "string[][]",
            "string?[]",
            r"\Magento\X",
            "exportResult",
            "string|null",
        ] {
            assert!(TypeName::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn classes_have_a_folder() {
        let class = HandlerClass::named("Cron", &SnakeName::new("pull_stock").unwrap());
        assert_eq!((class.as_str(), class.parts()), (r"Cron\PullStock", ("Cron", "PullStock")));
        let class = HandlerClass::new(r"Model\Observer\Log_Order").unwrap();
        assert_eq!(
            (class.parts(), class.file().as_str()),
            ((r"Model\Observer", "Log_Order"), "Model/Observer/Log_Order.php")
        );
        for text in
            ["", "PullStock", r"\Cron\", r"Cron\", r"cron\PullStock", "Cron/PullStock", r"Cron\\PullStock"]
        {
            assert!(HandlerClass::new(text).is_err(), "{text}");
        }
        assert_eq!(snake(&camel("pull_stock")), "pull_stock");
        assert_eq!(
            ["PlaceOrder", "place-order", "Log_HTTP", "9_try", "9", "É"]
                .map(|it| SnakeName::of(it).map(String::from)),
            [Some("place_order"), Some("place_order"), Some("log_h_t_t_p"), Some("try"), None, None]
                .map(|it| it.map(str::to_owned))
        );
        let full = HandlerClass::new(r"\Acme\erp\jobs").unwrap();
        assert!(full.is_full() && !class.is_full());
        assert_eq!(
            (full.full("A\\B").as_str(), class.full("A\\B").as_str()),
            (r"Acme\erp\jobs", r"A\B\Model\Observer\Log_Order")
        );
    }

    #[test]
    fn fields_come_back_from_their_getters() {
        // As FieldNamer does it: `_` between any character and a capital, from left to right, none used twice.
        let namer = |getter: &str| {
            let chars: Vec<char> = getter.chars().collect();
            let mut name = String::new();
            let mut at = 0;
            while at < chars.len() {
                name.push(chars[at].to_ascii_lowercase());
                if chars.get(at + 1).is_some_and(char::is_ascii_uppercase) {
                    name.push('_');
                    name.push(chars[at + 1].to_ascii_lowercase());
                    at += 1;
                }
                at += 1;
            }
            name
        };
        for field in ["id", "increment_id", "line1", "a_bc", "x_y", "ab_cd_e", "tax2_rate"] {
            assert!(FieldName::new(field).is_ok(), "{field}");
            assert_eq!(namer(&camel(field)), field);
        }
        for field in ["line_1", "a_b_c", "to_x_y", "ab_c_de"] {
            assert!(FieldName::new(field).is_err(), "{field}");
            assert_ne!(namer(&camel(field)), field);
        }
        for field in ["", "Id", "erpNumber", "_id", "id_", "a__b", "1a"] {
            assert!(FieldName::new(field).is_err(), "{field}");
        }
    }
}
