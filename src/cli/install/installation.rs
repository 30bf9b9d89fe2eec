//! Steps of an installation.

use camino::Utf8Path;

use crate::{
    cli::{
        install::{Args, LayoutArgument},
        live::{installed, print_release},
    },
    deploy::ShopCommand,
    diag::{Failure, Rule},
    diff::Comparison,
    magento::{Answer, InstallLayout},
    names::MagentoVersion,
    plan::{Action, ModulePlan, Planned, PromiseChanges},
    project::{Connection, Installed, ShopPlan, changed, one_spec, package, promises},
    spec::Spec,
};

/// Pending installation of a module.
pub(super) struct Installation {
    pub(super) installed: Installed,
    pub(super) comparison: Comparison,
    /// Comparison of what other systems rely on with the files in the shop.
    promises: PromiseChanges,
    pub(super) steps: Vec<ShopCommand>,
    pub(super) version: MagentoVersion,
    /// True if Composer must register the module first: then only the files are written.
    pub(super) awaits_composer: bool,
    pub(super) keeps_credentials: bool,
}

impl Installation {
    /// Queries the shop, compiles the spec and compares the files.
    ///
    /// # Errors
    /// Errors in the spec, or a module that cannot be installed.
    pub(super) fn new(args: &Args, shop: &Connection) -> Result<Self, Failure> {
        let layout = match args.layout {
            LayoutArgument::AppCode => InstallLayout::AppCode,
            LayoutArgument::Vendor => InstallLayout::Vendor,
        };
        let spec = one_spec(&args.spec)?;
        let folder = |spec: &Spec, _: &Answer| layout.folder(&spec.module.name, &package(spec));
        let installed = installed(shop, &spec, folder)?;
        print_release(&installed.shop)?;
        shop.files(&installed.shop)?;
        check(args.layout, &installed)?;
        let (_, comparison) =
            installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".into()))?;
        if comparison.changes.is_blocked() {
            return Err(blocked(&comparison, &spec));
        }
        let version = installed.shop.magento.version.parse::<MagentoVersion>();
        let version = version.map_err(|error| Failure::new(error.to_string()))?;
        let keeps_credentials = args.keep_credentials;
        let is_registered = installed.shop.module.as_ref().is_some_and(|it| it.path.is_some());
        let awaits_composer = args.layout == LayoutArgument::Vendor && !is_registered;
        let mut steps = ShopPlan::of(&installed, &changed(&installed, &comparison), false)?.commands;
        if awaits_composer {
            steps.clear();
        }
        let promises = promises(&installed, &comparison)?;
        Ok(Self { installed, comparison, promises, steps, version, awaits_composer, keeps_credentials })
    }

    /// Plans `setup:upgrade`, without commands: those are shown with the folders that each clears.
    ///
    /// # Errors
    /// Errors in the spec.
    pub(super) fn plan(&self) -> Result<ShopPlan<'_>, Failure> {
        let changed = changed(&self.installed, &self.comparison);
        let mut plan = ShopPlan::of(&self.installed, &changed, self.keeps_credentials)?;
        plan.plan.add_promises(self.promises.clone());
        plan.plan.instructions.clear();
        Ok(plan)
    }

    /// Returns true if the shop is closed while the commands run.
    pub(super) fn is_closed(&self) -> bool {
        self.installed.shop.magento.maintenance || self.steps.contains(&ShopCommand::Close)
    }

    /// Returns true if the shop is up to date.
    pub(super) fn is_done(&self) -> bool {
        self.comparison.changes.is_clean() && self.steps.is_empty() && !self.awaits_composer
    }

    /// Describes the integrations that would or may be reset, orphaned or deleted on purpose.
    pub(super) fn risks(&self, plan: &ModulePlan<'_>) -> Vec<String> {
        let risk = |planned: &Planned| match planned.action() {
            Action::Reset => Some(format!("`{}` will be reset", planned.name)),
            Action::Unknown => Some(format!("`{}` may be reset", planned.name)),
            Action::Orphan => Some(format!("`{}` will be orphaned", planned.name)),
            Action::Delete if planned.is_retired() => {
                Some(format!("`{}` will be deleted with its tokens", planned.name))
            }
            _ => None,
        };
        plan.integrations().filter(|_| !self.awaits_composer).filter_map(risk).collect()
    }
}

/// Explains why the module cannot be installed in this shop.
fn check(layout: LayoutArgument, installed: &Installed) -> Result<(), Failure> {
    let Installed { project, module, shop, .. } = installed;
    let version = &shop.magento.version;
    if project.report.diagnostics.iter().any(|finding| finding.rule == Rule::ShopNotInTarget) {
        return Err(format!(
            "the shop runs {version}, which is not in the target of {}; add it to `magento` in [target]",
            module.name
        )
        .into());
    }
    if let (LayoutArgument::AppCode, Some(source)) = (layout, &module.source) {
        return Err(format!(
            "Magento expects registration.php directly in app/code/Vendor/Module, but this module has it in {source}: \
             use --layout vendor"
        ).into());
    }
    let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
    let source = module.source.as_ref().map_or("", |source| source.as_str());
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let is_same = |path: &str| real(Utf8Path::new(path)) == real(&project.root.join(source));
    match registered.filter(|path| !is_same(path)) {
        Some(path) => {
            let layouts = [("app-code", InstallLayout::AppCode), ("vendor", InstallLayout::Vendor)];
            let package = &module.package;
            let fits = |layout: &InstallLayout| path.ends_with(&layout.folder(&module.name, package));
            let way = layouts.into_iter().find(|(_, layout)| fits(layout)).map_or_else(
                || "remove it there first".to_owned(),
                |(name, _)| format!("install it there with --layout {name}, or remove it there first"),
            );
            Err(format!(
                "{} is already registered in {path}, and Magento fails if a module is registered twice: {way}",
                module.name
            )
            .into())
        }
        None => Ok(()),
    }
}

fn blocked(comparison: &Comparison, spec: &Utf8Path) -> Failure {
    let mut lines = vec![format!("nothing was written to {}:", comparison.place())];
    for change in comparison.changes.conflicts() {
        lines.push(format!("  {}: {}", change.path, change.conflict().unwrap_or_default()));
    }
    let words = ["magespec", "build", spec.as_str(), "--out", comparison.place().as_str()];
    lines.push(format!("  run {} to see how to resolve this", shlex::try_join(words).unwrap_or_default()));
    Failure::of_lines(lines)
}
