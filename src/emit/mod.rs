//! Model to files: one source file per artifact. Nothing here accesses the disk.

mod api;
mod code;
mod json;
mod php;
mod places;
mod settings;
mod skeleton;
mod template;
mod webhooks;
mod xml;

pub use places::can_be_made;
pub(crate) use places::{class_file, in_source};

use self::webhooks::operations;
use crate::{
    model::{Method, Module},
    names::Locale,
    tree::{File, HEADER, Ownership, Tree, TreePath},
};

/// Doc block and signature of a service's method, as its interface would declare it.
pub(crate) fn declared_method(module: &Module, method: &Method) -> Option<String> {
    api::declared_method(module, method)
}

/// A kind of generated file.
struct Artifact {
    folder: Folder,
    path: &'static str,
    /// Renders the text; `None` if the module has no such file.
    emit: fn(&Module) -> Option<String>,
}

/// Directory of a file, if the module's files are below its composer.json.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Folder {
    /// Directory of composer.json.
    Package,
    /// Directory of registration.php.
    Module,
}

use Folder::{Module as InModule, Package as InPackage};

/// Files with the same path in all modules.
const ARTIFACTS: &[Artifact] = &[
    Artifact { folder: InPackage, path: "README.md", emit: skeleton::readme::emit },
    Artifact { folder: InPackage, path: COMPOSER_JSON, emit: skeleton::composer::emit },
    Artifact { folder: InModule, path: "registration.php", emit: skeleton::registration::emit },
    Artifact { folder: InModule, path: "etc/module.xml", emit: skeleton::module::emit },
    Artifact { folder: InModule, path: "etc/acl.xml", emit: skeleton::acl::emit },
    Artifact { folder: InModule, path: "etc/di.xml", emit: skeleton::di::emit },
    Artifact { folder: InModule, path: "etc/csp_whitelist.xml", emit: skeleton::csp::emit },
    Artifact { folder: InModule, path: "i18n/en_US.csv", emit: skeleton::i18n::emit },
    Artifact { folder: InModule, path: "etc/integration.xml", emit: skeleton::integration::emit },
    Artifact { folder: InModule, path: "etc/integration/api.xml", emit: skeleton::legacy::api },
    Artifact { folder: InModule, path: "etc/integration/config.xml", emit: skeleton::legacy::config },
    Artifact { folder: InModule, path: "Setup/InstallData.php", emit: skeleton::legacy::install_data },
    Artifact { folder: InModule, path: "Setup/UpgradeData.php", emit: skeleton::legacy::upgrade_data },
    Artifact { folder: InModule, path: "Plugin/ProcessIntegrations.php", emit: skeleton::plugin::class },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Plugin/ProcessIntegrationsTest.php",
        emit: skeleton::plugin::test,
    },
    Artifact {
        folder: InModule,
        path: "Plugin/RenameResources.php",
        emit: skeleton::plugin::rename_resources,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Plugin/RenameResourcesTest.php",
        emit: skeleton::plugin::rename_resources_test,
    },
    Artifact { folder: InModule, path: "etc/webapi.xml", emit: api::webapi::emit },
    Artifact { folder: InModule, path: "etc/webapi_rest/di.xml", emit: api::deprecated::di },
    Artifact { folder: InModule, path: "Plugin/DeprecatedRoutes.php", emit: api::deprecated::plugin },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Plugin/DeprecatedRoutesTest.php",
        emit: api::deprecated::test,
    },
    Artifact { folder: InModule, path: "etc/adminhtml/menu.xml", emit: settings::menu::emit },
    Artifact { folder: InModule, path: "etc/adminhtml/system.xml", emit: settings::system::emit },
    Artifact { folder: InModule, path: "etc/config.xml", emit: settings::config_xml::emit },
    Artifact { folder: InModule, path: "Model/Config.php", emit: settings::config::class },
    Artifact {
        folder: InModule,
        path: "Model/Config/Backend/HttpUrl.php",
        emit: settings::backend::http_url,
    },
    Artifact {
        folder: InModule,
        path: "Model/Config/Backend/WholeNumber.php",
        emit: settings::backend::whole_number,
    },
    Artifact { folder: InModule, path: "Model/Config/Backend/Choice.php", emit: settings::backend::choice },
    Artifact { folder: InModule, path: "Test/Unit/Model/ConfigTest.php", emit: settings::config::test },
    Artifact { folder: InModule, path: "etc/db_schema.xml", emit: webhooks::schema::emit },
    Artifact { folder: InModule, path: "Observer/RecordWebhook.php", emit: webhooks::record },
    Artifact { folder: InModule, path: "Cron/DeliverWebhooks.php", emit: webhooks::deliver },
    Artifact { folder: InModule, path: "Cron/PruneWebhooks.php", emit: webhooks::prune },
    Artifact { folder: InModule, path: "Model/Webhook/Backoff.php", emit: webhooks::backoff },
    Artifact { folder: InModule, path: "Model/Webhook/Conditions.php", emit: webhooks::conditions },
    Artifact { folder: InModule, path: "Model/Webhook/Outbox.php", emit: webhooks::outbox },
    Artifact { folder: InModule, path: "Model/Webhook/Payload.php", emit: webhooks::payload },
    Artifact { folder: InModule, path: "Model/Webhook/Sender.php", emit: webhooks::sender },
    Artifact { folder: InModule, path: "Model/Webhook/Signer.php", emit: webhooks::signer },
    Artifact {
        folder: InModule,
        path: "Model/Config/Backend/SigningSecret.php",
        emit: webhooks::signing_secret,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/BackoffTest.php",
        emit: webhooks::backoff_test,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/ConditionsTest.php",
        emit: webhooks::conditions_test,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/PayloadTest.php",
        emit: webhooks::payload_test,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/SignerTest.php",
        emit: webhooks::signer_test,
    },
    Artifact { folder: InModule, path: "etc/adminhtml/di.xml", emit: operations::adminhtml_di },
    Artifact { folder: InModule, path: "Console/Webhooks/ListCommand.php", emit: operations::list },
    Artifact { folder: InModule, path: "Console/Webhooks/Options.php", emit: operations::options },
    Artifact { folder: InModule, path: "Console/Webhooks/PruneCommand.php", emit: operations::prune },
    Artifact { folder: InModule, path: "Console/Webhooks/ReplayCommand.php", emit: operations::replay },
    Artifact { folder: InModule, path: "Console/Webhooks/Report.php", emit: operations::report },
    Artifact { folder: InModule, path: "Console/Webhooks/RetryCommand.php", emit: operations::retry },
    Artifact { folder: InModule, path: "Console/Webhooks/SendTestCommand.php", emit: operations::send_test },
    Artifact { folder: InModule, path: "Console/Webhooks/ShowCommand.php", emit: operations::show },
    Artifact { folder: InModule, path: "Console/Webhooks/StatusCommand.php", emit: operations::status },
    Artifact { folder: InModule, path: "Model/Webhook/DraftOutbox.php", emit: operations::draft_outbox },
    Artifact { folder: InModule, path: "Model/Webhook/Drafts.php", emit: operations::drafts },
    Artifact { folder: InModule, path: "Model/Webhook/Filter.php", emit: operations::filter },
    Artifact { folder: InModule, path: "Model/Webhook/Health.php", emit: operations::health },
    Artifact { folder: InModule, path: "Model/Webhook/Notification.php", emit: operations::notification },
    Artifact { folder: InModule, path: "Model/Webhook/Operations.php", emit: operations::operations },
    Artifact { folder: InModule, path: "Model/Webhook/Topics.php", emit: operations::topics },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/FilterTest.php",
        emit: operations::filter_test,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/NotificationTest.php",
        emit: operations::notification_test,
    },
    Artifact {
        folder: InModule,
        path: "Test/Unit/Model/Webhook/TopicsTest.php",
        emit: operations::topics_test,
    },
    Artifact { folder: InModule, path: "etc/crontab.xml", emit: code::crontab::emit },
    Artifact { folder: InModule, path: "etc/cron_groups.xml", emit: code::cron_groups::emit },
    Artifact { folder: InModule, path: "Logger/Handler.php", emit: code::log_handler },
    Artifact { folder: InModule, path: "Setup/Recurring.php", emit: code::renames::script },
    Artifact { folder: InModule, path: "Test/Unit/Setup/RecurringTest.php", emit: code::renames::test },
];

