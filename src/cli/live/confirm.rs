//! Questions to whoever runs magespec.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crate::cli::output::{stderr, stderr_is_terminal};

/// Asks whether to go on; none where nobody can be asked, as standard input or standard error is no terminal.
///
/// # Errors
/// If the terminal cannot be written to or read from.
pub(in crate::cli) fn confirm(question: &str) -> io::Result<Option<bool>> {
    Ok(ask(&format!("{question} [y/N]"))?.map(|answer| matches!(answer.as_str(), "y" | "Y" | "yes")))
}

/// Asks for one of `count` numbered things; `Some(None)` if none is chosen, none where nobody can be asked.
///
/// # Errors
/// If the terminal cannot be written to or read from.
pub(in crate::cli) fn choose(question: &str, count: usize) -> io::Result<Option<Option<usize>>> {
    let answer = ask(&format!("{question} [1-{count}, nothing to leave it]"))?;
    let chosen = |answer: String| answer.parse().ok().filter(|number| (1..=count).contains(number));
    Ok(answer.map(|answer| chosen(answer).map(|number| number - 1)))
}

fn ask(question: &str) -> io::Result<Option<String>> {
    if !io::stdin().is_terminal() || !stderr_is_terminal() {
        return Ok(None);
    }
    write!(stderr(), "{question} ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(Some(answer.trim().to_owned()))
}
