//! Preferences of etc/di.xml: the classes behind services and data.

use std::collections::BTreeMap;

use crate::{
    check::existing_module::{ExistingModule, classes::NamedClass},
    diag::{Diagnostic, Level, Rule},
    module::PhpFile,
    parsers::{
        SpannedText,
        php::{PhpClass, PhpMethod},
        xml::Element,
    },
};

/// Implementing class of each interface.
pub(super) struct Preferences<'a>(BTreeMap<&'a str, &'a SpannedText>);

impl<'a> Preferences<'a> {
    pub(super) fn of(module: &ExistingModule<'a>) -> Self {
        let root = module.files.beside.get("etc/di.xml").map(|document| &document.root);
        let preferences = root.into_iter().flat_map(|root| root.named("preference"));
        let pair = |it: &'a Element| {
            Some((it.attribute("for")?.value.trim_start_matches('\\'), it.attribute("type")?))
        };
        Self(preferences.filter_map(pair).collect())
    }

    /// Class behind an interface, without a leading backslash.
    pub(super) fn class(&self, interface: &str) -> Option<&'a str> {
        self.0.get(interface).map(|it| it.value.trim_start_matches('\\'))
    }

    /// Reports classes that are missing, or that lack a method of their interface.
    pub(super) fn check(&self, module: &ExistingModule<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (interface, class) in &self.0 {
            if module.is_virtual(class) {
                continue;
            }
            findings.extend(module.missing(class));
            let pair = (module.class(interface), module.class(&class.value));
            if let (NamedClass::Read(interface), NamedClass::Read(file)) = pair
                && interface.class.is_interface
                && !file.class.is_interface
            {
                let wanted = interface.class.methods.iter();
                findings.extend(wanted.filter_map(|wanted| unfit(interface, file, wanted)));
            }
        }
        findings
    }
}

/// Reports a method of an interface that its class lacks or declares in another way.
fn unfit(interface: &PhpFile, file: &PhpFile, wanted: &PhpMethod) -> Option<Diagnostic> {
    let PhpClass { name, inherits, place, .. } = &file.class;
    let name_of_interface = &interface.class.name;
    let mut finding = match file.class.method(&wanted.name) {
        None if *inherits => return None,
        None => Diagnostic::new(
            Rule::MethodMissing,
            format!("`{name}` has no method `{}` of `{name_of_interface}`", wanted.name),
        )
        .at(file.at(place))
        .reason("PHP stops at a class that does not implement every method of its interface")
        .help(format!("add `{}`", wanted.name)),
        Some(found) if found.is_public && found.signature.fits(&wanted.signature) => return None,
        Some(found) => Diagnostic::new(
            Rule::MethodDiffers,
            format!("`{}` of `{name}` does not match `{name_of_interface}`", found.name),
        )
        .at(file.at(&found.head))
        .reason(
            "PHP stops at a class with a method whose parameters or return type differ from its interface",
        )
        .help(format!("declare it as in `{name_of_interface}`")),
    };
    finding.level = Level::Error;
    Some(finding)
}
