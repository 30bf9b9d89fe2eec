//! `magespec uninstall`.

mod files;

use std::io::{self, Write as _};

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        live::{Live, Runner},
        output::{confirm, note, stdout},
        uninstall::files::{InstalledFiles, folder},
    },
    deploy::{DeployMode, ShopCommand, Situation, removal},
    diag::{Failure, plural},
    diff::Status,
    magento::{Answer, IntegrationRef, ShopRow, Tables},
    names::{MagentoVersion, ModuleName},
    project::{Connection, SPEC_FILE, one_spec, read},
    spec::{self, Spec},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Spec to read; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Also delete its integrations and their credentials, through Magento's services; works after an uninstall, too
    #[arg(long)]
    delete_integration: bool,
    /// Skip the confirmation
    #[arg(long)]
    yes: bool,
    /// Show what would be done without doing it
    #[arg(long)]
    dry_run: bool,
}

/// Pending removal of a module.
struct Removal {
    module: ModuleName,
    /// Installed files; none if they are already removed.
    files: Option<InstalledFiles>,
    steps: Vec<ShopCommand>,
    integrations: Vec<ShopRow>,
    tables: Tables,
    version: MagentoVersion,
    /// Other modules that `module:disable` lists as disabled.
    new_modules: Vec<String>,
    /// Notes on the webhooks.
    webhooks: Vec<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let spec = one_spec(&args.spec)?;
    let source = read(&spec)?;
    // A spec with errors still names its module.
    let Some(spec) = spec::load(&source).spec else {
        return Err(
            format!("{} does not name its module; run `magespec check` for details", source.name).into()
        );
    };
    let shop = args.live.connect()?;
    let todo = args.prepare(&spec, &shop)?;
    todo.show(args.delete_integration)?;
    if args.dry_run {
        note("nothing was changed")?;
        return Ok(Outcome::Fine);
    }
    if !args.yes && !confirm("Continue?", "--yes")? {
        return Err("nothing was changed".into());
    }
    todo.uninstall(&shop, args.delete_integration)
}

impl Args {
    fn prepare(&self, spec: &Spec, shop: &Connection) -> Result<Removal, Failure> {
        let module = spec.module.name.clone();
        let answer = shop.status(Some(&module), &[])?;
        let root = shop.files(&answer)?;
        let integrations = left(spec, &module, &answer);
        let is_gone = answer.module.as_ref().is_none_or(|state| state.path.is_none());
        let files = match folder(&root, spec, &answer) {
            Ok(folder) => Some(InstalledFiles::read(folder, spec)?),
            Err(_) if is_gone && self.delete_integration && !integrations.is_empty() => None,
            Err(message) => return Err(message),
        };
        let version = answer.magento.version.parse::<MagentoVersion>();
        let version = version.map_err(|error| Failure::new(error.to_string()))?;
        let situation = Situation {
            version,
            mode: DeployMode::from(answer.magento.mode.as_str()),
            is_enabled: answer.is_enabled(),
            is_closed: answer.magento.maintenance,
            is_behind: false,
        };
        let new_modules = answer.new_modules().filter(|name| *name != module.as_str());
        Ok(Removal {
            new_modules: new_modules.filter(|_| situation.is_enabled).map(str::to_owned).collect(),
            steps: removal(&module, situation),
            webhooks: webhooks(spec),
            module,
            files,
            integrations,
            tables: answer.tables,
            version,
        })
    }
}

/// Says what becomes of the webhooks, if the spec has any.
fn webhooks(spec: &Spec) -> Vec<String> {
    let Some(webhooks) = &spec.webhooks else { return Vec::new() };
    let table = format!("{}_outbox: stays, and its pending webhooks are not sent", spec.module.name.id());
    let gone = |prefix| format!("bin/magento {prefix}:…: will be gone, and scripts that run it will fail");
    std::iter::once(table).chain(webhooks.commands.as_ref().map(gone)).collect()
}

