//! Pages of `magespec diff --format html`.

use magespec::{
    diff::{
        Change, Changes, Comparison, Status,
        render::{Layout, html},
    },
    tree::TreePath,
};

/// A change of the text of a file.
pub(crate) fn change(path: &str, status: Status, before: Option<&str>, after: Option<&str>) -> Change {
    Change {
        path: TreePath::new(path).unwrap(),
        status,
        before: before.map(|text| text.as_bytes().to_vec()),
        after: after.map(|text| text.as_bytes().to_vec()),
        obstacle: None,
        is_executable: false,
        is_merged: false,
        is_adopted: false,
    }
}

pub(crate) fn comparison(module: &str, root: &str, files: Vec<Change>) -> Comparison {
    let changes = Changes {
        files,
        lock_before: Some(String::new()),
        lock_after: String::new(),
        locks: Default::default(),
        interrupted: None,
    };
    Comparison { module: module.to_owned(), root: root.into(), earlier: None, changes }
}

pub(crate) fn page(comparisons: &[Comparison]) -> String {
    html(comparisons, Layout { context: 1, width: 80, unfolds: false })
}

/// One file of each status.
pub(crate) fn each_status() -> Comparison {
    let mut obstructed = change("etc", Status::InTheWay, None, Some("x\n"));
    obstructed.obstacle = Some("etc is a symbolic link".to_owned());
    let files = vec![
        change("README.md", Status::Unchanged, Some("same\n"), Some("same\n")),
        change("a/changed.xml", Status::Changed, Some("one\ntwo <b>\nthree\n"), Some("one\n2 <b>\nthree\n")),
        change("a/created.xml", Status::Created, None, Some("a & b")),
        change("deleted.xml", Status::Deleted, Some("gone\n"), None),
        change("edited.xml", Status::HandEdited, Some("mine\r\n"), Some("made\n")),
        change("empty.txt", Status::Created, None, Some("")),
        obstructed,
    ];
    comparison("Acme_Orders", "app/code/Acme/Orders", files)
}
