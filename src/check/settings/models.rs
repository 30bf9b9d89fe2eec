//! Classes that settings name: those of this module are on disk, those of Magento are in a module that it has.

use crate::{
    check::Context,
    diag::{Diagnostic, Help, Level, Rule},
    emit,
    model::Module,
    names::ModelClass,
    spec::{
        Pointer, Spans, Spec, pointer,
        settings::{FieldType, GroupEntry},
    },
    tree::{Tree, TreePath},
};

/// Endings of classes that Magento generates.
const GENERATED: [&str; 3] = ["Factory", r"\Proxy", r"\Interceptor"];

/// Reports classes of Magento modules that no release has.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let unknown = |(route, class): (Pointer, &str)| {
        let rest = class.strip_prefix(r"Magento\")?;
        let module = format!("Magento_{}", rest.split('\\').next()?);
        let is_known = module == "Magento_Framework" || context.catalog.knows_module(&module);
        if is_known {
            return misspelt(context, class).map(|finding| finding.at(context.spans.value(&route)));
        }
        (!context.is_of_commerce(&module)).then(|| {
            Diagnostic::new(Rule::ClassMissing, format!("no release has the module of `{class}`"))
                .at(context.spans.value(&route))
                .reason("Magento fails on the page that needs the class")
                .help("compare its spelling with the module that brings it")
        })
    };
    if context.is_sketch {
        return Vec::new();
    }
    named(context.spec).into_iter().filter_map(unknown).collect()
}

/// Reports a class of a known module that differs from a model of Magento by a letter or two.
pub(in crate::check) fn misspelt(context: &Context<'_>, class: &str) -> Option<Diagnostic> {
    let meant = context.suggestions.make(|| context.catalog.misspelt_model(class)).flatten()?;
    Some(
        Diagnostic::new(Rule::ClassMissing, format!("Magento has no class `{class}`"))
            .reason("Magento fails on the page that needs the class")
            .help(Help::new(format!("did you mean `{meant}`?")).meant(meant)),
    )
}

/// Reports classes of this module that are not on disk. A module that is not there yet has none.
pub(in crate::check) fn on_disk(
    spec: &Spec,
    spans: &Spans,
    module: &Module,
    tree: &Tree,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let read = |path: &str| emit::in_source(module, path).and_then(|path| on_disk(&path));
    if read("registration.php").is_none() {
        return Vec::new();
    }
    let wiring: Vec<String> = ["etc/di.xml", "etc/adminhtml/di.xml"]
        .into_iter()
        .filter_map(read)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let missing = |(route, class): (Pointer, &str)| {
        let file = emit::class_file(module, class)?;
        let is_there = tree.get(&file).is_some() || on_disk(&file).is_some();
        let is_made = GENERATED.iter().any(|ending| class.ends_with(ending))
            || wiring.iter().any(|text| text.contains(class));
        (!is_there && !is_made).then(|| {
            let mut finding =
                Diagnostic::new(Rule::ClassMissing, format!("this module has no class `{class}`"))
                    .at(spans.value(&route))
                    .reason("Magento fails on the page that needs the class")
                    .help(format!("add {file}, or correct the name"));
            finding.level = Level::Warning;
            finding
        })
    };
    named(spec).into_iter().filter_map(missing).collect()
}

/// Classes with their routes, without a leading backslash and a method.
fn named(spec: &Spec) -> Vec<(Pointer, &str)> {
    let mut named: Vec<(Pointer, Option<&ModelClass>)> = Vec::new();
    let mut elements = Vec::new();
    for (at, setting) in spec.setting.iter().enumerate() {
        let route = pointer!["setting", at];
        named.extend([
            (route.key("source_model"), setting.source_model.as_ref()),
            (route.key("backend_model"), setting.backend_model.as_ref()),
            (route.key("frontend_model"), setting.frontend_model.as_ref()),
            (route.key("comment_model"), setting.comment_model.as_ref()),
            (
                route.key("source_service").key("class"),
                setting.source_service.as_ref().map(|service| &service.class),
            ),
        ]);
        if let Some(FieldType::Class(class)) = &setting.kind {
            elements.push((route.key("type"), class.as_str()));
        }
    }
    if let Some(settings) = &spec.settings {
        let mut groups = vec![(pointer!["settings"], &settings.groups)];
        for (at, section) in settings.sections().iter().enumerate() {
            let route = pointer!["settings", "section", at];
            named.push((route.key("frontend_model"), section.frontend_model.as_ref()));
            groups.push((route, &section.groups));
        }
        for (route, groups) in groups {
            for (id, entry) in groups {
                if let GroupEntry::Table(group) = entry {
                    let route = route.key("groups").key(id);
                    named.push((route.key("frontend_model"), group.frontend_model.as_ref()));
                    named.push((route.key("clone_model"), group.clone_model.as_ref()));
                }
            }
        }
    }
    let named = named.into_iter().filter_map(|(route, class)| Some((route, class?.as_str())));
    named.chain(elements).map(|(route, class)| (route, plain(class))).collect()
}

fn plain(class: &str) -> &str {
    let class = class.trim_start_matches('\\');
    class.split_once("::").map_or(class, |(class, _)| class)
}
