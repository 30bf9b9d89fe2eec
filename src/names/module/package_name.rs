//! Composer package names: `vendor/package`.

use crate::names::{ModuleName, text::text_type};

text_type! {
    /// A Composer package name, `vendor/package` in lower case (Composer's `composer-schema.json`).
    PackageName, "a Composer package name such as `acme/module-erp-bridge`", length 3..=255,
    pattern "^[a-z0-9]([_.-]?[a-z0-9]+)*/[a-z0-9](([_.]|-{1,2})?[a-z0-9]+)*$", plain package
}

impl From<&ModuleName> for PackageName {
    /// Returns the conventional package of a module: `acme/module-erp-bridge` for `Acme_ErpBridge`. The module's part
    /// is split at uppercase letters; a run of them stays together.
    fn from(name: &ModuleName) -> Self {
        Self(format!("{}/module-{}", name.vendor().to_lowercase(), kebab(name.module())))
    }
}

fn kebab(camel: &str) -> String {
    let chars: Vec<char> = camel.chars().collect();
    let mut kebab = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let starts_word = c.is_ascii_uppercase()
            && at > 0
            && (!chars[at - 1].is_ascii_uppercase()
                || chars.get(at + 1).is_some_and(char::is_ascii_lowercase));
        if starts_word {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_package_is_split_at_capitals() {
        for (module, package) in [
            ("Acme_ErpBridge", "acme/module-erp-bridge"),
            ("Vendor1_Module1", "vendor1/module-module1"),
            ("RJMetrics_ERPBridge", "rjmetrics/module-erp-bridge"),
            ("Acme_Api2Cart", "acme/module-api2-cart"),
            ("AB_XY", "ab/module-xy"),
        ] {
            let name = ModuleName::new(module).unwrap();
            assert_eq!(PackageName::from(&name).as_str(), package);
            assert!(PackageName::new(package).is_ok());
        }
    }
}
