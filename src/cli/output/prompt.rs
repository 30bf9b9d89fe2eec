//! Prompts on the terminal.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::{stderr, stderr_is_terminal};
use crate::diag::Failure;

/// Returns true if there is a terminal to prompt on.
pub(in crate::cli) fn can_prompt() -> bool {
    io::stdin().is_terminal() && stderr_is_terminal()
}

/// Prompts for a line of text. `option` is the way to answer without a terminal.
///
/// # Errors
/// No terminal, or the end of standard input.
pub(in crate::cli) fn ask(question: &str, option: &str) -> Result<String, Failure> {
    if !can_prompt() {
        return Err(format!("{option} is required when standard input is not a terminal").into());
    }
    let mut err = stderr();
    write!(err, "{question} ")?;
    err.flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(err)?;
        return Err("standard input ended before all questions were answered".into());
    }
    Ok(line.trim().to_owned())
}

/// Prompts for yes or no.
///
/// # Errors
/// No terminal, or the end of standard input.
pub(in crate::cli) fn confirm(question: &str, option: &str) -> Result<bool, Failure> {
    let answer = ask(&format!("{question} [y/N]"), option)?;
    Ok(matches!(answer.as_str(), "y" | "Y" | "yes"))
}

/// Prompts for one of `count` numbered items, if any.
///
/// # Errors
/// No terminal, or the end of standard input.
pub(in crate::cli) fn choose(question: &str, count: usize, option: &str) -> Result<Option<usize>, Failure> {
    let answer = ask(&format!("{question} [1-{count}, Enter to skip]"), option)?;
    Ok(answer.parse().ok().filter(|number| (1..=count).contains(number)).map(|number: usize| number - 1))
}
