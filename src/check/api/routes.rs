//! Routes of `[[service]]` compared with Magento's own, and the access they ask for.

use std::ops::Range;

use crate::{
    check::{Context, Resolved, references},
    diag::{Diagnostic, Help, Level, Rule},
    names::{AclId, MagentoVersion},
    spec::{Pointer, api::Method, pointer},
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let of_spec = DeclaredRoute::of_spec(context, &pointer!["service", at, "method", place], method);
            findings.extend(of_spec.check(context, resolved));
        }
    }
    findings
}

/// Route of a spec or a webapi.xml.
pub(in crate::check) struct DeclaredRoute<'a> {
    pub(in crate::check) method: &'a str,
    pub(in crate::check) path: &'a str,
    pub(in crate::check) place: Option<Range<usize>>,
    /// Permissions that a caller needs, each with its place.
    pub(in crate::check) access: Vec<(&'a str, Option<Range<usize>>)>,
    /// Place of the list of permissions.
    pub(in crate::check) access_place: Option<Range<usize>>,
    /// Parameters that the body gives.
    pub(in crate::check) body: Vec<BodyParameter<'a>>,
}

/// Parameter in the body of a request.
pub(in crate::check) struct BodyParameter<'a> {
    pub(in crate::check) name: &'a str,
    /// Type without null: `string[]`.
    pub(in crate::check) kind: String,
    /// True if a caller may leave it out.
    pub(in crate::check) is_optional: bool,
    pub(in crate::check) place: Option<Range<usize>>,
}

impl<'a> DeclaredRoute<'a> {
    fn of_spec(context: &Context<'_>, route: &Pointer, method: &'a Method) -> Self {
        let value = |route: &Pointer| context.spans.value(route);
        let list = route.key("acl");
        let access = method.acl.as_slice().iter().enumerate();
        let body = method.body.iter().map(|(name, kind)| BodyParameter {
            name: name.as_str(),
            kind: kind.as_str().trim_end_matches('?').to_owned(),
            is_optional: kind.is_nullable() || method.defaults.contains_key(name),
            place: value(&route.key("body").key(name)),
        });
        Self {
            method: method.route.method(),
            path: method.route.path(),
            place: value(&route.key("route")),
            access: access
                .map(|(at, it)| (it.as_str(), value(&list.key(at)).or_else(|| value(&list))))
                .collect(),
            access_place: value(&list),
            body: body.collect(),
        }
    }

