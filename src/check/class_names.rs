//! Class names that PHP reserves or the module already uses.

use std::collections::HashSet;

use super::{Context, duplicate_names::key_or_name};
use crate::{
    diag::{Diagnostic, Rule},
    names::HandlerClass,
    spec::{Pointer, pointer},
};

/// Words that PHP reserves (PHP manual, "List of Keywords" and "List of other reserved words").
const RESERVED: [&str; 79] = [
    "abstract",
    "and",
    "array",
    "as",
    "bool",
    "break",
    "callable",
    "case",
    "catch",
    "class",
    "clone",
    "const",
    "continue",
    "declare",
    "default",
    "die",
    "do",
    "echo",
    "else",
    "elseif",
    "empty",
    "enddeclare",
    "endfor",
    "endforeach",
    "endif",
    "endswitch",
    "endwhile",
    "enum",
    "eval",
    "exit",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "fn",
    "for",
    "foreach",
    "function",
    "global",
    "goto",
    "if",
    "implements",
    "include",
    "instanceof",
    "insteadof",
    "int",
    "interface",
    "isset",
    "iterable",
    "list",
    "match",
    "mixed",
    "namespace",
    "never",
    "new",
    "null",
    "object",
    "or",
    "parent",
    "print",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "resource",
    "return",
    "self",
    "static",
    "string",
    "switch",
    "throw",
    "trait",
    "true",
    "try",
    "unset",
    "void",
    "while",
];

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let mut findings = Vec::new();
    let mut see = |class: &str, route: &Pointer, is_taken: bool| {
        let lower = class.to_lowercase();
        let is_word =
            RESERVED.contains(&lower.as_str()) || matches!(lower.as_str(), "use" | "var" | "xor" | "yield");
        let (message, reason) = if is_word {
            (format!("`{class}` is a reserved word in PHP"), "a class cannot have this name")
        } else if is_taken {
            (
                format!("`{class}` is a class that the module generates or imports"),
                "a folder or file cannot hold two classes of the same name",
            )
        } else {
            return;
        };
        findings.push(
            Diagnostic::new(Rule::ClassName, message)
                .at(context.spans.value(route))
                .reason(reason)
                .help("choose another name"),
        );
    };
    let is_one = |name: &str, of: &[&str]| of.iter().any(|it| it.eq_ignore_ascii_case(name));
    let config = if spec.settings.is_some() { "Config" } else { "" };
    let generated = || spec.service.iter().enumerate().filter(|(_, service)| service.interface.is_none());
    for (at, service) in generated() {
        let name = service.name.as_str();
        see(name, &pointer!["service", at, "name"], is_one(name, &[config, "WebapiException"]));
    }
    let searches = spec.service.iter().flat_map(|service| &service.method).filter(|method| method.search);
    let pages: Vec<String> =
        searches.filter_map(|it| it.returns.as_ref()).map(|kind| format!("{kind}SearchResults")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    for (at, data) in spec.data.iter().enumerate() {
        let name = data.name.as_str();
        see(name, &pointer!["data", at, "name"], is_one(name, &pages));
    }
    let mut own: HashSet<String> = GENERATED.iter().map(|class| class.to_lowercase()).collect();
    own.extend(generated().map(|(_, service)| format!(r"model\{}", service.name.as_str().to_lowercase())));
    let mut see_handler = |class: &HandlerClass, route: &Pointer, imports: &[&str], own: &HashSet<String>| {
        if class.is_full() {
            return;
        }
        let (folder, name) = class.parts();
        folder.split('\\').for_each(|step| see(step, route, false));
        see(name, route, is_one(name, imports));
        see(class.as_str(), route, is_own(class, own));
    };
    for (at, job) in spec.cron.iter().enumerate() {
        let route = key_or_name(&pointer!["cron", at], "class", job.class.is_some());
        see_handler(&job.handler(), &route, &["Config", "LoggerInterface"], &own);
    }
    own.extend(spec.cron.iter().map(|job| job.handler().as_str().to_lowercase()));
    for (at, observer) in spec.observer.iter().enumerate() {
        let route = key_or_name(&pointer!["observer", at], "class", observer.class.is_some());
        let imports = ["Observer", "ObserverInterface", "LoggerInterface"];
        observer.handler().iter().for_each(|class| see_handler(class, &route, &imports, &own));
    }
    findings
}

/// Classes that the module generates.
const GENERATED: [&str; 4] =
    [r"Cron\DeliverWebhooks", r"Cron\PruneWebhooks", r"Model\Config", r"Observer\RecordWebhook"];

/// Folders whose classes are all generated.
const GENERATED_FOLDERS: [&str; 8] =
    ["api", r"console\webhooks", "logger", r"model\config", r"model\data", r"model\webhook", "setup", "test"];

/// Returns true if the class collides with a generated one. `own` holds the names of the module's other classes, in
/// lower case.
fn is_own(class: &HandlerClass, own: &HashSet<String>) -> bool {
    own.contains(&class.as_str().to_lowercase()) || is_in_generated_folder(class.as_str())
}

/// Returns true for a class, below the module's namespace, in a folder whose classes are all generated.
pub(crate) fn is_in_generated_folder(class: &str) -> bool {
    let class = class.to_lowercase();
    GENERATED_FOLDERS
        .iter()
        .any(|folder| class.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('\\')))
}
