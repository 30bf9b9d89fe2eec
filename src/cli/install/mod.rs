//! `magespec install`.

mod foreseen;
mod shown;

use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Outcome,
    common::{Carry, Connection, Installed, Live, confirm, note, one_spec, plural},
    fail, status,
};
use crate::{
    diag::Rule,
    diff::{Status, format::Comparison},
    magento::{
        self, Cause, Health, Layout, Mode, Needs, Presence, Situation, Step, composer_commands, steps, taken,
    },
    names::MagentoVersion,
    plan::{self, Action, Command, Plan},
    write::Writer,
};

/// Bring the module of a spec into a running shop
///
/// Shows what is going to be written, what setup:upgrade makes of the integrations, and the commands; asks; writes the
/// files; runs `bin/magento`; and ends with `status`. Nothing outside of the module's folder is written but by Magento's
/// own commands.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The spec; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Where the module lies in the shop
    #[arg(long, value_enum, default_value_t)]
    layout: Place,
    /// Give integrations that setup:upgrade resets their credentials back
    #[arg(long)]
    keep_credentials: bool,
    /// Do not ask; what resets or orphans an integration needs --yes-reset as well
    #[arg(long)]
    yes: bool,
    /// Do not ask before an integration is reset or orphaned
    #[arg(long)]
    yes_reset: bool,
    /// Show everything, and do nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Place {
    /// app/code/Vendor/Module
    #[default]
    AppCode,
    /// vendor/ and the package, for Composer
    Vendor,
}

/// What is to be done.
struct Todo {
    installed: Installed,
    comparison: Comparison,
    plan: Plan,
    steps: Vec<Step>,
    version: MagentoVersion,
    keeps_credentials: bool,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let prepared = args.live.connect().and_then(|shop| Ok((args.prepare(&shop)?, shop)));
    let (todo, shop) = match prepared {
        Ok((Some(todo), shop)) => (todo, shop),
        Ok((None, _)) => return Ok(Outcome::Failed),
        Err(message) => return fail(message),
    };
    if todo.is_done() {
        note("there is nothing to do")?;
        return status::print(&todo.installed.module, &todo.installed.shop);
    }
    todo.show()?;
    if let Some(stopped) = todo.plan.integrations.iter().find(|it| it.action() == Action::Abort) {
        return fail(format!("setup:upgrade would stop at `{}`; nothing was changed", stopped.name));
    }
    if args.dry_run {
        note("nothing was changed")?;
        return Ok(Outcome::Fine);
    }
    if let Some(refused) = args.refusal(&todo)? {
        return fail(refused);
    }
    todo.install(&shop, args)
}

impl Args {
    /// Asks the shop, compiles and compares; none if the spec has errors.
    fn prepare(&self, shop: &Connection) -> Result<Option<Todo>, String> {
        let layout = match self.layout {
            Place::AppCode => Layout::AppCode,
            Place::Vendor => Layout::Vendor,
        };
        let spec = one_spec(&self.spec)?;
        let Some(installed) = shop.project(&spec, |name, package| layout.folder(name, package))? else {
            return Ok(None);
        };
        shop.files(&installed.shop)?;
        self.check(&installed)?;
        let Some(compared) = installed.project.comparison() else { return Ok(None) };
        let (_, comparison) = compared?;
        if comparison.changes.is_blocked() {
            return Err(blocked(&comparison, &self.spec));
        }
        let version =
            installed.shop.magento.version.parse::<MagentoVersion>().map_err(|error| error.to_string())?;
        let situation = situation(&installed, &comparison, version);
        let steps = steps(&installed.module.name, situation);
        let plan = foreseen::foreseen(&installed);
        Ok(Some(Todo {
            installed,
            comparison,
            plan,
            steps,
            version,
            keeps_credentials: self.keep_credentials,
        }))
    }

