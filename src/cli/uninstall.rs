//! `magespec uninstall`.

use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::{
        Outcome,
        live::{Carry, Live, confirm},
        output::note,
    },
    diag::{Failure, plural},
    diff::{Changes, Status, compare},
    magento::{Answer, Layout, Mode, Named, Row, Situation, Step, Tables, removal},
    names::{MagentoVersion, ModuleName},
    project::{Connection, Installed, one_spec, package, read},
    spec::{self, Spec},
    tree::{Disk, LOCK_FILE, Ledger, Tree},
    write::Writer,
};

/// Take the module of a spec out of a running shop
///
/// Disables it and removes the files that integration.lock says magespec wrote; whatever else is in the module's folder
/// stays. Magento keeps its integrations, active and with their tokens: what is left of them is shown, with how to
/// remove it. Exits with 1 if anything could not be done; never with 2.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The spec; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Delete its integrations and their credentials too, through Magento's own services; also after an uninstall without it
    #[arg(long)]
    delete_integration: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Show everything, and do nothing
    #[arg(long)]
    dry_run: bool,
}

/// What is to be done.
struct Todo {
    module: ModuleName,
    /// None if its files are gone already.
    files: Option<Files>,
    steps: Vec<Step>,
    integrations: Vec<Row>,
    tables: Tables,
}

/// What magespec wrote.
struct Files {
    folder: Utf8PathBuf,
    changes: Changes,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let spec = one_spec(&args.spec)?;
    let source = read(&spec)?;
    // A spec with errors names its module as well as any other.
    let Some(spec) = spec::load(&source).spec else {
        return Err(format!(
            "{} does not say which module it makes; `magespec check` says what is wrong",
            source.name
        )
        .into());
    };
    let shop = args.live.connect()?;
    let todo = args.prepare(&spec, &shop)?;
    todo.show(args.delete_integration)?;
    if args.dry_run {
        note("nothing was changed")?;
        return Ok(Outcome::Fine);
    }
    if !args.yes {
        match confirm("Do this?")? {
            Some(true) => {}
            Some(false) => return Err("nothing was changed".into()),
            None => return Err("there is no terminal to ask on; with --yes it is done without asking".into()),
        }
    }
    todo.uninstall(&shop, args.delete_integration)
}

impl Args {
    fn prepare(&self, spec: &Spec, shop: &Connection) -> Result<Todo, Failure> {
        let module = spec.module.name.clone();
        let answer = shop.status(Some(&module))?;
        let root = shop.files(&answer)?;
        let integrations = left(spec, &module, &answer);
        let is_gone = answer.module.as_ref().is_none_or(|state| state.path.is_none());
        let files = match folder(&root, spec, &answer) {
            Ok(folder) => Some(Files::read(folder)?),
            Err(_) if is_gone && self.delete_integration && !integrations.is_empty() => None,
            Err(message) => return Err(message),
        };
        let situation = Situation {
            version: answer
                .magento
                .version
                .parse::<MagentoVersion>()
                .map_err(|error| Failure::new(error.to_string()))?,
            mode: Mode::from(answer.magento.mode.as_str()),
            is_enabled: answer
                .module
                .as_ref()
                .is_some_and(|it| it.path.is_some() && it.enabled == Some(true)),
            is_closed: answer.magento.maintenance,
            needs: crate::magento::Needs::default(),
        };
        Ok(Todo { steps: removal(&module, situation), module, files, integrations, tables: answer.tables })
    }
}

/// Where magespec wrote the module.
fn folder(root: &Utf8Path, spec: &Spec, shop: &Answer) -> Result<Utf8PathBuf, Failure> {
    let name = &spec.module.name;
    let vendor = Layout::Vendor.folder(name, &package(spec));
    let mut places = [Installed::folder(spec, shop), vendor].into_iter().map(|folder| root.join(folder));
    places.find(|place| place.starts_with(root) && place.join(LOCK_FILE).is_file()).ok_or_else(|| {
        Failure::new(format!(
            "magespec did not write {name} in {root}: there is no {LOCK_FILE} in its folder below app/code or vendor; \
             nothing was removed"
        ))
    })
}

/// The rows that the module leaves behind: those that it alone declares, and those of the spec that nothing declares.
fn left(spec: &Spec, module: &ModuleName, shop: &Answer) -> Vec<Row> {
    let is_left = |row: &&Row| {
        row.from_file
            && match shop.declaration(&row.name) {
                Some(declared) => declared.modules.iter().all(|other| other == module.as_str()),
                None => spec.integration.iter().any(|it| it.name.as_str() == row.name),
            }
    };
    shop.integrations.iter().filter(is_left).cloned().collect()
}

