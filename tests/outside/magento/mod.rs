//! Commands against a shop: a stand-in for Magento (`tests/outside/magento/shop`) under a real PHP.

mod credentials;
mod failures;
mod heal;
mod install;
mod mage_os;
mod modules;
mod plan;
mod status;
mod uninstall;

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    need::{Need, trials},
    support::{
        command::{Ran, ran},
        files::{copy, project as root},
    },
};

/// Programs and extensions that the stand-in needs.
const SHOP: [Need; 3] = [Need::Program("php"), Need::Extension("pdo_sqlite"), Need::Extension("dom")];

trials! {
    in credentials, failures, heal, install, mage_os, modules, plan, status, uninstall;
}

const SPEC: &str = r#"[module]
name = "Acme_Orders"
description = "Lets the Acme warehouse read orders"
version = "1.0.0"

[target]
magento = "~2.4.6 <2.4.9"

[[integration]]
name = "Acme Warehouse"
email = "warehouse@acme.com"
resources = ["Magento_Sales::actions_view"]

[rules]
broad-grant = "allow" # the stand-in has few resources
"#;

/// Secret that no output may contain.
const HIDDEN: &str = "hidden";

/// A shop in `shop`, and a spec beside it.
struct Project {
    dir: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self { dir: tempfile::tempdir().unwrap() };
        copy(&root("tests/outside/magento/shop"), &project.path("shop"));
        project.write("shop/var/commands", "");
        project.spec(SPEC);
        project
    }

    /// One whose module is installed, active and with a token.
    fn active() -> Self {
        let project = Self::new();
        let installed = project.run(&["install", "--magento", "shop", "--yes"]);
        assert_eq!(installed.status, 0, "{}{}", installed.stdout, installed.stderr);
        project.activate("Acme Warehouse");
        project.write("shop/var/commands", "");
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn spec(&self, text: &str) {
        self.write("integration.toml", text);
    }

    /// Adds a module to the code of the shop, with the files of every module, unless they are among these.
    fn module(&self, name: &str, files: &[(&str, &str)]) {
        let folder = format!("shop/app/code/{}", name.replace('_', "/"));
        let registration = format!(
            "<?php\n\\Magento\\Framework\\Component\\ComponentRegistrar::register('module', '{name}', __DIR__);\n"
        );
        let declaration = format!("<config><module name=\"{name}\"/></config>");
        let own = [("registration.php", registration.as_str()), ("etc/module.xml", &declaration)];
        for (path, text) in own.iter().chain(files) {
            self.write(&format!("{folder}/{path}"), text);
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        command.env("TMPDIR", self.dir.path()).env("XDG_CACHE_HOME", self.path("cache"));
        command
    }

    /// Runs magespec beside the spec. It never shows a secret.
    fn run(&self, arguments: &[&str]) -> Ran {
        let ran = ran(self.command(env!("CARGO_BIN_EXE_magespec")).args(arguments).output().unwrap());
        assert!(!ran.stdout.contains(HIDDEN) && !ran.stderr.contains(HIDDEN), "{}{}", ran.stdout, ran.stderr);
        ran
    }

    /// Runs magespec on a terminal, which `script` makes, and types the answers.
    fn on_a_terminal(&self, arguments: &str, answers: &str) -> Ran {
        let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_magespec"));
        let mut command = self.command("script");
        let command = command.args(["-qec", &line, "/dev/null"]).env("PAGER", "cat");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        ran(child.wait_with_output().unwrap())
    }

    /// Rows that a statement returns from the shop's database.
    fn sql(&self, statement: &str) -> Value {
        let output = self.command("php").args(["shop/bin/magento", "sql", statement]).output().unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stdout)))
    }

    /// Gives the integration a token, as Admin does.
    fn activate(&self, name: &str) {
        self.sql(&format!(
            "INSERT OR IGNORE INTO m2_oauth_token (consumer_id, type, token, secret, revoked, created_at) SELECT consumer_id, 'access', \
             'hidden-token-' || consumer_id, 'hidden', 0, '2026-01-02 03:04:05' FROM m2_integration WHERE name = '{name}'"
        ));
        self.sql(&format!("UPDATE m2_integration SET status = 1 WHERE name = '{name}'"));
    }

    /// One `setup:upgrade` by somebody else.
    fn upgrade(&self) {
        assert!(self.command("php").args(["shop/bin/magento", "setup:upgrade"]).status().unwrap().success());
    }

    /// The commands of `bin/magento` that were run, but for those of the tests.
    fn commands(&self) -> Vec<String> {
        let all = self.read("shop/var/commands");
        all.lines().filter(|line| !line.starts_with("sql ")).map(str::to_owned).collect()
    }
}
