//! Routes of webapi.xml: their paths, their access, and the methods that they call.

use super::types::{ParameterType, place_of};
use crate::{
    check::{
        api::{
            not_in_path,
            routes::{BodyParameter, DeclaredRoute},
        },
        existing_module::{ExistingModule, classes::MethodOf, shape::not_accepted},
    },
    diag::{Diagnostic, Level, Rule, did_you_mean, nearest},
    module::PhpFile,
    names::{AclId, camel, path_parameters, snake},
    parsers::{
        SpannedText,
        php::{PhpMethod, PhpParameter},
        xml::Element,
    },
};

/// Methods that a route can have.
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// Route of webapi.xml.
pub(super) struct XmlRoute<'a> {
    pub(super) url: &'a SpannedText,
    pub(super) method: &'a SpannedText,
    element: &'a Element,
    /// Class and method that it calls; none if another module gives them.
    pub(super) service: Option<(&'a SpannedText, &'a SpannedText)>,
    refs: Vec<&'a SpannedText>,
}

impl<'a> XmlRoute<'a> {
    /// Reads an element; none if it lacks what the schema requires.
    pub(super) fn of(element: &'a Element) -> Option<Self> {
        let service = element.named("service").next();
        let resources = element.named("resources").flat_map(|it| it.named("resource"));
        Some(Self {
            url: element.attribute("url")?,
            method: element.attribute("method")?,
            element,
            service: service.and_then(|it| it.attribute("class").zip(it.attribute("method"))),
            refs: resources.filter_map(|it| it.attribute("ref")).collect(),
        })
    }

    pub(super) fn path(&self) -> &'a str {
        self.url.trimmed()
    }

    fn parameters(&self) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
        path_parameters(self.path())
    }

    /// Names that `<data>` sets.
    fn forced(&self) -> impl Iterator<Item = &'a str> {
        let set = self.element.named("data").flat_map(|it| it.named("parameter"));
        set.filter_map(|it| it.attribute("name")).map(|it| it.value.split('.').next().unwrap_or_default())
    }

    /// Checks the route and the method that it calls.
    pub(super) fn check(&self, module: &ExistingModule<'_>, called: Option<MethodOf<'_>>) -> Vec<Diagnostic> {
        let mut findings: Vec<Diagnostic> = self.wrong_method().into_iter().collect();
        findings.extend(self.without_version());
        let mut body = Vec::new();
        match called {
            Some(MethodOf::Fault(fault)) => findings.push(*fault),
            Some(MethodOf::Found(file, method)) => {
                findings.extend(self.untaken(module, file, method));
                findings.extend(self.of_path(file, method));
                body = self.body(file, method);
            }
            _ => {}
        }
        let (malformed, known): (Vec<&SpannedText>, Vec<&SpannedText>) =
            self.refs.iter().copied().partition(|it| module.is_malformed(it));
        let declared = DeclaredRoute {
            method: &self.method.value,
            path: self.path(),
            place: Some(self.url.span.clone()),
            access: known.iter().map(|it| (it.value.as_str(), Some(it.span.clone()))).collect(),
            access_place: self.refs.first().map(|it| it.span.clone()),
            body,
        };
        let of_spec = declared.check(&module.context, module.resolved).into_iter();
        findings.extend(of_spec.filter(|it| !module.is_core || it.rule != Rule::RouteTaken));
        findings.extend(malformed.into_iter().map(|it| module.malformed(it)));
        findings.extend(self.without_resources());
        findings
    }

    /// Reports parameters of the path that PHP takes as lists or objects.
    fn of_path(&self, file: &PhpFile, method: &PhpMethod) -> Vec<Diagnostic> {
        let taken = |name: &str| {
            let at = method.declared.iter().position(|it| takes(it, name))?;
            let kind = ParameterType::of(at, method, &file.class);
            let is_whole = kind != ParameterType::BareArray
                && (kind.class().is_some() || kind.written().ends_with("[]"));
            is_whole.then(|| not_in_path(name, &kind.written(), Some(file.at(&place_of(at, method)))))
        };
        self.parameters().filter_map(taken).collect()
    }

    /// Parameters that neither the path nor `<data>` gives.
    fn body<'m>(&self, file: &PhpFile, method: &'m PhpMethod) -> Vec<BodyParameter<'m>> {
        let given: Vec<&str> = self.parameters().chain(self.forced()).collect();
        let of_body = method.declared.iter().enumerate();
        let of_body = of_body.filter(|(_, it)| !given.iter().any(|name| takes(it, name)));
        let parameter = |(at, it): (usize, &'m PhpParameter)| BodyParameter {
            name: it.name.as_str(),
            kind: ParameterType::of(at, method, &file.class).written(),
            is_optional: it.is_optional,
            place: Some(file.at(&it.span)),
        };
        of_body.map(parameter).collect()
    }

    /// Reports a method that no route can have.
    fn wrong_method(&self) -> Option<Diagnostic> {
        let written = self.method.value.as_str();
        if METHODS.contains(&written) {
            return None;
        }
        let help = match nearest(&written.to_uppercase(), METHODS) {
            Some(near) => format!("write method=\"{near}\""),
            None => "write GET, POST, PUT or DELETE".to_owned(),
        };
        let message = format!("`{written}` is not a method of a route");
        Some(not_accepted("etc/webapi.xml", message, help).at(self.method.span.clone()))
    }

    /// Reports a path from which Magento cannot cut a version (docs/magento/web-api.md#route-url).
    fn without_version(&self) -> Option<Diagnostic> {
        let path = self.path();
        let version = path.strip_prefix("/V").and_then(|rest| rest.split_once('/'));
        let has_version = version.is_some_and(|(version, rest)| {
            !version.is_empty() && version.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty()
        });
        (!has_version).then(|| {
            let rest = path.trim_start_matches('/');
            Diagnostic::new(Rule::RoutePath, format!("`{path}` does not begin with a version"))
                .at(self.url.span.clone())
                .reason("Magento takes the first step of the path for the version of the service: SOAP, bulk routes and Swagger do not find it")
                .help(format!("write url=\"/V1/{rest}\""))
        })
    }

    /// Reports a route that needs nothing (docs/magento/web-api.md#no-resources).
    fn without_resources(&self) -> Option<Diagnostic> {
        (self.refs.is_empty() && self.service.is_some()).then(|| {
            let call = format!("{} {}", self.method.value, self.path());
            let mut finding = Diagnostic::new(Rule::OpenRoute, format!("`{call}` names no resource"))
                .at(self.url.span.clone())
                .reason("Magento rejects the file in developer mode; in the other modes anyone can call the route")
                .help("add <resources><resource ref=\"…\"/></resources>");
            finding.level = Level::Error;
            finding
        })
    }

    /// Reports parameters of the path that the method does not take (docs/magento/web-api.md#path-parameters).
    fn untaken(&self, module: &ExistingModule<'_>, file: &PhpFile, method: &PhpMethod) -> Vec<Diagnostic> {
        let last = self.parameters().next_back();
        let types = (0..method.declared.len()).map(|at| ParameterType::of(at, method, &file.class));
        let objects: Vec<String> = types.filter_map(|it| it.class().map(str::to_owned)).collect();
        let untaken = self.parameters().filter(|name| !method.declared.iter().any(|it| takes(it, name)));
        let finding = |name: &str| {
            let is_set = self.method.value == "PUT" && last == Some(name);
            let setter = format!("set{}", camel(name));
            // A POST has in its object what the path has too, and Magento reads the object.
            if !objects.is_empty() && (!is_set || objects.iter().any(|class| module.may_have(class, &setter)))
            {
                return None;
            }
            let on_object = if is_set {
                format!(", or sets the last one with `{setter}` of the object in the body")
            } else {
                String::new()
            };
            let names = method.declared.iter().map(|it| it.name.as_str());
            let near = module.context.suggestions.make(|| nearest(name, names)).flatten();
            let message = format!("`{}` has no parameter for `:{name}` of the path", method.name);
            Some(
                Diagnostic::new(Rule::RouteParameter, message)
                    .at(self.url.span.clone())
                    .reason(format!("Magento assigns the parameters of a path by name{on_object}"))
                    .help(match near {
                        Some(near) => format!("did you mean `:{near}`?"),
                        None => format!("rename it after a parameter, or add `${name}` to `{}`", method.name),
                    }),
            )
        };
        untaken.filter_map(finding).collect()
    }
}

