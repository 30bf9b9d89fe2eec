//! `build --watch`.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::Stdio,
    sync::mpsc,
    time::Duration,
};

use super::{SPEC, command, project};

/// Long enough for any machine; nothing waits so long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    child: std::process::Child,
    lines: mpsc::Receiver<String>,
}

impl Watching {
    fn start(dir: &Path) -> Self {
        let mut child = command(dir, &["build", "--watch"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
            });
        }
        Self { child, lines }
    }

    /// Waits for a line that holds the text.
    fn wait_for(&self, text: &str) {
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return,
                Ok(line) => seen.push(line),
                Err(error) => panic!("{text}: {error}; {seen:#?}"),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn it_builds_again_and_findings_come_and_go() {
    let dir = project();
    let spec = dir.path().join("integration.toml");
    let watching = Watching::start(dir.path());
    watching.wait_for("watching");
    assert!(dir.path().join("registration.php").exists());
    fs::write(&spec, SPEC.replace("actions_view", "nope")).unwrap();
    watching.wait_for("error[unknown-resource]");
    // As an editor may: another file in its place.
    fs::write(dir.path().join("new"), SPEC.replace("warehouse@", "stock@")).unwrap();
    fs::rename(dir.path().join("new"), &spec).unwrap();
    watching.wait_for("resolved in integration.toml: error[unknown-resource]");
    watching.wait_for("changed etc/integration.xml");
    assert!(fs::read_to_string(dir.path().join("etc/integration.xml")).unwrap().contains("stock@"));
}

#[test]
fn a_catalog_that_the_spec_names_is_watched() {
    let dir = project();
    fs::create_dir(dir.path().join("shops")).unwrap();
    let catalog = |id: &str| {
        let text = format!(
            "magespec catalog 4\nrelease\t2.4.2\nresource\tMagento_Backend::admin\t\tAdmin\t20\n\
             resource\t{id}\tMagento_Backend::admin\tTitle\t0\n"
        );
        fs::write(dir.path().join("shops/eu.catalog"), text).unwrap();
    };
    catalog("Magento_Sales::actions_view");
    let spec = SPEC.replace("[target]\n", "[target]\ncatalog = \"shops/eu.catalog\"\n");
    fs::write(dir.path().join("integration.toml"), spec.replace("actions_view", "*")).unwrap();
    let watching = Watching::start(dir.path());
    watching.wait_for("watching");
    catalog("Magento_Sales::ship");
    watching.wait_for("changed etc/integration.xml");
    assert!(
        fs::read_to_string(dir.path().join("etc/integration.xml")).unwrap().contains("Magento_Sales::ship")
    );
}

#[test]
fn nothing_is_built_while_nothing_changes() {
    let dir = project();
    let watching = Watching::start(dir.path());
    watching.wait_for("watching");
    while watching.lines.recv_timeout(Duration::from_millis(500)).is_ok() {}
    fs::write(dir.path().join("other.txt"), "x").unwrap();
    let said = watching.lines.recv_timeout(Duration::from_secs(1));
    assert!(said.is_err(), "{said:?}");
}

#[test]
fn standard_input_cannot_be_watched() {
    let dir = project();
    let ran = super::magespec(dir.path(), &["build", "--watch", "-"]);
    assert_eq!((ran.status, ran.stderr.contains("cannot watch standard input")), (1, true));
}