    /// What the shop and the module cannot do together.
    fn check(&self, installed: &Installed) -> Result<(), String> {
        let Installed { project, module, shop, .. } = installed;
        let version = &shop.magento.version;
        if project.report.diagnostics.iter().any(|finding| finding.rule == Rule::ShopNotInTarget) {
            return Err(format!(
                "the shop is a {version}, for which {} is not made; add it to `magento` in [target]",
                module.name
            ));
        }
        if let (Place::AppCode, Some(source)) = (self.layout, &module.source) {
            return Err(format!(
                "Magento looks for registration.php in app/code/Vendor/Module itself, and this module has it in {source}: \
                 --layout vendor"
            ));
        }
        let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
        let is_same = |path: &str| {
            let below = |path: &Utf8Path| path.canonicalize_utf8().ok();
            below(Utf8Path::new(path)) == below(&project.root)
        };
        match registered.filter(|path| !is_same(path)) {
            Some(path) => Err(format!(
                "{} is registered in {path}, and Magento stops where a module is registered twice; install it there with \
                 another --layout, or remove it first",
                module.name
            )),
            None => Ok(()),
        }
    }

    /// Why it is not to be done; asks where that is open.
    fn refusal(&self, todo: &Todo) -> io::Result<Option<String>> {
        let risks = todo.risks();
        if !risks.is_empty() && !self.yes_reset {
            let names = risks.join(", ");
            let refused = format!("{names}: it was not agreed to; nothing was changed");
            match confirm(&format!("{names}. Is that meant?"))? {
                Some(true) => {}
                Some(false) => return Ok(Some(refused)),
                None => {
                    return Ok(Some(format!("{refused}; with --yes-reset it is done without asking")));
                }
            }
        }
        if self.yes {
            return Ok(None);
        }
        Ok(match confirm("Do this?")? {
            Some(true) => None,
            Some(false) => Some("nothing was changed".to_owned()),
            None => Some("there is no terminal to ask on; with --yes it is done without asking".to_owned()),
        })
    }
}

impl Todo {
    fn is_reset(&self) -> bool {
        self.plan.integrations.iter().any(|it| it.action() == Action::Reset)
    }

    /// Whether the shop has everything already.
    fn is_done(&self) -> bool {
        self.comparison.changes.is_clean() && self.steps.is_empty()
    }

    /// What would be lost or left behind, in words. What is an orphan already does not become one.
    fn risks(&self) -> Vec<String> {
        let shop = &self.installed.shop;
        let risk = |planned: &plan::Planned| match planned.action() {
            Action::Reset => Some(format!("`{}` is reset", planned.name)),
            Action::Orphan if shop.declaration(&planned.name).is_some() => {
                Some(format!("`{}` is orphaned", planned.name))
            }
            _ => None,
        };
        self.plan.integrations.iter().filter_map(risk).collect()
    }

    fn install(&self, shop: &Connection, args: &Args) -> io::Result<Outcome> {
        let module = &self.installed.module;
        let mut carry = match Carry::new(shop, "install") {
            Ok(carry) => carry,
            Err(message) => return fail(message),
        };
        let (before, after): (Vec<&Step>, Vec<&Step>) =
            self.steps.iter().partition(|step| **step == Step::Close);
        for step in before {
            if let Err(what) = carry.run(step) {
                return fail(carry.failed(&what, "nothing was changed", "there is nothing to go back from"));
            }
        }
        carry.tell(&format!("writing {}", plural(self.changed().count(), "file")))?;
        if let Err(what) = self.write() {
            let state = "each file is the old or the new one";
            return fail(carry.failed(
                &what,
                state,
                "mend what is named and install again, which completes it",
            ));
        }
        if args.layout == Place::Vendor
            && self.installed.shop.module.as_ref().is_none_or(|it| it.path.is_none())
        {
            note("the files are there; make Magento see them, and install again:")?;
            for command in composer_commands(&module.package) {
                writeln!(anstream::stdout(), "{command}")?;
            }
            return Ok(Outcome::Fine);
        }
        for step in after {
            if let Err(what) = self.carry_out(step, shop, &mut carry) {
                let (state, back) = self.left_at(step);
                return fail(carry.failed(&what, &state, &back));
            }
        }
        carry.tell_log()?;
        match shop.status(Some(&module.name)) {
            Ok(answer) => status::print(module, &answer),
            Err(message) => fail(message),
        }
    }

    fn changed(&self) -> impl Iterator<Item = &str> {
        let changed = self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
        changed.map(|it| it.path.as_str())
    }

