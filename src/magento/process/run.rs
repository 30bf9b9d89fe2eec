//! Runs `bin/magento` commands.

use std::{
    io::{BufReader, Read},
    process::{Child, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
};

use super::{Log, PATIENCE, Php, grace::Grace, printed::PrintedLines};
use crate::{bounded, magento::ShopError};

/// Result of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// True if the exit status is 0.
    pub is_fine: bool,
    /// Last lines of its output.
    pub last: Vec<String>,
    /// True if it was still running when magespec had to stop.
    pub is_running: bool,
}

/// Event of a running command.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// Line of output.
    Line(&'a str),
    /// A signal asks magespec to stop; the command gets time to end.
    Interrupted,
}

/// Number of lines shown of a failed command.
const LAST_LINES: usize = 15;

/// Runs a `bin/magento` command in `root`. Passes each line of output to the log and to `progress`.
///
/// # Errors
/// PHP cannot be started.
pub fn run(
    php: &Php,
    root: &str,
    arguments: &[&str],
    log: &mut Log,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Ended, ShopError> {
    let script = format!("{root}/bin/magento");
    let options = ["-d", "memory_limit=-1", "-d", "zend.exception_ignore_args=1", &script];
    let mut command = php.command(&[&options, arguments, &["--no-interaction", "--no-ansi"]].concat());
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| php.missing(&error))?;
    log.line(&format!("$ bin/magento {}", arguments.join(" ")));
    let (sender, lines) = mpsc::channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let (mut last, mut grace) = (Vec::new(), Grace::default());
    let is_running = loop {
        let was_asked = grace.has_begun();
        let is_over = grace.is_over(&child);
        if grace.has_begun() && !was_asked {
            progress(Progress::Interrupted);
        }
        match lines.recv_timeout(PATIENCE) {
            Ok(text) => {
                log.line(&text);
                progress(Progress::Line(&text));
                if !text.trim().is_empty() {
                    last.push(text);
                }
                if last.len() > LAST_LINES {
                    last.remove(0);
                }
            }
            Err(RecvTimeoutError::Disconnected) => break false,
            Err(RecvTimeoutError::Timeout) if is_over => break !has_ended(&mut child),
            // Another process may keep the pipe open.
            Err(RecvTimeoutError::Timeout) if grace.has_begun() && has_ended(&mut child) => break false,
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    let is_fine = !is_running && child.wait().is_ok_and(|status| status.success());
    Ok(Ended { is_fine, last, is_running })
}

fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

fn forward(pipe: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let (mut line, mut printed) = (Vec::new(), PrintedLines::default());
        while bounded::next_line(&mut pipe, &mut line).is_ok_and(|is_there| is_there) {
            let text = printed.next(&line);
            if lines.send(text).is_err() {
                return;
            }
        }
    });
}
