//! `renamed_from` of a table whose name changes.

use crate::{
    lsp::edits::{SpanEdit, SpecText},
    project::Project,
    spec::{Mention, NamedKind, Pointer, Spec},
};

/// Key of the former names.
const FORMER: &str = "renamed_from";

/// Former names of a table, before and after a change of its name.
pub(super) struct FormerNames<'a> {
    project: &'a Project,
    text: &'a str,
    table: &'a Pointer,
    /// Key of the name.
    key: &'static str,
    before: Vec<String>,
    after: Vec<String>,
}

impl<'a> FormerNames<'a> {
    /// Former names of what a mention declares, if it can have any. `is_built` says that the present name may be in a shop.
    pub(super) fn of(
        project: &'a Project,
        text: &'a str,
        declared: &'a Mention,
        new: &str,
        is_built: bool,
    ) -> Option<Self> {
        let spec = project.loaded.spec.as_ref()?;
        let names = StoredNames::of(spec, declared, new)?;
        let is_kept = |name: &&String| **name != names.old && **name != names.new;
        let kept = names.former.iter().filter(is_kept).cloned();
        let after = is_built.then(|| names.old.clone()).into_iter().chain(kept).collect();
        Some(Self { project, text, table: &declared.table, key: names.key, before: names.former, after })
    }

    /// Change of the text; none if the names stay.
    pub(super) fn edit(&self) -> Option<SpanEdit> {
        if self.before == self.after {
            return None;
        }
        let spans = &self.project.loaded.spans;
        let route = self.table.key(FORMER);
        let value = match self.after.as_slice() {
            [one] => quoted(one),
            several => format!("[{}]", several.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", ")),
        };
        match spans.value(&route) {
            Some(_) if self.after.is_empty() => self.spec_text().without_key(&route),
            Some(old) => Some((old, value)),
            None => self.spec_text().with_key(self.table, FORMER, &value, Some(self.key)),
        }
    }

    fn spec_text(&self) -> SpecText<'_> {
        SpecText::new(self.text, &self.project.loaded.spans)
    }
}

/// Names as Magento stores them.
struct StoredNames {
    key: &'static str,
    old: String,
    new: String,
    former: Vec<String>,
}

impl StoredNames {
    /// Names of what a mention declares; none if Magento stores none.
    fn of(spec: &Spec, declared: &Mention, new: &str) -> Option<Self> {
        let at = || declared.table.steps().nth(1)?.parse::<usize>().ok();
        let texts = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let plain = |key, former: Vec<&str>| Self {
            key,
            old: declared.name.clone(),
            new: new.to_owned(),
            former: texts(&former),
        };
        match declared.kind {
            NamedKind::Resource => {
                let entries = spec.acl_entries();
                let entry = entries.iter().find(|entry| entry.route == declared.table)?;
                Some(plain("id", entry.former.iter().map(|id| id.as_str()).collect()))
            }
            NamedKind::Integration => {
                let former = spec.integration.get(at()?)?.renamed_from.as_slice();
                Some(plain("name", former.iter().map(|name| name.as_str()).collect()))
            }
            NamedKind::Topic => {
                let former = spec.webhook.get(at()?)?.renamed_from.as_slice();
                Some(plain("topic", former.iter().map(|topic| topic.as_str()).collect()))
            }
            NamedKind::Setting => {
                let setting = spec.setting.get(at()?).filter(|setting| setting.config_path.is_none())?;
                let former =
                    setting.renamed_from.as_slice().iter().map(|path| path.as_str()).collect::<Vec<_>>();
                let stored = |path: &str| format!("{}/{path}", spec.section_of(setting));
                Some(Self {
                    key: "path",
                    old: spec.path_of(setting),
                    new: stored(new),
                    former: texts(&former),
                })
            }
            NamedKind::Job => {
                let job = spec.cron.get(at()?).filter(|job| job.id.is_none())?;
                let former = job.renamed_from.as_slice().iter().map(|id| id.as_str()).collect::<Vec<_>>();
                let (old, prefix) = (job.id_in(&spec.module.name), spec.module.name.id());
                Some(Self { key: "name", old, new: format!("{prefix}_{new}"), former: texts(&former) })
            }
            _ => None,
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