/// Files whose names depend on the spec.
const FAMILIES: &[fn(&Module) -> Vec<GeneratedFile>] =
    &[api::data, api::services, code::events, code::jobs, code::observers, |module| {
        skeleton::legacy::data_patch(module).into_iter().collect()
    }];

/// Files that are updated from their contents on disk, which partly belong to the user.
fn continued(module: &Module) -> impl Iterator<Item = (String, Continue)> {
    let locales =
        module.locales.iter().map(|locale| (locale_path(locale), skeleton::i18n::locale as Continue));
    std::iter::once(("etc/db_schema_whitelist.json".to_owned(), webhooks::schema::whitelist as Continue))
        .chain(locales)
}

/// Renders a file from the module and its contents on disk.
type Continue = fn(&Module, Option<&str>) -> Option<String>;

/// A file in the module's directory.
struct GeneratedFile {
    path: String,
    text: String,
    ownership: Ownership,
}

impl GeneratedFile {
    /// Creates a managed file, which follows the spec.
    fn managed(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, ownership: Ownership::Managed }
    }

    /// Creates a seeded file, which is written once.
    fn seeded(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, ownership: Ownership::Seeded }
    }

    /// Creates a shared file, which is updated from its contents on disk.
    fn shared(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, ownership: Ownership::Shared }
    }
}

