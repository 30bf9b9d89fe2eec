//! PHP to paste into the user's classes.

use super::ModulePlan;
use crate::{
    module::{Lacks, Missing, Unfit},
    tree::TreePath,
};

/// Lines to paste into a user's file: imports and methods, and method signatures to replace.
pub(super) fn to_paste<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = (String, &'a TreePath, String)> {
    plan.unfit.iter().flat_map(|Unfit { path, lacks }| {
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
