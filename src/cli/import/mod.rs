//! `magespec import`.

mod json;
mod summary;

use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::{
    catalog::Constraint,
    cli::{
        Outcome,
        arguments::{CatalogSource, Format, one_of},
        output::{
            note_failure, print_data, print_failure, print_json, print_selected_findings, stderr, stdout,
            waiting, wrote,
        },
        schema,
    },
    diag::{Failure, Family, Level, plural, render::versioned},
    import::{self, ImportShop, Imported},
    module::{self, ModuleDir},
    names::ModuleName,
    project::{CatalogStore, SPEC_FILE},
    spec::SCHEMA_LINE,
    tree::{Disk, File as TreeFile, LOCK_FILE, Lock, OnDisk, Ownership, Tree},
    write::{Created, WriteError, Writer, create, create_with_folder},
};

pub(super) use self::json::JsonImports;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Module directory, or a directory above it
    #[arg(value_name = "DIR", default_value = ".")]
    dir: Utf8PathBuf,
    /// Write the spec to FILE, or to standard output for - [default: integration.toml; with --all, one folder per module]
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["stdout", "in_place", "all"])]
    output: Option<Utf8PathBuf>,
    /// Print the spec to standard output
    #[arg(long, conflicts_with_all = ["in_place", "all"])]
    stdout: bool,
    /// Magento releases, as a Composer constraint [default: guessed from composer.json and module.xml]
    #[arg(long, value_name = "CONSTRAINT")]
    target: Option<Constraint>,
    /// Write the spec into the module, with an integration.lock that lets `build` update the existing files
    #[arg(long)]
    in_place: bool,
    /// Import all modules below DIR that declare integrations; the default if there are several
    #[arg(long)]
    all: bool,
    /// Write nothing; show what would be imported
    #[arg(long, conflicts_with = "stdout")]
    dry_run: bool,
    #[command(flatten)]
    catalog_source: CatalogSource,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human", conflicts_with = "stdout")]
    format: Format,
}

/// One imported module.
struct Import {
    /// Directory of the module.
    root: Utf8PathBuf,
    /// Path of its spec.
    path: Utf8PathBuf,
    imported: Imported,
    /// State of the spec on disk; an error if nothing could be imported or written.
    state: Result<SpecState, Failure>,
}

/// State of a spec on disk.
enum SpecState {
    /// Written, with the files beside it that were written too.
    New(Vec<&'static str>),
    Same,
    /// Not written: it is a dry run.
    No,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if !args.dir.is_dir() {
        let message =
            format!("{} is not a directory; name the module's directory, or one above it", args.dir);
        return Err(Failure::new(message).at(&args.dir));
    }
    let found = Disk::open(&args.dir).and_then(|disk| module::find(&disk).map(|places| (disk, places)));
    let (disk, places) = found.map_err(|error| Failure::unreadable(&args.dir, &error))?;
    let (places, others) = args.chosen(places)?;
    let shop = args.catalog_source.store()?;
    let is_many = places.len() > 1;
    let mut imports: Vec<Import> = Vec::new();
    let mut outcome = Outcome::Fine;
    for place in &places {
        let import = args.import(&disk, place, is_many, &shop);
        if args.format == Format::Human {
            print(&import.imported)?;
        }
        imports.push(import);
    }
    if args.format == Format::Json {
        for failure in imports.iter().filter_map(|import| import.state.as_ref().err()) {
            note_failure(failure);
            outcome = Outcome::Failed;
        }
        print_json(versioned(&json::document(&imports, &others)));
    } else if is_many {
        let mut out = stdout();
        let vendor = args.dir.join("vendor");
        let vendor = vendor.strip_prefix(".").unwrap_or(&vendor);
        let unsearched = Some(vendor).filter(|vendor| vendor.is_dir());
        summary::table(&imports, others.len(), unsearched).lines().try_for_each(|line| out.line(line))?;
        for failure in imports.into_iter().filter_map(|import| import.state.err()) {
            outcome = outcome.max(print_failure(failure)?);
        }
    } else {
        for Import { root, path, imported, state } in imports {
            args.report(state?, &root, &path, &imported)?;
        }
    }
    Ok(outcome)
}

impl Args {
    /// Finds the modules to import, those that declare integrations, and the directories of the others.
    fn chosen(&self, places: Vec<ModuleDir>) -> Result<(Vec<ModuleDir>, Vec<Utf8PathBuf>), Failure> {
        let (declaring, others): (Vec<_>, Vec<_>) = places.into_iter().partition(|place| place.declares);
        let is_one = self.output.is_some() || self.stdout;
        match (declaring.as_slice(), others.as_slice()) {
            ([], []) => Err(format!("no Magento module found in `{}`", self.dir).into()),
            ([], _) => Err(format!("no module below {} declares an integration", self.dir).into()),
            ([_, _, ..], _) if is_one => {
                let head = "found several modules, which do not fit into one spec; name one:".to_owned();
                let listed = declaring.iter().map(|place| format!("  {}", self.shown(place)));
                Err(Failure::of_lines([head].into_iter().chain(listed)))
            }
            _ => {
                let others = others.iter().map(|place| self.shown(place)).collect();
                Ok((declaring, others))
            }
        }
    }