/// Generates all files of the module for an empty directory.
#[must_use]
pub fn emit(module: &Module) -> Tree {
    emit_onto(module, &|_| None)
}

/// Generates all files of the module. `on_disk` returns the contents of a file in the target directory.
#[must_use]
pub fn emit_onto(module: &Module, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Tree {
    let mut tree = Tree::default();
    for artifact in ARTIFACTS {
        if let Some(text) = (artifact.emit)(module) {
            insert(&mut tree, module, artifact.folder, GeneratedFile::managed(artifact.path, text));
        }
    }
    if let Some(text) = composer_json_onto(module, &tree, on_disk) {
        insert(&mut tree, module, InPackage, GeneratedFile::managed(COMPOSER_JSON, text));
    }
    for made in FAMILIES.iter().flat_map(|family| family(module)) {
        insert(&mut tree, module, InModule, made);
    }
    for (path, go_on) in continued(module) {
        let Some(at) = place(module, InModule, &path) else { continue };
        let before = on_disk(&at);
        let made = go_on(module, before.as_deref().and_then(text));
        let Some(made) = made else { continue };
        if let Some(before) = before {
            tree.go_on_from(at, before);
        }
        let is_shared = path.starts_with("i18n/");
        let made =
            if is_shared { GeneratedFile::shared(path, made) } else { GeneratedFile::managed(path, made) };
        insert(&mut tree, module, InModule, made);
    }
    tree
}

/// Path of the file that keeps the layout that it has on disk.
const COMPOSER_JSON: &str = "composer.json";

/// Returns true for a file that keeps the layout that it has on disk.
#[must_use]
pub fn keeps_layout(path: &TreePath) -> bool {
    path.as_str() == COMPOSER_JSON
}

/// Renders composer.json in the layout that it has on disk; `None` if it is not there, is not JSON or is in `tree` already.
fn composer_json_onto(
    module: &Module,
    tree: &Tree,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Option<String> {
    let path = place(module, InPackage, COMPOSER_JSON)?;
    let before = on_disk(&path)?;
    let is_there = tree.get(&path).is_some_and(|made| made.contents == before);
    if is_there { None } else { skeleton::composer::emit_onto(module, text(&before)?) }
}

/// Returns the phrases without a translation in the locale's file on disk, and the translations without a phrase.
///
/// # Errors
/// Returns the line, counted from 1, of an unclosed quote: such a file is left unchanged.
pub fn translations(
    module: &Module,
    locale: &Locale,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Result<(Vec<String>, Vec<String>), usize> {
    let before = place(module, InModule, &locale_path(locale)).and_then(|path| on_disk(&path));
    skeleton::i18n::differences(module, before.as_deref().and_then(text))
}

fn locale_path(locale: &Locale) -> String {
    format!("i18n/{locale}.csv")
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn insert(tree: &mut Tree, module: &Module, folder: Folder, made: GeneratedFile) {
    if let Some(path) = place(module, folder, &made.path) {
        tree.insert(path, File { contents: made.text.into_bytes(), ownership: made.ownership });
    }
}

/// Returns the path of a file below the output root.
fn place(module: &Module, folder: Folder, path: &str) -> Option<TreePath> {
    if folder == InModule { in_source(module, path) } else { TreePath::new(path).ok() }
}

/// Header lines of a file: origin and copyright.
fn header(module: &Module) -> Vec<&str> {
    std::iter::once(HEADER).chain(module.copyright.as_deref()).collect()
}
