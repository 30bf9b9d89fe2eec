//! The pre-commit hooks and the GitHub Action, as far as they run without a network, and the README's examples of both.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use crate::support::command::{git, magespec};

const README: &str = include_str!("../../README.md");
const HOOKS: &str = include_str!("../../.pre-commit-hooks.yaml");
const ACTION: &str = include_str!("../../action.yml");

const SPEC: &str = include_str!("../../examples/quickstart/integration.toml");

/// The `yaml` block of the README that holds the text.
fn example(text: &str) -> &'static str {
    let mut blocks = README.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.find(|block| block.contains(text)).unwrap()
}

/// The values of a key in YAML that has one a line.
fn values<'a>(yaml: &'a str, key: &str) -> Vec<&'a str> {
    let value =
        |line: &'a str| line.trim_start().trim_start_matches("- ").strip_prefix(key)?.strip_prefix(": ");
    yaml.lines().filter_map(value).map(|value| value.trim_matches('"')).collect()
}

/// The keys below one key, which are deeper by two spaces.
fn keys_below<'a>(yaml: &'a str, key: &str) -> Vec<&'a str> {
    let mut lines = yaml.lines().skip_while(|line| line.trim() != format!("{key}:"));
    let Some(head) = lines.next() else { return Vec::new() };
    let depth = head.len() - head.trim_start().len() + 2;
    let below = lines.take_while(|line| line.len() - line.trim_start().len() >= depth);
    let keys = below.filter(|line| line.len() - line.trim_start().len() == depth);
    keys.filter_map(|line| line.trim().split(':').next()).collect()
}

/// A project with a module that is as its spec makes it.
fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("orders")).unwrap();
    fs::write(dir.path().join("orders/integration.toml"), SPEC).unwrap();
    let built =
        Command::new(env!("CARGO_BIN_EXE_magespec")).args(["build", "orders"]).current_dir(&dir).output();
    assert!(built.unwrap().status.success());
    dir
}

fn drift(dir: &Path) {
    fs::write(dir.join("orders/registration.php"), "<?php // mine\n").unwrap();
}

/// Runs a line of bash with magespec on the path.
fn bash(dir: &Path, line: &str, variables: &[(&str, &str)]) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_magespec")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap());
    Command::new("bash")
        .args(["-c", line])
        .current_dir(dir)
        .env("PATH", path)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn hooks_pass_what_is_well_and_fail_what_is_not() {
    let entries = values(HOOKS, "entry");
    assert_eq!(entries, ["magespec check", "magespec build --check"].repeat(2));
    assert_eq!(values(HOOKS, "language"), ["python", "python", "rust", "rust"]);
    let [check, build] = [format!("{} orders/integration.toml", entries[0]), format!("{} .", entries[1])];
    let dir = project();
    for line in [&check, &build] {
        assert!(bash(dir.path(), line, &[]).status.success(), "{line}");
    }
    drift(dir.path());
    assert_eq!(bash(dir.path(), &build, &[]).status.code(), Some(2));
    fs::write(dir.path().join("orders/integration.toml"), "x").unwrap();
    assert_eq!(bash(dir.path(), &check, &[]).status.code(), Some(1));
}

#[test]
fn the_readme_configures_hooks_that_are_there() {
    let used = values(example("repos:"), "id");
    let ids = values(HOOKS, "id");
    assert_eq!(used, ids[..2]);
    assert_eq!(ids[2..], used.iter().map(|id| format!("{id}-rust")).collect::<Vec<_>>());
}

/// Result of the action's scripts: exit status, printed text, outputs and summary.
struct Job {
    status: i32,
    log: String,
    outputs: String,
    summary: String,
}

/// Runs a step of the action as its runner does.
fn step(dir: &Path, script: &str, inputs: &[(&str, &str)]) -> Job {
    let temp = tempfile::tempdir().unwrap();
    let file = |name: &str| temp.path().join(name).to_str().unwrap().to_owned();
    let (outputs, summary, path) = (file("outputs"), file("summary"), file("path"));
    let runner = [
        ("GITHUB_OUTPUT", outputs.as_str()),
        ("GITHUB_STEP_SUMMARY", &summary),
        ("GITHUB_PATH", &path),
        ("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR")),
        ("RUNNER_TEMP", temp.path().to_str().unwrap()),
    ];
    let line = format!("bash \"$GITHUB_ACTION_PATH/.github/action/{script}.sh\"");
    assert!(ACTION.contains(&line), "the action runs {line}");
    let output = bash(dir, &line, &[&runner, inputs].concat());
    let log = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Job {
        status: output.status.code().unwrap(),
        log: log.into_owned(),
        outputs: fs::read_to_string(outputs).unwrap_or_default(),
        summary: fs::read_to_string(summary).unwrap_or_default(),
    }
}

