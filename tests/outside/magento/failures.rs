//! Shops that do not answer, with the reason.

use super::{Project, SHOP};
use crate::need::trials;

trials! {
    SHOP =>
        no_php,
        a_php_that_does_not_answer,
        no_magento,
        no_env_php,
        no_database,
        a_fatal_error,
        an_exception,
        a_magento_that_ends_php,
        declarations_that_magento_cannot_read,
        a_spec_with_errors,
        an_env_php_that_is_broken,
        what_composer_installs_is_not_there,
        a_database_that_refuses,
        a_file_is_no_root,
        json_says_why_too;
}

/// The error of `status`, on one line.
fn failure(project: &Project, options: &[&str]) -> String {
    let ran = project.run(&[&["status", "--magento", "shop"], options].concat());
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    ran.stderr
}

fn no_php() {
    let project = Project::new();
    let said = failure(&project, &["--php", "no-such-php -q"]);
    assert!(said.starts_with("error: cannot start `no-such-php -q`: command not found; "), "{said}");
    let said = failure(&project, &["--php", "php 'x"]);
    assert!(said.contains("a quote is not closed"), "{said}");
    let said = failure(&project, &["--php", ""]);
    assert!(said.starts_with("error: --php is empty: "), "{said}");
}

fn a_php_that_does_not_answer() {
    let project = Project::new();
    let said = failure(
        &project,
        &["--php", "sh -c 'cat >/dev/null; echo service \"php\" is not running >&2; exit 1'"],
    );
    assert!(said.starts_with("error: PHP ended (exit status: 1) without an answer; "), "{said}");
    assert!(said.ends_with("\n  service php is not running\n"), "{said}");
    let said = failure(&project, &["--php", "yes"]);
    assert!(said.starts_with("error: cannot read the shop's answer: it is larger than 64 MiB; "), "{said}");
    let said = failure(&project, &["--php", "sleep 60", "--timeout", "1"]);
    assert!(said.starts_with("error: the shop did not answer within 1 s; "), "{said}");
    project.write("shop/var/on-start.php", "<?php sleep(60);");
    let said = failure(&project, &["--timeout", "1"]);
    assert!(said.contains("did not answer within 1 s"), "{said}");
}

fn no_magento() {
    let project = Project::new();
    let ran = project.run(&["status", "--magento", "/no/such"]);
    assert!(
        ran.stderr.starts_with("error: no Magento root at /no/such (as seen by --php): no such directory")
    );
    let ran = project.run(&["status", "--magento", "."]);
    assert!(ran.stderr.contains(" (as seen by --php): app/bootstrap.php is missing"), "{}", ran.stderr);
}

fn no_env_php() {
    let project = Project::new();
    std::fs::remove_file(project.path("shop/app/etc/env.php")).unwrap();
    let said = failure(&project, &[]);
    assert!(said.contains(" has no app/etc/env.php: Magento is not installed there; "), "{said}");
}

fn no_database() {
    let project = Project::new();
    project.write("shop/var/database-is-down", "");
    let said = failure(&project, &[]);
    assert!(said.starts_with("error: the shop's database does not answer: PDOException: SQLSTATE[HY000] [2002] Connection refused; "), "{said}");
}

fn a_fatal_error() {
    let project = Project::new();
    project.write("shop/var/on-start.php", "<?php class Twice {} require __DIR__ . '/twice.php';");
    project.write("shop/var/twice.php", "<?php class Twice {}");
    let said = failure(&project, &[]);
    assert!(said.starts_with("error: PHP stopped with a fatal error: "), "{said}");
    assert!(said.contains("class Twice") && said.contains("twice.php on line 1"), "{said}");
}

fn an_exception() {
    let project = Project::new();
    project.write("shop/var/on-start.php", "<?php throw new LogicException('no such area');");
    let said = failure(&project, &[]);
    assert!(said.starts_with("error: Magento threw an exception: LogicException: no such area; "), "{said}");
    project.write("shop/var/on-start.php", "<?php no_such_function();");
    let said = failure(&project, &[]);
    assert!(said.contains("no_such_function()"), "{said}");
}

