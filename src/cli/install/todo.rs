//! What is to be done to bring a module in.

use camino::Utf8Path;

use crate::{
    cli::{
        install::{Args, Place},
        live::installed,
        plan::{Document, broken, changed},
    },
    diag::{Failure, Rule},
    diff::Comparison,
    magento::{Answer, Layout, Step},
    names::MagentoVersion,
    plan::{Action, Break, Planned},
    project::{Connection, Installed, one_spec, package},
    spec::Spec,
};

/// What is to be done.
pub(super) struct Todo {
    pub(super) installed: Installed,
    pub(super) comparison: Comparison,
    /// What others rely on and no longer find.
    breaks: Vec<Break>,
    pub(super) steps: Vec<Step>,
    pub(super) version: MagentoVersion,
    /// Whether the files lie where Magento sees them only once Composer does: then nothing else is done.
    pub(super) awaits_composer: bool,
    pub(super) keeps_credentials: bool,
}

impl Todo {
    /// Asks the shop, compiles and compares.
    ///
    /// # Errors
    /// If the spec has errors, or the module cannot be brought in.
    pub(super) fn new(args: &Args, shop: &Connection) -> Result<Self, Failure> {
        let layout = match args.layout {
            Place::AppCode => Layout::AppCode,
            Place::Vendor => Layout::Vendor,
        };
        let spec = one_spec(&args.spec)?;
        let folder = |spec: &Spec, _: &Answer| layout.folder(&spec.module.name, &package(spec));
        let installed = installed(shop, &spec, folder)?;
        shop.files(&installed.shop)?;
        check(args.layout, &installed)?;
        let (_, comparison) =
            installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".into()))?;
        if comparison.changes.is_blocked() {
            return Err(blocked(&comparison, &spec).into());
        }
        let version = installed.shop.magento.version.parse::<MagentoVersion>();
        let version = version.map_err(|error| Failure::new(error.to_string()))?;
        let keeps_credentials = args.keep_credentials;
        let is_registered = installed.shop.module.as_ref().is_some_and(|it| it.path.is_some());
        let awaits_composer = args.layout == Place::Vendor && !is_registered;
        let mut steps = Document::live(&installed, &changed(&installed, &comparison), false).shop.steps;
        if awaits_composer {
            steps.clear();
        }
        let breaks = broken(&installed, &comparison)?;
        Ok(Self { installed, comparison, breaks, steps, version, awaits_composer, keeps_credentials })
    }

    /// What `setup:upgrade` makes of it.
    pub(super) fn document(&self) -> Document<'_> {
        let mut document = Document::live(&self.installed, &[], self.keeps_credentials);
        document.breaks.clone_from(&self.breaks);
        // The commands are shown with what each empties.
        document.steps.clear();
        document
    }

    /// Whether the shop has everything already.
    pub(super) fn is_done(&self) -> bool {
        self.comparison.changes.is_clean() && self.steps.is_empty() && !self.awaits_composer
    }

    /// What would be lost or left behind, in words.
    pub(super) fn risks(&self) -> Vec<String> {
        let risk = |planned: &Planned| match planned.action() {
            Action::Reset => Some(format!("`{}` will be reset", planned.name)),
            Action::Orphan => Some(format!("`{}` will be orphaned", planned.name)),
            _ => None,
        };
        let document = (!self.awaits_composer).then(|| self.document());
        document.iter().flat_map(|it| &it.plan.integrations).filter_map(risk).collect()
    }
}

/// What the shop and the module cannot do together.
fn check(layout: Place, installed: &Installed) -> Result<(), Failure> {
    let Installed { project, module, shop, .. } = installed;
    let version = &shop.magento.version;
    if project.report.diagnostics.iter().any(|finding| finding.rule == Rule::ShopNotInTarget) {
        return Err(format!(
            "the shop is a {version}, for which {} is not made; add it to `magento` in [target]",
            module.name
        )
        .into());
    }
    if let (Place::AppCode, Some(source)) = (layout, &module.source) {
        return Err(format!(
            "Magento looks for registration.php in app/code/Vendor/Module itself, and this module has it in {source}: \
             --layout vendor"
        ).into());
    }
    let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
    let source = module.source.as_ref().map_or("", |source| source.as_str());
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let is_same = |path: &str| real(Utf8Path::new(path)) == real(&project.root.join(source));
    match registered.filter(|path| !is_same(path)) {
        Some(path) => {
            let layouts = [("app-code", Layout::AppCode), ("vendor", Layout::Vendor)];
            let package = &module.package;
            let fits = |layout: &Layout| path.ends_with(&layout.folder(&module.name, package));
            let way = layouts.into_iter().find(|(_, layout)| fits(layout)).map_or_else(
                || "remove it there first".to_owned(),
                |(name, _)| format!("install it there with --layout {name}, or remove it there first"),
            );
            Err(format!(
                "{} is registered in {path}, and Magento stops where a module is registered twice: {way}",
                module.name
            )
            .into())
        }
        None => Ok(()),
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
