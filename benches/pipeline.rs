//! Times each stage: `cargo bench`.

use std::{fmt::Write as _, fs, hint::black_box, path::Path, process::Command};

use divan::{Bencher, counter::ItemsCount};
use magespec::{
    catalog::Catalog,
    check, compile,
    diag::{
        Source,
        render::{human, json},
    },
    diff::{Change, Cut, Status},
    emit, model,
    module::Declaration,
    plan::{self, Before},
    resolve, spec,
    tree::TreePath,
};

fn main() {
    divan::main();
}

const SPEC: &str = include_str!("../examples/erp/integration.toml");
/// With routes, settings and webhooks.
const WHOLE: &str = include_str!("../examples/erp-bridge/integration.toml");

fn source() -> Source {
    Source::new("integration.toml", SPEC)
}

/// A spec that lists `count` resources, over and over the same ones.
fn long(count: usize) -> Source {
    let mut text = SPEC.split("resources = [").next().unwrap_or_default().to_owned();
    text.push_str("resources = [\n");
    for at in 0..count {
        let _ = writeln!(text, "  \"Magento_Sales::unknown_{at}\",");
    }
    text.push_str("]\n");
    Source::new("integration.toml", text)
}

/// A spec with `count` mistakes that need a look through something long.
fn faulty(count: usize) -> Source {
    let mut text = SPEC.to_owned();
    text.push_str("\n[files]\n");
    for at in 0..count {
        let _ = writeln!(text, "unknown_{at} = {at}");
    }
    for at in 0..count {
        let parent =
            if at % 200 == 0 { "Magento_Backend::admin".to_owned() } else { format!("Acme_X::n{}", at - 1) };
        let _ = writeln!(text, "[[acl]]\nid = \"Acme_X::n{at}\"\ntitle = \"Node\"\nparent = \"{parent}\"");
    }
    Source::new("integration.toml", text)
}

#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.bench(|| spec::load(black_box(&source)));
}

#[divan::bench]
fn check_all_rules(bencher: Bencher<'_, '_>) {
    let loaded = spec::load(&source());
    let catalog = Catalog::bundled();
    let resolved = resolve::resolve(&loaded, catalog);
    bencher.bench(|| check::spec(black_box(&loaded), resolved.as_ref(), catalog));
}

#[divan::bench]
fn lower(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::bundled();
    let loaded = spec::load(&source());
    let resolved = resolve::resolve(&loaded, catalog);
    let (Some(spec), Ok(resolved)) = (&loaded.spec, &resolved) else { return };
    bencher.bench(|| model::lower(black_box(spec), catalog.into(), resolved, &resolved.target));
}

#[divan::bench]
fn emit_all(bencher: Bencher<'_, '_>) {
    let Some(module) = compile(source(), Catalog::bundled()).module else { return };
    bencher.bench(|| emit::emit(black_box(&module)));
}

#[divan::bench]
fn compile_whole_module(bencher: Bencher<'_, '_>) {
    let source = Source::new("integration.toml", WHOLE);
    bencher.bench(|| compile(black_box(source.clone()), Catalog::bundled()));
}

/// In each release of the target by itself.
#[divan::bench]
fn plan_a_change(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::bundled();
    let declared = |text: String| {
        let module = compile(Source::new("integration.toml", text), catalog).module?;
        Some(Declaration::of(&module, std::collections::BTreeSet::new()))
    };
    let old = declared(SPEC.to_owned());
    let new = declared(SPEC.replace("email = \"", "email = \"new-"));
    let (Some(old), Some(new)) = (old, new) else { return };
    let Some(target) = ">=2.4.4".parse().ok().and_then(|all| catalog.resolve(&all)) else { return };
    bencher.bench(|| plan::plan(catalog, Before::Module(black_box(&old)), &new, target.releases));
}

/// Resolving the broadest target reads the tables of all releases.
#[divan::bench]
fn acl_of_every_release(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::bundled();
    let Some(target) = "*".parse().ok().and_then(|all| catalog.resolve(&all)) else { return };
    let Ok(module) = "Acme_Erp".parse() else { return };
    bencher.bench(|| catalog.acl(black_box(target.releases), &module, []));
}

/// An integration that calls the first `count` routes of the catalog.
fn calling(count: usize) -> Source {
    let routes = Catalog::bundled().routes().iter().take(count);
    let calls: Vec<String> = routes.map(|route| format!("  \"{route}\",\n")).collect();
    let head = SPEC.split("resources = [").next().unwrap_or_default();
    Source::new("integration.toml", format!("{head}calls = [\n{}]\n", calls.concat()))
}

#[divan::bench(args = [1, 10, 100])]
fn check_calls(bencher: Bencher<'_, '_>, count: usize) {
    let loaded = spec::load(&calling(count));
    let catalog = Catalog::bundled();
    bencher.counter(ItemsCount::new(count)).bench(|| {
        let resolved = resolve::resolve(black_box(&loaded), catalog);
        check::spec(&loaded, resolved.as_ref(), catalog)
    });
}

#[divan::bench(args = [10, 100, 1000])]
fn compile_with_resources(bencher: Bencher<'_, '_>, count: usize) {
    let source = long(count);
    let catalog = Catalog::bundled();
    bencher.counter(ItemsCount::new(count)).bench(|| compile(black_box(source.clone()), catalog));
}

/// The cost of a mistake does not rise with how many there are.
#[divan::bench(args = [10, 100, 1000, 10_000])]
fn compile_with_mistakes(bencher: Bencher<'_, '_>, count: usize) {
    let source = faulty(count);
    let catalog = Catalog::bundled();
    bencher.counter(ItemsCount::new(count)).bench(|| compile(black_box(source.clone()), catalog));
}

