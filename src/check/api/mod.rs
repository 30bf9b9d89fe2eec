//! Rules on `[[service]]` and `[[data]]`: types, parameters, reserved fields.

use std::{collections::BTreeSet, ops::Range};

mod cycles;
mod defaults;
pub(super) mod deprecation;
pub(super) mod existing_interfaces;
pub(super) mod routes;

use super::{Context, Resolved};
use crate::{
    catalog::ReleaseSet,
    diag::{Diagnostic, Help, Level, Rule, nearest},
    names::{BaseType, FieldName, ParameterName, TypeName, camel},
    spec::{Pointer, api::Method, pointer},
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let types = Types { context, known: context.spec.data.iter().map(|data| data.name.as_str()).collect() };
    let mut findings = Vec::new();
    for (at, data) in context.spec.data.iter().enumerate() {
        let route = pointer!["data", at, "fields"];
        findings.extend(data.fields.iter().filter_map(|(name, kind)| types.check(&route.key(name), kind)));
        findings
            .extend(data.fields.iter().filter_map(|(name, kind)| types.bare_array(&route.key(name), kind)));
        findings.extend(data.fields.keys().filter_map(|name| reserved(context, &route.key(name), name)));
    }
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let route = pointer!["service", at, "method", place];
            findings.extend(types.of_method(&route, method));
            if service.interface.is_none() {
                findings.extend(types.bare_arrays(&route, method));
            }
            findings.extend(parameters(context, &route, method));
            findings.extend(defaults::check(context, &route, method));
        }
    }
    findings.extend(cycles::check(context));
    findings
}

/// Reports fields that Magento reserves (`framework/Reflection/DataObjectProcessor`,
/// `framework/Webapi/ServiceInputProcessor`).
fn reserved(context: &Context<'_>, route: &Pointer, name: &FieldName) -> Option<Diagnostic> {
    let is_reserved = matches!(name.as_str(), "extension_attributes" | "custom_attributes");
    let finding = || {
        Diagnostic::new(Rule::InvalidValue, format!("`{name}` cannot be the name of a field"))
            .at(context.spans.key(route))
            .reason("Magento reserves this field for data that other modules add to an object")
            .help("choose another name")
    };
    is_reserved.then(finding)
}

/// Types that must exist in Magento.
pub(super) fn check_in(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, data) in context.spec.data.iter().enumerate() {
        let route = pointer!["data", at, "fields"];
        for (name, kind) in &data.fields {
            findings.extend(foreign(context, resolved, &route.key(name), kind));
        }
    }
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            // A search that does not return `[[data]]` has a finding already.
            let named = named(&pointer!["service", at, "method", place], method).into_iter();
            for (route, kind) in
                named.filter(|(route, _)| !method.search || route.steps().next_back() != Some("returns"))
            {
                findings.extend(foreign(context, resolved, &route, kind));
            }
        }
    }
    findings
}

/// Reports a Magento class that a release lacks. Classes outside `Api\Data` are known only if a route uses them.
fn foreign(
    context: &Context<'_>,
    resolved: &Resolved,
    route: &Pointer,
    kind: &TypeName,
) -> Option<Diagnostic> {
    let BaseType::Class(class) = kind.base() else { return None };
    missing(context, resolved, context.spans.value(route), class)
}

/// Reports a Magento class that a release lacks.
pub(super) fn missing(
    context: &Context<'_>,
    resolved: &Resolved,
    place: Option<Range<usize>>,
    class: &str,
) -> Option<Diagnostic> {
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let there: ReleaseSet = catalog.types().releases_of(class);
    let lacking = releases - there;
    if !class.starts_with("Magento\\") || lacking.is_empty() {
        return None;
    }
    let message = if class.contains("\\Api\\Data\\") || !(there & releases).is_empty() {
        format!("the data interface `{class}` does not exist in {}", catalog.describe(lacking))
    } else {
        format!("`{class}` is not a data interface")
    };
    let mut finding = Diagnostic::new(Rule::UnknownType, message).at(place).reason(
        "Magento builds its web API from the declared types; if a class does not exist, every call fails",
    );
    if !class.contains("\\Api\\Data\\") {
        finding.level = Level::Warning;
    }
    let narrow = (!(there & releases).is_empty()).then(|| context.narrow_to(there & releases));
    let alike =
        || Help::did_you_mean(&context.suggestions.make(|| catalog.types().nearest(class, releases))?);
    Some(match narrow.or_else(alike) {
        Some(help) => finding.help(help),
        None => finding
            .help("write the full name of an interface in an Api\\Data namespace, or the name of a [[data]] table")
            .module_help("write the full name of an interface in an Api\\Data namespace"),
    })
}

