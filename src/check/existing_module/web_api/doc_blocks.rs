//! Doc blocks of services and data, from which Magento reads their types (docs/magento/web-api.md#doc-blocks).

use std::{collections::BTreeMap, ops::Range};

use super::{
    constructor,
    route::XmlRoute,
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
    parsers::php::PhpMethod,
};

/// Reader of the services that routes call, and of the data that they take and return.
pub(super) struct ServiceReader<'m, 'a> {
    module: &'m ExistingModule<'a>,
    /// Called methods, by service.
    called: BTreeMap<String, Vec<(&'a PhpFile, &'a PhpMethod)>>,
    /// Classes of data, each with its use.
    data: BTreeMap<String, DataUse>,
    open: Vec<String>,
    findings: Vec<Diagnostic>,
}

/// Use of data in requests and answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct DataUse {
    is_input: bool,
    is_output: bool,
}

impl<'m, 'a> ServiceReader<'m, 'a> {
    pub(super) fn of(module: &'m ExistingModule<'a>) -> Self {
        Self {
            module,
            called: BTreeMap::new(),
            data: BTreeMap::new(),
            open: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Adds the method that a route calls.
    pub(super) fn called(&mut self, route: &XmlRoute<'_>) {
        let Some((class, method)) = route.service else { return };
        if let MethodOf::Found(file, method) = self.module.method(class, method) {
            let called = self.called.entry(class.value.trim_start_matches('\\').to_owned()).or_default();
            if !called.iter().any(|(_, it)| it.place == method.place && it.name == method.name) {
                called.push((file, method));
            }
        }
    }

    /// Reports what Magento cannot read.
    pub(super) fn check(mut self) -> Vec<Diagnostic> {
        for (service, called) in std::mem::take(&mut self.called) {
            if let NamedClass::Read(file) = self.module.class(&service) {
                let public = file.class.methods.iter().filter(|it| is_read(it));
                let faults = public.filter_map(|it| self.unreturned(file, it, "call of the service"));
                let faults: Vec<Diagnostic> = faults.collect();
                self.findings.extend(faults);
            }
            for (file, method) in called {
                for at in 0..method.declared.len() {
                    self.parameter(file, method, at);
                }
                self.returned(file, method, "the method");
            }
        }
        while let Some(class) = self.open.pop() {
            self.object(&class);
        }
        self.findings
    }

    /// Reports a type of a parameter that Magento cannot read, and reads the data that it names.
    fn parameter(&mut self, file: &PhpFile, method: &PhpMethod, at: usize) {
        let Some(parameter) = method.declared.get(at) else { return };
        let name = format!("`${}` of `{}`", parameter.name, method.name);
        let doc = |kind: &str| format!("write `@param {kind} ${}`", parameter.name);
        let kind = ParameterType::of(at, method, &file.class);
        let is_of_php = matches!(kind, ParameterType::Union(_));
        let place = if is_of_php { parameter.span.clone() } else { place_of(at, method) };
        let (message, reason, help) = match kind {
            ParameterType::Simple(_) => return,
            ParameterType::Object { class, .. } => {
                self.named(&class, true, file.at(&place));
                return;
            }
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
        self.findings
            .push(Diagnostic::new(Rule::DocBlock, message).at(file.at(&place)).reason(reason).help(help));
    }

    /// Reports a method from whose doc block Magento cannot read what it returns.
    fn unreturned(&self, file: &PhpFile, method: &PhpMethod, what: &str) -> Option<Diagnostic> {
        let (message, error) = if !method.has_doc {
            (format!("`{}` has no doc block", method.name), "Each method must have a doc block")
        } else if method.returns.is_none() && !self.inherits_return(file, method) {
            (
                format!("the doc block of `{}` has no @return", method.name),
                "Method's return type must be specified using @return annotation",
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
                .help("add a doc block with `@return` and the type, `@return void` for nothing"),
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

    /// Reports a bare `array`, and reads the data that a method returns.
    fn returned(&mut self, file: &PhpFile, method: &PhpMethod, what: &str) {
        let Some(tag) = &method.returns else { return };
        let types = tag.types();
        let Some(kind) = types.iter().find(|it| **it != "null") else { return };
        if *kind == "array" {
            let mut finding =
                Diagnostic::new(Rule::DocBlock, format!("`{}` returns an `array` of anything", method.name))
                    .at(file.at(&tag.span))
                    .reason(format!(
                        "Magento drops the keys of the array that {what} returns, and cannot describe it: SOAP, the schema and Swagger fail with `The \"array\" class doesn't exist`"
                    ))
                    .help("name the type of the elements, as in `@return string[]`, or return a data object");
            finding.level = Level::Warning;
            self.findings.push(finding);
            return;
        }
        let base = kind.trim_end_matches("[]");
        let is_class = base.contains('\\') || base.starts_with(|c: char| c.is_ascii_uppercase());
        if is_class {
            self.named(&file.class.full_name(base), false, file.at(&tag.span));
        }
    }

    /// Reads a class of data, or reports that it does not exist.
    fn named(&mut self, class: &str, is_input: bool, place: Range<usize>) {
        match self.module.class(class) {
            NamedClass::Missing => {
                let mut finding =
                    Diagnostic::new(Rule::UnknownType, format!("this module has no class `{class}`"))
                        .at(place)
                        .reason("Magento builds its web API from the declared types; if a class does not exist, every call fails");
                finding = match self.module.file_in_other_case(class) {
                    Some(file) => {
                        finding.help(format!("names are case-sensitive on Linux: compare it with {file}"))
                    }
                    None => finding.help("write the full name of an interface, with a leading backslash"),
                };
                self.findings.push(finding);
            }
            NamedClass::Read(_) => {
                let known = self.data.get(class).copied().unwrap_or_default();
                let now =
                    DataUse { is_input: known.is_input || is_input, is_output: known.is_output || !is_input };
                if self.data.get(class) != Some(&now) {
                    self.data.insert(class.to_owned(), now);
                    self.open.push(class.to_owned());
                }
            }
            _ => {
                let module = class.split('\\').take(2).collect::<Vec<_>>().join("_");
                let ExistingModule { context, resolved, .. } = self.module;
                if class.contains(r"\Api\Data\")
                    && !class.ends_with("ExtensionInterface")
                    && context.catalog.knows_module(&module)
                {
                    self.findings.extend(missing(context, resolved, Some(place), class));
                }
            }
        }
    }

    /// Reports what Magento cannot read of a data object, and reads the objects in it.
    fn object(&mut self, name: &str) {
        let NamedClass::Read(file) = self.module.class(name) else { return };
        let used = self.data.get(name).copied().unwrap_or_default();
        let methods = file.class.methods.iter().filter(|it| is_read(it));
        for method in methods {
            let is_getter = method.field().is_some();
            if used.is_output || is_getter {
                let what = if used.is_output { "answer with this data" } else { "request with this field" };
                self.findings.extend(self.unreturned(file, method, what));
            }
            if is_getter {
                self.returned(file, method, "the getter");
                self.fields_of_input(file, method, used);
            }
        }
        if used.is_input {
            self.findings.extend(constructor::check(self.module, name, file));
        }
    }

    /// Reads the object that a field of a request holds.
    fn fields_of_input(&mut self, file: &PhpFile, getter: &PhpMethod, used: DataUse) {
        let types = getter.returns.as_ref().map(|tag| tag.types()).unwrap_or_default();
        let base = types.iter().find(|it| **it != "null").map(|it| it.trim_end_matches("[]"));
        let class = base.filter(|it| it.contains('\\') || it.starts_with(|c: char| c.is_ascii_uppercase()));
        let Some(class) = class.map(|it| file.class.full_name(it)).filter(|_| used.is_input) else { return };
        if let (NamedClass::Read(_), Some(tag)) = (self.module.class(&class), &getter.returns) {
            self.named(&class, true, file.at(&tag.span));
        }
    }
}

/// Returns true for methods that Magento reads: public ones that are neither static, final nor magic
/// (docs/magento/web-api.md#data-keys).
fn is_read(method: &PhpMethod) -> bool {
    method.is_public && !method.is_fixed && !method.name.starts_with("__")
}
