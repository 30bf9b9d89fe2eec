//! The classes behind Magento's own REST routes: their methods, and which route calls which.

use std::collections::HashMap;

use crate::catalog::{
    DocType, ReleaseId, ReleaseSet, Route,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, class, columns, module_of},
};

const SERVICES: &str = include_str!("../data/services.tsv");

/// A class that a REST route names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceClass {
    /// Its full name, without a backslash in front.
    pub class: String,
    /// All its methods; one that is another in another release stands once for each.
    pub methods: Vec<ServiceMethod>,
}

/// A method of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceMethod {
    /// Its name.
    pub name: &'static str,
    /// What it takes, in order.
    pub parameters: Vec<ServiceParameter>,
    /// What it returns, by its doc block.
    pub returns: DocType,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// A parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceParameter {
    /// Its name, without the `$`.
    pub name: &'static str,
    /// Its type, by the doc block.
    pub php_type: DocType,
    /// Its default as PHP writes it, if it has one.
    pub default: Option<&'static str>,
}

/// The services of Magento's own modules, and the routes that call them. Those of bundled vendors are not among them.
#[derive(Debug, Clone)]
pub struct ServiceTable {
    /// The services, by class.
    pub services: VersionedTable<ServiceClass>,
    /// By `GET /V1/orders/:id`: what it calls when.
    routes: HashMap<&'static str, Vec<RouteTarget>>,
}

/// What a route calls.
#[derive(Debug, Clone)]
struct RouteTarget {
    class: String,
    method: &'static str,
    releases: ReleaseSet,
}

impl ServiceClass {
    /// The module it is in.
    #[must_use]
    pub fn module(&self) -> String {
        module_of(&self.class)
    }
}

impl VersionedRow for ServiceClass {
    fn id(&self) -> &str {
        &self.class
    }
    fn releases(&self) -> ReleaseSet {
        self.methods.iter().fold(ReleaseSet::default(), |all, method| all | method.releases)
    }
}

impl ServiceTable {
    /// What a route calls in a release; none where that is not known.
    #[must_use]
    pub fn called_by(&self, route: &Route, release: ReleaseId) -> Option<(&ServiceClass, &ServiceMethod)> {
        let targets = self.routes.get(route.to_string().as_str())?;
        let target = targets.iter().find(|target| target.releases.contains(release))?;
        let service = self.services.find(&target.class).first()?;
        let is_called =
            |method: &&ServiceMethod| method.name == target.method && method.releases.contains(release);
        Some((service, service.methods.iter().find(is_called)?))
    }
}

pub(in crate::catalog) fn services(sets: &NumberedSets) -> ServiceTable {
    let mut routes: HashMap<_, Vec<RouteTarget>> = HashMap::new();
    let mut services = Vec::new();
    for block in blocks(SERVICES) {
        let class = class(block.head);
        let mut methods = Vec::new();
        for line in block.below() {
            if let Some(route) = line.strip_prefix('@') {
                let [route, method, releases] = columns(route);
                let releases = sets.get(releases, sets.all);
                routes.entry(route).or_default().push(RouteTarget { class: class.clone(), method, releases });
            } else {
                let [name, parameters, returns, releases] = columns(line);
                let parameters = parameters.split(';').filter_map(|text| parameter(text, &class)).collect();
                let (returns, releases) = (DocType::of_table(returns, &class), sets.get(releases, sets.all));
                methods.push(ServiceMethod { name, parameters, returns, releases });
            }
        }
        methods.retain(|method: &ServiceMethod| !method.releases.is_empty());
        services.push(ServiceClass { class, methods });
    }
    ServiceTable { services: VersionedTable::new(services), routes }
}

/// The parameter of `int $page = 1`.
fn parameter(text: &'static str, class: &str) -> Option<ServiceParameter> {
    let (php_type, rest) = text.split_once('$')?;
    let (name, default) =
        rest.split_once(" = ").map_or((rest, None), |(name, default)| (name, Some(default)));
    Some(ServiceParameter { name, php_type: DocType::of_table(php_type.trim_end(), class), default })
}
