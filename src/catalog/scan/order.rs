//! Load order of modules, in which Magento merges their files: `framework/Module/ModuleList/Loader.php`.

use std::collections::{HashMap, HashSet};

use super::{ScannedModule, Warning, module_dirs};
use crate::names::MagentoVersion;

/// Indexes of the modules in load order: by name; from 2.2.9 and 2.3.2 on Magento's modules first; then each after
/// those in its `<sequence>`.
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
        let message = format!("{} is in its own <sequence>, and Magento stops at it", modules[at].name);
        warnings.push(module.warning(module_dirs::MODULE_XML, message));
    }
    // Magento's own sorting: another would order modules differently that no <sequence> connects.
    for i in 0..order.len().saturating_sub(1) {
        for j in i..order.len() {
            if before[order[i]].contains(&order[j]) {
                order.swap(i, j);
            }
        }
    }
    order
}

/// Modules of its sequence, those of theirs, and so on. Modules that are not there are ignored.
fn all_before(at: usize, modules: &[ScannedModule], places: &HashMap<&str, usize>) -> HashSet<usize> {
    let mut all = HashSet::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let sequence = modules[at].sequence.iter().filter_map(|name| places.get(name.as_str()));
        open.extend(sequence.filter(|&&before| all.insert(before)));
    }
    all
}
