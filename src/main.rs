//! The `magespec` command.

use std::{io, process::ExitCode};

use magespec::cli;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Ok(outcome) => outcome.into(),
        // The reader, a pager for example, has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            cli::report_unwritable(error);
            ExitCode::FAILURE
        }
    }
}
