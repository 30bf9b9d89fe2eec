//! What is to be done to bring a module in.

use camino::Utf8Path;

use super::{Args, Place};
use crate::{
    cli::{
        common::one_spec,
        live::{Connection, Installed, package},
        plan::{Document, changed},
    },
    diag::Rule,
    diff::format::Comparison,
    magento::{Cause, Condition, Health, Layout, Mode, Needs, Presence, Situation, Step, steps},
    names::MagentoVersion,
    plan::{self, Action, Command, Planned},
};

/// What is to be done.
pub(super) struct Todo {
    pub(super) installed: Installed,
    pub(super) comparison: Comparison,
    pub(super) steps: Vec<Step>,
    pub(super) version: MagentoVersion,
    pub(super) layout: Place,
    pub(super) keeps_credentials: bool,
}

impl Todo {
    /// Asks the shop, compiles and compares; none if the spec has errors, which were told.
    ///
    /// # Errors
    /// Why the module cannot be brought in.
    pub(super) fn new(args: &Args, shop: &Connection) -> Result<Option<Self>, String> {
        let layout = match args.layout {
            Place::AppCode => Layout::AppCode,
            Place::Vendor => Layout::Vendor,
        };
        let spec = one_spec(&args.spec)?;
        let folder = shop.project(&spec, |spec, _| layout.folder(&spec.module.name, &package(spec)))?;
        let Some(installed) = folder else { return Ok(None) };
        shop.files(&installed.shop)?;
        check(args.layout, &installed)?;
        let Some(compared) = installed.project.comparison() else { return Ok(None) };
        let (_, comparison) = compared?;
        if comparison.changes.is_blocked() {
            return Err(blocked(&comparison, &spec));
        }
        let version = installed.shop.magento.version.parse::<MagentoVersion>();
        let version = version.map_err(|error| error.to_string())?;
        let situation = situation(&installed, &comparison, version);
        let steps = steps(&installed.module.name, situation);
        let (layout, keeps_credentials) = (args.layout, args.keep_credentials);
        Ok(Some(Self { installed, comparison, steps, version, layout, keeps_credentials }))
    }

    /// What `setup:upgrade` makes of it.
    pub(super) fn document(&self) -> Document<'_> {
        Document::live(&self.installed, &[])
    }

    pub(super) fn is_reset(&self) -> bool {
        self.document().plan.integrations.iter().any(|it| it.action() == Action::Reset)
    }

    /// Whether the shop has everything already.
    pub(super) fn is_done(&self) -> bool {
        self.comparison.changes.is_clean() && self.steps.is_empty()
    }

    /// What would be lost or left behind, in words.
    pub(super) fn risks(&self) -> Vec<String> {
        let risk = |planned: &Planned| match planned.action() {
            Action::Reset => Some(format!("`{}` is reset", planned.name)),
            Action::Orphan => Some(format!("`{}` is orphaned", planned.name)),
            _ => None,
        };
        self.document().plan.integrations.iter().filter_map(risk).collect()
    }
}

/// What the shop and the module cannot do together.
fn check(layout: Place, installed: &Installed) -> Result<(), String> {
    let Installed { project, module, shop, .. } = installed;
    let version = &shop.magento.version;
    if project.report.diagnostics.iter().any(|finding| finding.rule == Rule::ShopNotInTarget) {
        return Err(format!(
            "the shop is a {version}, for which {} is not made; add it to `magento` in [target]",
            module.name
        ));
    }
    if let (Place::AppCode, Some(source)) = (layout, &module.source) {
        return Err(format!(
            "Magento looks for registration.php in app/code/Vendor/Module itself, and this module has it in {source}: \
             --layout vendor"
        ));
    }
    let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
    let source = module.source.as_ref().map_or("", |source| source.as_str());
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let is_same = |path: &str| real(Utf8Path::new(path)) == real(&project.root.join(source));
    match registered.filter(|path| !is_same(path)) {
        Some(path) => Err(format!(
            "{} is registered in {path}, and Magento stops where a module is registered twice; install it there with \
             another --layout, or remove it first",
            module.name
        )),
        None => Ok(()),
    }
}

fn situation(installed: &Installed, comparison: &Comparison, version: MagentoVersion) -> Situation {
    let Installed { module, shop, .. } = installed;
    let paths = changed(installed, comparison);
    let asked = plan::steps(&paths);
    let asks = |command: Command| asked.iter().any(|step| step.command == command);
    let health = Health::of(module, shop);
    let is_behind = health.presence == Presence::Waiting
        || health.integrations.iter().flat_map(|it| &it.drift).any(|drift| drift.cause == Cause::Database)
        || health
            .integrations
            .iter()
            .any(|it| matches!(it.condition, Condition::Missing | Condition::Manual));
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
