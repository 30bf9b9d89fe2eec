//! Magento's own routes that the integrations call, with their arguments and return values where known.

use super::{
    operation::{Argument, ArgumentKind, Operation, OperationShape},
    schemas::Schemas,
    search,
};
use crate::{
    catalog::{Catalog, CommerceRoute, ReleaseId, Route, ServiceMethod, ServiceParameter},
    model::Module,
    names::{Call, Mode, capitalized, steps},
};

/// Return type of an asynchronous call (`module-asynchronous-operations`).
const QUEUED: &str = r"Magento\AsynchronousOperations\Api\Data\AsyncResponseInterface";

/// Permission that is not known.
const UNKNOWN: &str = "unknown";

/// Operations without duplicates, in the order of the integrations and their calls. Excludes the module's own.
pub(super) fn operations(module: &Module, catalog: &Catalog, schemas: &mut Schemas<'_>) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    for called in module.integrations.iter().flat_map(|integration| &integration.calls) {
        let is_known = operations.iter().any(|it| it.verb == called.method && it.path == called.path);
        let Ok(call) = Call::new(format!("{} {}", called.method, called.path)) else { continue };
        if is_known || is_own(module, &call) {
            continue;
        }
        let found = newest(module, catalog, &call);
        let target = found.and_then(|(route, release)| catalog.services().called_by(route, release));
        let needs = found.and_then(|(route, release)| route.access(release)).map_or_else(
            || vec![UNKNOWN.to_owned()],
            |access| access.refs().into_iter().map(str::to_owned).collect(),
        );
        let shape = target.map(|(_, method)| shape(call.mode(), method, schemas));
        let commerce = Catalog::commerce_route(&call).filter(|_| target.is_none());
        let of_commerce = commerce.and_then(|route| route.modules.first()).map(|module| (*module).to_owned());
        let service = target.map(|(service, _)| service.module());
        operations.push(Operation {
            id: id(&called.method, &called.path),
            tag: service.or(of_commerce).unwrap_or_else(|| "Magento".to_owned()),
            summary: called.why.clone().unwrap_or_default(),
            gaps: if shape.is_some() { String::new() } else { gaps(commerce, &needs) },
            verb: called.method.clone(),
            path: called.path.clone(),
            mode: call.mode(),
            needs,
            deprecation: None,
            shape,
        });
    }
    operations
}

/// Describes what is not known about a route whose service is not.
fn gaps(commerce: Option<&CommerceRoute>, needs: &[String]) -> String {
    let permission = if needs.iter().any(|need| need == UNKNOWN) {
        ", its answer and its permission"
    } else {
        " and its answer"
    };
    let reason = if commerce.is_some() {
        "Adobe publishes this route of Adobe Commerce, but not its service"
    } else {
        "the catalog has no types of other modules"
    };
    format!("Its arguments{permission} are unknown: {reason}.")
}

fn is_own(module: &Module, call: &Call) -> bool {
    let fits = call.fitting();
    let mut methods = module.api.services.iter().flat_map(|service| &service.methods);
    methods.any(|method| method.verb == call.method() && fits(&method.path))
}

/// Finds the route that answers in the newest release of the target in which one does.
fn newest<'a>(module: &Module, catalog: &'a Catalog, call: &Call) -> Option<(&'a Route, ReleaseId)> {
    let platform = &module.platform;
    let within =
        catalog.those(catalog.all(), |version| platform.oldest <= version && version <= platform.newest);
    let routes = catalog.answering(std::slice::from_ref(call), within);
    let newest = routes.into_iter().filter_map(|route| Some((route, (route.releases() & within).last()?)));
    newest.max_by_key(|(_, release)| *release)
}

fn shape(mode: Mode, method: &ServiceMethod, schemas: &mut Schemas<'_>) -> OperationShape {
    let arguments = method.parameters.iter().map(|parameter| argument(parameter, schemas)).collect();
    let answer =
        if mode == Mode::Direct { schemas.core_answer(&method.returns) } else { schemas.class(QUEUED) };
    OperationShape { arguments, answer }
}

fn argument(parameter: &ServiceParameter, schemas: &mut Schemas<'_>) -> Argument {
    let is_search = parameter.php_type.names().all(search::is_criteria);
    Argument {
        name: parameter.name.to_owned(),
        kind: if is_search {
            ArgumentKind::Search
        } else {
            ArgumentKind::Value(schemas.core(&parameter.php_type))
        },
        is_required: parameter.default.is_none(),
    }
}

/// Returns `get_V1_orders_byId` for `GET /V1/orders/:id`.
fn id(verb: &str, path: &str) -> String {
    let step = |step: &str| match step.strip_prefix(':') {
        Some(name) => format!("_by{}", capitalized(name)),
        None => format!("_{step}"),
    };
    let path: String = steps(path).map(step).collect();
    format!("{}{path}", verb.to_lowercase())
}