/// Findings as text: each with its lines only.
#[divan::bench(args = [10, 100, 1000, 10_000])]
fn render_findings(bencher: Bencher<'_, '_>, count: usize) {
    let report = compile(faulty(count), Catalog::bundled()).report;
    let reports = [report];
    bencher.counter(ItemsCount::new(count)).bench(|| {
        let human = human(black_box(&reports));
        (human, json(&reports))
    });
}

fn specs(dir: &Path, count: usize) -> Vec<String> {
    let write = |at: usize| {
        let folder = dir.join(at.to_string());
        let _ = fs::create_dir_all(&folder);
        let _ = fs::write(
            folder.join("integration.toml"),
            SPEC.replace("Acme_ErpConnector", &format!("Acme_M{at}")),
        );
        format!("{at}/integration.toml")
    };
    (0..count).map(write).collect()
}

/// Commands on the examples, process start included: those whose instructions CI counts (`docs/performance.md`), others
/// with a limit on their time, and a process that does nothing.
#[divan::bench(args = [
    "--version",
    "check examples/quickstart",
    "check examples/erp",
    "build --check examples/erp-bridge",
    "diff examples/erp",
    "diff examples/erp-bridge",
    "plan examples/erp-bridge/integration.toml",
])]
fn command_on_examples(bencher: Bencher<'_, '_>, command: &str) {
    let magespec = || Command::new(env!("CARGO_BIN_EXE_magespec"));
    let words = || command.split(' ');
    bencher.bench(|| magespec().current_dir(env!("CARGO_MANIFEST_DIR")).args(words()).output());
}

/// The whole command, process start included, into empty directories. Its time and its memory rise with the number of
/// specs, the memory slowly.
#[divan::bench(args = [1, 100, 1000, 10_000], sample_count = 5, sample_size = 1, max_time = 60)]
fn build(bencher: Bencher<'_, '_>, count: usize) {
    let prepare = || tempfile::tempdir().map(|dir| (specs(dir.path(), count), dir));
    bencher.with_inputs(prepare).bench_values(|prepared| {
        let (specs, dir) = prepared?;
        run(dir.path(), "build", &specs).map(|_| dir)
    });
}

/// Five upgrades of Magento for a thousand specs.
#[divan::bench(args = [1, 1000], sample_count = 5, sample_size = 1)]
fn plan_upgrades(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let specs = specs(dir.path(), count);
    let releases = ["2.4.6", "2.4.6-p8", "2.4.7", "2.4.7-p10", "2.4.8"];
    let upgrades = releases.iter().flat_map(|from| ["--upgrade", from, "2.4.9"]).map(str::to_owned);
    let arguments: Vec<String> = upgrades.chain(specs).collect();
    bencher.bench(|| run(dir.path(), "plan", &arguments));
}

/// The same over trees that are as they should be.
#[divan::bench(args = [1, 100, 1000, 10_000], sample_count = 5, sample_size = 1, max_time = 60)]
fn build_of_what_is_built(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let specs = specs(dir.path(), count);
    let _ = run(dir.path(), "build", &specs);
    bencher.bench(|| run(dir.path(), "build", &specs));
}

/// `diff` over trees that are as they should be.
#[divan::bench(args = [1, 1000], sample_count = 5, sample_size = 1)]
fn diff_of_what_is_built(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let specs = specs(dir.path(), count);
    let _ = run(dir.path(), "build", &specs);
    bencher.bench(|| run(dir.path(), "diff", &specs));
}

/// Baseline for `build`: copies the same files.
#[divan::bench(args = [1, 1000], sample_count = 5, sample_size = 1)]
fn copy_of_what_is_built(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let specs = specs(dir.path(), count);
    let _ = run(dir.path(), "build", &specs);
    bencher.with_inputs(tempfile::tempdir).bench_values(|to| {
        let to = to?;
        Command::new("cp").arg("-r").arg(dir.path()).arg(to.path()).output().map(|_| to)
    });
}

/// A file of so many lines, a tenth of which differ.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5, sample_size = 1)]
fn diff_of_a_large_file(bencher: Bencher<'_, '_>, lines: usize) {
    let text = |changed: &str| {
        let line = |at: usize| {
            let mark = if at.is_multiple_of(10) { changed } else { "same" };
            format!(
                "<resource name=\"Vendor_Module::resource_{at:06}\" title=\"A line of a hundred bytes\" note=\"{mark}\"/>\n"
            )
        };
        (0..lines).map(line).collect::<String>().into_bytes()
    };
    let Ok(path) = TreePath::new("etc/acl.xml") else { return };
    let change = Change {
        path,
        status: Status::Changed,
        before: Some(text("old")),
        after: Some(text("new")),
        obstacle: None,
        is_executable: false,
        is_merged: false,
        is_adopted: false,
    };
    bencher
        .counter(ItemsCount::new(lines))
        .bench(|| black_box(&change).hunks(Cut { context: 3, marks_words: false }).len());
}

/// `check`, whose time rises with the number of specs and whose memory rises slowly.
#[divan::bench(args = [1, 100, 1000, 10_000], sample_count = 5, sample_size = 1, max_time = 60)]
fn check_command(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let specs = specs(dir.path(), count);
    bencher.bench(|| run(dir.path(), "check", &specs));
}

fn run(dir: &Path, command: &str, specs: &[String]) -> std::io::Result<std::process::Output> {
    Command::new(env!("CARGO_BIN_EXE_magespec")).current_dir(dir).arg(command).args(specs).output()
}