/// Types that a method names, each with its place in the spec.
fn named<'a>(route: &Pointer, method: &'a Method) -> Vec<(Pointer, &'a TypeName)> {
    let given = |key: &str| route.key(key);
    let parameters = method.parameters.iter().map(|(name, kind)| (given("parameters").key(name), kind));
    let body = method.body.iter().map(|(name, kind)| (given("body").key(name), kind));
    let returns = method.returns.iter().map(|kind| (given("returns"), kind));
    parameters.chain(body).chain(returns).collect()
}

/// Types that the spec declares.
struct Types<'a> {
    context: &'a Context<'a>,
    /// The names of `[[data]]`.
    known: BTreeSet<&'a str>,
}

impl Types<'_> {
    fn check(&self, route: &Pointer, kind: &TypeName) -> Option<Diagnostic> {
        let name = match kind.base() {
            BaseType::Data(name) if !self.known.contains(name) => name,
            _ => return None,
        };
        let finding = Diagnostic::new(Rule::UnknownType, format!("no `[[data]]` has the name `{name}`"))
            .at(self.context.spans.value(route))
            .reason(
                "a type is string, int, float, bool, mixed, a `[[data]]` name, or the full name of an interface",
            );
        let near = self.context.suggestions.make(|| nearest(name, self.known.iter().copied())).flatten();
        Some(match near {
            Some(near) => finding.help(Help::new(format!("did you mean `{near}`?")).meant(near)),
            None => finding.help(format!("declare it: [[data]] with name = \"{name}\", or use another type")),
        })
    }

    /// Reports an `array` whose elements have no type, in a place where Magento has to read them
    /// (docs/magento/web-api.md#parameter-types).
    fn bare_array(&self, route: &Pointer, kind: &TypeName) -> Option<Diagnostic> {
        let is_bare = kind.base() == BaseType::Scalar("array");
        is_bare.then(|| {
            Diagnostic::new(Rule::UnknownType, format!("`{kind}` does not name the type of its elements"))
                .at(self.context.spans.value(route))
                .reason("Magento builds an object for each element: a call that sends some fails with `Class \"array\" does not exist`")
                .help(
                    Help::new("use a list such as \"string[]\" or \"mixed[]\", or a [[data]]")
                        .text("string[]")
                        .text("mixed[]"),
                )
        })
    }

    /// Reports a bare `array` in a method of a generated interface.
    fn bare_arrays(&self, route: &Pointer, method: &Method) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (route, kind) in named(route, method) {
            let Some(mut finding) = self.bare_array(&route, kind) else { continue };
            if route.last().as_deref() == Some("returns") && !kind.is_list() {
                finding.level = Level::Warning;
                finding = finding.reason("Magento drops the keys of the array, and cannot describe it: SOAP, the schema and Swagger fail with `The \"array\" class doesn't exist`");
            }
            findings.push(finding);
        }
        findings
    }

    fn of_method(&self, route: &Pointer, method: &Method) -> Vec<Diagnostic> {
        let named = named(route, method).into_iter();
        let unknown: Vec<Diagnostic> = named.filter_map(|(route, kind)| self.check(&route, kind)).collect();
        if !unknown.is_empty() {
            return unknown;
        }
        let searched = if method.search { self.searched(route, method) } else { None };
        searched.into_iter().chain(self.of_path(route, method)).collect()
    }

    /// Reports path parameters whose type cannot be read from one segment of the path.
    fn of_path(&self, route: &Pointer, method: &Method) -> Vec<Diagnostic> {
        let is_single = |kind: &TypeName| !kind.is_list() && matches!(kind.base(), BaseType::Scalar(_));
        let is_of_path = |name: &ParameterName| is_in_path(method, name);
        let wrong = method.parameters.iter().filter(|(name, kind)| is_of_path(name) && !is_single(kind));
        let finding = |(name, kind): (&ParameterName, &TypeName)| {
            let place = self.context.spans.value(&route.key("parameters").key(name));
            not_in_path(name.as_str(), kind.as_str(), place)
        };
        wrong.map(finding).collect()
    }

    /// Requires a search to return one `[[data]]` type, which its results interface names.
    fn searched(&self, route: &Pointer, method: &Method) -> Option<Diagnostic> {
        let is_plain = |kind: &TypeName| {
            matches!(kind.base(), BaseType::Data(_)) && !kind.is_list() && !kind.is_nullable()
        };
        let (message, place) = match &method.returns {
            Some(kind) if is_plain(kind) => return None,
            Some(kind) => (
                format!("`{}` searches for `{kind}`, which is not a `[[data]]` type", method.name),
                "returns",
            ),
            None => (format!("`{}` is a search without `returns`", method.name), "search"),
        };
        let spans = self.context.spans;
        Some(
            Diagnostic::new(Rule::SearchType, message)
                .at(spans.value(&route.key(place)))
                .reason("the search results interface is generated for one item type")
                .help("name a [[data]] type without [] or ?, for example returns = \"ExportResult\""),
        )
    }
}

