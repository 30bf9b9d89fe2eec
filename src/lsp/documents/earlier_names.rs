//! Names that a module had before.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::{
    diag::Source,
    import, module,
    project::{self, Project, SPEC_FILE},
    spec::{RenamedKind, Spec, load},
    tree::{Disk, place},
};

/// Names that a module had before, each with the state that has it.
#[derive(Debug, Default)]
pub(in crate::lsp) struct EarlierNames {
    /// By the table that declares it.
    states: BTreeMap<(&'static str, String), &'static str>,
}

impl EarlierNames {
    /// Names in a table of the spec, such as `acl`, with the state that has each.
    pub(in crate::lsp) fn of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = (&'a str, &'static str)> {
        let names = self.states.iter().filter(move |((of, _), _)| *of == table);
        names.map(|((_, name), state)| (name.as_str(), *state))
    }

    /// Adds the names in the files that the last build generated.
    pub(super) fn add_generated(&mut self, project: &Project) {
        let source = project.loaded.spec.as_ref().and_then(|spec| spec.module.source.as_ref());
        let inside =
            source.map_or_else(|| "etc/module.xml".into(), |source| format!("{source}/etc/module.xml"));
        let Ok(disk) = Disk::open(place(&project.root)) else { return };
        let Some(module) = module::around(&disk, Utf8Path::new(&inside)) else { return };
        let imported = import::read(&disk, &module, &project.root, None, None);
        if let Some(text) = imported.spec {
            self.add(&text, "in the generated files");
        }
    }

    /// Adds the names in the spec as it was committed last.
    pub(super) fn add_committed(&mut self, spec: &Utf8Path) {
        if let Some(text) = project::committed(spec) {
            self.add(&text, "in the last commit");
        }
    }

    /// Adds the names in the spec as it was saved last.
    pub(super) fn add_saved(&mut self, spec: &Utf8Path) {
        if let Ok(source) = project::read(spec) {
            self.add(&source.text, "in the saved spec");
        }
    }

    fn add(&mut self, text: &str, state: &'static str) {
        let Some(spec) = load(&Source::new(SPEC_FILE, text)).spec else { return };
        for (table, name) in names(&spec) {
            self.states.entry((table, name)).or_insert(state);
        }
    }
}

/// Names that a shop or a receiver knows, with their tables.
fn names(spec: &Spec) -> impl Iterator<Item = (&'static str, String)> {
    let integrations = spec.integration.iter().map(|it| ("integration", it.name.to_string()));
    let others = spec.renamables().into_iter().map(|it| {
        let table = match it.kind {
            RenamedKind::Setting => "setting",
            RenamedKind::Job => "cron",
            RenamedKind::Topic => "webhook",
            RenamedKind::Resource => "acl",
        };
        (table, it.present)
    });
    integrations.chain(others)
}
