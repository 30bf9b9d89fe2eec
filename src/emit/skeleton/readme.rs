//! `README.md`: permissions, and how to install, activate, verify and remove the module.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use crate::{
    catalog::behaviour,
    deploy::{Instruction, Needs, instructions},
    emit::template::{self, Template},
    markup::markdown::escape,
    model::{
        Call, Choice, Deprecation, Integration, Keep, Method, Module, Need, Owner, Resource, Scope, Setting,
        SettingKind, Webhook, Webhooks,
    },
    names::{Day, MagentoVersion},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let platform = &module.platform;
    let settings = module.settings.as_ref();
    let newest_refuses_bearer = !behaviour::takes_bearer_token(platform.newest);
    let values = context! {
        description => &module.description,
        constraint => &platform.constraint,
        releases => releases(platform.oldest, platform.newest),
        mage_os => &platform.mage_os,
        php => &platform.php,
        legacy => platform.is_legacy,
        data_patches => platform.is_legacy && platform.has_data_patches(),
        integrations => module.integrations.iter().map(integration).collect::<Vec<_>>(),
        own => !module.acl.is_empty(),
        bearer_refused => newest_refuses_bearer,
        bearer_taken => behaviour::takes_bearer_token(platform.oldest),
        sha1 => platform.oldest < FIRST_WITHOUT_SHA1,
        only_sha1 => platform.newest < FIRST_WITHOUT_SHA1,
        has_plugin => module.has_plugin() || !module.renames.resources.is_empty(),
        former => module.integrations.iter().filter(|it| !it.former.is_empty()).map(former).collect::<Vec<_>>(),
        retired => module.retired.iter().map(|name| format!("*{}*", escape(name.as_str()))).collect::<Vec<_>>(),
        kept => module.integrations.iter().filter(|it| it.keep != Keep::Never).map(kept).collect::<Vec<_>>(),
        resets => module.integrations.iter().any(|it| it.keep != Keep::Always),
        unkept => module.integrations.iter().any(|it| it.keep == Keep::Never),
        always_resets => always_resets(platform.oldest, platform.newest),
        has_tests => crate::emit::settings::config::test(module).is_some(),
        directory => module.name.as_str().replace('_', "/"),
        id => module.id(),
        commands => commands(module),
        cron => cron(module),
        seeds => seeds(module),
        section => settings.and_then(|settings| settings.sections.iter().find_map(|section| section.label.as_ref())),
        settings => settings.map(|settings| settings.iter().map(setting).collect::<Vec<_>>()).filter(|all| !all.is_empty()),
        has_secrets => settings.is_some_and(|it| it.iter().any(|setting| setting.kind == SettingKind::Secret)),
        routes => routes(module),
        deprecated => deprecated(module),
        optional_objects => optional_objects(module),
        webhooks => module.webhooks.as_ref().map(webhooks),
    };
    template::render(module, Template::Readme, values)
}

/// Commands that install the module, with the deploy modes that need them.
fn commands(module: &Module) -> Vec<String> {
    let needs = if module.has_code() { Needs::of_new_code() } else { Needs::default() };
    let all = instructions(&module.name, module.platform.newest, false, &needs);
    let width = all.iter().map(|it| it.line.len()).max().unwrap_or_default();
    let line = |it: Instruction| match it.condition() {
        Some(condition) => format!("{:<width$}  # {condition}", it.line),
        None => it.line,
    };
    all.into_iter().map(line).collect()
}

/// First release that takes signatures with HMAC-SHA256 alone.
const FIRST_WITHOUT_SHA1: MagentoVersion = MagentoVersion::new(2, 4, 3).with_p(3);

/// Releases of the target that reset every integration at each `setup:upgrade`, in words; none if there are none.
fn always_resets(oldest: MagentoVersion, newest: MagentoVersion) -> Option<String> {
    let parts: Vec<String> =
        behaviour::always_resetting(oldest, newest).map(|(first, last)| releases(first, last)).collect();
    let (last, others) = parts.split_last()?;
    Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
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
        implied => integration.implied.iter().map(|it| format!("`{}`", it.id)).collect::<Vec<_>>().join(", "),
    }
}

fn former(integration: &Integration) -> Value {
    let names: Vec<String> =
        integration.former.iter().map(|name| format!("*{}*", escape(name.as_str()))).collect();
    context! { names => names.join(", "), to => integration.name.as_str() }
}