fn a_magento_that_ends_php() {
    let project = Project::new();
    project.write("shop/var/on-start.php", "<?php echo \"Magento supports PHP 9 or later\\n\"; exit(1);");
    let said = failure(&project, &[]);
    assert!(said.starts_with("error: Magento ended PHP (exit status: 1) before it answered; "), "{said}");
    assert!(said.ends_with("\n  Magento supports PHP 9 or later\n"), "{said}");
}

fn declarations_that_magento_cannot_read() {
    let project = Project::active();
    project.write("shop/app/code/Magento/Sales/etc/integration.xml", "<config>");
    let ran = project.run(&["status", "--magento", "shop"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout.contains("broken: Magento cannot read what modules declare: The XML in file \"Magento_Sales/etc/integration.xml\" is invalid"),
        "{}", ran.stdout
    );
    assert!(!ran.stdout.contains("orphaned"), "{}", ran.stdout);
}

fn a_spec_with_errors() {
    let project = Project::new();
    project.spec(&super::SPEC.replace("actions_view", "no_such"));
    let said = failure(&project, &[]);
    assert!(said.contains("error[unknown-resource]"), "{said}");
    project.spec("[module");
    assert!(failure(&project, &[]).contains("error[toml-syntax]"));
}

fn an_env_php_that_is_broken() {
    let project = Project::new();
    project.write("shop/app/etc/env.php", "<?php return array(;");
    let said = failure(&project, &[]);
    assert!(said.contains("/app/etc/env.php: it has a syntax error on line 1; fix it"), "{said}");
    // PHP quotes what it does not understand: pieces of a password.
    for (env, line) in [
        ("<?php\nreturn ['db' => ['password' => 'a'hidden'x']];", 2),
        ("<?php\n\nreturn ['password' => hidden()];", 3),
        ("<?php\nthrow new \\Exception('hidden');", 2),
        ("<?php\nfunction hidden() {} function hidden() {}", 2),
    ] {
        project.write("shop/app/etc/env.php", env);
        let said = failure(&project, &[]);
        assert!(said.contains(&format!("line {line};")), "{said}");
    }
    project.write("shop/app/etc/env.php", "");
    let said = failure(&project, &[]);
    assert!(said.contains("/app/etc/env.php: it does not return an array; "), "{said}");
}

fn what_composer_installs_is_not_there() {
    let project = Project::new();
    project.write("shop/app/etc/vendor_path.php", "<?php return 'vendor';");
    let said = failure(&project, &[]);
    assert!(said.contains("/shop/vendor/autoload.php does not exist; run `composer install`"), "{said}");
}

fn a_database_that_refuses() {
    let project = Project::new();
    for (code, told) in [
        ("[1045] Access denied for user 'shop'@'localhost'", "database refused the login: "),
        ("[1049] Unknown database 'shop'", "database does not exist on the shop's database server: "),
    ] {
        let php = format!("<?php throw new PDOException(\"SQLSTATE[HY000] {code}\");");
        project.write("shop/var/on-start.php", &php);
        let said = failure(&project, &[]);
        assert!(said.contains(told) && said.contains(code), "{said}");
    }
}

fn a_file_is_no_root() {
    let project = Project::new();
    let ran = project.run(&["status", "--magento", "integration.toml"]);
    assert!(ran.stderr.contains("integration.toml (as seen by --php): it is a file. "), "{}", ran.stderr);
}

fn json_says_why_too() {
    let project = Project::new();
    project.write("shop/var/database-is-down", "");
    for arguments in [["status", "--magento", "shop"], ["plan", "--live", "shop"]] {
        let ran = project.run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!(ran.status, 1);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(
            json["error"]["message"].as_str().unwrap().starts_with("the shop's database does not answer: ")
        );
        assert_eq!(json["version"], 1);
    }
}