    /// Returns true if the spec goes to standard output.
    fn prints(&self) -> bool {
        self.stdout || self.output.as_deref().is_some_and(|output| output == "-")
    }

    fn shown(&self, place: &ModuleDir) -> Utf8PathBuf {
        match place.root.as_str() {
            "" => self.dir.clone(),
            root => self.dir.join(root),
        }
    }

    fn import(&self, disk: &Disk, place: &ModuleDir, is_many: bool, shop: &CatalogStore) -> Import {
        let root = self.shown(place);
        let display_root = if self.dir == "." { Utf8Path::new("") } else { &self.dir };
        let file = |name: &ModuleName| {
            let spec = self.path(&root, Some(name), is_many);
            relative(spec.parent()?, self.catalog_source.file()?)
        };
        let shop = shop.shop().map(|catalog| ImportShop { catalog, file: &file });
        let imported = import::read(disk, place, display_root, self.target.as_ref(), shop);
        let path = self.path(&root, imported.name.as_ref(), is_many);
        let state = match &imported.spec {
            None => Err(format!("nothing could be imported from {root}").into()),
            Some(_) if self.dry_run || self.prints() => Ok(SpecState::No),
            Some(spec) => self.write(disk, place, &root, &path, &imported, spec).and_then(|created| {
                let schema = schema::write_beside(&path)?;
                let lock = self.in_place.then_some(LOCK_FILE);
                Ok(match created {
                    Created::New => SpecState::New(schema.into_iter().chain(lock).collect()),
                    Created::Same => SpecState::Same,
                })
            }),
        };
        Import { root, path, imported, state }
    }

    fn report(
        &self,
        state: SpecState,
        root: &Utf8Path,
        path: &Utf8Path,
        imported: &Imported,
    ) -> io::Result<()> {
        if self.prints() {
            // Nothing writes the schema that its first line names.
            let spec = imported.spec.as_deref().unwrap_or_default().trim_start_matches(SCHEMA_LINE);
            print_data(spec.trim_start().as_bytes())?;
            let mut err = stderr();
            return leftovers(root, imported).iter().try_for_each(|line| err.line(line));
        }
        let wrote = match state {
            SpecState::New(beside) => wrote(path, beside),
            SpecState::Same => format!("{path} is up to date"),
            SpecState::No => format!("would write {path}"),
        };
        let mut out = stdout();
        let errors = match imported.errors.len() {
            0 => None,
            count => Some(format!("{} must be fixed before it builds", plural(count, "error"))),
        };
        match errors {
            Some(errors) => out.line(format_args!("{wrote}; {errors}; next: magespec check {path}"))?,
            None if self.in_place => {
                out.line(format_args!("{wrote}; next: magespec diff {path}"))?;
                if !imported.rewritten.is_empty() {
                    let count = plural(imported.rewritten.len(), "file");
                    out.line(format_args!(
                        "commit the module before you build: {count} will be rewritten or deleted"
                    ))?;
                }
            }
            None => out.line(format_args!("{wrote}; next: magespec check {path}"))?,
        }
        for name in &imported.placeholders {
            out.line(format_args!(
                "replace the e-mail address of `{name}`: the module has none, so the spec has a placeholder"
            ))?;
        }
        leftovers(root, imported).iter().try_for_each(|line| out.line(line))
    }