    /// Reports routes that Magento never finds, fails to call or already has, and access that nobody or anybody has.
    pub(in crate::check) fn check(&self, context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let unfound = self.starts_with_parameter(context);
        findings.extend(unfound.or_else(|| self.taken(context, resolved)));
        findings.extend(self.only_list(context, resolved));
        findings.extend(self.together());
        findings.extend(self.open(context));
        for (access, place) in &self.access {
            findings.extend(needed(context, resolved, place.clone(), access));
        }
        findings
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Name of the route below the vendor's name.
    fn with_vendor(&self, context: &Context<'_>) -> Help {
        let route = self.below_vendor(context);
        Help::new(format!("start the path with your vendor name: \"{route}\"")).text(route)
    }

    fn below_vendor(&self, context: &Context<'_>) -> String {
        let vendor = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
        let path = self.path.split('/').skip(2).collect::<Vec<_>>().join("/");
        format!("{} /V1/{vendor}/{path}", self.method)
    }

    /// Reports a route whose first step after the version is a parameter (docs/magento/web-api.md#parameter-first).
    fn starts_with_parameter(&self, context: &Context<'_>) -> Option<Diagnostic> {
        self.path.split('/').nth(2)?.strip_prefix(':')?;
        let message = format!("the path of `{}` begins with a parameter", self.name());
        Some(
            Diagnostic::new(Rule::RouteParameter, message)
                .at(self.place.clone())
                .reason(
                    "Magento compares the first step after the version literally, so no call finds the route",
                )
                .help(format!("start the path with your vendor name: \"{}\"", self.below_vendor(context))),
        )
    }

    /// Reports a PUT with a path parameter that may get a list alone in its body
    /// (docs/magento/web-api.md#list-as-only-body).
    fn only_list(&self, context: &Context<'_>, resolved: &Resolved) -> Option<Diagnostic> {
        let failing = context
            .catalog
            .those(resolved.target.releases, |version| version >= MagentoVersion::new(2, 1, 0));
        if self.method != "PUT" || !self.path.contains("/:") || failing.is_empty() {
            return None;
        }
        let may_be_alone = |name: &str| self.body.iter().all(|other| other.name == name || other.is_optional);
        let list = self.body.iter().find(|it| it.kind.ends_with("[]") && may_be_alone(it.name))?;
        let BodyParameter { name, kind, .. } = list;
        let other = self.body.iter().find(|other| other.name != *name);
        let (message, calls, second) = match other {
            None => (
                format!("`{name}` is a list and the only body parameter of a PUT with a path parameter"),
                "every call",
                "add a second required body parameter".to_owned(),
            ),
            Some(other) => (
                format!(
                    "`{name}` is a list that may be the only body parameter of a PUT with a path parameter"
                ),
                "every call that sends it alone",
                format!("make `{}` required", other.name),
            ),
        };
        let mut finding = Diagnostic::new(Rule::RouteParameter, message)
            .at(list.place.clone())
            .reason(format!(
                "Magento looks up the type of the only body parameter as a class: {calls} fails with \
                 `Class \"{kind}\" does not exist`"
            ))
            .help(format!("use POST, put the list into a data object, or {second}"));
        if other.is_some() {
            finding.level = Level::Warning;
        }
        Some(finding)
    }

    /// Reports a route that Magento already has.
    fn taken(&self, context: &Context<'_>, resolved: &Resolved) -> Option<Diagnostic> {
        let (catalog, releases) = (context.catalog, resolved.target.releases);
        let routes = catalog.routes();
        let like = routes.like(self.method, self.path, releases);
        let other = like.or_else(|| routes.overlapping(self.method, self.path, releases))?;
        let (own, there) = (self.name(), catalog.describe(other.releases() & releases));
        let (message, reason) = if like.is_some() {
            (
                format!("`{own}` is the same route as Magento's `{other}` in {there}"),
                "the routes differ only in their parameter names, and Magento answers with one of them",
            )
        } else {
            (
                format!("`{own}` and Magento's `{other}` in {there} match the same calls"),
                "only one of them answers such a call: usually the one with a fixed segment where the other has a parameter",
            )
        };
        let mut finding = Diagnostic::new(Rule::RouteTaken, message)
            .at(self.place.clone())
            .reason(reason)
            .help(self.with_vendor(context));
        if like.is_none() {
            finding.level = Level::Warning;
        }
        Some(finding)
    }

    /// Reports `anonymous` or `self` combined with other access: a caller needs everything in the list.
    fn together(&self) -> Option<Diagnostic> {
        let word = self.access.iter().map(|(it, _)| *it).find(|it| matches!(*it, "self" | "anonymous"))?;
        if self.access.len() < 2 {
            return None;
        }
        let reason = match word {
            "self" => {
                "a caller needs every entry: customers have no ACL resources, and integrations are not customers"
            }
            _ => "a caller needs every entry, so `anonymous` does not open the route",
        };
        Some(
            Diagnostic::new(Rule::RouteAccess, format!("`{word}` is combined with other access"))
                .at(self.access_place.clone())
                .reason(reason)
                .help(
                    Help::new(format!("write acl = \"{word}\", or list the resources only"))
                        .value(format!("\"{word}\"")),
                )
                .module_help(format!("write <resource ref=\"{word}\"/> alone, or name the resources only")),
        )
    }

    /// Reports a route that writes and that anyone may call.
    fn open(&self, context: &Context<'_>) -> Option<Diagnostic> {
        let is_open = !self.access.is_empty() && self.access.iter().all(|(it, _)| *it == "anonymous");
        (is_open && self.method != "GET").then(|| {
            Diagnostic::new(Rule::OpenRoute, format!("anyone can call `{}`", self.name()))
                .at(self.access_place.clone())
                .reason("`anonymous` asks for no token, and the route writes")
                .help("name an ACL resource of your own in `acl`")
                .module_help(format!(
                    "name a resource of your own: <resource ref=\"{}::write\"/>",
                    context.spec.module.name
                ))
        })
    }
}

/// Reports a required resource that no integration can be granted.
fn needed(
    context: &Context<'_>,
    resolved: &Resolved,
    place: Option<Range<usize>>,
    id: &str,
) -> Option<Diagnostic> {
    if id == AclId::ALL {
        let message = format!("`{id}` is a root of the ACL tree, which integrations cannot be granted");
        return Some(
            Diagnostic::new(Rule::RouteAccess, message)
                .at(place)
                .reason("only administrators with access to all resources could make the call")
                .help("name a resource that can be granted, such as one of your own"),
        );
    }
    let reason = "nobody can be granted a resource that no acl.xml defines: every integration gets a 401";
    references::resource(context, resolved, place, id, reason)
}
