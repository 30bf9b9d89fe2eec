//! Builds that are killed, and builds of one root at once.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{SPEC, command, files, magespec};

const ROUNDS: u64 = 200;

/// Specs whose files have in common, change, add and drop files and folders.
fn specs() -> [String; 3] {
    let legacy = SPEC.replace("2.4.2", "2.0.*");
    let with_acl = format!(
        "{SPEC}\n[[acl]]\nid = \"Acme_Orders::sync\"\ntitle = \"Sync\"\nparent = \"Magento_Backend::admin\"\n"
    );
    [legacy, with_acl, SPEC.replace("warehouse@", "stock@")]
}

fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    files(dir).into_iter().map(|file| (file.clone(), fs::read(dir.join(file)).unwrap())).collect()
}

/// Builds the spec in an empty directory and returns the files.
fn made(spec: &str) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    contents(dir.path())
}

/// A sequence that is the same in every run.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn a_build_that_is_killed_leaves_each_file_old_or_new_and_the_next_one_completes_it() {
    let specs = specs();
    let trees = specs.each_ref().map(|spec| made(spec));
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("integration.toml");
    let foreign = dir.path().join("etc/mine.xml");
    fs::write(&spec, &specs[0]).unwrap();
    let before = Instant::now();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let whole = u64::try_from(before.elapsed().as_micros()).unwrap().max(1000);
    fs::write(&foreign, "mine").unwrap();
    let (mut old, mut state, mut killed, mut interrupted) = (0, 1, 0, 0);
    let journal = dir.path().join(".integration.lock.magespec-staged");
    for round in 0..ROUNDS {
        let new = (old + 1 + usize::from(random(&mut state).is_multiple_of(2))) % specs.len();
        fs::write(&spec, &specs[new]).unwrap();
        let mut child = command(dir.path(), &["build"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        if round % 2 == 0 {
            thread::sleep(Duration::from_micros(random(&mut state) % (whole * 3 / 2)));
        } else {
            // While it writes: that takes a small part of the time.
            while !journal.exists() && child.try_wait().unwrap().is_none() {}
            thread::sleep(Duration::from_micros(random(&mut state) % 300));
        }
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        interrupted += usize::from(journal.exists());
        let found = contents(dir.path());
        assert_eq!(fs::read_to_string(&foreign).unwrap(), "mine");
        for path in trees[old].keys().chain(trees[new].keys()).filter(|path| *path != "integration.lock") {
            let found = found.get(path);
            let is_whole = found == trees[old].get(path) || found == trees[new].get(path);
            assert!(is_whole, "round {round}: {path} is neither old nor new");
        }
        // The next run may be one of another spec.
        let next = if round % 3 == 0 { (new + 1) % specs.len() } else { new };
        fs::write(&spec, &specs[next]).unwrap();
        let completed = magespec(dir.path(), &["build"]);
        assert_eq!(completed.status, 0, "round {round}: {}", completed.stderr);
        let mut expected = trees[next].clone();
        expected.insert("etc/mine.xml".to_owned(), b"mine".to_vec());
        assert_eq!(contents(dir.path()), expected, "round {round}");
        old = next;
    }
    println!("killed {killed} of {ROUNDS} builds before their end, {interrupted} of them while they wrote");
    assert!(interrupted > 0);
}

#[test]
fn of_two_builds_at_once_the_second_waits_for_the_first() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let held = fs::File::open(dir.path()).unwrap();
    held.lock().unwrap();
    let mut child = command(dir.path(), &["build"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    stderr.read_line(&mut said).unwrap();
    assert!(files(dir.path()).is_empty(), "nothing is written while another writes");
    held.unlock().unwrap();
    stderr.read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(said, "waiting for another magespec that is writing to .\n");
}

/// Whatever order they come in, none takes the work of another for an edit by hand.
#[test]
fn many_builds_at_once_end_well() {
    let dir = tempfile::tempdir().unwrap();
    let [_, one, other] = specs();
    let name = |at: usize| format!("{at}.toml");
    for (at, text) in [&one, &other].into_iter().cycle().take(8).enumerate() {
        fs::write(dir.path().join(name(at)), text).unwrap();
    }
    let start = |at| {
        command(dir.path(), &["build", &name(at), "--out", "out"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = (0..8).map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let found = contents(&dir.path().join("out"));
    assert!(found == made(&one) || found == made(&other));
}
