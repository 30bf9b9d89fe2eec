//! Commands that are killed while they write, and builds of one root at once.

use std::{
    collections::BTreeMap,
    fs,
    hint::spin_loop,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use super::{SPEC, command, files, magespec};

type Files = BTreeMap<String, Vec<u8>>;

/// Specs whose files have in common, change, add and drop files and folders.
fn specs() -> [String; 3] {
    let legacy = SPEC.replace("2.4.2", "2.0.*");
    let with_acl = format!(
        "{SPEC}\n[[acl]]\nid = \"Acme_Orders::sync\"\ntitle = \"Sync\"\nparent = \"Magento_Backend::admin\"\n"
    );
    [legacy, with_acl, SPEC.replace("warehouse@", "stock@")]
}

fn contents(dir: &Path) -> Files {
    files(dir).into_iter().map(|file| (file.clone(), fs::read(dir.join(file)).unwrap())).collect()
}

/// A directory with these files.
fn directory(files: &Files) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

/// The files after a command that nothing interrupts.
fn after(start: &Files, arguments: &[&str]) -> Files {
    let dir = directory(start);
    let ran = magespec(dir.path(), arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.stderr);
    contents(dir.path())
}

/// Builds the spec in an empty directory and returns the files.
fn made(spec: &str) -> Files {
    after(&Files::from([("integration.toml".to_owned(), spec.into())]), &["build"])
}

/// Kills commands while they write. They wait for the lock of their directory right before that, so that the time they
/// take until then does not matter.
struct Killer {
    /// State of a sequence that is the same in every run.
    state: u64,
    /// Microseconds from the lock to about the middle of writing, as earlier rounds found out.
    middle: u64,
    rounds: usize,
    /// Commands killed before their end.
    killed: usize,
    /// Commands killed between their first and last operation on the disk.
    writing: usize,
}

impl Killer {
    fn new() -> Self {
        Self { state: 1, middle: 5000, rounds: 0, killed: 0, writing: 0 }
    }

    fn random(&mut self) -> u64 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.state >> 33
    }

    /// Runs the command and kills it.
    fn kill(&mut self, dir: &Path, start: &Files, expected: &Files, arguments: &[&str]) {
        let lock = fs::File::open(dir).unwrap();
        lock.lock().unwrap();
        let mut child = command(dir, arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("waiting for another magespec") {
            assert_ne!(stderr.read_line(&mut said).unwrap(), 0, "{arguments:?}: {said}");
        }
        lock.unlock().unwrap();
        let is_staged = |name: &std::ffi::OsStr| name.to_string_lossy().contains(".magespec-");
        let writes = || fs::read_dir(dir).unwrap().any(|entry| is_staged(&entry.unwrap().file_name()));
        // Half of them as soon as a staged file is there, or a little later.
        let wait = if self.rounds.is_multiple_of(2) {
            while !writes() && child.try_wait().unwrap().is_none() {}
            self.random() % (1 << (self.random() % 12))
        } else {
            self.middle / 2 + self.random() % self.middle
        };
        let (wait, from) = (Duration::from_micros(wait), Instant::now());
        while from.elapsed() < wait {
            spin_loop();
        }
        child.kill().unwrap();
        let was_killed = !child.wait().unwrap().success();
        let found = contents(dir);
        let is_over = !was_killed || found == *expected;
        let has_begun = is_over || found != *start;
        self.rounds += 1;
        self.killed += usize::from(was_killed);
        self.writing += usize::from(has_begun && !is_over);
        if self.rounds.is_multiple_of(2) {
            self.middle = match (has_begun, is_over) {
                (false, _) => self.middle * 5 / 4 + 10,
                (true, true) => self.middle * 4 / 5 + 1,
                (true, false) => self.middle,
            };
        }
    }

    /// Kills the command, looks for lost and torn files, and lets a second run complete it: `rounds` times and then until a
    /// third of them hit a command that was writing.
    fn survives(&mut self, rounds: usize, start: &Files, arguments: &[&str]) {
        let expected = after(start, arguments);
        let (first, before) = (self.rounds, self.writing);
        while self.rounds < first + rounds || (self.writing - before) * 3 < rounds {
            let round = self.rounds - first;
            assert!(round < rounds * 20, "{arguments:?}: only {} of {round} were writing", self.writing);
            let dir = directory(start);
            self.kill(dir.path(), start, &expected, arguments);
            let found = contents(dir.path());
            for path in start.keys().chain(expected.keys()) {
                let found = found.get(path);
                let is_whole = found == start.get(path) || found == expected.get(path);
                // Lock and journal are one: the lock says what was, the journal what will be.
                assert!(is_whole, "{arguments:?}, round {round}: {path} is neither old nor new");
            }
            let completed = magespec(dir.path(), arguments);
            assert_eq!(completed.status, 0, "{arguments:?}, round {round}: {}", completed.stderr);
            assert_eq!(contents(dir.path()), expected, "{arguments:?}, round {round}");
        }
    }

    fn report(&self) {
        let Self { rounds, killed, writing, .. } = self;
        println!("killed {killed} of {rounds} commands before their end, {writing} of them while they wrote");
    }
}

#[test]
fn builds_that_are_killed_leave_each_file_old_or_new_and_the_next_one_completes_them() {
    let mut killer = Killer::new();
    let specs = specs();
    for (old, new) in [(0, 1), (1, 2), (2, 0), (1, 0)] {
        let mut start = made(&specs[old]);
        start.insert("integration.toml".to_owned(), specs[new].clone().into());
        start.insert("etc/mine.xml".to_owned(), b"mine".to_vec());
        killer.survives(25, &start, &["build"]);
    }
    killer.report();
}

#[test]
fn merges_and_files_handed_over_survive_being_killed() {
    let mut killer = Killer::new();
    let mut start = made(&specs()[0]);
    for path in ["etc/module.xml", "README.md"] {
        start.get_mut(path).unwrap().extend(b"<!-- mine -->\n");
    }
    start.insert("integration.toml".to_owned(), specs()[1].clone().into());
    killer.survives(50, &start, &["build", "--merge"]);
    killer.survives(50, &start, &["build", "--keep", "etc/module.xml", "README.md"]);
    killer.report();
}

#[test]
fn imports_that_are_killed_leave_spec_and_lock_or_neither() {
    let mut killer = Killer::new();
    let mut start = made(&specs()[1]);
    start.remove("integration.toml");
    start.remove("integration.lock");
    killer.survives(60, &start, &["import", "--in-place"]);
    killer.report();
}

#[test]
fn an_init_that_is_killed_leaves_a_whole_spec_or_none() {
    let mut killer = Killer::new();
    let arguments = ["init", "--name", "Acme_ErpBridge", "--email", "erp@acme.com"];
    killer.survives(40, &Files::new(), &arguments);
    killer.report();
}

#[test]
fn of_two_builds_at_once_the_second_waits_for_the_first() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let held = fs::File::open(dir.path()).unwrap();
    held.lock().unwrap();
    let mut child =
        command(dir.path(), &["build"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
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
        command(dir.path(), &["build", &name(at), "--out", "out"]).stdout(Stdio::null()).spawn().unwrap()
    };
    let children: Vec<_> = (0..8).map(start).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let found = contents(&dir.path().join("out"));
    assert!(found == made(&one) || found == made(&other));
}
