//! Routes of a module, and what their callers rely on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{AnnouncedEnd, PromiseChange, RouteName, kinds, value};
use crate::{
    model::Renames,
    parsers::{php::PhpClass, xml::Element},
};

/// Promise of a route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoutePromise {
    /// Access that it requires: ACL resources, `anonymous` or `self`.
    pub access: BTreeSet<String>,
    /// Its method's parameters and return type. None if the method could not be read.
    pub method: Option<MethodPromise>,
    /// True if it answers over HTTPS only.
    pub is_secure: bool,
    /// Interface of its service in PHP, which the name of its service in SOAP is made from.
    pub class: String,
    /// Method in PHP, which its operation in SOAP is named after unless a name is given.
    pub called: String,
    /// Name of the operation in SOAP, if it is given.
    pub soap_operation: Option<String>,
    /// Highest number of items in a list of the body.
    pub size_limit: Option<u32>,
    /// Announced end of the route.
    pub deprecation: Option<AnnouncedEnd>,
}

/// Promise of a method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MethodPromise {
    /// Parameters in their order.
    pub parameters: Vec<ParameterPromise>,
    /// Return type, from the doc block.
    pub returns: String,
}

/// Promise of a parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterPromise {
    /// Name without the dollar sign.
    pub name: String,
    /// Type, from the doc block.
    pub kind: String,
    /// Default value as PHP writes it; none if callers must give it.
    pub default: Option<String>,
}

pub(super) fn read(
    root: &Element,
    classes: &BTreeMap<String, PhpClass>,
    ends: &BTreeMap<String, AnnouncedEnd>,
) -> BTreeMap<RouteName, RoutePromise> {
    let read = root.named("route").filter_map(|route| {
        let name = RouteName { path: value(route, "url")?, method: value(route, "method")? };
        let access = route.named("resources").flat_map(|it| it.named("resource"));
        let service = route.named("service").next();
        let named = |key| service.and_then(|it| value(it, key)).unwrap_or_default();
        let (class, called) = (named("class"), named("method"));
        let limit = route.named("data").find_map(|it| value(it, "input-array-size-limit"));
        let promise = RoutePromise {
            access: access.filter_map(|it| value(it, "ref")).collect(),
            method: method(&class, &called, classes),
            class,
            called,
            is_secure: value(route, "secure").is_some_and(|it| it == "true"),
            soap_operation: value(route, "soapOperation"),
            size_limit: limit.and_then(|it| it.parse().ok()),
            deprecation: ends.get(name.to_string().trim_end_matches('/')).cloned(),
        };
        Some((name, promise))
    });
    read.collect()
}

fn method(class: &str, called: &str, classes: &BTreeMap<String, PhpClass>) -> Option<MethodPromise> {
    let file = class.split_once(r"\Api\").map(|(_, file)| file.replace('\\', "/"))?;
    let method = classes.get(&format!("Api/{file}.php"))?.method(called)?;
    let parameters = method.parameters.iter().filter_map(|tag| {
        let (kind, name) = tag.text.split_once(" $")?;
        let declared = method.declared.iter().find(|it| it.name == name);
        Some(ParameterPromise {
            name: name.to_owned(),
            kind: kind.to_owned(),
            default: declared.and_then(|it| it.default.clone()),
        })
    });
    Some(MethodPromise { parameters: parameters.collect(), returns: method.returned().to_owned() })
}

/// Access that a route requires, in words.
#[must_use]
pub fn route_access(id: &str) -> String {
    match id {
        "anonymous" => "no token".to_owned(),
        "self" => "a customer's token".to_owned(),
        id => id.to_owned(),
    }
}

impl RoutePromise {
    /// Returns what its operation in SOAP is named after: `soapOperation`, or else the method (`convert` in
    /// `Magento\Webapi\Model\Config\Converter`).
    fn operation(&self) -> &str {
        self.soap_operation.as_deref().unwrap_or(&self.called)
    }

    /// Describes what changes for callers of a route. That it became public is left out.
    #[must_use]
    pub fn changes(
        &self,
        name: &RouteName,
        is: &Self,
        is_name: &RouteName,
        renames: &Renames,
    ) -> PromiseChange {
        let mut all = self.access_changes(is, renames);
        if let (Some(was), Some(is)) = (&self.method, &is.method) {
            was.changes(name, is, is_name, &mut all);
        }
        match (self.is_secure, is.is_secure) {
            (false, true) => all.breaking.push("it now answers over HTTPS only".to_owned()),
            (true, false) => all.harmless.push("also answers over plain HTTP".to_owned()),
            _ => {}
        }
        if self.class != is.class {
            let (was, now) = (&self.class, &is.class);
            all.breaking.push(format!(
                "its service in SOAP has another name, which is made from {now} instead of {was}"
            ));
        }
        let (was_operation, operation) = (self.operation(), is.operation());
        if was_operation != operation {
            all.breaking
                .push(format!("its operation in SOAP is named after {operation} instead of {was_operation}"));
        }
        match (self.size_limit, is.size_limit) {
            (was, Some(now)) if was.is_none_or(|was| now < was) => {
                all.breaking.push(format!("a list in its body may now have {now} items at most"));
            }
            (Some(was), now) if now != Some(was) => {
                all.harmless.push(format!("takes lists of more than {was} items"));
            }
            _ => {}
        }
        if let (Some(was), Some(is)) = (&self.deprecation, &is.deprecation)
            && is.until < was.until
        {
            all.breaking.push(format!("it may be removed from {} on instead of {}", is.until, was.until));
        }
        all
    }

    fn access_changes(&self, is: &Self, renames: &Renames) -> PromiseChange {
        let mut all = PromiseChange::default();
        let is_had = |id: &&String| {
            self.access.contains(*id) || renames.had_resource(id, |former| self.access.contains(former))
        };
        let needed: Vec<&String> = is.access.iter().filter(|id| !is_had(id)).collect();
        let words = |ids: &[&String]| ids.iter().map(|id| route_access(id)).collect::<Vec<_>>().join(" and ");
        let is_public = is.access.contains("anonymous");
        if !needed.is_empty() && !is_public {
            all.breaking.push(format!("it now needs {}", words(&needed)));
        }
        let gone: Vec<&String> = self.access.difference(&is.access).collect();
        if is.access.is_subset(&self.access) && !gone.is_empty() {
            all.harmless.push(format!("no longer needs {}", words(&gone)));
        }
        all
    }
}

impl fmt::Display for MethodPromise {
    /// Renders it as a predicate: `takes incrementId (string) and returns Order or null`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.parameters.iter().map(|it| format!("{} ({})", it.name, kinds::words(&it.kind)));
        let takes = parameters.collect::<Vec<_>>().join(", ");
        let takes = if takes.is_empty() { "nothing" } else { takes.as_str() };
        write!(f, "takes {takes} and returns {}", kinds::words(&self.returns))
    }
}

