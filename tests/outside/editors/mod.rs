//! Sessions of clients that others wrote with the language server.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anstyle::{Ansi256Color, Color, Effects, RgbColor, Style};

use crate::{
    need::{Need, trials, validator},
    support::{base::acme_erp, files::project, generated::assert_current},
};

trials! {
    [Need::Validator("python/bin/pytest")] => pytest_lsp_as_three_editors;
    [Need::Program("nvim"), Need::Terminal] => neovim_shows_findings_and_completions;
}

/// Size of the screen.
const LINES: u16 = 24;
const COLUMNS: u16 = 118;

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
resources = [\"Magento_Log::online\"]
"
);

/// The client warns of what an editor did not say it supports; that fails, too.
fn pytest_lsp_as_three_editors() {
    let dir = tempfile::tempdir().unwrap();
    let session = project("tests/outside/editors/test_client.py");
    fs::copy(session, dir.path().join("test_client.py")).unwrap();
    let ran = Command::new(validator("python/bin/pytest"))
        .args(["-q", "-p", "no:cacheprovider", "-W", "error::pytest_lsp.LspSpecificationWarning"])
        .arg(dir.path())
        .env("MAGESPEC", env!("CARGO_BIN_EXE_magespec"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && printed.contains("3 passed"), "{printed}");
}

/// Opens a spec in Neovim without plug-ins, types, and takes a picture of the screen.
fn neovim_shows_findings_and_completions() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let init = project("tests/outside/editors/init.lua");
    let screen = screen(dir.path(), &init);
    let text = screen.contents();
    assert!(text.contains("resources = [\"Magento_Sales::sh\", \"Magento_Log::online\"]"), "{text}");
    assert!(text.contains("`Magento_Log::online` does not exist in 2.4.7"), "{text}");
    assert!(text.contains("Magento_Sales::shipment"), "{text}");
    // Other versions draw it in other colours.
    let version = Command::new("nvim").arg("--version").output().unwrap().stdout;
    if version.starts_with(b"NVIM v0.7.2") {
        let rows: Vec<String> = (0..LINES).map(|line| row(&screen, line)).collect();
        let picture = anstyle_svg::Term::new().render_svg(&rows.join("\n"));
        assert_current("docs/pictures/neovim.svg", &picture);
    }
}

/// Screen of Neovim once it says that everything is there.
fn screen(dir: &Path, init: &Path) -> vt100::Screen {
    let neovim = format!(
        "stty rows {LINES} cols {COLUMNS}; exec nvim -n -i NONE -u '{}' integration.toml",
        init.display()
    );
    let mut terminal = Command::new("script")
        .args(["-qec", &neovim, "/dev/null"])
        .current_dir(dir)
        .envs([
            ("MAGESPEC", env!("CARGO_BIN_EXE_magespec")),
            ("TERM", "xterm-256color"),
            ("LC_ALL", "C.UTF-8"),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = terminal.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        output.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let ready: PathBuf = dir.join("ready");
    let start = Instant::now();
    while !ready.exists() && start.elapsed() < Duration::from_secs(120) {
        thread::sleep(Duration::from_millis(50));
    }
    // What was drawn until then is on the way.
    thread::sleep(Duration::from_millis(500));
    terminal.kill().unwrap();
    terminal.wait().unwrap();
    let bytes = reader.join().unwrap();
    let mut parser = vt100::Parser::new(LINES, COLUMNS, 0);
    // Neovim leaves its screen when it ends.
    let end = bytes.windows(8).rposition(|part| part == b"\x1b[?1049l").unwrap_or(bytes.len());
    parser.process(&bytes[..end]);
    parser.screen().clone()
}

/// Line of the screen with its colours.
fn row(screen: &vt100::Screen, line: u16) -> String {
    let cells = (0..COLUMNS).filter_map(|column| screen.cell(line, column));
    let cells = cells.filter(|cell| !cell.is_wide_continuation()).map(|cell| {
        let color = |color| match color {
            vt100::Color::Default => None,
            vt100::Color::Idx(index) => Some(Color::from(Ansi256Color(index))),
            vt100::Color::Rgb(r, g, b) => Some(Color::from(RgbColor(r, g, b))),
        };
        let mut effects = Effects::new();
        effects = effects.set(Effects::BOLD, cell.bold()).set(Effects::INVERT, cell.inverse());
        let style =
            Style::new().fg_color(color(cell.fgcolor())).bg_color(color(cell.bgcolor())).effects(effects);
        let text = if cell.has_contents() { cell.contents().to_string() } else { " ".to_owned() };
        (style, text)
    });
    let cells: Vec<(Style, String)> = cells.collect();
    let parts = cells.chunk_by(|a, b| a.0 == b.0).map(|part| {
        let text: String = part.iter().map(|(_, text)| text.as_str()).collect();
        let style = part[0].0;
        format!("{style}{text}{style:#}")
    });
    parts.collect::<String>().trim_end().to_owned()
}
