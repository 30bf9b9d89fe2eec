//! Classes and methods that XML names.

use std::{collections::BTreeSet, ops::Range};

use camino::{Utf8Path, Utf8PathBuf};

use super::ExistingModule;
use crate::{
    diag::{Diagnostic, Level, Rule, nearest},
    module::{ClassFault, PhpFile, XmlAclNode},
    parsers::{SpannedText, php::PhpMethod},
};

/// Endings of classes that Magento generates.
const GENERATED: [&str; 6] =
    ["Factory", r"\Proxy", r"\Interceptor", "ExtensionInterface", "Extension", "SearchResults"];

/// Class that XML or PHP of the module names.
#[derive(Debug, Clone, Copy)]
pub(super) enum NamedClass<'a> {
    /// It belongs to another module, Magento generates it, or the module's autoloading is not known.
    Unknown,
    /// No file of the module has it.
    Missing,
    /// The module has its file, which nothing needed to read.
    Unread,
    /// The module has its file, which has this fault.
    Faulty(&'a Utf8Path, &'a ClassFault),
    /// The module has its file, which declares another class.
    Undeclared(&'a Utf8Path, &'a PhpFile),
    /// The module has it.
    Read(&'a PhpFile),
}

/// Reason why the module lacks a class that XML or PHP names.
pub(super) struct Absence {
    message: String,
    reason: &'static str,
    help: Option<String>,
    /// False if a reader of PHP other than this one might find it.
    is_certain: bool,
}

impl Absence {
    /// Finding of a rule at the name of the class. `reason` and `help` are for a class without a file.
    pub(super) fn finding(
        self,
        rule: Rule,
        at: Range<usize>,
        reason: Option<&'static str>,
        help: &str,
    ) -> Diagnostic {
        let mut finding = Diagnostic::new(rule, self.message)
            .at(at)
            .reason(reason.unwrap_or(self.reason))
            .help(self.help.as_deref().unwrap_or(help));
        finding.level = if self.is_certain { Level::Error } else { Level::Warning };
        finding
    }
}

/// Method that XML names.
pub(super) enum MethodOf<'a> {
    /// It may be inherited, or is in another module.
    Unknown,
    Found(&'a PhpFile, &'a PhpMethod),
    /// The class or the method does not exist.
    Fault(Box<Diagnostic>),
}