impl ExistingModule<'_> {
    /// Returns true for a `ref` that is neither one id nor a word.
    fn is_malformed(&self, id: &SpannedText) -> bool {
        let id = id.value.as_str();
        !matches!(id, "anonymous" | "self") && AclId::new(id).is_err() && !self.declares_resource(id)
    }

    fn malformed(&self, id: &SpannedText) -> Diagnostic {
        let written = id.value.as_str();
        let finding = |rule, message| Diagnostic::new(rule, message).at(id.span.clone());
        if written.contains(',') {
            let each: String =
                written.split(',').map(|id| format!("<resource ref=\"{}\"/>", id.trim())).collect();
            return finding(Rule::RouteAccess, format!("Magento reads `{written}` as one id"))
                .reason("Magento does not split `ref`, and no acl.xml defines such an id: every integration gets a 401")
                .help(format!("write {each}"));
        }
        let word = || nearest(written.trim(), ["anonymous", "self"]).map(|it| vec![it]);
        let alike =
            || word().unwrap_or_else(|| self.context.catalog.suggest(written.trim(), &self.resolved.acl));
        let instead = self.context.suggestions.make(alike).unwrap_or_default();
        finding(Rule::UnknownResource, format!("`{written}` is not an ACL resource"))
            .reason("nobody can be granted a resource that no acl.xml defines: every integration gets a 401")
            .help(did_you_mean(&instead).unwrap_or_else(|| {
                "write the id of a resource, such as `Vendor_Module::name`, or `self` or `anonymous`"
                    .to_owned()
            }))
    }
}

/// Returns true if the parameter takes a value of this name (docs/magento/web-api.md#parameter-names).
fn takes(parameter: &PhpParameter, name: &str) -> bool {
    parameter.name == name || snake(&parameter.name) == name
}