fn kept(integration: &Integration) -> Value {
    let unless_grow = integration.keep == Keep::UnlessPermissionsGrow;
    context! { name => integration.name.as_str(), unless_grow }
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

/// Work that cron does: `it sends the webhooks (cron group \`acme_erpbridge\`)`.
fn cron(module: &Module) -> Option<String> {
    let groups: BTreeSet<String> = module.jobs.iter().map(|job| format!("`{}`", job.group)).collect();
    let groups = groups.into_iter().collect::<Vec<_>>().join(" and ");
    let what =
        if module.webhooks.is_some() { "it sends the webhooks" } else { "it runs the jobs of this module" };
    (!module.jobs.is_empty()).then(|| format!("{what} (cron group {groups})"))
}

/// Seeded files, which the user continues.
fn seeds(module: &Module) -> Vec<Value> {
    let seed = |path: String, what: String| context! { path, what };
    let services = module.api.services.iter().filter(|it| it.is_generated);
    let services = services.map(|service| {
        seed(
            format!("Model/{}.php", service.name),
            "every method returns 501 until you implement it".to_owned(),
        )
    });
    let jobs = module.jobs.iter().filter(|job| job.owner == Owner::User);
    let jobs = jobs.map(|job| seed(job.class.file(), format!("cron job, {}", job.when())));
    let observers = module.observers.iter().filter(|observer| observer.owner == Owner::User);
    let observers = observers.filter_map(|observer| {
        Some(seed(observer.class.as_ref()?.file(), format!("observes `{}`", observer.event)))
    });
    services.chain(jobs).chain(observers).collect()
}

fn setting(setting: &Setting) -> Value {
    let label = escape(&setting.label);
    let range = match setting.kind {
        SettingKind::Secret => " (secret)".to_owned(),
        SettingKind::Number { min: Some(min), max: Some(max) } => format!(", {min} to {max}"),
        _ => String::new(),
    };
    let scope = match setting.scope {
        Scope::Global => "global",
        Scope::Website => "website",
        Scope::Store => "store view",
    };
    let chosen = |choices: &[Choice], value: &str| {
        let choice = choices.iter().find(|choice| choice.value == value);
        choice.map_or_else(|| escape(value), |choice| escape(&choice.label))
    };
    let default = setting.default.as_deref().map(|default| match &setting.kind {
        SettingKind::Flag => if default == "1" { "Yes" } else { "No" }.to_owned(),
        SettingKind::Select(choices) => chosen(choices, default),
        SettingKind::Multiselect(choices) => {
            default.split(',').map(|value| chosen(choices, value)).collect::<Vec<_>>().join(", ")
        }
        _ => escape(default),
    });
    context! { label => format!("{label}{range}"), path => &setting.path, scope, default => default.unwrap_or_default() }
}

/// Deprecated routes, by path.
fn deprecated(module: &Module) -> Vec<Value> {
    let mut routes: Vec<_> = module.api.deprecated().collect();
    routes.sort_by_key(|(method, _)| (&method.path, &method.verb));
    let route = |(method, deprecation): (&Method, &Deprecation)| {
        let (since, until) = (deprecation.since.as_ref().map(Day::as_str), deprecation.until.as_str());
        context! { call => method.route(), since, until, instead => &deprecation.replaced_by }
    };
    routes.into_iter().map(route).collect()
}

/// REST routes of the module, as declared in webapi.xml.
fn routes(module: &Module) -> Vec<Value> {
    let mut methods: Vec<&Method> = module.api.services.iter().flat_map(|service| &service.methods).collect();
    methods.sort_by_key(|method| (&method.path, &method.verb));
    let route = |method: &Method| {
        let needs = method.access.iter().map(|access| match access.as_str() {
            "anonymous" => "nothing".to_owned(),
            "self" => "a logged-in customer".to_owned(),
            id => format!("`{id}`"),
        });
        let needs = needs.collect::<Vec<_>>().join(" and ");
        context! { call => method.route(), needs }
    };
    methods.into_iter().map(route).collect()
}

/// Fields for which null in a request means an empty object: `` `parent` of `Category` ``.
fn optional_objects(module: &Module) -> Vec<String> {
    module
        .api
        .optional_objects()
        .map(|(data, field)| format!("`{}` of `{}`", field.name, data.name))
        .collect()
}

fn webhooks(webhooks: &Webhooks) -> Value {
    let list = webhooks.list.iter().map(|webhook| {
        let code = |name: &dyn std::fmt::Display| format!("`{name}`");
        let fields: Vec<String> = webhook.paths().iter().map(|path| code(path)).collect();
        let events: Vec<String> = webhook.events.iter().map(|event| code(event)).collect();
        context! {
            topic => &webhook.topic,
            events => events.join(", "),
            condition => webhook.condition(),
            fields => fields.join(", "),
        }
    });
    let is_bounded = !webhooks.are_plain();
    context! {
        url => &webhooks.url.label,
        secret => &webhooks.secret.label,
        enabled => &webhooks.enabled.label,
        path => &webhooks.path,
        table => &webhooks.table,
        first_delay => webhooks.first_delay,
        longest_delay => webhooks.longest_delay,
        max_attempts => webhooks.max_attempts,
        keep_days => webhooks.keep_days,
        second_secret => webhooks.second_secret.as_ref().map(|secret| &secret.label),
        commands => webhooks.commands.as_ref().map(ToString::to_string),
        notify_minutes => webhooks.notify_minutes,
        is_bounded,
        has_kinds => webhooks.list.iter().any(|webhook| webhook.kinds.len() > 1),
        replayed => replayed(webhooks),
        list => list.collect::<Vec<_>>(),
    }
}

/// Arguments of `replay` in an example: the first topic whose objects can be loaded, with a kind of them if there are several.
fn replayed(webhooks: &Webhooks) -> String {
    let loaded = |webhook: &&Webhook| webhook.kinds.iter().any(|kind| kind.class.is_some());
    let Some(webhook) = webhooks.list.iter().find(loaded) else { return "TOPIC ID".to_owned() };
    let topic = &webhook.topic;
    match webhook.kinds.iter().find(|kind| kind.class.is_some()).filter(|_| webhook.kinds.len() > 1) {
        Some(kind) => format!("{topic} ID --kind={}", kind.name),
        None => format!("{topic} ID"),
    }
}
