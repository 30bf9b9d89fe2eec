//! Doc blocks of services and data, from which Magento reads their types (docs/magento/web-api.md#doc-blocks).

use std::{collections::BTreeMap, ops::Range};

use super::{
    constructor,
    preferences::Preferences,
    types::{ParameterType, place_of},
};
use crate::{
    check::{
        api::missing,
        existing_module::{
            ExistingModule,
            classes::{MethodOf, NamedClass},
        },
    },
    diag::{Diagnostic, Level, Rule},
    module::PhpFile,
    parsers::{
        SpannedText,
        php::{DocTag, PhpMethod},
    },
};

/// Reader of the services that routes call, and of the data that they take and return.
pub(super) struct ServiceReader<'m, 'a> {
    module: &'m ExistingModule<'a>,
    preferences: &'m Preferences<'a>,
    /// Called methods, by service.
    called: BTreeMap<&'a str, Vec<(&'a PhpFile, &'a PhpMethod)>>,
}

/// Use of data in requests and answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct DataUse {
    is_input: bool,
    is_output: bool,
}

impl<'m, 'a> ServiceReader<'m, 'a> {
    pub(super) fn of(module: &'m ExistingModule<'a>, preferences: &'m Preferences<'a>) -> Self {
        Self { module, preferences, called: BTreeMap::new() }
    }

    /// Adds the method that a route calls.
    pub(super) fn called(&mut self, class: &'a SpannedText, called: &MethodOf<'a>) {
        let MethodOf::Found(file, method) = called else { return };
        let others = self.called.entry(class.value.trim_start_matches('\\')).or_default();
        if !others.iter().any(|(_, it)| it.place == method.place && it.name == method.name) {
            others.push((file, method));
        }
    }