    fn path(&self, root: &Utf8Path, name: Option<&ModuleName>, is_many: bool) -> Utf8PathBuf {
        if self.in_place {
            return if root == "." { SPEC_FILE.into() } else { root.join(SPEC_FILE) };
        }
        let folder = name.filter(|_| self.all || is_many).map(ModuleName::as_str);
        let by_itself =
            || folder.map_or_else(|| SPEC_FILE.into(), |folder| Utf8Path::new(folder).join(SPEC_FILE));
        self.output.clone().filter(|_| !self.prints()).unwrap_or_else(by_itself)
    }

    fn write(
        &self,
        disk: &Disk,
        place: &ModuleDir,
        root: &Utf8Path,
        path: &Utf8Path,
        imported: &Imported,
        spec: &str,
    ) -> Result<Created, Failure> {
        let refuse = |error: WriteError| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::new(format!("{} exists; `import` does not overwrite files", error.path()))
                    .at(error.path())
            }
            _ => error.into(),
        };
        if self.in_place {
            let lock =
                taken_over(disk, place, imported).map_err(|error| Failure::unreadable(root, &error))?;
            let writer = Writer::open(root, waiting)?;
            return writer.adopt(SPEC_FILE, spec.as_bytes(), lock.as_bytes()).map_err(refuse);
        }
        let is_in_folder = path.parent().is_some_and(|folder| !folder.as_str().is_empty());
        let created = match self.output.is_none() && is_in_folder {
            true => create_with_folder(path, spec.as_bytes(), waiting),
            false => create(path, spec.as_bytes(), waiting),
        };
        created.map_err(refuse)
    }
}

/// Lists what the spec does not hold: files that stay their owner's, and PHP that uses the legacy pair.
fn leftovers(root: &Utf8Path, imported: &Imported) -> Vec<String> {
    let mut lines = Vec::new();
    if !imported.stays.is_empty() {
        lines.push(format!("stays yours, as it is: {}", imported.stays.join(", ")));
    }
    if !imported.uses_pair.is_empty() {
        lines.push(format!(
            "PHP of {root} uses the pair at run time; `format = \"legacy\"` under [module] keeps it:"
        ));
        lines.extend(imported.uses_pair.iter().map(|place| format!("  {place}")));
    }
    lines
}

/// Path of a file from a folder, in which `..` leads upwards; none if they share no directory, as on two drives.
fn relative(folder: &Utf8Path, file: &Utf8Path) -> Option<String> {
    let real =
        |path: &Utf8Path| Utf8PathBuf::from_path_buf(std::path::absolute(path.as_std_path()).ok()?).ok();
    let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
    let (folder, file) = (real(folder)?, real(file)?);
    let parts = |path: &Utf8Path| -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Utf8Component::CurDir => {}
                Utf8Component::ParentDir => drop(parts.pop()),
                part => parts.push(part.as_str().to_owned()),
            }
        }
        parts
    };
    let (folder, file) = (parts(&folder), parts(&file));
    let shared = folder.iter().zip(&file).take_while(|(one, other)| one == other).count();
    let up = folder[shared..].iter().map(|_| "..");
    (shared > 0).then(|| up.chain(file[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/"))
}

/// Locks the files in their current state, so that `build` can tell later edits from its own changes.
fn taken_over(disk: &Disk, place: &ModuleDir, imported: &Imported) -> io::Result<String> {
    let mut tree = Tree::default();
    let managed = imported.taken_over.iter().map(|path| (path, Ownership::Managed));
    let seeded = imported.seeded.iter().map(|path| (path, Ownership::Seeded));
    for (path, ownership) in managed.chain(seeded) {
        let on_disk = place.path(path.as_path()).map_err(io::Error::other)?;
        let contents = match disk.read(&on_disk)? {
            OnDisk::File { bytes, .. } => bytes,
            // A seeded file that is recorded is not written again, even if it does not exist.
            _ if ownership == Ownership::Seeded => Vec::new(),
            _ => continue,
        };
        tree.insert(path.clone(), TreeFile { contents, ownership });
    }
    let mut lock = Lock::of(&tree);
    imported.adopted.iter().for_each(|(path, made)| lock.adopt(path, made));
    Ok(lock.render())
}

/// Writes errors, warnings and the changes of the import itself to standard error.
fn print(imported: &Imported) -> io::Result<()> {
    print_selected_findings(&imported.reports, |it| {
        it.level != Level::Note || it.rule.family() == Family::Import
    })
    .map(drop)
}
