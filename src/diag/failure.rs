//! The error that ends a command.

use std::{fmt, io};

use super::{Report, printable_line, with_slashes};

/// A file that could not be used, or a line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlace {
    /// Path of the file, as in messages.
    pub file: String,
    /// Number of the line, from 1.
    pub line: Option<u64>,
}

/// The error that ends a command: a sentence, or findings in the files that it was about.
#[derive(Debug)]
pub enum Failure {
    /// The reason, and what to do about it, in printable lines, and the place that it is about.
    Message(String, Option<FilePlace>),
    /// Findings in files that could not be used.
    Findings(Vec<Report>),
    /// Standard output or standard error cannot be written to. Errors of files become messages, which name the file.
    Output(io::Error),
}

impl Failure {
    /// A failure with a sentence, on one line. Foreign text in it becomes printable.
    pub fn new(message: impl AsRef<str>) -> Self {
        Self::Message(printable_line(message.as_ref()).into_owned(), None)
    }

    /// A failure with several lines. Foreign text in them becomes printable.
    pub fn of_lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let lines = lines.into_iter().map(|line| printable_line(line.as_ref()).into_owned());
        Self::Message(lines.collect::<Vec<_>>().join("\n"), None)
    }

    /// A failure with the lines of a text. Foreign text in it becomes printable.
    pub fn of_text(text: impl AsRef<str>) -> Self {
        Self::of_lines(text.as_ref().lines())
    }

    /// `cannot read PATH: REASON`.
    pub fn unreadable(path: impl fmt::Display, error: &io::Error) -> Self {
        Self::new(format!("cannot read {path}: {}", io_reason(error))).at(path)
    }

    /// `cannot write the output: REASON`.
    pub fn unwritable(error: &io::Error) -> Self {
        Self::new(format!("cannot write the output: {}", io_reason(error)))
    }

    /// Adds the file that a message is about, which it names already.
    #[must_use]
    pub fn at(self, file: impl fmt::Display) -> Self {
        self.with_place(file, None)
    }

    /// Adds the line that a message is about, which it names already.
    #[must_use]
    pub fn at_line(self, file: impl fmt::Display, line: u64) -> Self {
        self.with_place(file, Some(line))
    }

    fn with_place(self, file: impl fmt::Display, line: Option<u64>) -> Self {
        match self {
            Self::Message(message, _) => {
                Self::Message(message, Some(FilePlace { file: with_slashes(file.to_string()), line }))
            }
            other => other,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message, _) => f.write_str(message),
            Self::Findings(reports) => {
                let found = reports.iter().flat_map(|report| {
                    report
                        .diagnostics
                        .iter()
                        .map(|it| format!("{}: {}", printable_line(&report.source.name), it.message))
                });
                f.write_str(&found.collect::<Vec<_>>().join("; "))
            }
            Self::Output(error) => write!(f, "{}", Self::unwritable(error)),
        }
    }
}

impl std::error::Error for Failure {}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Findings(vec![report])
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The text of an I/O error, without the number of the operating system.
#[must_use]
pub fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "a file is where a directory is needed".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().map(str::to_owned).unwrap_or(text)
        }
    }
}