impl Files {
    fn read(folder: Utf8PathBuf) -> Result<Self, Failure> {
        let disk = Disk::open(&folder).map_err(|error| Failure::new(error.to_string()))?;
        let ledger = Ledger::read(&disk).map_err(|error| Failure::new(error.to_string()))?;
        let changes = compare(&Tree::default(), &ledger, &disk).map_err(|error| error.source.to_string())?;
        if !changes.is_blocked() {
            return Ok(Self { folder, changes });
        }
        let mut message = format!("nothing was removed from {folder}:\n");
        for change in changes.conflicts() {
            message +=
                &format!("  {}: it was edited by hand since magespec wrote it; move it away\n", change.path);
        }
        Err(message.trim_end().into())
    }

    /// Removes the files, then the lock, which has nothing left to say, and the folders that are empty by that.
    fn remove(&self) -> Result<(), Failure> {
        let writer = Writer::open(&self.folder, || {})?;
        writer.apply(&self.changes)?;
        if self.changes.files.iter().all(|it| it.status == Status::Deleted) {
            std::fs::remove_file(self.folder.join(LOCK_FILE))
                .map_err(|error| Failure::new(error.to_string()))?;
            // What holds something of the user's stays; above it is the folder of the vendor.
            let folders = [Some(self.folder.as_path()), self.folder.parent()].into_iter().flatten();
            let _ = folders.map(std::fs::remove_dir).find(Result::is_err);
        }
        Ok(())
    }
}

impl Todo {
    fn show(&self, deletes: bool) -> io::Result<()> {
        let mut out = anstream::stdout();
        match &self.files {
            Some(files) => writeln!(out, "{} in {}:", self.module, files.folder)?,
            None => writeln!(out, "{}: its files are gone already", self.module)?,
        }
        let changes = self.files.iter().flat_map(|files| &files.changes.files);
        for change in changes.filter(|it| it.status == Status::Deleted) {
            writeln!(out, "  delete {}", change.path)?;
        }
        writeln!(out, "commands:")?;
        for step in &self.steps {
            writeln!(out, "  {step}")?;
        }
        for row in &self.integrations {
            let token = row.consumer.as_ref().is_some_and(|consumer| consumer.has_token);
            let works = if token { "its token keeps working" } else { "it has no live token" };
            if deletes {
                writeln!(out, "{}: will be deleted, with its consumer and tokens", row.name)?;
            } else {
                let statements = row.removal(&self.tables);
                writeln!(
                    out,
                    "{}: will stay as an orphan; {works}, and Admin cannot delete it\n  to remove it: --delete-integration, or \
                     {statements}",
                    row.name
                )?;
            }
        }
        Ok(())
    }

    fn uninstall(&self, shop: &Connection, deletes: bool) -> Result<Outcome, Failure> {
        let mut carry = Carry::new(shop, "uninstall")?;
        let back = "`magespec install` brings the module back";
        let is_first = |step: &&Step| matches!(step, Step::Close | Step::Disable(_));
        let (first, then): (Vec<&Step>, Vec<&Step>) = self.steps.iter().partition(is_first);
        for step in first {
            if let Err(what) = carry.run(step) {
                return Err(carry.failed(&what, "no file was removed", back));
            }
        }
        if let Some(files) = &self.files {
            let count = files.changes.count(Status::Deleted);
            carry.tell(&format!("removing {} from {}", plural(count, "file"), files.folder))?;
            if let Err(what) = files.remove() {
                return Err(carry.failed(&what, "the module is disabled, its files are there in part", back));
            }
        }
        let rows = self.integrations.iter().map(|row| Named { id: row.id, name: row.name.clone() });
        let rows: Vec<Named> = rows.filter(|_| deletes).collect();
        if !rows.is_empty() {
            carry.tell(&format!("deleting {}", plural(rows.len(), "integration")))?;
            if let Err(what) = shop.delete(&rows) {
                return Err(carry.failed(&what, "the module is gone, its integrations are there", back));
            }
        }
        for step in then {
            if let Err(what) = carry.run(step) {
                return Err(carry.failed(&what, "the module is gone; run the commands that are left", back));
            }
        }
        carry.tell_log()?;
        Ok(Outcome::Fine)
    }
}