    /// Reports what Magento cannot read.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (service, called) in &self.called {
            if let NamedClass::Read(file) = self.module.class(service) {
                let public = file.class.methods.iter().filter(|it| is_read(it));
                findings.extend(public.filter_map(|it| self.unreturned(file, it, "call of the service")));
            }
            for (file, method) in called {
                findings.extend((0..method.declared.len()).flat_map(|at| self.parameter(file, method, at)));
                let used = DataUse { is_output: true, ..DataUse::default() };
                findings.extend(self.returned(file, method, used, "the method"));
            }
        }
        for (class, used) in self.data() {
            findings.extend(self.object(&class, used));
        }
        findings
    }

    /// Data that the called methods take and return, and the data in it.
    fn data(&self) -> BTreeMap<String, DataUse> {
        let mut open: Vec<(String, DataUse)> = Vec::new();
        for (file, method) in self.called.values().flatten() {
            for at in 0..method.declared.len() {
                let kind = ParameterType::of(at, method, &file.class);
                let used = DataUse { is_input: true, ..DataUse::default() };
                open.extend(kind.class().map(|class| (class.to_owned(), used)));
            }
            let used = DataUse { is_output: true, ..DataUse::default() };
            open.extend(returned_class(file, method).map(|class| (class, used)));
        }
        let mut data: BTreeMap<String, DataUse> = BTreeMap::new();
        while let Some((class, used)) = open.pop() {
            let NamedClass::Read(file) = self.module.class(&class) else { continue };
            let known = data.entry(class).or_default();
            let before = *known;
            known.is_input |= used.is_input;
            known.is_output |= used.is_output;
            let used = *known;
            if used != before {
                let getters = file.class.methods.iter().filter(|it| is_getter(it));
                open.extend(getters.filter_map(|getter| Some((returned_class(file, getter)?, used))));
            }
        }
        data
    }

    /// Reports a type of a parameter that Magento cannot read.
    fn parameter(&self, file: &PhpFile, method: &PhpMethod, at: usize) -> Vec<Diagnostic> {
        let Some(parameter) = method.declared.get(at) else { return Vec::new() };
        let name = format!("`${}` of `{}`", parameter.name, method.name);
        let doc = |kind: &str| format!("write `@param {kind} ${}`", parameter.name);
        let kind = ParameterType::of(at, method, &file.class);
        let is_of_php = matches!(kind, ParameterType::Union(_));
        let place = if is_of_php { parameter.span.clone() } else { place_of(at, method) };
        let (message, reason, help) = match kind {
            ParameterType::Simple(_) => return Vec::new(),
            ParameterType::Object { class, .. } => return self.named(&class, file.at(&place)),
            ParameterType::Missing => (
                format!("{name} has no type"),
                "Magento takes the type from PHP or from @param: a call that sends it fails with `Class \"\" does not exist`".to_owned(),
                doc("string"),
            ),
            ParameterType::BareArray => (
                format!("{name} is an `array` of anything"),
                "Magento builds an object for each element: a call that sends some fails with `Class \"array\" does not exist`".to_owned(),
                format!("name the type of the elements: {}", doc("string[]")),
            ),
            ParameterType::NullFirst => (
                format!("the type of {name} begins with null"),
                "Magento takes the first type: every call fails with `First declared type should not be null`".to_owned(),
                doc("string|null"),
            ),
            ParameterType::Union(written) => (
                format!("{name} has several types: `{written}`"),
                "Magento reads one type of a parameter: every call fails with `Call to undefined method ReflectionUnionType::isBuiltin()`".to_owned(),
                "declare one type".to_owned(),
            ),
            ParameterType::Word(written) => (
                format!("`{written}` of {name} is not a type of the Web API"),
                format!("Magento takes it for a class: a call that sends it fails with `Class \"{}\" does not exist`", written.trim_end_matches("[]")),
                "use string, int, float, bool, mixed, a data interface, or a list of one".to_owned(),
            ),
        };
        vec![Diagnostic::new(Rule::DocBlock, message).at(file.at(&place)).reason(reason).help(help)]
    }

    /// Reports a method from whose doc block Magento cannot read what it returns.
    fn unreturned(&self, file: &PhpFile, method: &PhpMethod, what: &str) -> Option<Diagnostic> {
        let (message, error, help) = if !method.has_doc {
            (
                format!("`{}` has no doc block", method.name),
                "Each method must have a doc block",
                "add a doc block with `@return` and the type, or `@return void`",
            )
        } else if method.returns.is_none() && !self.inherits_return(file, method) {
            (
                format!("the doc block of `{}` has no @return", method.name),
                "Method's return type must be specified using @return annotation",
                "add `@return` with the type to the doc block, or `@return void`",
            )
        } else {
            return None;
        };
        Some(
            Diagnostic::new(Rule::DocBlock, message)
                .at(file.at(&method.place))
                .reason(format!(
                    "Magento reads what all methods return from their doc blocks, not from PHP: every {what} fails with `{error}`"
                ))
                .help(help),
        )
    }

    /// Returns true if a doc block without @return has the one of a parent, which may be in another module.
    fn inherits_return(&self, file: &PhpFile, method: &PhpMethod) -> bool {
        let of_parent = |parent: &String| match self.module.find(&file.class.full_name(parent), &method.name)
        {
            Ok(Some((_, method))) => method.returns.is_some(),
            Ok(None) => true,
            Err(_) => false,
        };
        file.class.parents.iter().any(of_parent)
    }

    /// Reports a bare `array`, or a class that does not exist.
    fn returned(&self, file: &PhpFile, method: &PhpMethod, used: DataUse, what: &str) -> Vec<Diagnostic> {
        let Some((tag, kind)) = returned_type(method) else { return Vec::new() };
        if kind == "array" && used.is_output {
            let mut finding =
                Diagnostic::new(Rule::DocBlock, format!("`{}` returns an `array` of anything", method.name))
                    .at(file.at(&tag.span))
                    .reason(format!(
                        "Magento drops the keys of the array that {what} returns, and cannot describe it: SOAP, the schema and Swagger fail with `The \"array\" class doesn't exist`"
                    ))
                    .help("name the type of the elements, as in `@return string[]`, or return a data object");
            finding.level = Level::Warning;
            return vec![finding];
        }
        let class = returned_class(file, method);
        class.map(|class| self.named(&class, file.at(&tag.span))).unwrap_or_default()
    }

    /// Reports a class of data that does not exist.
    fn named(&self, class: &str, place: Range<usize>) -> Vec<Diagnostic> {
        let ExistingModule { context, resolved, .. } = self.module;
        if let Some(absence) = self.module.absence(class) {
            let reason = "Magento builds its web API from the declared types; if a class does not exist, every call fails";
            let help = "write the full name of an interface, with a leading backslash";
            return vec![absence.finding(Rule::UnknownType, place, Some(reason), help)];
        }
        let module = class.split('\\').take(2).collect::<Vec<_>>().join("_");
        let is_data = class.contains(r"\Api\Data\") && !class.ends_with("ExtensionInterface");
        let is_unknown = matches!(self.module.class(class), NamedClass::Unknown);
        let is_known = is_data && is_unknown && context.catalog.knows_module(&module);
        let missing = is_known.then(|| missing(context, resolved, Some(place), class)).flatten();
        missing.into_iter().collect()
    }

    /// Reports what Magento cannot read of a data object.
    fn object(&self, name: &str, used: DataUse) -> Vec<Diagnostic> {
        let NamedClass::Read(file) = self.module.class(name) else { return Vec::new() };
        let mut findings = Vec::new();
        for method in file.class.methods.iter().filter(|it| is_read(it)) {
            let is_getter = is_getter(method);
            if used.is_output || is_getter {
                let what = if used.is_output { "answer with this data" } else { "request with this field" };
                findings.extend(self.unreturned(file, method, what));
            }
            if is_getter {
                findings.extend(self.returned(file, method, used, "the getter"));
            }
        }
        if used.is_input {
            findings.extend(constructor::check(self.module, self.preferences, name, file));
        }
        findings
    }
}

/// Tag of a doc block with a return type, and the type as Magento reads it.
fn returned_type(method: &PhpMethod) -> Option<(&DocTag, &str)> {
    let tag = method.returns.as_ref()?;
    Some((tag, tag.types().into_iter().find(|it| *it != "null")?))
}

/// Class of the object that a method returns, or of those in the list that it returns.
fn returned_class(file: &PhpFile, method: &PhpMethod) -> Option<String> {
    let (_, kind) = returned_type(method)?;
    let base = kind.trim_end_matches("[]");
    let is_class = base.contains('\\') || base.starts_with(|c: char| c.is_ascii_uppercase());
    is_class.then(|| file.class.full_name(base))
}

fn is_getter(method: &PhpMethod) -> bool {
    is_read(method) && method.field().is_some()
}

/// Returns true for methods that Magento reads: public ones that are neither static, final nor magic
/// (docs/magento/web-api.md#data-keys).
fn is_read(method: &PhpMethod) -> bool {
    method.is_public && !method.is_fixed && !method.name.starts_with("__")
}
