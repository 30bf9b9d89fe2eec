//! Paths of the module's files: `etc/acl.xml`.

use std::borrow::Cow;

use crate::names::text::text_type;

/// Characters that HFS+ ignores in names.
macro_rules! ignored {
    () => {
        r"[\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF]*"
    };
}

/// Segments that lead into a .git directory on some file system, as git itself rejects them: `.GIT`, `.git.`,
/// `GIT~1`.
macro_rules! git {
    () => {
        concat!(
            "(^|/)",
            ignored!(),
            r"(\.",
            ignored!(),
            "[gG]",
            ignored!(),
            "[iI]",
            ignored!(),
            "[tT]",
            ignored!(),
            r"|[gG][iI][tT]~[0-9]+)[ .\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF]*(/|$)"
        )
    };
}

/// Segments up to one that is a file of every module.
macro_rules! own_file {
    () => {
        concat!(
            "(^|/)([rR][eE][aA][dD][mM][eE]\\.[mM][dD]|[cC][oO][mM][pP][oO][sS][eE][rR]\\.[jJ][sS][oO][nN]",
            "|[rR][eE][gG][iI][sS][tT][rR][aA][tT][iI][oO][nN]\\.[pP][hH][pP]",
            "|[iI][nN][tT][eE][gG][rR][aA][tT][iI][oO][nN]\\.([tT][oO][mM][lL]|[lL][oO][cC][kK]))[ .]*"
        )
    };
}

/// Segments separated by `/`, none of them `.` or `..`.
macro_rules! segments {
    () => {
        r"^(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*(/(\.?[^./\\:\u0000-\u001F\u007F-\u009F]|\.\.[^/\\:\u0000-\u001F\u007F-\u009F])[^/\\:\u0000-\u001F\u007F-\u009F]*)*$"
    };
}

text_type! {
    /// The path of a file below the module's directory: segments separated by `/`, none of them `.`, `..` or
    /// `.git`, and no directory with the name of a file of every module.
    FilePath, "a file of the module such as `etc/acl.xml`", length 1..=255usize,
    pattern segments!(),
    except concat!(git!(), "|", own_file!(), "/|(^|/)[iI][nN][tT][eE][gG][rR][aA][tT][iI][oO][nN]\\.[lL][oO][cC][kK][ .]*$")
}

text_type! {
    /// A directory below the one of composer.json, like [`FilePath`], which is not named like a file of every module.
    SourcePath, "a directory such as `src`", length 1..=255usize,
    pattern segments!(),
    except concat!(git!(), "|", own_file!(), "(/|$)")
}

text_type! {
    /// The directory of a module, relative to the spec: segments separated by `/`, none of them `.git`.
    ModuleDirectory, "a directory relative to the spec such as `../app/code/Acme/Wms`", length 1..=1024usize,
    pattern r"^[^/\\:\u0000-\u001F\u007F-\u009F]+(/[^/\\:\u0000-\u001F\u007F-\u009F]+)*$",
    except git!()
}

text_type! {
    /// The path of a shop's catalog, relative to the spec: segments separated by `/`, none of them `.git`.
    CatalogPath, "a file relative to the spec such as `shop.catalog`", length 1..=1024usize,
    pattern r"^[^/\\:\u0000-\u001F\u007F-\u009F]+(/[^/\\:\u0000-\u001F\u007F-\u009F]+)*$",
    except git!()
}

/// Returns true if the segment of a path is a .git directory on some file system, by the rules of git itself:
/// HFS+ ignores case and some characters, NTFS case, trailing dots and spaces and what follows a colon, and has the short
/// name `GIT~1`.
#[must_use]
pub fn is_git_directory(segment: &str) -> bool {
    let is_ignored = |c: &char| matches!(c, '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}');
    let segment = match segment.is_ascii() {
        true => Cow::Borrowed(segment),
        false => segment.chars().filter(|c| !is_ignored(c)).collect::<String>().into(),
    };
    let name = segment.split(':').next().unwrap_or_default();
    let name = name.trim_end_matches([' ', '.']);
    let number = name.get(..4).filter(|start| start.eq_ignore_ascii_case("git~")).map(|_| &name[4..]);
    name.eq_ignore_ascii_case(".git")
        || number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_of_git_are_refused_in_every_spelling() {
        for name in [
            ".git",
            ".GIT",
            ".Git",
            ".git.",
            ".git ",
            ".git . .",
            "git~1",
            "GIT~2",
            ".git::$INDEX_ALLOCATION",
            "git~1:x",
            "git~1.",
            ".g\u{200c}it",
            "\u{feff}.git",
            ".git\u{200d}",
            ".gi\u{206a}t.",
        ] {
            assert!(is_git_directory(name), "{name:?}");
            for path in
                [name.to_owned(), format!("{name}/hooks/x"), format!("a/{name}/x"), format!("a/{name}")]
            {
                assert!(FilePath::new(path.as_str()).is_err(), "{path:?}");
                assert!(SourcePath::new(path.as_str()).is_err(), "{path:?}");
            }
        }
        for name in [".github", ".gitignore", "git", "git~", "git~x", "a.git", "agit~1", ".gitx", ".gi"] {
            assert!(!is_git_directory(name), "{name:?}");
            assert!(FilePath::new(name).is_ok() && SourcePath::new(name).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn files_of_every_module_are_no_directories() {
        for name in
            ["README.md", "composer.json", "Registration.PHP", "integration.toml", "integration.lock."]
        {
            for source in [name.to_owned(), format!("src/{name}"), format!("{name}/src")] {
                assert!(SourcePath::new(source.as_str()).is_err(), "{source:?}");
            }
            assert!(FilePath::new(format!("{name}/x")).is_err(), "{name:?}");
        }
        assert!(FilePath::new("README.md").is_ok());
        assert!(FilePath::new("integration.lock").is_err());
        assert!(SourcePath::new("src/README.mdx").is_ok());
    }
}