impl<'a> ExistingModule<'a> {
    /// Looks up a class by its full name, with or without a leading backslash.
    pub(super) fn class(&self, name: &str) -> NamedClass<'a> {
        let name = name.trim_start_matches('\\');
        let files = self.files.folders.files(name);
        let is_generated = GENERATED.iter().any(|ending| name.ends_with(ending));
        if files.is_empty() || name.contains(r"\Test\") || !self.has_php() {
            return NamedClass::Unknown;
        }
        let place = files.iter().find_map(|file| self.files.others.binary_search(file).ok());
        let Some(file) = place.and_then(|at| self.files.others.get(at)) else {
            return if is_generated { NamedClass::Unknown } else { NamedClass::Missing };
        };
        match (self.files.php.get(file), self.files.faulty_php.get(file)) {
            (Some(php), _) if php.class.full_own_name().eq_ignore_ascii_case(name) => NamedClass::Read(php),
            (Some(php), _) => NamedClass::Undeclared(file, php),
            (None, Some(fault)) => NamedClass::Faulty(file, fault),
            (None, None) => NamedClass::Unread,
        }
    }

    /// Reason why the module lacks a class; none if it has the class or may have it.
    pub(super) fn absence(&self, class: &str) -> Option<Absence> {
        let name = class.trim_start_matches('\\');
        let absence = |message, help, is_certain| {
            let reason =
                "autoloading reads this file for the class, so Magento fails where it uses the class";
            Some(Absence { message, reason, help, is_certain })
        };
        match self.class(name) {
            NamedClass::Missing => Some(Absence {
                message: format!("this module has no class `{name}`"),
                reason: "no file of the module has the path that autoloading looks for, so Magento fails where it uses the class",
                help: self
                    .file_in_other_case(name)
                    .map(|file| format!("names are case-sensitive on Linux: compare it with {file}")),
                is_certain: true,
            }),
            NamedClass::Undeclared(file, php) => {
                let message = format!("{file} declares `{}`, not `{name}`", php.class.full_own_name());
                absence(message, Some("correct the namespace or the name of the class".to_owned()), true)
            }
            NamedClass::Faulty(file, ClassFault::Empty) => {
                absence(format!("{file} declares no class"), Some(format!("declare `{name}` in it")), true)
            }
            NamedClass::Faulty(file, ClassFault::Syntax) => absence(
                format!("{file} is not valid PHP: a bracket or a quote is not closed"),
                Some(format!("run `php -l {file}` to find the place")),
                false,
            ),
            NamedClass::Faulty(file, ClassFault::Unreadable(why)) => absence(
                format!("cannot read {file}: {why}"),
                Some("replace it with a regular file that can be read".to_owned()),
                false,
            ),
            NamedClass::Unknown | NamedClass::Unread | NamedClass::Read(_) => None,
        }
    }

    /// File that differs from the one of a missing class in upper and lower case only.
    pub(super) fn file_in_other_case(&self, class: &str) -> Option<&'a Utf8Path> {
        let files = self.files.folders.files(class.trim_start_matches('\\'));
        let is_alike = |other: &&Utf8PathBuf| {
            files.iter().any(|file| file.as_str().eq_ignore_ascii_case(other.as_str()))
        };
        self.files.others.iter().find(is_alike).map(Utf8PathBuf::as_path)
    }

    /// Returns true if the module has any PHP. A copy of its XML alone says nothing about its classes.
    pub(super) fn has_php(&self) -> bool {
        self.files.others.iter().any(|file| file.extension() == Some("php"))
    }

    /// Returns true if the module's own PHP may dispatch the event: a word in a file that dispatches events or gives a
    /// model its prefix is the name, or its start.
    pub(super) fn may_dispatch(&self, event: &str) -> bool {
        const OF_MODELS: [&str; 4] = ["_load_", "_save_", "_delete_", "_clear"];
        let event = event.to_lowercase();
        self.files.dispatched.iter().any(|word| {
            event.strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.is_empty() || word.ends_with('_') || OF_MODELS.iter().any(|it| rest.starts_with(it))
            })
        })
    }

    /// Reports a class of the module that no file declares.
    pub(super) fn missing(&self, class: &SpannedText) -> Option<Diagnostic> {
        let absence = self.absence(&class.value)?;
        Some(absence.finding(
            Rule::ClassMissing,
            class.span.clone(),
            None,
            "add the class, or correct its name",
        ))
    }

    /// Looks up a method of a class, or reports that the module lacks either.
    pub(super) fn method(&self, class: &SpannedText, method: &SpannedText) -> MethodOf<'a> {
        if let Some(finding) = self.missing(class) {
            return MethodOf::Fault(Box::new(finding));
        }
        let name = class.value.trim_start_matches('\\');
        match self.find(name, &method.value) {
            Ok(found) => found.map_or(MethodOf::Unknown, |(file, method)| MethodOf::Found(file, method)),
            Err(names) => {
                let message = format!("`{name}` has no method `{}`", method.value);
                let mut finding = Diagnostic::new(Rule::MethodMissing, message)
                    .at(method.span.clone())
                    .reason("Magento calls it by this name and fails");
                finding.level = Level::Error;
                let near = self.context.suggestions.make(|| nearest(&method.value, names)).flatten();
                MethodOf::Fault(Box::new(match near {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("add it, or correct its name"),
                }))
            }
        }
    }

    /// Public method of a class or of what it inherits from; none if another module may have it.
    ///
    /// # Errors
    /// Returns the methods of the class if it has none of that name.
    pub(super) fn find(
        &self,
        class: &str,
        method: &str,
    ) -> Result<Option<(&'a PhpFile, &'a PhpMethod)>, BTreeSet<&'a str>> {
        let (mut open, mut seen) = (vec![class.to_owned()], BTreeSet::new());
        let mut names = BTreeSet::new();
        let mut is_known = true;
        while let Some(class) = open.pop() {
            if !seen.insert(class.clone()) {
                continue;
            }
            let NamedClass::Read(file) = self.class(&class) else {
                is_known = false;
                continue;
            };
            if let Some(found) = file.class.method(method).filter(|it| it.is_public) {
                return Ok(Some((file, found)));
            }
            names.extend(file.class.methods.iter().map(|it| it.name.as_str()));
            // Parents and traits of classes are not followed.
            if file.class.is_interface {
                open.extend(file.class.parents.iter().map(|it| file.class.full_name(it)));
            } else {
                is_known &= !file.class.inherits;
            }
        }
        if is_known && !names.contains("__call") { Err(names) } else { Ok(None) }
    }

    /// Returns true if a class has a method, or may have it.
    pub(super) fn may_have(&self, class: &str, method: &str) -> bool {
        self.find(class, method).is_ok()
    }

    /// Returns true if acl.xml of the module has the resource, whatever its id looks like.
    pub(super) fn declares_resource(&self, id: &str) -> bool {
        fn has(nodes: &[XmlAclNode], id: &str) -> bool {
            nodes.iter().any(|node| node.id.value == id || has(&node.children, id))
        }
        has(&self.declared.acl, id)
    }

    /// Returns true for a class in the module's namespace.
    pub(super) fn is_own(&self, class: &str) -> bool {
        let namespace = format!(r"{}\", self.context.spec.module.name.namespace());
        class.trim_start_matches('\\').starts_with(&namespace)
    }

    /// Returns true if a di.xml of the module declares the class as a virtual type.
    pub(super) fn is_virtual(&self, class: &SpannedText) -> bool {
        let files = self.files.beside.iter().filter(|(path, _)| path.ends_with("di.xml"));
        let mut types = files.flat_map(|(_, document)| document.root.named("virtualType"));
        types.any(|it| {
            it.attribute("name").is_some_and(|name| {
                name.value.trim_start_matches('\\') == class.value.trim_start_matches('\\')
            })
        })
    }
}