impl MethodPromise {
    /// Parameters of the path by their place in it, and those of the body by name.
    fn split(&self, route: &RouteName) -> (Vec<&ParameterPromise>, BTreeMap<&str, &ParameterPromise>) {
        let of = |name: &str| self.parameters.iter().find(|it| it.name == name);
        let in_path = route.parameters().filter_map(of).collect();
        let in_body = self.parameters.iter().filter(|it| !route.parameters().any(|name| name == it.name));
        (in_path, in_body.map(|it| (it.name.as_str(), it)).collect())
    }

    fn changes(&self, name: &RouteName, is: &Self, is_name: &RouteName, all: &mut PromiseChange) {
        let ((was_path, was_body), (is_path, is_body)) = (self.split(name), is.split(is_name));
        for (was, is) in was_path.iter().zip(&is_path) {
            if was.kind != is.kind {
                let (before, after) = (kinds::words(&was.kind), kinds::words(&is.kind));
                all.breaking.push(format!(":{} in its path changed from {before} to {after}", is.name));
            }
            if was.name != is.name {
                let is_moved = is_path.iter().any(|it| it.name == was.name);
                all.breaking.push(if is_moved {
                    format!("its path takes {} where it took {}", is.name, was.name)
                } else {
                    format!("in SOAP, {} is now called {}", was.name, is.name)
                });
            }
        }
        for (name, was) in &was_body {
            match is_body.get(name) {
                Some(is) => was.changes(is, all),
                None => all.breaking.push(format!("it no longer takes {name}")),
            }
        }
        for (name, is) in is_body.iter().filter(|(name, _)| !was_body.contains_key(*name)) {
            let said = format!("{name} ({})", kinds::words(&is.kind));
            match is.default {
                None => all.breaking.push(format!("it now requires {said}")),
                Some(_) => all.harmless.push(format!("takes {said}, which may be left out")),
            }
        }
        if self.returns != is.returns {
            let ((kind, was_nullable), (now, is_nullable)) =
                (kinds::split(&self.returns), kinds::split(&is.returns));
            if kind != now {
                let (before, after) = (kinds::words(&self.returns), kinds::words(&is.returns));
                all.breaking.push(format!("it returns {after} instead of {before}"));
            } else if is_nullable && !was_nullable {
                all.breaking.push("it may now return null".to_owned());
            } else {
                all.harmless.push("no longer returns null".to_owned());
            }
        }
    }
}

