//! Logs named on the command line.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::{Failure, io_reason};

/// Lists the logs that paths name: files, and the logs in directories, sorted by name.
///
/// # Errors
/// Unreadable directory, or directory without a log.
pub(in crate::cli) fn find_logs(paths: &[Utf8PathBuf]) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut logs = Vec::new();
    for path in paths {
        if !path.is_dir() {
            logs.push(path.clone());
            continue;
        }
        let found = below(path).map_err(|error| format!("cannot read {path}: {}", io_reason(&error)))?;
        if found.is_empty() {
            return Err(format!(
                "no log in {path}: expected files such as access.log, access.log.1 or access.log.2.gz; name others \
                 one by one"
            )
            .into());
        }
        logs.extend(found);
    }
    Ok(logs)
}

/// Access logs in a directory; all its logs but error logs if no name says which they are.
fn below(dir: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let mut logs = Vec::new();
    for entry in dir.read_dir_utf8()? {
        let path = entry?.into_path();
        if path.is_file() && path.file_name().is_some_and(is_log) {
            logs.push(path);
        }
    }
    let is_access = |path: &Utf8PathBuf| path.file_name().is_some_and(|name| name.contains("access"));
    if logs.iter().any(is_access) {
        logs.retain(is_access);
    }
    logs.sort();
    Ok(logs)
}

/// Returns true for names such as `access.log`, `access.log-20260301.gz`, `access_log.1` and `calls.json`.
fn is_log(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let is_hidden = name.starts_with('.');
    let is_log = name.contains(".log") || name.contains("_log") || name.contains("access");
    let is_list = [".json", ".jsonl", ".ndjson", ".txt"].iter().any(|end| name.ends_with(end));
    (is_log || is_list) && !is_hidden && !name.contains("error")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_are_known_by_their_names() {
        for name in [
            "access.log",
            "access.log.1",
            "access.log.2.gz",
            "access_log",
            "access_log-20260301",
            "ssl_access_log.gz",
            "shop.access.log-20260301.gz",
            "other_vhosts_access.log",
            "nginx.log",
            "requests.json",
            "requests.jsonl.gz",
        ] {
            assert!(is_log(name), "{name}");
        }
        for name in
            ["error.log", "ssl_error_log", ".access.log.swp", "README.md", "integration.toml", "dump.sql.gz"]
        {
            assert!(!is_log(name), "{name}");
        }
    }
}
