//! Service classes behind Magento's own REST routes: their methods, and the routes that call them.

use std::collections::HashMap;

use crate::catalog::{
    DocType, ReleaseId, ReleaseSet, Route,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, class, columns, module_of},
};

const SERVICES: &str = include_str!("../data/services.tsv");

/// Class that a REST route names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceClass {
    /// Full name, without a leading backslash.
    pub class: String,
    /// Methods; one that differs between releases has several entries.
    pub methods: Vec<ServiceMethod>,
}

/// Method of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceMethod {
    /// Its name.
    pub name: &'static str,
    /// Parameters in order.
    pub parameters: Vec<ServiceParameter>,
    /// Return type in its doc block.
    pub returns: DocType,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceParameter {
    /// Name without the `$`.
    pub name: &'static str,
    /// Type in the doc block.
    pub php_type: DocType,
    /// Default as PHP source, if it has one.
    pub default: Option<&'static str>,
}

/// Services of Magento's own modules and the routes that call them, without those of bundled vendors.
#[derive(Debug)]
pub struct ServiceTable {
    /// Services by class.
    pub services: VersionedTable<ServiceClass>,
    /// Called methods by `GET /V1/orders/:id`.
    routes: HashMap<&'static str, Vec<RouteTarget>>,
}

/// Method that a route calls.
#[derive(Debug, Clone)]
struct RouteTarget {
    class: String,
    method: &'static str,
    releases: ReleaseSet,
}

impl ServiceClass {
    /// Module that contains it.
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
    /// Method that a route calls in a release; none if unknown.
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

/// Parses a parameter such as `int $page = 1`.
fn parameter(text: &'static str, class: &str) -> Option<ServiceParameter> {
    let (php_type, rest) = text.split_once('$')?;
    let (name, default) =
        rest.split_once(" = ").map_or((rest, None), |(name, default)| (name, Some(default)));
    Some(ServiceParameter { name, php_type: DocType::of_table(php_type.trim_end(), class), default })
}
