//! Ctrl-C and SIGTERM: what was done is said, and nothing unfinished stays.

use std::{
    fs,
    io::Read as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::{SPEC, command, magespec};

/// A shop in production mode, whose PHP is a script.
struct Shop(tempfile::TempDir);

impl Shop {
    /// `magento` runs for `setup:upgrade` and `module:disable`, and instead of an answer about consumers.
    fn new(magento: &str) -> Self {
        let shop = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(shop.path("tmp")).unwrap();
        let sales = shop.path("shop/app/code/Magento/Sales");
        fs::create_dir_all(sales.join("etc")).unwrap();
        let release = r#"{"require": {"magento/product-community-edition": "2.4.2"}}"#;
        fs::write(shop.path("shop/composer.json"), release).unwrap();
        fs::write(sales.join("registration.php"), "<?php\n").unwrap();
        fs::write(sales.join("etc/module.xml"), "<config><module name=\"Magento_Sales\"/></config>").unwrap();
        fs::write(
            sales.join("etc/acl.xml"),
            "<config><acl><resources><resource id=\"Magento_Backend::admin\" title=\"Magento Admin\">\
             <resource id=\"Magento_Sales::actions_view\" title=\"View\"/></resource></resources></acl></config>",
        )
        .unwrap();
        fs::write(shop.path("integration.toml"), SPEC).unwrap();
        fs::write(shop.path("answer.json"), answer().to_string()).unwrap();
        let script = format!(
            "slow() {{\n: > started\n{magento}\n}}\n\
             answer() {{ printf '%s%s%s\\n' \"$marker\" \"$1\" \"$marker\"; }}\n\
             case \"$*\" in\n\
             *setup:upgrade*|*module:disable*) slow;;\n\
             *bin/magento*) echo \"$*\" >> commands;;\n\
             *) program=$(cat)\n\
             marker=$(printf '%s' \"$program\" | sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)\n\
             case $program in *'\"exchanges\"'*) slow; answer '{{\"answer\":{{\"refused\":[5]}}}}';; *) answer \"$(cat answer.json)\";; esac;;\n\
             esac\n"
        );
        fs::write(shop.path("php.sh"), script).unwrap();
        shop
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn commands(&self) -> String {
        fs::read_to_string(self.path("commands")).unwrap_or_default()
    }

    /// Starts magespec, waits until the slow part runs, and sends the signals.
    fn interrupted(&self, arguments: &[&str], signals: &[&str]) -> (i32, String) {
        let options = ["--magento", "shop", "--php", "sh php.sh", "--yes"];
        let mut command = command(self.0.path(), &[arguments, &options].concat());
        command.env("TMPDIR", self.path("tmp"));
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        wait_for(&mut child, &self.path("started"));
        for signal in signals {
            send(&child, signal);
            thread::sleep(Duration::from_millis(300));
        }
        ended(child)
    }
}

fn answer() -> Value {
    json!({ "answer": {
        "magento": {
            "version": "2.4.2", "edition": "Community", "mode": "production", "php": "7.4.0", "maintenance": false,
            "config_hash": null,
        },
        "module": null,
        "order": [],
        "next_order": [],
        "waiting": [],
        "integrations": [{
            "id": 4, "name": "Acme Warehouse", "email": "warehouse@acme.com", "endpoint_url": null,
            "identity_link_url": null, "status": 2, "setup_type": 1, "created_at": "2026-01-02 00:00:00",
            "consumer": { "id": 9, "created_at": "2026-01-02 00:00:00", "has_token": false }, "granted": [],
        }],
        "declared": { "integrations": [], "files": [], "error": null },
        "columns": null,
        "acl": {},
        "added": {},
        "code": [],
        "spare": [{
            "id": 7, "name": "Integration3", "created_at": "2026-01-01 00:00:00",
            "token_created_at": "2026-01-01 00:00:00",
        }],
        "tables": {
            "integration": "integration", "oauth_consumer": "oauth_consumer", "authorization_role": "authorization_role",
        },
    } })
}

/// Waits until a file exists.
fn wait_for(child: &mut Child, file: &Path) {
    while !file.exists() {
        if let Some(status) = child.try_wait().unwrap() {
            let mut said = String::new();
            let _ = child.stderr.take().map(|mut pipe| pipe.read_to_string(&mut said));
            panic!("{status} before the signal: {said}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn send(child: &Child, signal: &str) {
    let pid = child.id().to_string();
    Command::new("kill").args([signal, &pid]).stderr(Stdio::null()).status().unwrap();
}

fn ended(child: Child) -> (i32, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code().expect("no signal"), String::from_utf8(output.stderr).unwrap())
}

/// Ends a while after the signal, as a command of Magento does that undoes what it began.
const TIDIES_UP: &str =
    "trap 'sleep 0.2; : > tidied; exit 1' TERM\nwhile [ -e started ]; do sleep 0.05; done";

const CLOSED: &str = "maintenance mode is on: `bin/magento maintenance:disable` ends it";

#[test]
fn an_installation_says_where_it_stopped() {
    for (signal, status) in [("-TERM", 143), ("-INT", 130)] {
        // Ctrl-C on a terminal reaches the command, too; this one ends by itself.
        let shop = Shop::new(if signal == "-INT" { "sleep 0.5; : > tidied; exit 1" } else { TIDIES_UP });
        let (exit, said) = shop.interrupted(&["install", "--yes-reset"], &[signal]);
        assert_eq!(exit, status, "{said}");
        assert!(shop.path("tidied").exists(), "the command had time to end: {said}");
        for part in [
            "warning: interrupted: waiting for `bin/magento setup:upgrade --keep-generated` to end; a second Ctrl-C ends magespec at once\n",
            "error: interrupted: `bin/magento setup:upgrade --keep-generated` did not finish\n",
            "state: the new files are written and the module is enabled; the database may be partly updated",
            CLOSED,
            "\nto go back: ",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let (_, log) = said.rsplit_once("\nlog: ").expect(&said);
        assert_eq!(fs::metadata(log.trim()).unwrap().permissions().mode() & 0o777, 0o600);
        let log = fs::read_to_string(log.trim()).unwrap();
        assert!(log.contains("# state: the new files are written"), "{log}");
        assert!(!shop.commands().contains("cache:flush"), "{}", shop.commands());
    }
}

#[test]
fn what_ended_well_counts_as_done() {
    let shop = Shop::new("sleep 0.5");
    let (exit, said) = shop.interrupted(&["install", "--yes-reset"], &["-INT"]);
    assert_eq!(exit, 130, "{said}");
    assert!(
        said.contains(
            "error: interrupted before `bin/magento setup:di:compile`\nstate: the database is up to date; "
        ),
        "{said}"
    );
    assert!(said.contains(CLOSED), "{said}");
}

#[test]
fn a_second_signal_does_not_wait() {
    let shop = Shop::new("trap '' TERM INT\nwhile [ ! -e stop ]; do sleep 0.05; done");
    let (exit, said) = shop.interrupted(&["install", "--yes-reset"], &["-INT", "-INT"]);
    fs::write(shop.path("stop"), "").unwrap();
    assert_eq!(exit, 130, "{said}");
    assert!(said.contains(CLOSED) && said.contains("\n  log: "), "{said}");
    assert!(!said.contains("error: "), "{said}");
}

#[test]
fn a_removal_says_where_it_stopped() {
    let shop = Shop::new(TIDIES_UP);
    let built = magespec(shop.0.path(), &["build", "--out", "shop/app/code/Acme/Orders"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let mut installed = answer();
    installed["answer"]["module"] = json!({
        "path": shop.path("shop/app/code/Acme/Orders"), "enabled": true, "setup_version": null, "schema_version": null,
        "data_version": null, "patches": [],
    });
    fs::write(shop.path("answer.json"), installed.to_string()).unwrap();
    let (exit, said) = shop.interrupted(&["uninstall"], &["-TERM"]);
    assert_eq!(exit, 143, "{said}");
    assert!(said.contains("state: no file was removed; maintenance mode is on: "), "{said}");
    assert!(shop.path("shop/app/code/Acme/Orders/registration.php").exists());
}

#[test]
fn credentials_are_restored_or_it_is_said_that_they_may_be() {
    let shop = Shop::new("sleep 0.5");
    let (exit, said) = shop.interrupted(&["heal"], &["-INT"]);
    assert_eq!((exit, said.contains("error")), (130, false), "{said}");
    let shop = Shop::new(TIDIES_UP);
    let (exit, said) = shop.interrupted(&["heal"], &["-TERM"]);
    assert_eq!(exit, 143, "{said}");
    assert!(
        said.starts_with("error: the change may have been made: interrupted before the shop answered\n"),
        "{said}"
    );
}

#[test]
fn a_build_leaves_nothing_staged() {
    let dir = tempfile::tempdir().unwrap();
    for module in 0..60 {
        let folder = dir.path().join(format!("m{module}"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("integration.toml"), SPEC.replace("Acme_Orders", &format!("Acme_M{module}")))
            .unwrap();
    }
    let whole = |folder: &Path| {
        ["integration.lock", "etc/module.xml", "registration.php"].map(|file| folder.join(file).exists())
    };
    let mut child =
        command(dir.path(), &["build", "."]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    while (0..60).all(|module| !dir.path().join(format!("m{module}/etc")).exists()) {
        assert!(child.try_wait().unwrap().is_none(), "it ended before the signal");
    }
    send(&child, "-TERM");
    let (exit, said) = ended(child);
    assert_eq!(exit, 143, "{said}");
    let folders: Vec<PathBuf> = (0..60).map(|module| dir.path().join(format!("m{module}"))).collect();
    assert!(folders.iter().all(|folder| matches!(whole(folder), [true, true, true] | [false, false, false])));
    let listed = Command::new("find").arg(dir.path()).args(["-name", "*magespec*"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stdout), "");
}

#[test]
fn a_checkout_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    fs::create_dir(dir.path().join("tmp")).unwrap();
    fs::create_dir(dir.path().join("bin")).unwrap();
    let git = "#!/bin/sh\ncase \"$*\" in\n*cat-file*) echo tree;;\n*--show-toplevel*) pwd;;\n\
               *checkout-index*) : > started; sleep 0.5;;\nesac\n";
    fs::write(dir.path().join("bin/git"), git).unwrap();
    Command::new("chmod").arg("+x").arg(dir.path().join("bin/git")).status().unwrap();
    let path = format!("{}:{}", dir.path().join("bin").display(), std::env::var("PATH").unwrap());
    let mut command = command(dir.path(), &["plan", "--from", "git:HEAD:."]);
    command.env("PATH", path).env("TMPDIR", dir.path().join("tmp"));
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    wait_for(&mut child, &dir.path().join("started"));
    for checkout in fs::read_dir(dir.path().join("tmp")).unwrap() {
        assert_eq!(checkout.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
    send(&child, "-TERM");
    let (exit, said) = ended(child);
    assert_eq!(exit, 143, "{said}");
    assert_eq!(fs::read_dir(dir.path().join("tmp")).unwrap().count(), 0, "the checkout is gone");
}

#[test]
fn a_command_that_changes_nothing_ends_at_once() {
    let shop = Shop::new("");
    fs::write(shop.path("php.sh"), ": > started\nexec sleep 20").unwrap();
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let _ = fs::remove_file(shop.path("started"));
        let mut child = command(shop.0.path(), &["status", "--magento", "shop", "--php", "sh php.sh"])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        wait_for(&mut child, &shop.path("started"));
        send(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(status));
    }
}
