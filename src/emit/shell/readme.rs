//! `README.md`: what the module grants, and how to install, activate, check and remove it.

use minijinja::{Value, context};

use crate::{
    catalog::behaviour,
    emit::{
        markdown::escape,
        template::{self, Template},
    },
    model::{Call, Integration, Module, Need, Resource},
    names::MagentoVersion,
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let platform = &module.platform;
    let newest_refuses_bearer = !behaviour::takes_bearer_token(platform.newest);
    let values = context! {
        description => &module.description,
        constraint => &platform.constraint,
        releases => releases(platform.oldest, platform.newest),
        php => &platform.php,
        legacy => platform.is_legacy,
        data_patches => platform.is_legacy && platform.has_data_patches(),
        integrations => module.integrations.iter().map(integration).collect::<Vec<_>>(),
        own => !module.acl.is_empty(),
        bearer_refused => newest_refuses_bearer,
        bearer_taken => behaviour::takes_bearer_token(platform.oldest),
        sha1 => platform.oldest < MagentoVersion::new(2, 4, 3).with_p(3),
        always_resets => behaviour::always_resets(platform.oldest),
    };
    template::render(module, Template::Readme, values)
}

fn releases(oldest: MagentoVersion, newest: MagentoVersion) -> String {
    if oldest == newest { oldest.to_string() } else { format!("{oldest} to {newest}") }
}

fn integration(integration: &Integration) -> Value {
    context! {
        name => integration.name.as_str(),
        email => integration.email.as_str(),
        endpoint => integration.endpoint_url.as_ref().map(|url| url.as_str()),
        identity => integration.identity_link_url.as_ref().map(|url| url.as_str()),
        handshake => integration.endpoint_url.is_some() && integration.identity_link_url.is_some(),
        calls => integration.calls.iter().map(call).collect::<Vec<_>>(),
        has_reasons => integration.calls.iter().any(|call| call.why.is_some()),
        resources => integration.resources.iter().map(resource).collect::<Vec<_>>(),
        implied => integration.implied.iter().map(resource).collect::<Vec<_>>(),
    }
}

fn resource(resource: &Resource) -> Value {
    let path: Vec<String> = resource.path.iter().map(|title| escape(title)).collect();
    context! { id => resource.id.as_str(), path => path.join(" › ") }
}

fn call(call: &Call) -> Value {
    context! {
        method => &call.method,
        path => &call.path,
        needs => call.needs.iter().map(need).collect::<Vec<_>>().join(", "),
        why => call.why.as_ref().map(|why| escape(why)),
    }
}

/// `` `Magento_Sales::sales` before 2.2.8 ``
fn need(need: &Need) -> String {
    let resources: Vec<String> = need.resources.iter().map(|id| format!("`{id}`")).collect();
    let resources = if resources.is_empty() { "nothing".to_owned() } else { resources.join(" and ") };
    [Some(resources), need.when.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
