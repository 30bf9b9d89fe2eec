//! Reader of a module's files.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Doubt, ModuleDir, Sources,
    composer::{self, SpannedJson},
    find::{DECLARING, MAX_BYTES, join},
    php::{ClassFault, ClassFolders, PhpFile, dispatched},
};
use crate::{
    diag::{Diagnostic, Rule, Source, io_reason},
    names::ModuleName,
    parsers::{
        SpannedText,
        decode::{self, Undecodable},
        php::{self, Processing, Registration},
        xml::{self, Element, XmlDocument},
    },
    tree::{Disk, OnDisk, TreePath},
};

/// XML files that import leaves alone and rules read.
const BESIDE: [&str; 8] = [
    "etc/cron_groups.xml",
    "etc/di.xml",
    "etc/adminhtml/di.xml",
    "etc/crontab/di.xml",
    "etc/frontend/di.xml",
    "etc/graphql/di.xml",
    "etc/webapi_rest/di.xml",
    "etc/webapi_soap/di.xml",
];

/// Elements of system.xml whose text is a class.
const MODELS: [&str; 5] = ["source_model", "backend_model", "frontend_model", "clone_model", "model"];

/// Limit of PHP files that are searched for the call that creates integrations.
pub(super) const MAX_SCRIPTS: usize = 5_000;

/// XML files by their path in the module.
pub(crate) type Documents = BTreeMap<&'static str, XmlDocument>;

/// Files of a module that could be read.
#[derive(Debug, Default)]
pub(crate) struct ModuleFiles {
    pub(crate) sources: Sources,
    /// Findings about the files themselves.
    pub(crate) findings: Vec<Diagnostic>,
    /// XML files of integrations, by their path in the module.
    pub(crate) xml: Documents,
    /// XML files of integrations that exist but cannot be read.
    pub(crate) unreadable: BTreeSet<&'static str>,
    /// Other XML files that a spec can express.
    pub(crate) tables: Documents,
    /// XML files that only rules read.
    pub(crate) beside: Documents,
    pub(crate) composer: Option<SpannedJson>,
    pub(crate) registration: Option<Registration>,
    /// PHP files that create integrations, by their path in the module.
    pub(crate) processings: Vec<(Utf8PathBuf, Processing)>,
    /// PHP that changes integrations or depends on the pair, by path in the module.
    pub(crate) doubts: Vec<(Utf8PathBuf, Doubt)>,
    /// Interfaces of services and data, and the classes that XML files name, by their path from the module's root.
    pub(crate) php: BTreeMap<Utf8PathBuf, PhpFile>,
    /// Files of classes that XML files or other classes name, but without a class that can be used.
    pub(crate) faulty_php: BTreeMap<Utf8PathBuf, ClassFault>,
    /// Folders of the module's classes.
    pub(crate) folders: ClassFolders,
    /// Words of the PHP files that dispatch events, in lower case.
    pub(crate) dispatched: BTreeSet<String>,
    /// True if PHP of the module reads settings.
    pub(crate) reads_settings: bool,
    /// True if PHP of the module decrypts something.
    pub(crate) decrypts: bool,
    /// All other files, relative to the module's root.
    pub(crate) others: Vec<Utf8PathBuf>,
}

impl ModuleFiles {
    /// Reads the files. `display_root` is the prefix of paths in findings.
    pub(crate) fn read(disk: &Disk, place: &ModuleDir, display_root: &Utf8Path) -> Self {
        let mut reader = FileReader { disk, place, display_root, files: Self::default() };
        for path in ["etc/module.xml", "etc/acl.xml"].into_iter().chain(DECLARING) {
            reader.xml(path);
        }
        reader.composer();
        reader.registration();
        reader.scripts();
        reader.files
    }