#[test]
fn the_action_annotates_lines() {
    let dir = project();
    let well = step(dir.path(), "check", &[("SPECS", "."), ("DENY_WARNINGS", "false")]);
    assert_eq!(well.status, 0, "{}", well.log);
    let spec = SPEC.replace("email = \"", "endpoint_url = \"http://erp.acme.com\"\nemail = \"");
    fs::write(dir.path().join("orders/integration.toml"), spec).unwrap();
    for (deny, status, level) in [("false", 0, "warning"), ("true", 1, "error")] {
        let checked = step(dir.path(), "check", &[("SPECS", "orders"), ("DENY_WARNINGS", deny)]);
        let annotation = format!("::{level} file=orders/integration.toml,line=");
        assert_eq!((checked.status, checked.log.contains(&annotation)), (status, true), "{}", checked.log);
    }
}

#[test]
fn the_action_shows_drift_and_fails_on_it() {
    let dir = project();
    let well = step(dir.path(), "drift", &[("SPECS", "."), ("FAIL_ON_DRIFT", "true")]);
    assert_eq!((well.status, well.outputs.as_str()), (0, "drift=false\n"), "{}", well.log);
    drift(dir.path());
    for (fail, status) in [("true", 1), ("false", 0)] {
        let found = step(dir.path(), "drift", &[("SPECS", "orders"), ("FAIL_ON_DRIFT", fail)]);
        assert_eq!((found.status, found.outputs.as_str()), (status, "drift=true\n"), "{}", found.log);
        assert!(found.summary.contains("\n-<?php // mine\n"), "{}", found.summary);
        assert!(found.log.contains("::error title=drift::"), "{}", found.log);
    }
    fs::write(dir.path().join("orders/integration.toml"), "x").unwrap();
    assert_eq!(step(dir.path(), "drift", &[("SPECS", "."), ("FAIL_ON_DRIFT", "true")]).status, 1);
}

/// A pull request that changes an address, in a clone of its last commit.
#[test]
fn the_action_reviews_what_a_pull_request_changes() {
    let dir = project();
    git(dir.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(dir.path(), &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let commit = || {
        git(dir.path(), &["add", "."]);
        git(dir.path(), &["commit", "--quiet", "-m", "x"]);
    };
    commit();
    git(dir.path(), &["branch", "base"]);
    fs::write(dir.path().join("orders/integration.toml"), SPEC.replace("warehouse@", "stock@")).unwrap();
    assert_eq!(magespec(dir.path(), &["build", "."]).status, 0);
    commit();
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", dir.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", &url, "."]);
    for (risks, status) in [("", 0), ("orphan permissions-grow", 0), ("orphan reset", 1)] {
        let inputs = [("SPECS", "."), ("FROM", "base"), ("FAIL_ON", risks)];
        let reviewed = step(clone.path(), "review", &inputs);
        assert_eq!(reviewed.status, status, "{risks}: {}", reviewed.log);
        assert_eq!(reviewed.log.contains("::error title=review::"), status == 1, "{}", reviewed.log);
        for part in ["Plan](#plan): 1 to reset.", "## Access", "-        <email>warehouse@acme.com</email>"] {
            assert!(reviewed.summary.contains(part), "{part}: {}", reviewed.summary);
        }
    }
    let pushed = step(clone.path(), "review", &[("SPECS", "."), ("FROM", ""), ("FAIL_ON", "reset")]);
    assert_eq!((pushed.status, pushed.summary.as_str()), (0, ""), "{}", pushed.log);
}

#[test]
fn the_readme_gives_the_action_inputs_that_it_has() {
    let inputs = keys_below(ACTION, "inputs");
    let all =
        ["specs", "deny-warnings", "fail-on-drift", "review-from", "fail-on", "version", "sha256", "compile"];
    assert_eq!(inputs, all);
    let given = keys_below(example("uses: "), "with");
    assert!(!given.is_empty() && given.iter().all(|input| inputs.contains(input)), "{given:?}");
    // The example's values, run.
    let block = example("uses: ");
    let [specs, deny] = ["specs", "deny-warnings"].map(|key| values(block, key)[0]);
    let dir = project();
    fs::rename(dir.path().join("orders"), dir.path().join("modules")).unwrap();
    let checked = step(dir.path(), "check", &[("SPECS", specs), ("DENY_WARNINGS", deny)]);
    assert_eq!(checked.status, 0, "{}", checked.log);
    let compared = step(dir.path(), "drift", &[("SPECS", specs), ("FAIL_ON_DRIFT", "true")]);
    assert_eq!((compared.status, compared.outputs.as_str()), (0, "drift=false\n"), "{}", compared.log);
}