/// Finds the rows that the module orphans: those that it alone declares, and those of the spec that no module declares.
fn left(spec: &Spec, module: &ModuleName, shop: &Answer) -> Vec<ShopRow> {
    let is_left = |row: &&ShopRow| {
        row.is_from_file()
            && match shop.declaration(&row.name) {
                Some(declared) => declared.modules.iter().all(|other| other == module.as_str()),
                None => spec.integration_names().any(|name| name.as_str() == row.name),
            }
    };
    shop.integrations.iter().filter(is_left).cloned().collect()
}

impl Removal {
    fn show(&self, deletes: bool) -> io::Result<()> {
        let mut out = stdout();
        match &self.files {
            Some(files) => out.line(format_args!("{} in {}:", self.module, files.folder))?,
            None => out.line(format_args!("{}: its files are already removed", self.module))?,
        }
        for change in self.files.iter().flat_map(|files| &files.changes.files) {
            match change.status {
                Status::Deleted => out.line(format_args!("  delete {}", change.path))?,
                _ if change.before.is_some() => {
                    out.line(format_args!("  keep {}, which is yours", change.path))?;
                }
                _ => {}
            }
        }
        out.line(format_args!("Commands to run:"))?;
        for step in &self.steps {
            out.line(format_args!("  {step}{}", step.clears(self.version)))?;
        }
        if !self.new_modules.is_empty() {
            let names = self.new_modules.join(", ");
            out.line(format_args!(
                "not listed in app/etc/config.php: {names}; module:disable lists such modules as disabled"
            ))?;
        }
        for line in &self.webhooks {
            out.line(format_args!("{line}"))?;
        }
        for row in &self.integrations {
            let token = row.consumer.as_ref().is_some_and(|consumer| consumer.has_token);
            let works = if token { "its token keeps working" } else { "it has no valid token" };
            if deletes {
                out.line(format_args!("{}: will be deleted with its consumer and tokens", row.name))?;
            } else {
                let statements = row.removal(&self.tables);
                writeln!(
                    out,
                    "{}: will be orphaned; {works}, and Admin cannot delete it\n  to remove it, use --delete-integration or run \
                     {statements}",
                    row.name
                )?;
            }
        }
        Ok(())
    }

    fn uninstall(&self, shop: &Connection, deletes: bool) -> Result<Outcome, Failure> {
        let mut runner = Runner::new(shop, "uninstall")?;
        let back = "`magespec install` installs the module again";
        let is_first = |step: &&ShopCommand| matches!(step, ShopCommand::Close | ShopCommand::Disable(_));
        let (first, then): (Vec<&ShopCommand>, Vec<&ShopCommand>) = self.steps.iter().partition(is_first);
        for step in first {
            if let Err(what) = runner.run(step) {
                return Err(runner.failed(&what, "no file was removed", back));
            }
        }
        if let Some(files) = &self.files {
            let count = files.changes.count(Status::Deleted);
            runner.report(&format!("removing {} from {}", plural(count, "file"), files.folder))?;
            let state = "the module is disabled, its files remain";
            runner.go_on("removing its files").map_err(|what| runner.failed(&what, state, back))?;
            let state = "the module is disabled, its files are partly removed";
            files.remove().map_err(|what| runner.failed(&what, state, back))?;
        }
        let rows = self.integrations.iter().map(|row| IntegrationRef { id: row.id, name: row.name.clone() });
        let rows: Vec<IntegrationRef> = rows.filter(|_| deletes).collect();
        if !rows.is_empty() {
            runner.report(&format!("deleting {}", plural(rows.len(), "integration")))?;
            let state = "the module is removed, its integrations remain";
            runner.go_on("deleting its integrations").map_err(|what| runner.failed(&what, state, back))?;
            let state = "the module is removed; `magespec uninstall --delete-integration` deletes what is left of its integrations";
            shop.delete(&rows).map_err(|what| runner.failed(&what, state, back))?;
        }
        for step in then {
            if let Err(what) = runner.run(step) {
                return Err(runner.failed(&what, "the module is removed; run the remaining commands", back));
            }
        }
        runner.print_log_path()?;
        Ok(Outcome::Fine)
    }
}