impl ParameterPromise {
    fn changes(&self, is: &Self, all: &mut PromiseChange) {
        let name = &self.name;
        let ((kind, _), (now, _)) = (kinds::split(&self.kind), kinds::split(&is.kind));
        if kind != now {
            let (before, after) = (kinds::words(&self.kind), kinds::words(&is.kind));
            all.breaking.push(format!("{name} changed from {before} to {after}"));
            return;
        }
        match (&self.default, &is.default) {
            (Some(_), None) => all.breaking.push(format!("it now requires {name}")),
            (None, Some(_)) => all.harmless.push(format!("no longer requires {name}")),
            (Some(was), Some(now)) if was != now => {
                all.breaking.push(format!("without {name} it takes {now} instead of {was}"));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MethodPromise, ParameterPromise, RouteName, RoutePromise};
    use crate::model::Renames;

    fn route(path: &str) -> RouteName {
        RouteName { path: path.to_owned(), method: "POST".to_owned() }
    }

    fn taking(parameters: &[(&str, &str, Option<&str>)], returns: &str) -> RoutePromise {
        let parameters = parameters.iter().map(|(kind, name, default)| ParameterPromise {
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            default: default.map(str::to_owned),
        });
        let method = MethodPromise { parameters: parameters.collect(), returns: returns.to_owned() };
        RoutePromise { method: Some(method), ..RoutePromise::default() }
    }

    fn changes(was: &RoutePromise, is: &RoutePromise) -> (Vec<String>, Vec<String>) {
        let all = was.changes(&route("/V1/a/:id"), is, &route("/V1/a/:orderId"), &Renames::default());
        (all.breaking, all.harmless)
    }

    #[test]
    fn the_order_of_the_body_does_not_matter_and_soap_has_the_names_in_the_path() {
        let was = taking(&[("int", "id", None), ("int", "n", None), ("string", "x", None)], "void");
        let is = taking(&[("int", "orderId", None), ("string", "x", None), ("int", "n", None)], "void");
        assert_eq!(changes(&was, &is), (vec!["in SOAP, id is now called orderId".to_owned()], vec![]));
        let swapped = taking(&[("string", "x", None), ("int", "n", None), ("int", "id", None)], "void");
        let all = was.changes(&route("/V1/a/:id"), &swapped, &route("/V1/a/:id"), &Renames::default());
        assert_eq!((all.breaking.len(), all.harmless.len()), (0, 0));
        assert!(route("/V1/a/:id").is_same(&route("/V1/a/:orderId")));
        assert!(!route("/V1/a/:id").is_same(&route("/V1/a/id")));
    }

    #[test]
    fn parameters_that_change_places_in_the_path_break_it() {
        let both = taking(&[("int", "a", None), ("int", "b", None)], "void");
        let (was, is) = (route("/V1/x/:a/:b"), route("/V1/x/:b/:a"));
        assert_eq!(
            both.changes(&was, &both, &is, &Renames::default()).breaking,
            ["its path takes b where it took a", "its path takes a where it took b"]
        );
    }

    #[test]
    fn an_operation_that_is_named_as_its_method_is_the_same() {
        let was = RoutePromise { called: "confirm".to_owned(), ..RoutePromise::default() };
        let named = |name: &str| RoutePromise { soap_operation: Some(name.to_owned()), ..was.clone() };
        assert_eq!(changes(&was, &named("confirm")), (vec![], vec![]));
        let kept = RoutePromise { called: "accept".to_owned(), ..named("confirm") };
        assert_eq!(changes(&was, &kept), (vec![], vec![]));
        assert_eq!(
            changes(&named("a"), &named("b")).0,
            ["its operation in SOAP is named after b instead of a"]
        );
    }

    #[test]
    fn a_parameter_that_may_be_left_out_breaks_nothing() {
        let required = taking(&[("int", "n", None)], "int");
        let optional = taking(&[("int|null", "n", Some("null"))], "int|null");
        let (breaking, harmless) = changes(&required, &optional);
        assert_eq!(breaking, ["it may now return null"]);
        assert_eq!(harmless, ["no longer requires n"]);
        let (breaking, harmless) = changes(&optional, &required);
        assert_eq!(breaking, ["it now requires n"]);
        assert_eq!(harmless, ["no longer returns null"]);
        let other = taking(&[("int", "n", Some("5"))], "int|null");
        assert_eq!(changes(&optional, &other).0, ["without n it takes 5 instead of null"]);
    }

    #[test]
    fn limits_https_and_soap_break_callers() {
        let was =
            RoutePromise { size_limit: Some(20), called: "confirm".to_owned(), ..RoutePromise::default() };
        let is = RoutePromise {
            size_limit: Some(5),
            is_secure: true,
            soap_operation: Some("ordersConfirm".to_owned()),
            ..was.clone()
        };
        let renamed = |class: &str, called: &str| RoutePromise {
            class: format!(r"Acme\Erp\Api\{class}"),
            called: called.to_owned(),
            ..was.clone()
        };
        let of = renamed("OrdersInterface", "confirm");
        assert_eq!(
            changes(&of, &renamed("OrdersInterface", "accept")).0,
            ["its operation in SOAP is named after accept instead of confirm"]
        );
        assert_eq!(
            changes(&of, &renamed("SalesInterface", "confirm")).0,
            [
                r"its service in SOAP has another name, which is made from Acme\Erp\Api\SalesInterface instead of Acme\Erp\Api\OrdersInterface"
            ]
        );
        let expected = [
            "it now answers over HTTPS only",
            "its operation in SOAP is named after ordersConfirm instead of confirm",
            "a list in its body may now have 5 items at most",
        ];
        assert_eq!(changes(&was, &is).0, expected);
        assert_eq!(
            changes(&is, &was).1,
            ["also answers over plain HTTP", "takes lists of more than 5 items"]
        );
    }
}
