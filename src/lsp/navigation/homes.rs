//! Tables that whole files come from.

use crate::{
    names::{BaseType, CronGroup},
    spec::{
        Pointer, RenamedKind, Spec,
        api::Method,
        pointer,
        settings::{Setting, SettingType},
    },
};

/// Folders and files of the delivery of webhooks.
const OF_WEBHOOKS: [&str; 8] = [
    "Console/Webhooks/",
    "Model/Webhook/",
    "Cron/DeliverWebhooks.php",
    "Cron/PruneWebhooks.php",
    "Observer/RecordWebhook.php",
    "etc/adminhtml/di.xml",
    "etc/db_schema.xml",
    "etc/db_schema_whitelist.json",
];

/// Table that makes a generated file, given by its path in the module; none if only its parts have tables.
pub(super) fn home(spec: &Spec, path: &str) -> Option<Pointer> {
    let tested = path
        .strip_prefix("Test/Unit/")
        .and_then(|path| Some(path.strip_suffix("Test.php")?.to_owned() + ".php"));
    let home = match tested.as_deref().unwrap_or(path) {
        "README.md" | "composer.json" | "registration.php" | "etc/module.xml" | "etc/di.xml"
        | "Logger/Handler.php" => pointer!["module"],
        "etc/acl.xml" if spec.acl.is_empty() => pointer!["settings"],
        "etc/acl.xml" => pointer!["acl", 0],
        "etc/csp_whitelist.xml" => pointer!["csp"],
        "etc/webapi.xml" => pointer!["service", 0],
        "etc/webapi_rest/di.xml" | "Plugin/DeprecatedRoutes.php" => {
            method(spec, |method| method.deprecated.is_some())?.0
        }
        "etc/adminhtml/menu.xml" if spec.menu.is_empty() => pointer!["settings", "menu"],
        "etc/adminhtml/menu.xml" => pointer!["menu", 0],
        "etc/config.xml" if spec.setting.is_empty() => pointer!["config"],
        "etc/adminhtml/system.xml" | "etc/config.xml" | "Model/Config.php" => pointer!["settings"],
        "Model/Config/Backend/HttpUrl.php" => setting(spec, &[SettingType::Url])?,
        "Model/Config/Backend/WholeNumber.php" => setting(spec, &[SettingType::Number])?,
        "Model/Config/Backend/Choice.php" => setting(spec, &[SettingType::Select, SettingType::Multiselect])?,
        "Model/Config/Backend/SigningSecret.php" => pointer!["webhooks", "secret"],
        "etc/crontab.xml" if spec.cron.is_empty() => pointer!["webhooks"],
        "etc/crontab.xml" => pointer!["cron", 0],
        "etc/cron_groups.xml" if spec.webhooks.is_some() => pointer!["webhooks"],
        "etc/cron_groups.xml" => pointer!["cron", own_group(spec)?],
        "Plugin/RenameResources.php" => renamed(spec, |kind| kind == RenamedKind::Resource)?,
        "Setup/Recurring.php" => {
            renamed(spec, |kind| kind != RenamedKind::Resource).or_else(|| renamed(spec, |_| true))?
        }
        "Plugin/ProcessIntegrations.php" if !spec.retired.is_empty() => pointer!["retired"],
        path if path.starts_with("i18n/") && spec.i18n.locales.is_empty() => pointer!["module"],
        path if path.starts_with("i18n/") => pointer!["i18n"],
        path if OF_WEBHOOKS.iter().any(|of| path.starts_with(of)) => pointer!["webhooks"],
        path if is_of_integrations(path) => pointer!["integration", 0],
        path => return results(spec, path),
    };
    Some(home)
}

/// Returns true for files that create the integrations.
fn is_of_integrations(path: &str) -> bool {
    let beginnings =
        ["etc/integration", "Setup/InstallData", "Setup/UpgradeData", "Setup/Patch/", "Plugin/Process"];
    beginnings.iter().any(|beginning| path.starts_with(beginning))
}

/// Data object that a class of search results lists.
fn results(spec: &Spec, path: &str) -> Option<Pointer> {
    let class = path.strip_prefix("Api/Data/").or_else(|| path.strip_prefix("Model/Data/"))?;
    let class = class.strip_suffix(".php")?;
    let data =
        class.strip_suffix("SearchResultsInterface").or_else(|| class.strip_suffix("SearchResults"))?;
    let is_it = |method: &Method| {
        let returns = method.returns.as_ref().map(|kind| kind.base());
        method.search && returns == Some(BaseType::Data(data))
    };
    method(spec, is_it).map(|(route, _)| route)
}

fn method(spec: &Spec, is_it: impl Fn(&Method) -> bool) -> Option<(Pointer, &Method)> {
    let services = spec.service.iter().enumerate();
    let mut all = services.flat_map(|(at, service)| {
        let methods = service.method.iter().enumerate();
        methods.map(move |(place, method)| (pointer!["service", at, "method", place], method))
    });
    all.find(|(_, method)| is_it(method))
}

fn setting(spec: &Spec, kinds: &[SettingType]) -> Option<Pointer> {
    let is_it = |setting: &Setting| setting.kind().is_some_and(|kind| kinds.contains(&kind));
    Some(pointer!["setting", spec.setting.iter().position(is_it)?])
}

/// Job in the group of the module.
fn own_group(spec: &Spec) -> Option<usize> {
    let id = spec.module.name.id();
    spec.cron.iter().position(|job| job.group.as_ref().map(CronGroup::as_str).is_none_or(|group| group == id))
}

fn renamed(spec: &Spec, is_it: impl Fn(RenamedKind) -> bool) -> Option<Pointer> {
    let mut all = spec.renamables().into_iter().filter(|it| !it.former.is_empty());
    all.find(|it| is_it(it.kind)).map(|it| it.route)
}
