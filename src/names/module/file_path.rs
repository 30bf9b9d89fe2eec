//! Paths of the module's files: `etc/acl.xml`.

use crate::names::text::text_type;

text_type! {
    /// The path of a file below the module's directory: segments separated by `/`, none of them `.` or `..`.
    FilePath, "a file of the module such as `etc/acl.xml`", length 1..=255usize,
    pattern r"^(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*(/(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*)*$"
}
