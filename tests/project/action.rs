//! Installation of magespec by the GitHub Action: from the path, or from the archive of a release, with files in the place of
//! GitHub.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

const ACTION: &str = include_str!("../../action.yml");
const ARCHIVE: &str = "magespec-x86_64-apple-darwin.tar.gz";

/// A runner without magespec, and a release whose binary is a shell script.
struct Runner(tempfile::TempDir);

impl Runner {
    fn new() -> Self {
        let runner = Self(tempfile::tempdir().unwrap());
        let script = "mkdir -p release made/magespec-x && cd made && printf '#!/bin/sh\\necho magespec 7.8.9\\n' > \
            magespec-x/magespec && chmod +x magespec-x/magespec && tar -czf ../release/$ARCHIVE magespec-x && \
            cd ../release && sha256sum $ARCHIVE > $ARCHIVE.sha256";
        assert!(runner.bash(script, &[]).status.success());
        runner
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn bash(&self, line: &str, variables: &[(&str, &str)]) -> Output {
        let path = |name: &str| self.path(name).to_str().unwrap().to_owned();
        Command::new("bash")
            .args(["-c", line])
            .current_dir(&self.0)
            .env("ARCHIVE", ARCHIVE)
            .env("FOLDER", path("kept"))
            .env("DOWNLOAD_URL", format!("file://{}", path("release")))
            .env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"))
            .env("GITHUB_OUTPUT", path("outputs"))
            .env("GITHUB_PATH", path("path"))
            .env("RUNNER_TEMP", path("temp"))
            .envs([("COMPILE", "false"), ("SHA256", ""), ("VERSION", "")])
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// Status and text of a script of the action.
    fn step(&self, script: &str, variables: &[(&str, &str)]) -> (bool, String) {
        let line = format!("bash \"$GITHUB_ACTION_PATH/.github/action/{script}.sh\"");
        assert!(ACTION.contains(&line), "the action runs {line}");
        let output = self.bash(&line, variables);
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text.into_owned())
    }

    fn outputs(&self, variables: &[(&str, &str)]) -> String {
        let (is_well, text) = self.step("choose", variables);
        assert!(is_well, "{text}");
        let outputs = fs::read_to_string(self.path("outputs")).unwrap();
        fs::remove_file(self.path("outputs")).unwrap();
        outputs
    }
}

#[test]
fn magespec_on_the_path_is_taken() {
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    let (is_well, text) = Runner::new().step("install", &[("PATH", &path), ("DOWNLOAD_URL", "file:///none")]);
    assert!(is_well && text.starts_with("magespec "), "{text}");
}

#[test]
fn the_archive_is_downloaded_verified_and_kept() {
    let runner = Runner::new();
    for release in ["release", "gone"] {
        let (is_well, text) = runner.step("install", &[]);
        assert_eq!((is_well, text.as_str()), (true, "magespec 7.8.9\n"), "{release}");
        let _ = fs::rename(runner.path("release"), runner.path("gone"));
    }
    let path = fs::read_to_string(runner.path("path")).unwrap();
    assert!(path.lines().all(|line| line == runner.path("temp/magespec/bin").to_str().unwrap()), "{path}");
}

#[test]
fn an_archive_with_another_checksum_is_refused() {
    let runner = Runner::new();
    let (is_well, text) = runner.step("install", &[("SHA256", "0123")]);
    assert!(!is_well && text.contains(", but 0123 is expected"), "{text}");
    // Nor is one kept.
    assert!(!runner.path("kept").join(ARCHIVE).exists() && !runner.path("temp").exists());
    assert!(runner.step("install", &[]).0);
    fs::write(runner.path("kept").join(ARCHIVE), "damaged").unwrap();
    let (is_well, text) = runner.step("install", &[]);
    assert!(!is_well && text.starts_with("::error title=magespec::the SHA-256 of "), "{text}");
    assert!(runner.step("install", &[]).0, "the next run downloads it again");
}

#[test]
fn a_release_without_the_archive_names_the_way_out() {
    let (is_well, text) = Runner::new().step("install", &[("ARCHIVE", "none.tar.gz")]);
    assert!(
        !is_well && text.contains("none.tar.gz; to compile magespec instead, set `compile: \"true\"`"),
        "{text}"
    );
}

#[test]
fn each_system_has_its_archive() {
    let runner = Runner::new();
    for (system, arch, archive) in [
        ("macOS", "ARM64", "magespec-aarch64-apple-darwin.tar.gz"),
        ("macOS", "X64", "magespec-x86_64-apple-darwin.tar.gz"),
        ("Windows", "X64", "magespec-x86_64-pc-windows-msvc.zip"),
        ("Windows", "ARM64", "magespec-x86_64-pc-windows-msvc.zip"),
    ] {
        let outputs = runner.outputs(&[("RUNNER_OS", system), ("RUNNER_ARCH", arch)]);
        assert!(outputs.contains(&format!("\narchive={archive}\n")), "{system} {arch}: {outputs}");
        assert!(outputs.starts_with(concat!("version=", env!("CARGO_PKG_VERSION"), "\n")), "{outputs}");
    }
    assert!(
        runner
            .outputs(&[("RUNNER_OS", "macOS"), ("RUNNER_ARCH", "X64"), ("VERSION", "v7.8.9")])
            .starts_with("version=7.8.9\n")
    );
    // Not every Linux has a recent glibc.
    fs::create_dir(runner.path("bin")).unwrap();
    for (glibc, libc) in [("echo glibc 2.36", "gnu"), ("echo glibc 2.28", "musl"), ("exit 1", "musl")] {
        fs::write(runner.path("bin/getconf"), format!("#!/bin/sh\n{glibc}\n")).unwrap();
        assert!(runner.bash("chmod +x bin/getconf", &[]).status.success());
        let path = format!("{}:{}", runner.path("bin").display(), env::var("PATH").unwrap());
        let outputs = runner.outputs(&[("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "ARM64"), ("PATH", &path)]);
        assert!(
            outputs.contains(&format!("magespec-aarch64-unknown-linux-{libc}.tar.gz")),
            "{glibc}: {outputs}"
        );
    }
}
