//! PHP of a shop.

use std::{
    io::{self, Read, Write},
    iter,
    process::{Command, ExitStatus, Stdio},
    sync::{
        OnceLock,
        mpsc::{self, Receiver},
    },
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, de::DeserializeOwned};

use super::{PATIENCE, grace::Grace, printed::PrintedLines, shells};
use crate::{
    bounded,
    diag::io_reason,
    interrupt,
    magento::{ShopError, error::ProgramFailure},
};

/// Command that runs the shop's PHP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Php {
    command: String,
    program: String,
    arguments: Vec<String>,
    timeout: Duration,
    /// Number of shells between magespec and PHP, once it is known.
    shells: OnceLock<usize>,
}

/// Size limit for answers.
const MAX_BYTES: u64 = 64 << 20;
/// Time between two looks at a program that closed its output and is about to end.
const LAST_MOMENT: Duration = Duration::from_millis(2);
/// Number of lines shown of PHP's output.
const SHOWN_LINES: usize = 8;

/// Reply of a program.
#[derive(Deserialize)]
enum Reply<T> {
    #[serde(rename = "answer")]
    Answer(T),
    #[serde(rename = "failure")]
    Failure(ProgramFailure),
}

impl Php {
    /// Parses `command` like a shell; `timeout` limits each question.
    ///
    /// # Errors
    /// Invalid command line.
    pub fn new(command: &str, timeout: Duration) -> Result<Self, ShopError> {
        let mut words = shlex::split(command).unwrap_or_default().into_iter();
        let program = words.next().ok_or_else(|| ShopError::Command(command.to_owned()))?;
        Ok(Self {
            command: command.to_owned(),
            program,
            arguments: words.collect(),
            timeout,
            shells: OnceLock::new(),
        })
    }

    /// The same command with at least this limit for each question.
    #[must_use]
    pub fn with_at_least(&self, timeout: Duration) -> Self {
        Self { timeout: self.timeout.max(timeout), ..self.clone() }
    }

    /// Command with further arguments, quoted for the shells that they pass, such as the one that ssh starts.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let shells = match arguments.iter().all(|argument| shells::takes_as_it_is(argument)) {
            true => 0,
            false => *self.shells.get_or_init(|| self.count_shells()),
        };
        self.quoted(arguments, shells)
    }

    fn quoted(&self, arguments: &[&str], shells: usize) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command.args(arguments.iter().map(|argument| shells::quoted(argument, shells)));
        command
    }

    /// Asks PHP for an argument with spaces and quotes, quoted more and more often, until it arrives as it was. PHP that does
    /// not answer is asked only once.
    fn count_shells(&self) -> usize {
        for shells in 0..=shells::MOST {
            match self.run(self.quoted(&["--", shells::PROBE], shells), shells::PROGRAM) {
                Ok(output) if shells::has_arrived(&String::from_utf8_lossy(&output.out)) => return shells,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        shells::named(iter::once(&self.program).chain(&self.arguments))
    }

    /// Error for PHP that cannot be started.
    pub(super) fn missing(&self, error: &io::Error) -> ShopError {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "command not found".to_owned(),
            _ => io_reason(error),
        };
        ShopError::NoPhp(self.command.clone(), why)
    }

    /// Runs the program and reads the answer between two markers.
    pub(in crate::magento) fn answer<T: DeserializeOwned>(
        &self,
        program: &str,
        root: &str,
        marker: &str,
    ) -> Result<T, ShopError> {
        let output = self.run(self.command(&[]), program)?;
        let out = String::from_utf8_lossy(&output.out);
        let Some((noise, rest)) = out.split_once(marker) else {
            if interrupt::requested().is_some() {
                return Err(ShopError::Interrupted);
            }
            return Err(ShopError::NoAnswer(output.status.to_string(), output.last_lines(&out)));
        };
        let document = rest.split_once(marker).map_or(rest, |(document, _)| document);
        match serde_json::from_str(document) {
            Ok(Reply::Answer(answer)) => Ok(answer),
            Ok(Reply::Failure(failure)) => {
                Err(failure.into_error(root, output.status.to_string(), output.last_lines(noise)))
            }
            Err(error) => Err(ShopError::Unreadable(error.to_string())),
        }
    }

    /// Runs the program until it ends or times out.
    fn run(&self, mut command: Command, program: &str) -> Result<ProcessOutput, ShopError> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| self.missing(&error))?;
        if let Some(mut stdin) = child.stdin.take() {
            let program = program.to_owned();
            // If PHP does not read it, it has ended or hangs; both are handled below.
            thread::spawn(move || stdin.write_all(program.as_bytes()));
        }
        let (printed, said) = (read(child.stdout.take()), read(child.stderr.take()));
        let (mut out, mut errors, mut grace) = (None, None, Grace::default());
        let until = Instant::now() + self.timeout;
        let failure = loop {
            let is_over = Instant::now() >= until || grace.is_over(&child);
            match (&out, &errors) {
                (None, _) => out = printed.recv_timeout(PATIENCE).ok(),
                (_, None) => errors = said.recv_timeout(PATIENCE).ok(),
                _ => thread::sleep(LAST_MOMENT),
            }
            if let Some(Err(error)) = out.as_ref().or(errors.as_ref()) {
                break ShopError::Unreadable(io_reason(error));
            }
            if let (Some(Ok(_)), Some(Ok(_)), Ok(Some(status))) = (&out, &errors, child.try_wait()) {
                let text =
                    |bytes: Option<io::Result<Vec<u8>>>| bytes.and_then(Result::ok).unwrap_or_default();
                return Ok(ProcessOutput { out: text(out), errors: text(errors), status });
            }
            if is_over {
                break match interrupt::requested() {
                    Some(_) => ShopError::Interrupted,
                    None => ShopError::TimedOut(self.timeout.as_secs()),
                };
            }
        };
        let _ = child.kill();
        let _ = child.wait();
        Err(failure)
    }
}

/// Output of a program.
struct ProcessOutput {
    out: Vec<u8>,
    errors: Vec<u8>,
    /// Exit status.
    status: ExitStatus,
}

impl ProcessOutput {
    /// Last lines of the errors and of `out`.
    fn last_lines(&self, out: &str) -> String {
        let errors = String::from_utf8_lossy(&self.errors);
        let mut printed = PrintedLines::default();
        let lines = out.lines().chain(errors.lines()).map(|line| printed.next(line.as_bytes()));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
    }
}

/// Reads a pipe on a separate thread: another process may keep it open forever.
fn read(pipe: Option<impl Read + Send + 'static>) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let _ = sender.send(pipe.map_or(Ok(Vec::new()), |pipe| bounded::stream(pipe, MAX_BYTES)));
    });
    receiver
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn php_that_does_not_answer_is_asked_only_once() {
        let dir = tempfile::tempdir().unwrap();
        let asked = dir.path().join("asked");
        let script = format!("echo x >> {}; exec sleep 9", asked.display());
        let php = Php::new(&format!("sh -c '{script}'"), Duration::from_millis(300)).unwrap();
        assert_eq!(php.count_shells(), 0);
        assert!(std::fs::read_to_string(asked).unwrap_or_default().len() <= "x\n".len());
    }
}
