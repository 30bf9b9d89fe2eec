//! Keys of a spec that only files which magespec generated hold: the copyright, what plugins and setup scripts list, and
//! the languages.

mod former;
mod plugin;

use serde_json::json;

use super::{
    outline::{NO_EMAIL, Outline},
    read::Importer,
};
use crate::{names::Locale, spec::pointer, tree::TreePath};

const REGISTRATION: &str = "registration.php";

impl Importer<'_> {
    /// Adds the copyright in the headers of generated files.
    pub(super) fn add_copyright(&self, outline: &mut Outline) {
        let Some(text) = self.text_of(REGISTRATION) else { return };
        let mut lines = text.lines().skip_while(|line| *line != "/**");
        let Some(copyright) = lines.nth(2).and_then(|line| line.strip_prefix(" * ")) else { return };
        let mut trial = outline.clone();
        let at = self.declared.tag.clone();
        trial.put(&pointer!["module", "copyright"], None, at, json!(copyright));
        if self.makes(&reduced(&trial), [REGISTRATION]) {
            *outline = trial;
        }
    }

    /// Adds the keys behind a generated plugin, setup script or translation, if they generate it.
    pub(super) fn add_generated(&self, outline: &mut Outline) {
        self.add_plugin(outline);
        self.add_former(outline);
        self.add_locales(outline);
    }

    fn add_plugin(&self, outline: &mut Outline) {
        let Some(di) = self.files.beside.get("etc/di.xml") else { return };
        let mut trial = outline.clone();
        plugin::add(&mut trial, di, &self.name.namespace());
        if self.makes(&reduced(&trial), [plugin::FILE]) {
            *outline = trial;
        }
    }

    fn add_former(&self, outline: &mut Outline) {
        let texts: Vec<String> = former::FILES.into_iter().filter_map(|file| self.text_of(file)).collect();
        let Some(spec) = self.compiled(outline).loaded.spec.filter(|_| !texts.is_empty()) else { return };
        let mut trial = outline.clone();
        let all = spec.renamables();
        texts.iter().for_each(|text| former::add(&mut trial, &all, text, &self.declared.tag));
        if self.makes(&trial, former::FILES) {
            *outline = trial;
        }
    }

    fn add_locales(&self, outline: &mut Outline) {
        let folder = self.of_source("i18n");
        let mut locales: Vec<&str> = Vec::new();
        for file in self.files.others.iter().filter(|file| file.parent() == Some(&folder)) {
            let locale = file.file_stem().filter(|stem| Locale::new(*stem).is_ok());
            let Some(locale) = locale.filter(|_| file.extension() == Some("csv")) else { continue };
            locales.extend(Some(locale).filter(|it| *it != "en_US"));
        }
        // A generated translation is never alone.
        if locales.is_empty() || self.text_of("i18n/en_US.csv").is_none() {
            return;
        }
        locales.sort_unstable();
        let mut trial = outline.clone();
        trial.put(&pointer!["i18n"], None, self.declared.tag.clone(), json!({ "locales": locales }));
        let files = locales.iter().chain(["en_US"].iter()).map(|locale| format!("i18n/{locale}.csv"));
        if self.makes(&trial, files) {
            *outline = trial;
        }
    }

    /// Returns true if the module has any of the files, and the outline generates those that it has to the byte, and no
    /// others of them.
    fn makes<F: AsRef<str>>(&self, outline: &Outline, files: impl IntoIterator<Item = F>) -> bool {
        let compiled = self.compiled(outline);
        let mut has_any = false;
        let is_same = |file: F| {
            let Ok(path) = TreePath::new(self.of_source(file.as_ref()).into_string()) else { return false };
            let (there, made) = (self.bytes(&path), compiled.tree.get(&path).map(|file| &file.contents));
            has_any |= there.is_some();
            there.as_ref() == made
        };
        files.into_iter().all(is_same) && has_any
    }

    fn text_of(&self, path: &str) -> Option<String> {
        let path = TreePath::new(self.of_source(path).into_string()).ok()?;
        String::from_utf8(self.bytes(&path)?).ok()
    }
}

/// Copy of an outline with as much as the plugin on integrations and the headers of files depend on.
fn reduced(outline: &Outline) -> Outline {
    let mut reduced = outline.without_faults();
    let declared = outline.json["integration"].as_array().into_iter().flatten();
    let integrations = declared.map(|declared| {
        let mut integration = json!({ "name": declared["name"], "email": NO_EMAIL });
        for key in ["renamed_from", "keep_credentials"] {
            if let Some(value) = declared.get(key) {
                integration[key] = value.clone();
            }
        }
        integration
    });
    reduced.json["integration"] = integrations.collect();
    if let Some(copyright) = outline.json["module"].get("copyright") {
        reduced.json["module"]["copyright"] = copyright.clone();
    }
    reduced
}