/// Finding about a path parameter whose type cannot be read from one segment of the path.
pub(super) fn not_in_path(name: &str, kind: &str, place: Option<Range<usize>>) -> Diagnostic {
    Diagnostic::new(Rule::RouteParameter, format!("`:{name}` cannot be `{kind}`"))
        .at(place)
        .reason(
            "a path segment holds a single string or number; Magento does not build lists or objects from it",
        )
        .help("use string, int, float or bool, or move the parameter to `body`")
        .module_help("use string, int, float or bool, or take the parameter out of the path")
}

/// Returns true for a parameter of the path, in the spelling of the path or of PHP.
fn is_in_path(method: &Method, name: &ParameterName) -> bool {
    let taken = method.route.parameters().filter_map(|it| method.takes(it));
    taken.into_iter().any(|(it, _)| it == name.as_str())
}

/// Reports parameters that clash or do not exist: first those of the path, then those of the body.
fn parameters(context: &Context<'_>, route: &Pointer, method: &Method) -> Vec<Diagnostic> {
    let of_path: Vec<&str> = method.route.parameters().collect();
    let finding = |place: &Pointer, message: String| {
        let spans = context.spans;
        Diagnostic::new(Rule::RouteParameter, message).at(spans.key(place).or_else(|| spans.value(place)))
    };
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for name in &of_path {
        let fault = match *name {
            "this" => format!("`:{name}` cannot be a parameter"),
            name if method.search && camel(name) == "SearchCriteria" => {
                format!("`{name}` is already the parameter of a search")
            }
            name if !seen.insert(name) => format!("`:{name}` appears twice in the path"),
            _ => continue,
        };
        findings.push(
            finding(&route.key("route"), fault)
                .reason(
                    "each becomes a parameter of the PHP method: its name must be unique and cannot be `this`",
                )
                .help("choose another name"),
        );
    }
    for (at, name) in method.path_only.iter().enumerate() {
        if !of_path.contains(&name.as_str()) {
            let place = route.key("path_only").key(at);
            findings.push(
                finding(&place, format!("`:{name}` is not in the path of `{}`", method.route))
                    .reason("`path_only` lists parameters of the path that the PHP method does not take")
                    .help(Help::new("remove it, or add it to the path").removal()),
            );
        }
    }
    for name in method.parameters.keys().filter(|name| !is_in_path(method, name)) {
        let place = route.key("parameters").key(name);
        let finding = finding(&place, format!("`:{name}` is not in the path of `{}`", method.route))
            .reason("`parameters` sets the types of path parameters; all other parameters belong in `body`");
        let near = context.suggestions.make(|| nearest(name.as_str(), of_path.iter().copied())).flatten();
        findings.push(match near {
            Some(near) => finding.help(Help::new(format!("did you mean `{near}`?")).meant(near)),
            None => finding.help("move it to `body`, or add it to the path"),
        });
    }
    for name in method.body.keys() {
        let place = route.key("body").key(name);
        let fault = match name.as_str() {
            "this" => format!("`{name}` cannot be a parameter"),
            name if of_path.contains(&name) => format!("`{name}` is in both the path and the body"),
            name if method.search && camel(name) == "SearchCriteria" => {
                format!("`{name}` is already the parameter of a search")
            }
            _ => continue,
        };
        findings.push(
            finding(&place, fault)
                .reason(
                    "each becomes a parameter of the PHP method: its name must be unique and cannot be `this`",
                )
                .help(Help::new("rename or remove it").removal()),
        );
    }
    findings
}
