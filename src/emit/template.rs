//! Files made from templates.

use std::sync::{LazyLock, OnceLock};

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig};

use super::{header, php};
use crate::{markup::markdown, model::Module};

/// First line of each seeded class.
const SEED_HEADER: &str =
    "Created by magespec as a starting point; this file is yours and is never overwritten.";

/// Templates, by the files that they generate.
macro_rules! templates {
    ($($name:ident $path:literal)+) => {
        #[derive(Clone, Copy)]
        pub(super) enum Template {
            $($name,)+
        }

        impl Template {
            const COUNT: usize = [$(Self::$name,)+].len();

            const fn name(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }

            const fn text(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("templates/", $path, ".j2")),)+ }
            }
        }
    };
}

templates! {
    DataPatch "skeleton/DataPatch.php"
    ProcessIntegrations "skeleton/ProcessIntegrations.php"
    ProcessIntegrationsTest "skeleton/ProcessIntegrationsTest.php"
    Readme "skeleton/README.md"
    RenameResources "skeleton/RenameResources.php"
    RenameResourcesTest "skeleton/RenameResourcesTest.php"
    Registration "skeleton/registration.php"
    SetupData "skeleton/SetupData.php"
    ServiceInterface "api/ServiceInterface.php"
    Service "api/Service.php"
    DataInterface "api/DataInterface.php"
    Data "api/Data.php"
    SearchResultsInterface "api/SearchResultsInterface.php"
    SearchResults "api/SearchResults.php"
    DeprecatedRoutes "api/DeprecatedRoutes.php"
    DeprecatedRoutesTest "api/DeprecatedRoutesTest.php"
    Config "settings/Config.php"
    ConfigTest "settings/ConfigTest.php"
    HttpUrl "settings/HttpUrl.php"
    WholeNumber "settings/WholeNumber.php"
    Choice "settings/Choice.php"
    Backoff "webhooks/Backoff.php"
    BackoffTest "webhooks/BackoffTest.php"
    Conditions "webhooks/Conditions.php"
    ConditionsTest "webhooks/ConditionsTest.php"
    DeliverWebhooks "webhooks/DeliverWebhooks.php"
    Outbox "webhooks/Outbox.php"
    Payload "webhooks/Payload.php"
    PayloadTest "webhooks/PayloadTest.php"
    PruneWebhooks "webhooks/PruneWebhooks.php"
    RecordWebhook "webhooks/RecordWebhook.php"
    Sender "webhooks/Sender.php"
    Signer "webhooks/Signer.php"
    SignerTest "webhooks/SignerTest.php"
    SigningSecret "webhooks/SigningSecret.php"
    WebhookReadme "webhooks/README.md"
    WebhookOptions "console/Options.php"
    WebhookReport "console/Report.php"
    ListCommand "console/ListCommand.php"
    PruneCommand "console/PruneCommand.php"
    ReplayCommand "console/ReplayCommand.php"
    RetryCommand "console/RetryCommand.php"
    SendTestCommand "console/SendTestCommand.php"
    ShowCommand "console/ShowCommand.php"
    StatusCommand "console/StatusCommand.php"
    DraftOutbox "operations/DraftOutbox.php"
    Drafts "operations/Drafts.php"
    WebhookFilter "operations/Filter.php"
    WebhookFilterTest "operations/FilterTest.php"
    Health "operations/Health.php"
    Notification "operations/Notification.php"
    NotificationTest "operations/NotificationTest.php"
    Operations "operations/Operations.php"
    Topics "operations/Topics.php"
    TopicsTest "operations/TopicsTest.php"
    Job "code/Job.php"
    LogHandler "code/LogHandler.php"
    Observer "code/Observer.php"
    Recurring "code/Recurring.php"
    RecurringTest "code/RecurringTest.php"
}

/// Renders the template with `values` and the values common to all files: `header`, `module`, `namespace`.
pub(super) fn render(module: &Module, template: Template, values: Value) -> Option<String> {
    let common = context! {
        header => header(module).into_iter().map(Value::from).collect::<Vec<_>>(),
        module => module.name.as_str(),
        namespace => module.name.namespace(),
    };
    template.environment().get_template(template.name()).ok()?.render(context! { ..values, ..common }).ok()
}

/// Renders a managed PHP file: the header and the template.
pub(super) fn php(module: &Module, template: Template, values: Value) -> Option<String> {
    php_file(module, template, values, &header(module))
}

/// Renders a seeded PHP file, which is written once.
pub(super) fn seed(module: &Module, template: Template, values: Value) -> Option<String> {
    let header: Vec<&str> = std::iter::once(SEED_HEADER).chain(module.copyright.as_deref()).collect();
    php_file(module, template, values, &header)
}

fn php_file(module: &Module, template: Template, values: Value, header: &[&str]) -> Option<String> {
    let header: String = header.iter().map(|line| format!(" * {}\n", php::doc(line))).collect();
    let code = format!("declare(strict_types=1);\n\n{}", render(module, template, values)?);
    Some(format!("<?php\n/**\n{header} */\n{}", php::older(code, module.platform.tier())))
}

impl Template {
    /// Environment with this template, which is parsed on first use: most modules need few of them.
    fn environment(self) -> &'static Environment<'static> {
        static BY_TEMPLATE: [OnceLock<Environment<'static>>; Template::COUNT] =
            [const { OnceLock::new() }; Template::COUNT];
        static COMMON: LazyLock<Environment<'static>> = LazyLock::new(environment);
        BY_TEMPLATE[self as usize].get_or_init(|| {
            let mut environment = COMMON.clone();
            // The first test that renders a template finds out if it does not parse.
            let _ = environment.add_template(self.name(), self.text());
            environment
        })
    }
}

/// Environment without templates.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    if let Ok(syntax) =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
    {
        environment.set_syntax(syntax);
    }
    environment.add_filter("php", php::literal);
    environment.add_filter("wrap", php::wrap);
    environment.add_filter("md", markdown::escape);
    environment.add_filter("url", markdown::url);
    environment
}
