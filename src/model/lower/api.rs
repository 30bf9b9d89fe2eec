//! `[[service]]` and `[[data]]`.

use std::collections::BTreeSet;

use super::{Lowering, labels};
use crate::{
    model::{
        Api, Data, Deprecation, Field, Method, Parameter, ParameterDefault, PhpBase, PhpType, RouteValue,
        Service,
    },
    names::{BaseType, TypeName, camel},
    spec::api as spec,
};

/// Type of the parameter of a search.
const SEARCH_CRITERIA: &str = r"Magento\Framework\Api\SearchCriteriaInterface";

impl Lowering<'_> {
    pub(super) fn api(&self) -> Api {
        let searches = self.spec.service.iter().flat_map(|service| &service.method).filter(|it| it.search);
        let paged: BTreeSet<&str> =
            searches.filter_map(|method| method.returns.as_ref()).map(TypeName::as_str).collect();
        Api {
            services: self.spec.service.iter().map(|service| self.service(service)).collect(),
            data: self
                .spec
                .data
                .iter()
                .map(|data| self.data(data, paged.contains(data.name.as_str())))
                .collect(),
        }
    }

    fn service(&self, service: &spec::Service) -> Service {
        let by_name = || format!("REST methods of the {} service", service.name);
        Service {
            name: service.name.clone(),
            interface: match &service.interface {
                Some(interface) => interface.full(&self.spec.module.name.namespace()),
                None => format!(r"{}\Api\{}Interface", self.spec.module.name.namespace(), service.name),
            },
            is_generated: service.interface.is_none(),
            description: service.description.as_ref().map_or_else(by_name, ToString::to_string),
            methods: service.method.iter().map(|method| self.method(method)).collect(),
        }
    }

    fn method(&self, method: &spec::Method) -> Method {
        let string =
            PhpType { base: PhpBase::Scalar("string".to_owned()), is_list: false, is_nullable: false };
        let of_path = method.route.parameters().filter_map(|name| method.takes(name)).map(|(name, kind)| {
            let kind = kind.map_or_else(|| string.clone(), |kind| self.php_type(kind));
            Parameter { name: name.to_owned(), kind, default: None }
        });
        let data = method.data.iter().map(|(name, set)| RouteValue {
            name: name.to_string(),
            value: set.value.clone(),
            is_forced: set.force,
        });
        let criteria = method.search.then(|| Parameter {
            name: "searchCriteria".to_owned(),
            kind: PhpType::class(SEARCH_CRITERIA),
            default: None,
        });
        let of_body = method.body.iter();
        let of_body = of_body.map(|(name, kind)| Parameter {
            name: name.to_string(),
            kind: self.php_type(kind),
            default: method.defaults.get(name).map(default),
        });
        let page = |kind: &TypeName| PhpType::class(self.interface(&format!("{kind}SearchResults")));
        let answer = |kind| if method.search { page(kind) } else { self.php_type(kind) };
        let by_name = || labels::sentence(method.name.as_str());
        Method {
            name: method.name.clone(),
            verb: method.route.method().to_owned(),
            path: method.route.path().to_owned(),
            access: method.acl.as_slice().iter().map(ToString::to_string).collect(),
            data: data.collect(),
            input_array_size_limit: method.input_array_size_limit.map(|limit| limit.get()),
            is_secure: method.secure,
            soap_operation: method.soap_operation.as_ref().map(ToString::to_string),
            parameters: of_path.chain(of_body).chain(criteria).collect(),
            returns: method.returns.as_ref().map(answer),
            is_search: method.search,
            deprecation: method.deprecated.as_ref().map(|deprecated| Deprecation {
                since: deprecated.since().cloned(),
                until: deprecated.until().clone(),
                replaced_by: method.replaced_by.as_ref().map(ToString::to_string),
            }),
            description: method.description.as_ref().map_or_else(by_name, ToString::to_string),
        }
    }

    fn data(&self, data: &spec::Data, is_paged: bool) -> Data {
        let by_name = || format!("Fields of the {} data object", data.name);
        let description = data.description.as_ref().map_or_else(by_name, ToString::to_string);
        let fields = data.fields.iter().map(|(name, kind)| Field {
            name: name.to_string(),
            suffix: camel(name.as_str()),
            kind: self.php_type(kind),
        });
        Data {
            name: data.name.clone(),
            fields: fields.collect(),
            page: is_paged.then(|| labels::page_of(&description, data.name.as_str())),
            description,
        }
    }

    fn php_type(&self, kind: &TypeName) -> PhpType {
        let base = match kind.base() {
            BaseType::Scalar(name) => PhpBase::Scalar(name.to_owned()),
            BaseType::Data(name) => PhpBase::Class(self.interface(name)),
            BaseType::Class(name) => PhpBase::Class(name.to_owned()),
        };
        PhpType { base, is_list: kind.is_list(), is_nullable: kind.is_nullable() }
    }

    /// The interface of a data object.
    fn interface(&self, data: &str) -> String {
        format!(r"{}\Api\Data\{data}Interface", self.spec.module.name.namespace())
    }
}

fn default(value: &spec::ParameterDefault) -> ParameterDefault {
    match value {
        spec::ParameterDefault::Flag(yes) => ParameterDefault::Flag(*yes),
        spec::ParameterDefault::Number(number) => ParameterDefault::Number(*number),
        spec::ParameterDefault::Text(text) => ParameterDefault::Text(text.to_string()),
        spec::ParameterDefault::List(items) => {
            ParameterDefault::List(items.iter().map(ToString::to_string).collect())
        }
    }
}
