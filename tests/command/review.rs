//! Pages for a pull request, and comparisons with a git revision.

use std::{fs, path::Path};

use super::{SPEC, files, magespec, project, support::command::git};

/// A repository with a built module, committed.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path(), SPEC);
    dir
}

/// Builds the spec and commits all files.
fn commit(dir: &Path, spec: &str) {
    fs::write(dir.join("integration.toml"), spec).unwrap();
    built(dir, &["build"]);
    all_committed(dir);
}

#[track_caller]
fn built(dir: &Path, arguments: &[&str]) {
    let ran = magespec(dir, arguments);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

fn all_committed(dir: &Path) {
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "-m", "x"]);
}

fn with_permission(spec: &str) -> String {
    spec.replace("actions_view\"", "actions_view\", \"Magento_Sales::ship\"")
}

#[track_caller]
fn diff(dir: &Path, arguments: &[&str]) -> String {
    let ran = magespec(dir, &[&["diff"], arguments].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout
}

#[track_caller]
fn review(dir: &Path, arguments: &[&str]) -> String {
    let ran = magespec(dir, &[&["review"], arguments].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn a_patch_since_a_revision_makes_the_files_of_now_of_those_of_then() {
    let dir = repository();
    commit(dir.path(), &with_permission(SPEC));
    fs::write(dir.path().join("integration.toml"), SPEC.replace("warehouse@", "stock@")).unwrap();
    built(dir.path(), &["build"]);
    assert_eq!(diff(dir.path(), &[]), "");
    let now: Vec<_> = files(dir.path()).into_iter().filter(|name| !name.starts_with(".git")).collect();
    let bytes = || now.iter().map(|name| fs::read(dir.path().join(name)).unwrap()).collect::<Vec<_>>();
    let expected = bytes();
    let patch = tempfile::NamedTempFile::new().unwrap();
    fs::write(patch.path(), diff(dir.path(), &["--from", "git:HEAD~1"])).unwrap();
    git(dir.path(), &["checkout", "--quiet", "HEAD~1", "--", "."]);
    assert!(bytes() != expected);
    git(dir.path(), &["apply", patch.path().to_str().unwrap()]);
    assert_eq!(bytes(), expected);
}

#[test]
fn the_files_of_then_are_compared_and_else_those_of_its_spec() {
    let dir = repository();
    fs::write(dir.path().join("etc/module.xml"), "mine\n").unwrap();
    all_committed(dir.path());
    let since = diff(dir.path(), &["--from", "git:HEAD", "--format", "markdown"]);
    assert!(since.contains("since the files at `git:HEAD`\n") && since.contains("\n-mine\n"), "{since}");
    git(dir.path(), &["rm", "-r", "--quiet", "--cached", "."]);
    git(dir.path(), &["add", "integration.toml"]);
    git(dir.path(), &["commit", "--quiet", "-m", "only the spec"]);
    fs::write(dir.path().join("integration.toml"), with_permission(SPEC)).unwrap();
    let since = diff(dir.path(), &["--from", "git:HEAD", "--format", "markdown"]);
    assert!(since.contains("since the spec at `git:HEAD`, compiled\n"), "{since}");
    assert!(since.contains("+            <resource name=\"Magento_Sales::ship\"/>"), "{since}");
    assert!(!since.contains("mine") && !since.contains("created"), "{since}");
}

#[test]
fn files_that_are_yours_are_new_or_not_shown() {
    let spec = SPEC.to_owned() + "\n[[cron]]\nname = \"pull_orders\"\nschedule = \"*/5 * * * *\"\n";
    let dir = repository();
    fs::write(dir.path().join("integration.toml"), &spec).unwrap();
    built(dir.path(), &["build"]);
    let names = |from: &str| diff(dir.path(), &["--from", from, "--format", "name-status"]);
    assert!(names("git:HEAD").contains("A\tCron/PullOrders.php\n"), "{}", names("git:HEAD"));
    all_committed(dir.path());
    fs::write(dir.path().join("Cron/PullOrders.php"), "<?php // mine\n").unwrap();
    assert_eq!(names("git:HEAD"), "");
}

#[test]
fn a_spec_of_another_name_is_asked_for() {
    let dir = repository();
    git(dir.path(), &["mv", "integration.toml", "orders.toml"]);
    // The module was there, under another spec: its files say what stood before.
    assert!(review(dir.path(), &["orders.toml", "--from", "git:HEAD"]).contains("Plan](#plan): 1 to keep."));
    git(dir.path(), &["rm", "-r", "--quiet", "--cached", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "nothing", "--allow-empty"]);
    let ran = magespec(dir.path(), &["diff", "orders.toml", "--from", "git:HEAD", "--format", "stat"]);
    let note = "note: git:HEAD has neither orders.toml nor a module in ., so everything is new; if the spec had another \
                name, write git:HEAD:PATH\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (0, note));
    assert!(review(dir.path(), &["orders.toml", "--from", "git:HEAD"]).contains("everything is new"));
    let named = diff(dir.path(), &["orders.toml", "--from", "git:HEAD~1:integration.toml"]);
    assert_eq!(named, "");
}

#[test]
fn a_module_elsewhere_is_found_in_its_own_revision() {
    let dir = tempfile::tempdir().unwrap();
    let (specs, module) = (dir.path().join("specs"), dir.path().join("app/code/Acme/Orders"));
    fs::create_dir_all(&specs).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    let placed = |to: &str| SPEC.replace("[target]", &format!("directory = \"../{to}\"\n\n[target]"));
    fs::write(specs.join("integration.toml"), placed("app/code/Acme/Orders")).unwrap();
    built(dir.path(), &["build", "specs"]);
    assert!(module.join("etc/module.xml").is_file());
    built(dir.path(), &["build", "--check", "."]);
    all_committed(dir.path());
    for (place, spec) in
        [(dir.path(), "specs"), (specs.as_path(), "."), (module.as_path(), "../../../../specs")]
    {
        let since = diff(place, &[spec, "--from", "git:HEAD", "--format", "json"]);
        assert!(since.contains("\"unchanged\": 5") && since.contains("\"created\": 0"), "{since}");
    }
    // The module moves: it is compared with itself at the old place.
    fs::write(specs.join("integration.toml"), placed("modules/orders")).unwrap();
    assert_eq!(diff(dir.path(), &["specs", "--from", "git:HEAD"]), "");
    // In a repository of its own it has other revisions.
    fs::write(specs.join("integration.toml"), with_permission(&placed("app/code/Acme/Orders"))).unwrap();
    git(&module, &["init", "--quiet"]);
    let page = review(dir.path(), &["specs", "--from", "git:HEAD"]);
    assert!(page.contains("since the spec at `git:HEAD`, compiled\n"), "{page}");
}

#[test]
fn worktrees_have_the_revisions_of_their_repository() {
    let dir = repository();
    let other = tempfile::tempdir().unwrap();
    let tree = other.path().join("tree");
    git(dir.path(), &["worktree", "add", "--quiet", tree.to_str().unwrap()]);
    commit(&tree, &with_permission(SPEC));
    let names = diff(&tree, &["--from", "git:HEAD~1", "--format", "name-status"]);
    assert_eq!(names, "M\tREADME.md\nM\tetc/integration.xml\n");
}

#[test]
fn revisions_that_are_not_there_are_named() {
    let dir = repository();
    for command in ["diff", "review"] {
        for (from, said) in [
            ("git:nosuch", "unknown git revision `nosuch`"),
            ("git:", "`git:` has no revision"),
            ("HEAD~1", "a revision of git is written git:HEAD~1"),
            ("git:HEAD:nosuch.toml", "there is no nosuch.toml in git:HEAD"),
        ] {
            let ran = magespec(dir.path(), &[command, "--from", from]);
            assert!(ran.status == 1 && ran.stderr.contains(said), "{command} {from}: {}", ran.stderr);
        }
    }
    let ran = magespec(dir.path(), &["plan", "--from", "old.toml"]);
    assert_eq!(ran.stderr, "error: cannot read old.toml: no such file\n", "a spec is not a revision");
    let shallow = tempfile::tempdir().unwrap();
    let url = format!("file://{}", dir.path().display());
    commit(dir.path(), &with_permission(SPEC));
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &url, "."]);
    let ran = magespec(shallow.path(), &["diff", "--from", "git:HEAD~1"]);
    assert!(ran.stderr.contains("`HEAD~1`: the clone is shallow"), "{}", ran.stderr);
}

#[test]
fn several_specs_share_a_revision_and_no_path() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "--quiet"]);
    for (folder, name) in [("a", "Acme_Aa"), ("b", "Acme_Bb")] {
        fs::create_dir(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("integration.toml"), SPEC.replace("Acme_Orders", name))
            .unwrap();
    }
    built(dir.path(), &["build", "."]);
    all_committed(dir.path());
    let changed = with_permission(SPEC).replace("Acme_Orders", "Acme_Bb");
    fs::write(dir.path().join("b/integration.toml"), changed).unwrap();
    let page = review(dir.path(), &[".", "--from", "git:HEAD"]);
    assert!(
        page.contains("# Review of 2 modules") && page.contains("Plan](#plan): 1 to reset, 1 to keep"),
        "{page}"
    );
    for command in ["diff", "plan", "review"] {
        let ran = magespec(dir.path(), &[command, ".", "--from", "git:HEAD:a"]);
        assert!(ran.status == 1 && ran.stderr.contains("compare all of them with git:REV"), "{}", ran.stderr);
    }
    fs::write(dir.path().join("a/integration.toml"), "[module]\n").unwrap();
    let ran = magespec(dir.path(), &["review", ".", "--from", "git:HEAD"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout.contains("`a/integration.toml` could not be compared: it has errors.\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn nothing_to_compare_makes_no_page() {
    let dir = project();
    for command in [&["review"][..], &["review", "--format", "html"], &["diff", "--format", "stat"]] {
        let ran = magespec(dir.path(), &[command, &["--from", "git:HEAD"]].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{command:?}");
        assert!(ran.stderr.contains("git"), "{}", ran.stderr);
    }
}

#[test]
fn numbers_are_those_of_the_lists() {
    let dir = repository();
    commit(dir.path(), &SPEC.replace("actions_view\"", "actions_view\", \"Magento_Catalog::catalog/**\""));
    let page = review(dir.path(), &["--from", "git:HEAD~1"]);
    let count = page.matches(" changed, +").count();
    assert!(page.contains(&format!("Changes](#changes): {count} files differ: {count} changed;")), "{page}");
    let permissions = page.split("#### Permissions\n").nth(1).unwrap();
    let rows = permissions.split("\n#### ").next().unwrap().matches("\n| `").count();
    assert!(page.contains(&format!("\n{rows} permissions; ")), "{rows}: {page}");
    assert!(page.contains("\nFindings:\n\n- integration.toml"), "a few findings are not folded: {page}");
    assert_eq!(page.matches("<details><summary>Routes gained: ").count(), 2, "{page}");
    let access = magespec(dir.path(), &["access"]).stdout;
    assert!(access.contains(&format!("\n{rows} permissions; ")), "{access}");
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    built(dir.path(), &["build"]);
    fs::write(
        dir.path().join("integration.toml"),
        SPEC.replace("actions_view", "ship\", \"Magento_Catalog::catalog/**"),
    )
    .unwrap();
    let plan = magespec(dir.path(), &["plan"]).stdout;
    assert!(plan.contains(" routes: `magespec plan --format markdown` lists them\n"), "{plan}");
    assert!(!plan.contains("+ route "), "{plan}");
}

#[test]
fn what_repeats_other_files_comes_last_and_folded() {
    let dir = repository();
    fs::write(dir.path().join("integration.toml"), with_permission(SPEC)).unwrap();
    let folded = "changed README.md +1 −0 (to see its lines: `magespec diff --unfold`)\n\
                  changed integration.lock +2 −2 (to see its lines: `magespec diff --unfold`)\n";
    for format in ["human", "side-by-side"] {
        let text = diff(dir.path(), &["--format", format]);
        assert!(text.starts_with("changed etc/integration.xml +1 −0\n@@"), "{text}");
        assert!(text.contains(folded), "{text}");
        let whole = diff(dir.path(), &["--format", format, "--unfold"]);
        assert!(whole.contains("\nchanged integration.lock +2 −2\n@@"), "{whole}");
    }
    let markdown = diff(dir.path(), &["--format", "markdown"]);
    assert!(markdown.contains("</details>\n\n`integration.lock` changed, +2 −2\n"), "{markdown}");
    assert!(markdown.contains("<details><summary><code>README.md</code> changed"), "{markdown}");
    assert!(
        markdown.contains("<details open><summary><code>etc/integration.xml</code> changed"),
        "{markdown}"
    );
    let html = diff(dir.path(), &["--format", "html"]);
    assert_eq!(
        (html.matches("<details class=\"folded\">").count(), html.matches("<details open>").count()),
        (2, 1)
    );
    // Edits stop the build, so that they are shown.
    fs::write(dir.path().join("README.md"), "mine\n").unwrap();
    assert!(diff(dir.path(), &["--format", "human"]).contains("\n-mine\n"));
}

#[test]
fn a_permission_a_new_name_and_an_address() {
    let dir = repository();
    let mut pages = String::new();
    let mut spec = SPEC.to_owned();
    for (title, changed) in [
        ("a permission", with_permission(&spec)),
        ("a new name", with_permission(&spec).replace("Acme Warehouse", "Acme Depot")),
        (
            "an address",
            with_permission(&spec).replace("Acme Warehouse", "Acme Depot").replace("warehouse@", "depot@"),
        ),
    ] {
        commit(dir.path(), &changed);
        pages += &format!("════ {title} ════\n{}\n", review(dir.path(), &["--from", "git:HEAD~1"]));
        spec = changed;
    }
    assert!(spec.contains("depot@"));
    insta::assert_snapshot!(pages);
}

#[test]
fn pages_are_the_same_each_time_and_name_no_place() {
    let dir = repository();
    commit(dir.path(), &with_permission(SPEC));
    for format in ["markdown", "html"] {
        let arguments = ["--from", "git:HEAD~1", "--format", format];
        let page = review(dir.path(), &arguments);
        assert_eq!(page, review(dir.path(), &arguments));
        assert!(!page.contains(dir.path().to_str().unwrap()) && !page.contains("<script"), "{page}");
    }
    let page = dir.path().join("page.html");
    assert_eq!(review(dir.path(), &["-o", "page.html"]), "");
    assert!(fs::read_to_string(page).unwrap().starts_with("<!DOCTYPE html>"));
}

#[test]
fn denied_risks_fail_after_the_page_was_written() {
    let dir = repository();
    fs::write(dir.path().join("integration.toml"), with_permission(SPEC)).unwrap();
    assert_eq!(magespec(dir.path(), &["review"]).status, 0);
    for risk in ["reset", "permissions-grow", "warnings"] {
        for command in ["review", "plan"] {
            let ran = magespec(dir.path(), &[command, "--deny", risk]);
            assert_eq!(ran.status, 1, "{risk}");
            assert!(
                ran.stderr.contains("error[") && ran.stdout.contains("Magento_Sales::ship"),
                "{}",
                ran.stderr
            );
        }
    }
    assert_eq!(magespec(dir.path(), &["review", "--deny", "orphan"]).status, 0);
    let allowed = with_permission(SPEC) + "\n[rules]\nreset = \"allow\"\n";
    fs::write(dir.path().join("integration.toml"), allowed).unwrap();
    assert_eq!(magespec(dir.path(), &["review", "--deny", "reset"]).status, 0);
    let denied = with_permission(SPEC) + "\n[rules]\npermissions-grow = \"deny\"\n";
    fs::write(dir.path().join("integration.toml"), denied).unwrap();
    assert_eq!(magespec(dir.path(), &["review"]).status, 1);
}

#[test]
fn a_new_name_hides_no_permission() {
    let dir = repository();
    let renamed = SPEC.replace("Acme Warehouse", "Acme Stock");
    for (spec, lacks, status) in
        [(renamed.clone(), "none of them", 0), (with_permission(&renamed), "Magento_Sales::ship", 1)]
    {
        fs::write(dir.path().join("integration.toml"), spec).unwrap();
        let page = review(dir.path(), &[]);
        assert!(
            page.contains(&format!("may have been renamed to it, and lacks {lacks}."))
                || page.contains(&format!(
                    "may have been renamed to it, and lacks {}.",
                    lacks.replace('_', "\\_")
                )),
            "{page}"
        );
        let ran = magespec(dir.path(), &["review", "--deny", "permissions-grow"]);
        assert_eq!(ran.status, status, "{}", ran.stderr);
    }
}

#[test]
fn names_stay_text() {
    let dir = repository();
    let name = "<script>alert(1)</script> `x` | *y* </summary>";
    fs::write(dir.path().join("integration.toml"), SPEC.replace("Acme Warehouse", name)).unwrap();
    let html = review(dir.path(), &["--format", "html"]);
    assert!(
        !html.contains("<script") && html.matches("</summary>").count() == html.matches("<summary>").count()
    );
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    let markdown = review(dir.path(), &[]);
    assert!(markdown.contains(r"&lt;script&gt;alert(1)&lt;/script&gt; \`x\` \| \*y\*"), "{markdown}");
}
