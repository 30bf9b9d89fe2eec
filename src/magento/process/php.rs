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

use super::{grace::Grace, printed::PrintedLines, shells};
use crate::{
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

    /// Asks PHP for an argument with spaces and quotes, quoted more and more often, until it arrives as it was.
    fn count_shells(&self) -> usize {
        let arrives = |shells: &usize| {
            let command = self.quoted(&["--", shells::PROBE], *shells);
            let output = self.run(command, shells::PROGRAM);
            output.is_ok_and(|output| shells::has_arrived(&String::from_utf8_lossy(&output.out)))
        };
        let by_name = || shells::named(iter::once(&self.program).chain(&self.arguments));
        (0..=shells::MOST).find(arrives).unwrap_or_else(by_name)
    }

    /// Error for PHP that cannot be started.
    pub(super) fn missing(&self, error: &io::Error) -> ShopError {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "command not found".to_owned(),
            _ => error.to_string(),
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
        loop {
            let is_over = Instant::now() >= until || grace.is_over(&child);
            out = out.or_else(|| printed.try_recv().ok());
            errors = errors.or_else(|| said.try_recv().ok());
            if let (Some(_), Some(_), Ok(Some(status))) = (&out, &errors, child.try_wait()) {
                return Ok(ProcessOutput {
                    out: out.unwrap_or_default(),
                    errors: errors.unwrap_or_default(),
                    status,
                });
            }
            if is_over {
                let _ = child.kill();
                let _ = child.wait();
                return Err(match interrupt::requested() {
                    Some(_) => ShopError::Interrupted,
                    None => ShopError::TimedOut(self.timeout.as_secs()),
                });
            }
            thread::sleep(Duration::from_millis(2));
        }
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
fn read(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let _ = pipe.take(MAX_BYTES).read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}
