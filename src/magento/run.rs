//! Runs `bin/magento` commands.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::Stdio,
    sync::mpsc::{self, Sender},
    thread,
};

use super::{Log, Php, ShopError};

/// Result of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// True if the exit status is 0.
    pub is_fine: bool,
    /// Last lines of its output.
    pub last: Vec<String>,
}

/// Number of lines shown of a failed command.
const LAST_LINES: usize = 15;

/// Runs a `bin/magento` command in `root`. Passes each line of output to the log and to `line`.
///
/// # Errors
/// PHP cannot be started.
pub fn run(
    php: &Php,
    root: &str,
    arguments: &[&str],
    log: &mut Log,
    mut line: impl FnMut(&str),
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
    let mut last = Vec::new();
    for text in lines {
        log.line(&text);
        line(&text);
        if !text.trim().is_empty() {
            last.push(text);
        }
        if last.len() > LAST_LINES {
            last.remove(0);
        }
    }
    let status = child.wait();
    Ok(Ended { is_fine: status.is_ok_and(|status| status.success()), last })
}

fn forward(pipe: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if lines.send(text).is_err() {
                return;
            }
        }
    });
}
