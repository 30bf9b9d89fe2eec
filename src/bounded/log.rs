//! Logs, which are read piece by piece.

use std::{fs, io};

use camino::Utf8Path;

use super::{is_of_process, not_a_file};

/// Opens a log, which may be a pipe: it is read piece by piece and never held.
///
/// # Errors
/// Fails if it cannot be opened, or is a directory or a device.
pub(crate) fn log(path: &Utf8Path) -> io::Result<fs::File> {
    let kind = fs::metadata(path)?.file_type();
    if (kind.is_dir() || is_device(kind)) && !is_of_process(path) {
        return Err(not_a_file(kind.is_dir()));
    }
    fs::File::open(path)
}

#[cfg(unix)]
fn is_device(kind: fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    kind.is_char_device() || kind.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: fs::FileType) -> bool {
    false
}
