//! What a change takes away from those who rely on it, and what the user's classes lack for it.

use std::collections::BTreeMap;

use crate::{
    cli::plan::document::Document,
    diag::Failure,
    model::Module,
    module::{Lacks, Missing, Unfit, promises},
    plan::{Break, breaks},
    project::in_module,
    tree::TreePath,
};

/// The files of one state of a module, from its root.
pub(super) type Files<'a> = BTreeMap<&'a TreePath, &'a [u8]>;

/// What the second state takes away of the first, which is called `title`.
pub(super) fn between(
    module: &Module,
    title: &str,
    before: &Files<'_>,
    after: &Files<'_>,
) -> Result<Vec<Break>, Failure> {
    let read = |files: &Files<'_>, title: &str| {
        let files = files.iter().map(|(path, bytes)| (in_module(module, path.as_str()), *bytes)).collect();
        let shown =
            |path: &str| if title.is_empty() { path.to_owned() } else { format!("{path} of {title}") };
        promises(&files, shown).map_err(Failure::Findings)
    };
    Ok(breaks(&read(before, title)?, &read(after, "")?))
}

/// The sign in front of it: taken away, or made another.
pub(super) const fn symbol(broken: &Break) -> &'static str {
    match broken {
        Break::RouteGone(_) | Break::TopicGone(_) | Break::ColumnsGone { .. } => "-",
        Break::RouteOpened(_)
        | Break::RouteChanged { .. }
        | Break::DataChanged { .. }
        | Break::SettingMoved { .. }
        | Break::TopicChanged { .. } => "~",
    }
}

/// What is to be pasted into a file of the user's: imports and methods; and the heads that replace those of methods.
pub(super) fn to_paste<'a>(
    document: &'a Document<'_>,
) -> impl Iterator<Item = (String, &'a TreePath, String)> {
    document.unfit.iter().flat_map(|Unfit { path, lacks }| {
        let Lacks::Methods { methods, imports } = lacks else { return Vec::new() };
        let imports = imports.iter().map(|import| format!("use {import};\n")).collect::<String>();
        let gap = if imports.is_empty() { "" } else { "\n" };
        let (lacking, differing): (Vec<_>, Vec<_>) =
            methods.iter().partition(|method| method.found.is_none());
        let text = |methods: &[&Missing], between: &str| {
            methods.iter().map(|method| format!("{}\n", method.text)).collect::<Vec<_>>().join(between)
        };
        let paste = format!("{imports}{gap}{}", text(&lacking, "\n"));
        let change = text(&differing, "");
        let change = if lacking.is_empty() { format!("{imports}{gap}{change}") } else { change };
        let all = [("paste into", paste, lacking.is_empty()), ("change in", change, differing.is_empty())];
        let all = all.into_iter().filter(|(.., is_empty)| !is_empty);
        all.map(|(what, text, _)| (format!("To {what}"), path, text)).collect()
    })
}