    /// PHP that changes integrations or depends on the pair.
    pub(crate) fn doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.doubts.iter().map(|(_, doubt)| doubt)
    }

    /// Reads files that a spec can express but `setup:upgrade` does not need.
    pub(crate) fn read_tables(
        &mut self,
        disk: &Disk,
        place: &ModuleDir,
        display_root: &Utf8Path,
        paths: impl Iterator<Item = &'static str>,
    ) {
        let mut reader = FileReader { disk, place, display_root, files: std::mem::take(self) };
        for path in paths {
            if let Some(document) = reader.document(path) {
                reader.files.tables.insert(path, document);
            }
        }
        *self = reader.files;
    }

    /// Reads XML files for the rules alone.
    pub(crate) fn read_beside(&mut self, disk: &Disk, place: &ModuleDir, display_root: &Utf8Path) {
        let mut reader = FileReader { disk, place, display_root, files: std::mem::take(self) };
        for path in BESIDE {
            if let Some(document) = reader.document(path) {
                reader.files.beside.insert(path, document);
            }
        }
        *self = reader.files;
    }

    /// Class in a file below the module's folder.
    pub(crate) fn php_file(&self, path: &str) -> Option<&PhpFile> {
        self.php.get(&join(&self.folders.source, Utf8Path::new(path)))
    }

    /// Class of the module by its full name; none if its file was not read.
    pub(crate) fn class_file(&self, class: &str) -> Option<&PhpFile> {
        self.folders.files(class).iter().find_map(|file| self.php.get(file))
    }

    /// Returns true for a class of the module that no file declares. A copy of its XML alone lacks none.
    pub(crate) fn lacks_class(&self, class: &str) -> bool {
        let files = self.folders.files(class);
        let is_php = |file: &Utf8PathBuf| file.extension() == Some("php");
        let is_there = |file: &Utf8PathBuf| self.others.binary_search(file).is_ok();
        !files.is_empty() && self.others.iter().any(is_php) && !files.iter().any(is_there)
    }

    /// Classes that system.xml and config.xml name, each with the method behind `::`, which source models may have.
    pub(crate) fn setting_models(&self) -> Vec<(SpannedText, Option<String>)> {
        let root = |path: &str| self.tables.get(path).map(|document| &document.root);
        let system = root("etc/adminhtml/system.xml").into_iter();
        let named = system.flat_map(|root| MODELS.iter().flat_map(|name| root.descendants(name)));
        let models = named.map(|element| {
            let text = element.text();
            let (class, method) = match text.trimmed().split_once("::") {
                Some((class, method)) => (class, Some(method.to_owned())),
                None if element.name.value == "source_model" => {
                    (text.trimmed(), Some("toOptionArray".to_owned()))
                }
                None => (text.trimmed(), None),
            };
            (SpannedText::new(class, text.span.clone()), method)
        });
        let mut open: Vec<&Element> = root("etc/config.xml").into_iter().collect();
        let mut of_defaults = Vec::new();
        while let Some(element) = open.pop() {
            of_defaults.extend(element.attribute("backend_model").map(|class| (class.clone(), None)));
            open.extend(element.elements());
        }
        models.chain(of_defaults).collect()
    }

    /// Classes that the XML files name, whose files are read.
    fn named_classes(&self) -> Vec<Utf8PathBuf> {
        let of = |path: &str, element: &'static str, attribute: &'static str| -> Vec<String> {
            let document = self.tables.get(path).or_else(|| self.beside.get(path));
            let root = document.map(|document| &document.root);
            let named = root.into_iter().flat_map(|root| root.descendants(element));
            named.filter_map(|it| it.attribute(attribute)).map(|it| it.value.clone()).collect()
        };
        let mut names = of("etc/webapi.xml", "service", "class");
        names.extend(of("etc/crontab.xml", "job", "instance"));
        names.extend(of("etc/di.xml", "preference", "type"));
        names.extend(self.setting_models().into_iter().map(|(class, _)| class.value));
        let events = self.tables.keys().filter(|path| path.ends_with("events.xml"));
        names.extend(events.flat_map(|path| of(path, "observer", "instance")));
        let files = names.iter().flat_map(|name| self.folders.files(name.trim_start_matches('\\')));
        files.filter(|file| self.others.binary_search(file).is_ok()).collect()
    }

    /// Reads the classes that the XML files name, and those of the Web API.
    pub(crate) fn read_classes(
        &mut self,
        disk: &Disk,
        place: &ModuleDir,
        display_root: &Utf8Path,
        module: &ModuleName,
    ) {
        self.folders = ClassFolders::of(self.composer.as_ref(), place, module);
        let api = join(&place.source, Utf8Path::new("Api"));
        let of_api = self.others.iter().filter(|file| file.starts_with(&api));
        let of_api = of_api.filter(|file| file.extension() == Some("php")).cloned();
        let files: BTreeSet<Utf8PathBuf> = of_api.chain(self.named_classes()).collect();
        let mut reader = FileReader { disk, place, display_root, files: std::mem::take(self) };
        let mut open: Vec<Utf8PathBuf> = files.into_iter().rev().collect();
        while let Some(file) = open.pop() {
            if !reader.files.php.contains_key(&file) && !reader.files.faulty_php.contains_key(&file) {
                open.extend(reader.class(file));
            }
        }
        *self = reader.files;
    }
}

