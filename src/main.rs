//! The `magespec` command.

use std::{io, process::ExitCode};

use magespec::{cli, interrupt};

fn main() -> ExitCode {
    // Without handlers, signals end the process as usual.
    let _ = interrupt::listen();
    let ran = cli::run(std::env::args_os());
    if let Some(signal) = interrupt::requested() {
        return signal.status().into();
    }
    match ran {
        Ok(outcome) => outcome.into(),
        // The reader, a pager for example, has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            cli::report_unwritable(error);
            ExitCode::FAILURE
        }
    }
}
