//! Files from templates.

use std::sync::LazyLock;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig};

use super::{header, markdown, php};
use crate::model::Module;

/// The templates.
#[derive(Clone, Copy)]
pub(super) enum Template {
    Registration,
    SetupData,
    DataPatch,
    Readme,
}

impl Template {
    const ALL: [Self; 4] = [Self::Registration, Self::SetupData, Self::DataPatch, Self::Readme];

    const fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration.php",
            Self::SetupData => "SetupData.php",
            Self::DataPatch => "DataPatch.php",
            Self::Readme => "README.md",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Registration => include_str!("templates/registration.php.j2"),
            Self::SetupData => include_str!("templates/SetupData.php.j2"),
            Self::DataPatch => include_str!("templates/DataPatch.php.j2"),
            Self::Readme => include_str!("templates/README.md.j2"),
        }
    }
}

/// The template filled with `values`, and with what every file needs: `header`, `strict_types`, `module`, `namespace`.
pub(super) fn render(module: &Module, template: Template, values: Value) -> Option<String> {
    static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);
    let common = context! {
        header => header(module).into_iter().map(Value::from).collect::<Vec<_>>(),
        strict_types => module.platform.has_strict_types(),
        module => module.name.as_str(),
        namespace => module.name.namespace(),
    };
    ENVIRONMENT.get_template(template.name()).ok()?.render(context! { ..values, ..common }).ok()
}

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
    environment.add_filter("doc", php::doc);
    environment.add_filter("md", markdown::escape);
    environment.add_filter("url", markdown::url);
    for template in Template::ALL {
        // A template that does not parse is found by the first test that renders it.
        let _ = environment.add_template(template.name(), template.text());
    }
    environment
}