    /// Writes the files as `build` does.
    fn write(&self) -> Result<(), String> {
        let place = self.comparison.place();
        let waits = || {
            let _ = writeln!(anstream::stderr(), "waiting for another magespec that writes to {place}");
        };
        let writer = Writer::open(&self.comparison.root, waits).map_err(|error| error.to_string())?;
        // Another run may have written while this one waited for it.
        let (_, comparison) =
            self.installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".to_owned()))?;
        writer.apply(&comparison.changes).map_err(|error| error.to_string())
    }

    /// Runs a command. What an upgrade takes away is given back right after it.
    fn carry_out(&self, step: &Step, shop: &Connection, carry: &mut Carry<'_>) -> Result<(), String> {
        let keeps = self.keeps_credentials && matches!(step, Step::Upgrade { .. });
        if !keeps {
            return carry.run(step);
        }
        let before = shop.status(None)?;
        carry.run(step)?;
        let after = shop.status(None)?;
        let exchanges = taken(&before, &after);
        if exchanges.is_empty() {
            return Ok(());
        }
        shop.reattach(&exchanges).map_err(|error| {
            format!("the credentials could not be given back: {error}; try `magespec heal`")
        })?;
        for exchange in &exchanges {
            let row = after.integrations.iter().find(|row| row.id == exchange.integration);
            let name = row.map_or("", |row| row.name.as_str());
            let told = carry.tell(&format!("{name}: consumer {} is attached again", exchange.earlier));
            told.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Where the shop is when a command failed, and how to go back.
    fn left_at(&self, step: &Step) -> (String, String) {
        let place = self.comparison.place();
        let was_there = self.installed.shop.module.as_ref().is_some_and(|state| state.path.is_some());
        let files = match was_there {
            true => format!("install the spec of before, or put the files of before back into {place}"),
            false => "`magespec uninstall` with the same options".to_owned(),
        };
        let (state, back) = match step {
            Step::Close | Step::Enable(_) | Step::Disable(_) => {
                ("the new files are there, the database is as it was", files)
            }
            Step::Upgrade { .. } => (
                "the new files are there and the module is enabled; the database may have a part of them: install again \
                 once it is mended",
                format!("{files}, then `bin/magento setup:upgrade`"),
            ),
            Step::Compile | Step::Deploy | Step::Flush => (
                "the database has the new files; code, static files or caches are not complete: run the commands that are \
                 left once it is mended",
                format!("{files}, then `bin/magento setup:upgrade` and the same commands"),
            ),
            Step::Open => ("everything is done", "run `bin/magento maintenance:disable`".to_owned()),
        };
        (state.to_owned(), back)
    }
}

fn situation(installed: &Installed, comparison: &Comparison, version: MagentoVersion) -> Situation {
    let Installed { module, shop, .. } = installed;
    let source = module.source.as_ref().map_or("", |source| source.as_str());
    let changed = comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
    let paths: Vec<&str> =
        changed.filter_map(|it| it.path.as_path().strip_prefix(source).ok()).map(Utf8Path::as_str).collect();
    let asked = plan::steps(&paths);
    let asks = |command: Command| asked.iter().any(|step| step.command == command);
    let health = Health::of(module, shop);
    let is_behind = health.presence == Presence::Waiting
        || health.integrations.iter().flat_map(|it| &it.drift).any(|drift| drift.cause == Cause::Database)
        || health.integrations.iter().any(|it| it.condition == magento::Condition::Missing);
    Situation {
        version,
        mode: Mode::from(shop.magento.mode.as_str()),
        is_enabled: shop
            .module
            .as_ref()
            .is_some_and(|state| state.path.is_some() && state.enabled == Some(true)),
        is_closed: shop.magento.maintenance,
        needs: Needs {
            upgrade: is_behind || asks(Command::SetupUpgrade),
            compile: asks(Command::Compile),
            flush: asks(Command::FlushCache),
        },
    }
}

fn blocked(comparison: &Comparison, spec: &Utf8Path) -> String {
    let mut message = format!("nothing was written to {}:\n", comparison.place());
    for change in comparison.changes.conflicts() {
        message += &format!("  {}: {}\n", change.path, change.conflict().unwrap_or_default());
    }
    let words = ["magespec", "build", spec.as_str(), "--out", comparison.place().as_str()];
    message + &format!("  {} shows the ways out", shlex::try_join(words).unwrap_or_default())
}
