//! Reading with limits. What magespec reads into memory, it reads here: limited by the bytes that come, not by the size
//! that the file system names, and from files, because a pipe may block and a device may never end.

#[cfg(feature = "cli")]
mod log;

use std::{
    fs,
    io::{self, BufRead, Read},
};

use camino::Utf8Path;

#[cfg(feature = "cli")]
pub(crate) use self::log::log;

/// Largest generated file, and largest lock, that is read from disk.
pub(crate) const LARGEST_FILE: u64 = 64 << 20;

/// Longest line that is read of the output of a command.
const LONGEST_LINE: u64 = 1 << 20;

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// Fails if it cannot be read, is larger, or is not a regular file.
pub(crate) fn file(path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !is_of_process(path) {
        return Err(not_a_file(metadata.is_dir()));
    }
    sized(fs::File::open(path)?, metadata.len(), limit)
}

/// Reads a file of at most `limit` bytes, or standard input if it is named `-`.
///
/// # Errors
/// Fails if it cannot be read, is larger, or is not a regular file.
pub(crate) fn input(path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
    if path == "-" { stream(io::stdin().lock(), limit) } else { file(path, limit) }
}

/// Reads at most `limit` bytes, up to the end.
///
/// # Errors
/// Fails if reading fails, or if there are more.
pub(crate) fn stream(from: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    sized(from, 0, limit)
}

/// Reads at most `limit` bytes, up to the end. `size` is the number of bytes that are probably there: they are read at once.
///
/// # Errors
/// Fails if reading fails, or if there are more.
pub(crate) fn sized(from: impl Read, size: u64, limit: u64) -> io::Result<Vec<u8>> {
    /// Largest part that is read at once.
    const AT_ONCE: u64 = 1 << 20;
    // One more byte, so that the end is found without another buffer.
    let room = usize::try_from(size.min(limit).min(AT_ONCE)).map_or(0, |size| size + 1);
    let mut bytes = Vec::with_capacity(room);
    from.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) }
}

/// Reads the next line and returns true, or false at the end. A line of more than 1 MiB is passed over, and a remark takes its
/// place.
///
/// # Errors
/// Fails if reading fails.
pub(crate) fn next_line(from: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    from.by_ref().take(LONGEST_LINE).read_until(b'\n', line)?;
    if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
        from.skip_until(b'\n')?;
        *line = b"(a line of more than 1 MiB)".to_vec();
    }
    Ok(!line.is_empty())
}

/// Error about something larger than a limit.
pub(crate) fn too_large(limit: u64) -> io::Error {
    let size = if limit.is_multiple_of(1 << 20) {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{} KiB", limit >> 10)
    };
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {size}"))
}

/// Error about something that is not a regular file.
pub(crate) fn not_a_file(is_directory: bool) -> io::Error {
    if is_directory {
        io::ErrorKind::IsADirectory.into()
    } else {
        io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
    }
}

/// Returns true for a stream that this process was given, such as `/dev/stdin`, or `<(…)` of a shell.
fn is_of_process(path: &Utf8Path) -> bool {
    path == "/dev/stdin" || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Endless zeros, and how many of them were read.
    struct Zeros(u64);

    impl Read for &mut Zeros {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer.fill(0);
            self.0 += buffer.len() as u64;
            Ok(buffer.len())
        }
    }

    #[test]
    fn what_never_ends_is_read_up_to_the_limit() {
        let mut zeros = Zeros(0);
        let error = stream(&mut zeros, 3 << 20).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            (io::ErrorKind::FileTooLarge, "it is larger than 3 MiB")
        );
        assert_eq!(zeros.0, (3 << 20) + 1);
        for size in [0, 2, 3, 4, u64::MAX] {
            assert_eq!(sized(&b"abc"[..], size, 3).unwrap(), b"abc");
            assert!(sized(&b"abcd"[..], size, 3).is_err());
        }
        assert_eq!(too_large(1 << 10).to_string(), "it is larger than 1 KiB");
    }

    #[test]
    fn lines_that_never_end_are_passed_over() {
        let text = [b"a\n".as_slice(), &vec![b'x'; 3 << 20], b"\n\nb"].concat();
        let (mut from, mut line, mut lines) = (text.as_slice(), Vec::new(), Vec::new());
        while next_line(&mut from, &mut line).unwrap() {
            lines.push(String::from_utf8(line.clone()).unwrap());
        }
        assert_eq!(lines, ["a\n", "(a line of more than 1 MiB)", "\n", "b"]);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_not_opened() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = Utf8Path::from_path(dir.path()).unwrap().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Utf8Path::new("/dev/zero"), Utf8Path::new("/dev/tty")] {
            assert_eq!(file(path, 1).unwrap_err().to_string(), "it is not a regular file", "{path}");
        }
        assert!(log(Utf8Path::new("/dev/zero")).is_err());
        assert_eq!(file(Utf8Path::new("/"), 1).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }
}
