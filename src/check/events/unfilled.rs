//! Fields that the object of an event may lack, although its data interface has them.

use crate::{
    catalog::{DataObject, Unfilled},
    diag::{Diagnostic, Help, Rule},
};

/// Reports a field that is null, empty or old when the object is saved.
pub(super) fn check(object: &DataObject<'_>, name: &str, path: &str) -> Option<Diagnostic> {
    let why = object.unfilled(name).filter(|_| !object.has(name).is_empty())?;
    let (message, reason) = match why {
        Unfilled::Named(other) => (
            format!("`{path}` is called `{other}` in the data of the object"),
            "webhooks read the data, where this name is rarely set, so the field is null",
        ),
        Unfilled::Never => (
            format!("`{path}` is not in the data of the object"),
            "Magento computes it for callers of REST, and a webhook reads the data, so it is null",
        ),
        Unfilled::ByRepository => (
            format!("`{path}` is filled in by the repository only"),
            "it is null or empty when code saves an object that it has created or loaded in another way, as Admin does",
        ),
        Unfilled::ByLoading => (
            format!("`{path}` is filled in when the object is loaded"),
            "it is null or empty in a new object, and old in one that is saved with other values",
        ),
        Unfilled::Later => (
            format!("`{path}` is saved after the object"),
            "a new object is sent without it, a changed one with its old value",
        ),
    };
    let otherwise = "or set `unfilled-field = \"allow\"` in [rules] if the receiver can handle that";
    let help = match why {
        Unfilled::Named(other) => Help::write(other),
        Unfilled::Later => {
            format!("send it with its own event, such as \"customer_address_save_after\", {otherwise}").into()
        }
        _ => Help::new(format!("leave it out and read it over REST, {otherwise}")).removal(),
    };
    Some(Diagnostic::new(Rule::UnfilledField, message).reason(reason).help(help))
}
