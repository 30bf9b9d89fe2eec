//! Files made from templates.

use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, Value, context, filters, syntax::SyntaxConfig};

use super::{header, php};
use crate::{markup::markdown, model::Module};

/// First line of each seeded class.
const SEED_HEADER: &str =
    "Created by magespec as a starting point; this file is yours and is never overwritten.";

/// Templates by the files that they generate, and the parts that some of them include.
macro_rules! templates {
    (files { $($name:ident $path:literal)+ } parts { $($part:literal)+ }) => {
        #[derive(Clone, Copy)]
        pub(super) enum Template {
            $($name,)+
        }

        impl Template {
            const fn name(self) -> &'static str {
                match self { $(Self::$name => $path,)+ }
            }
        }

        /// Returns the text of the template or part with this name.
        fn text(name: &str) -> Option<&'static str> {
            match name {
                $($path => Some(include_str!(concat!("templates/", $path, ".j2"))),)+
                $($part => Some(include_str!(concat!("templates/", $part, ".j2"))),)+
                _ => None,
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($path,)+ $($part,)+];
    };
}

templates! {
    files {
        DataPatch "skeleton/DataPatch.php"
        ProcessIntegrations "skeleton/ProcessIntegrations.php"
        ProcessIntegrationsTest "skeleton/ProcessIntegrationsTest.php"
        Readme "readme/README.md"
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
    parts {
        "readme/calls.md"
        "readme/code.md"
        "readme/configure.md"
        "readme/deprecated.md"
        "readme/kept.md"
        "readme/legacy.md"
        "readme/plugin.md"
        "readme/routes.md"
        "readme/webhooks.md"
    }
}

/// Renders the template with `values` and the values common to all files: `header`, `module`, `namespace`.
pub(super) fn render(module: &Module, template: Template, values: Value) -> Option<String> {
    let common = context! {
        header => header(module).into_iter().map(Value::from).collect::<Vec<_>>(),
        module => module.name.as_str(),
        namespace => module.name.namespace(),
    };
    ENVIRONMENT.get_template(template.name()).ok()?.render(context! { ..values, ..common }).ok()
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

/// Environment that parses templates on first use: most modules need few of them, and few of the parts. It has the filters that
/// templates use, and no others.
static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
    {
        environment.set_syntax(syntax);
    }
    environment.set_loader(|name| Ok(text(name)));
    environment.add_filter("join", filters::join);
    environment.add_filter("length", filters::length);
    environment.add_filter("php", php::literal);
    environment.add_filter("wrap", php::wrap);
    environment.add_filter("md", markdown::escape);
    environment.add_filter("url", markdown::url);
    environment
});

#[cfg(test)]
mod tests {
    use minijinja::ErrorKind;

    use super::*;

    #[test]
    fn each_template_parses_and_has_its_parts_and_filters() {
        for name in NAMES {
            let template = ENVIRONMENT.get_template(name).unwrap();
            let source = template.source();
            let tags = ["{{", "{%"].into_iter().flat_map(|open| source.split(open).skip(1));
            for tag in tags.filter_map(|rest| rest.split('}').next()) {
                if let Some(part) = tag.strip_prefix(" include ") {
                    assert!(NAMES.contains(&part.trim_matches([' ', '%', '"'])), "{name} includes {part}");
                }
                for filter in tag.split(" | ").skip(1).filter_map(|rest| rest.split([' ', '(']).next()) {
                    let used = ENVIRONMENT.render_str(&format!("{{{{ '' | {filter} }}}}"), ());
                    let is_unknown = used.is_err_and(|error| error.kind() == ErrorKind::UnknownFilter);
                    assert!(!is_unknown, "{name} uses {filter}");
                }
            }
        }
    }
}
