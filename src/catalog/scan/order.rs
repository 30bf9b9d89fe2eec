//! The order in which Magento loads modules, and merges what they have: `framework/Module/ModuleList/Loader.php`.

use std::collections::{HashMap, HashSet};

use super::{ScannedModule, Warning, module_dirs};
use crate::names::MagentoVersion;

/// The places of the modules in that order: by name; from 2.2.9 and 2.3.2 on those of Magento before others; then
/// each behind those of its `<sequence>`.
pub(super) fn of(
    modules: &[ScannedModule],
    version: MagentoVersion,
    warnings: &mut Vec<Warning>,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..modules.len()).collect();
    let puts_magento_first = match (version.major, version.minor) {
        (2, 2) => version.patch >= 9,
        (2, 3) => version.patch >= 2,
        line => line > (2, 3),
    };
    order.sort_by_key(|&at| {
        let name = modules[at].name.as_str();
        (puts_magento_first && !name.contains("Magento_"), name)
    });
    let places: HashMap<&str, usize> =
        modules.iter().zip(0..).map(|(it, at)| (it.name.as_str(), at)).collect();
    let before: Vec<HashSet<usize>> = (0..modules.len()).map(|at| all_before(at, modules, &places)).collect();
    for (at, module) in modules.iter().enumerate().filter(|&(at, _)| before[at].contains(&at)) {
        let message = format!("{} is in its own <sequence>; Magento stops at it", modules[at].name);
        warnings.push(module.warning(module_dirs::MODULE_XML, message));
    }
    // Magento's own way to sort: another would order otherwise what no <sequence> joins.
    for i in 0..order.len().saturating_sub(1) {
        for j in i..order.len() {
            if before[order[i]].contains(&order[j]) {
                order.swap(i, j);
            }
        }
    }
    order
}

/// The modules of its sequence, those of theirs, and so on. Modules that are not there are nothing.
fn all_before(at: usize, modules: &[ScannedModule], places: &HashMap<&str, usize>) -> HashSet<usize> {
    let mut all = HashSet::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let sequence = modules[at].sequence.iter().filter_map(|name| places.get(name.as_str()));
        open.extend(sequence.filter(|&&before| all.insert(before)));
    }
    all
}
