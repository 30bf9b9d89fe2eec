//! `etc/acl.xml`.

use super::text::text_type;

text_type! {
    /// The path of a file of the module, from its folder: `/` between its parts, and none of them `.` or `..`.
    FilePath, "a file of the module such as `etc/acl.xml`", length 1..=255usize,
    pattern r"^(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*(/(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*)*$"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::TreePath;

    #[test]
    fn it_is_a_path_below_the_output_root() {
        for path in ["etc/acl.xml", "README.md", ".hidden/..a", "a b/ü", "..a", "..."] {
            assert!(FilePath::new(path).is_ok() && TreePath::new(path).is_ok(), "{path}");
        }
        for path in
            ["", ".", "..", "a/..", "../a", "/a", "a//b", "a/", "a\\b", "C:x", "a\n", "a/./b", "\u{85}"]
        {
            assert!(FilePath::new(path).is_err() && TreePath::new(path).is_err(), "{path:?}");
        }
    }
}