struct FileReader<'a> {
    disk: &'a Disk,
    place: &'a ModuleDir,
    display_root: &'a Utf8Path,
    files: ModuleFiles,
}

impl FileReader<'_> {
    fn xml(&mut self, path: &'static str) {
        let found = self.files.findings.len();
        if let Some(document) = self.document(path) {
            self.files.xml.insert(path, document);
        } else if self.files.findings.len() > found {
            self.files.unreadable.insert(path);
        }
    }

    fn document(&mut self, path: &str) -> Option<XmlDocument> {
        let full = join(&self.place.folder(), Utf8Path::new(path));
        let (text, start) = self.text(&full, decode::xml, Rule::XmlUnreadable)?;
        xml::read(&text, start).map_err(|finding| self.files.findings.push(*finding)).ok()
    }

    fn composer(&mut self) {
        let full = join(&self.place.root, Utf8Path::new("composer.json"));
        let Some((text, start)) = self.text(&full, decode::utf8, Rule::ComposerUnreadable) else { return };
        match composer::read(&text, start) {
            Ok(composer) => self.files.composer = Some(composer),
            Err(finding) => self.files.findings.push(*finding),
        }
    }

    fn registration(&mut self) {
        let full = join(&self.place.folder(), Utf8Path::new("registration.php"));
        let Some((text, start)) = self.text(&full, decode::utf8, Rule::RegistrationUnreadable) else {
            return;
        };
        self.files.registration = php::registration(&text, start);
        if self.files.registration.is_none() {
            self.files.findings.push(
                Diagnostic::new(Rule::RegistrationUnreadable, "no module name found in registration.php")
                    .at(start..start)
                    .reason("Magento registers a module with `ComponentRegistrar::register(ComponentRegistrar::MODULE, 'Vendor_Module', __DIR__)`")
                    .help("write the name as a string in that call"),
            );
        }
    }

    /// Reads the class of a file below the module's root, and returns the files of the classes in its types.
    fn class(&mut self, file: Utf8PathBuf) -> Vec<Utf8PathBuf> {
        let path = join(&self.place.root, &file);
        let Ok(tree_path) = TreePath::new(path.as_str()) else { return Vec::new() };
        let bytes = match self.disk.read_up_to(&tree_path, MAX_BYTES) {
            Ok(OnDisk::File { bytes, .. }) => Ok(bytes),
            Ok(OnDisk::NotAFile { what }) => Err(ClassFault::Unreadable(what)),
            Ok(OnDisk::Missing) => return Vec::new(),
            Err(error) => Err(ClassFault::Unreadable(io_reason(&error))),
        };
        let class = bytes.and_then(|bytes| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if !php::is_whole(&text) {
                return Err(ClassFault::Syntax);
            }
            let class = php::class_called(&text, file.file_stem().unwrap_or_default());
            class.map(|class| (text, class)).ok_or(ClassFault::Empty)
        });
        let (text, class) = match class {
            Ok(class) => class,
            Err(fault) => {
                self.files.faulty_php.insert(file, fault);
                return Vec::new();
            }
        };
        let named: Vec<Utf8PathBuf> = class.types().flat_map(|it| self.files.folders.files(&it)).collect();
        let start = self.files.sources.add(Source::new(join(self.display_root, &path), text));
        self.files.php.insert(file, PhpFile { class, start });
        named
    }

    /// Text of a file with its offset; none if it does not exist or cannot be read.
    fn text(
        &mut self,
        path: &Utf8Path,
        decode: fn(&[u8]) -> Result<String, Undecodable>,
        rule: Rule,
    ) -> Option<(String, usize)> {
        let name = join(self.display_root, path).into_string();
        let path = TreePath::new(path.as_str()).ok()?;
        let refused = |message: String| Undecodable { message, readable: String::new() };
        let text = match self.disk.read_up_to(&path, MAX_BYTES) {
            Ok(OnDisk::Missing) => return None,
            Ok(OnDisk::File { bytes, .. }) => decode(&bytes),
            Ok(OnDisk::NotAFile { what }) => Err(refused(format!("cannot read the file: {what}"))),
            Err(error) => Err(refused(format!("cannot read the file: {}", io_reason(&error)))),
        };
        match text {
            Ok(text) => {
                let start = self.files.sources.add(Source::new(name, text.as_str()));
                Some((text, start))
            }
            Err(Undecodable { message, readable }) => {
                let end = readable.len();
                let start = self.files.sources.add(Source::new(name, readable));
                self.files.findings.push(Diagnostic::new(rule, message).at(start + end..start + end));
                None
            }
        }
    }

    /// Searches the PHP files for the call that creates integrations, and lists other files.
    fn scripts(&mut self) {
        let mut folders = vec![self.place.root.clone()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in self.disk.list(&folder).unwrap_or_default().into_iter().rev() {
                let path = join(&folder, Utf8Path::new(&entry.name));
                if entry.is_folder {
                    let is_others = matches!(entry.name.as_str(), "vendor" | "node_modules" | "Test");
                    if !is_others && !entry.name.starts_with('.') && seen < MAX_SCRIPTS {
                        folders.push(path);
                    }
                    continue;
                }
                seen += 1;
                if path.extension() == Some("php") && seen < MAX_SCRIPTS {
                    self.script(&path);
                }
                let from_root = path.strip_prefix(&self.place.root).unwrap_or(&path);
                self.files.others.push(from_root.to_owned());
            }
        }
        self.files.others.sort();
        self.files.processings.sort_by(|a, b| a.0.cmp(&b.0));
        self.files.doubts.sort_by(|a, b| a.0.cmp(&b.0));
    }

    fn script(&mut self, path: &Utf8Path) {
        let Ok(tree_path) = TreePath::new(path.as_str()) else { return };
        let Ok(OnDisk::File { bytes, .. }) = self.disk.read_up_to(&tree_path, MAX_BYTES) else { return };
        let text = String::from_utf8_lossy(&bytes);
        self.files.reads_settings |= text.contains("getValue(");
        self.files.decrypts |= text.contains("decrypt(");
        let folder = self.place.folder();
        let from_module = path.strip_prefix(&folder).unwrap_or(path);
        self.files.dispatched.extend(dispatched(&text));
        let doubts = Doubt::in_file(from_module, &text).into_iter();
        self.files.doubts.extend(doubts.map(|doubt| (from_module.to_owned(), doubt)));
        let found = php::processings(&text).into_iter().map(|found| (from_module.to_owned(), found));
        self.files.processings.extend(found);
    }
}
