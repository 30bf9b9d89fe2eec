//! PHP in a shop that makes the effect of `setup:upgrade` unpredictable.

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::{
    magento::{Answer, CodeFile},
    model::Module,
    module::{Deed, Doubt},
};

/// Returns the reasons to doubt a plan for a module's integrations. Code of the module concerns all of its integrations; code
/// of another module, those that the module declares or the file names.
#[must_use]
pub fn doubts(module: &Module, shop: &Answer) -> Vec<Doubt> {
    let own = module.integrations.iter().map(|it| it.name.as_str());
    let rows = shop.integrations.iter().map(|row| row.name.as_str());
    let files = shop.declared.files.iter().map(|file| file.name.as_str());
    let names: BTreeSet<&str> = own.chain(rows).chain(files).collect();
    let of_file = |file: &CodeFile| {
        let found = Doubt::in_file(Utf8Path::new(&file.path), &file.text);
        if found.is_empty() {
            return found;
        }
        let is_own = file.module == module.name.as_str();
        let is_declared =
            |name: &str| is_own && module.integrations.iter().any(|it| it.name.as_str() == name);
        let concerned = names.iter().filter(|name| is_declared(name) || concerns(file, name, shop));
        let concerned: BTreeSet<String> = concerned.map(|name| (*name).to_owned()).collect();
        let of_shop = |doubt: Doubt| Doubt {
            place: if is_own { doubt.place } else { format!("{}: {}", file.module, doubt.place) },
            integrations: Some(concerned.clone()).filter(|_| doubt.deed != Deed::Plugs),
            deed: doubt.deed,
        };
        found.into_iter().map(of_shop).collect()
    };
    shop.code.iter().flat_map(of_file).collect()
}

/// Returns true if the module of the file declares the integration, or the file names it.
fn concerns(file: &CodeFile, integration: &str, shop: &Answer) -> bool {
    let ascii: String =
        integration.bytes().map(|byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect();
    shop.declared.files.iter().any(|it| it.module == file.module && it.name == integration)
        || file.text.contains(&ascii)
}
