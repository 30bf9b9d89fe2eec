//! Times reading a shop: `cargo bench --bench scan`.

use std::{fmt::Write as _, fs, hint::black_box, path::Path};

use camino::Utf8Path;
use divan::{Bencher, counter::ItemsCount};
use magespec::{
    catalog::scan::{ScanCache, scan},
    write::publish,
};

fn main() {
    divan::main();
}

const MODULES: [usize; 2] = [100, 400];

/// A root with as many modules, each with ten resources and ten routes, loaded after the three before it.
fn root(count: usize) -> std::io::Result<tempfile::TempDir> {
    let dir = tempfile::tempdir()?;
    fs::write(
        dir.path().join("composer.json"),
        r#"{"require": {"magento/product-community-edition": "2.4.7-p3"}}"#,
    )?;
    (0..count).try_for_each(|at| module(dir.path(), at))?;
    Ok(dir)
}

fn module(root: &Path, at: usize) -> std::io::Result<()> {
    let dir = root.join(format!("vendor/acme/module-{at}"));
    fs::create_dir_all(dir.join("etc"))?;
    let (mut sequence, mut resources, mut routes) = (String::new(), String::new(), String::new());
    for before in at.saturating_sub(3)..at {
        let _ = write!(sequence, r#"<module name="Acme_M{before}"/>"#);
    }
    for place in 0..10 {
        let id = format!("Acme_M{at}::r{place}");
        let _ = write!(resources, r#"<resource id="{id}" title="Resource {place}" sortOrder="{place}"/>"#);
        let _ = write!(
            routes,
            r#"<route url="/V1/m{at}/{place}" method="GET"><service class="A" method="b"/><resources><resource ref="{id}"/></resources></route>"#
        );
    }
    let declared =
        format!(r#"<config><module name="Acme_M{at}"><sequence>{sequence}</sequence></module></config>"#);
    let acl = format!(
        r#"<config><acl><resources><resource id="Magento_Backend::admin">{resources}</resource></resources></acl></config>"#
    );
    fs::write(dir.join("registration.php"), "<?php\n")?;
    fs::write(dir.join("composer.json"), format!(r#"{{"name": "acme/module-{at}", "version": "1.0.0"}}"#))?;
    fs::write(dir.join("etc/module.xml"), declared)?;
    fs::write(dir.join("etc/acl.xml"), acl)?;
    fs::write(dir.join("etc/webapi.xml"), format!("<routes>{routes}</routes>"))
}

#[divan::bench(args = MODULES)]
fn read_all(bencher: Bencher<'_, '_>, count: usize) {
    let Ok(dir) = root(count) else { return };
    let Some(root) = Utf8Path::from_path(dir.path()) else { return };
    bencher.counter(ItemsCount::new(count)).bench(|| scan(black_box(root), None));
}

/// Reads a shop that has not changed since the last time.
#[divan::bench(args = MODULES)]
fn read_what_was_kept(bencher: Bencher<'_, '_>, count: usize) {
    let (Ok(dir), Ok(cache)) = (root(count), tempfile::tempdir()) else { return };
    let (Some(root), Some(cache)) = (Utf8Path::from_path(dir.path()), Utf8Path::from_path(cache.path()))
    else {
        return;
    };
    let save = |file: &Utf8Path, text: &str| {
        let _ = publish(file, text.as_bytes(), |_| {});
    };
    let cache = ScanCache { folder: cache, save: &save };
    bencher.counter(ItemsCount::new(count)).bench(|| scan(black_box(root), Some(cache)));
}
