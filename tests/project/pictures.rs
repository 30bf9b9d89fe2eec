//! The README's picture of a terminal is what `magespec check` prints. docs/pictures/make.sh makes both pictures anew.

use std::{fs, process::Command};

const SPEC: &str = include_str!("../../docs/pictures/integration.toml");

#[test]
fn the_terminal_shows_what_check_prints() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let printed = Command::new(env!("CARGO_BIN_EXE_magespec"))
        .args(["--color", "always", "check"])
        .current_dir(&dir)
        .output()
        .unwrap();
    let [found, tally] = [printed.stdout, printed.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    let screen = format!("$ magespec check\n{found}{tally}");
    let picture = anstyle_svg::Term::new().render_svg(&screen);
    crate::support::generated::assert_current("docs/pictures/check.svg", &picture);
}
