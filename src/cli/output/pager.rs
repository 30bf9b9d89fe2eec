//! Paging of long output, like git.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
};

use super::{print_data, stdout_is_terminal, streams::for_stdout};
use crate::interrupt;

/// Pager option.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Paging {
    /// Do not page the output; on a terminal, MAGESPEC_PAGER, PAGER or less is used otherwise
    #[arg(long)]
    pub(in crate::cli) no_pager: bool,
}

/// Writes text for people to standard output, on a terminal through the pager.
///
/// # Errors
/// Errors when writing to standard output.
pub(in crate::cli) fn page(text: &str, paging: Paging) -> io::Result<()> {
    page_data(&for_stdout(text), paging)
}

/// Writes data to standard output byte for byte, on a terminal through the pager.
///
/// # Errors
/// Errors when writing to standard output.
pub(in crate::cli) fn page_data(text: &[u8], paging: Paging) -> io::Result<()> {
    if stdout_is_terminal() && !paging.no_pager {
        let is_shown = pager().is_some_and(|pager| through(&pager, text).is_ok());
        if is_shown {
            return Ok(());
        }
    }
    print_data(text)
}

/// Pager command; none if it is set to an empty value or `cat`.
fn pager() -> Option<String> {
    let set = ["MAGESPEC_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok());
    let pager = set.unwrap_or_else(|| "less".to_owned());
    (!matches!(pager.trim(), "" | "cat")).then_some(pager)
}

fn through(pager: &str, text: &[u8]) -> io::Result<()> {
    let mut command = Command::new("sh");
    command.args(["-c", pager]).stdin(Stdio::piped());
    // Git's default: quit if the output fits the screen, pass colours through, keep the screen.
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let _pagers = interrupt::ignore_interrupts();
    let mut child = command.spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    let status = child.wait()?;
    match written {
        // The pager was closed early.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        // The shell did not find the pager.
        _ if status.code() == Some(127) => Err(io::ErrorKind::NotFound.into()),
        _ => Ok(()),
    }
}
