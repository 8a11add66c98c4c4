//! The commands: what the user types, and what is printed in return.

mod args;
mod console;
mod explain;
mod generate;
mod inspect;
mod mock;
mod project;
mod samples;
mod templates;

use args::{Action, Invocation};
use console::Console;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// Understands the arguments, does what they say, and gives the exit code: 0 done, 1 the document has errors or the
/// output has drifted, 2 wrong usage or a file that cannot be read or written.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let invocation = match args::parse(arguments) {
        Ok(invocation) => invocation,
        Err(error) => {
            // Help and the version are such "errors", too. Nobody is left to be told if the stream is closed.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let console = Console::new(&invocation.appearance);
    match dispatch(invocation, &console) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        // Whoever closed the pipe has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(invocation: Invocation, console: &Console) -> Result<Outcome, Failure> {
    match invocation.action {
        Action::Project(request) => project::run(request, console),
        Action::Generate(request) => generate::run(&request, console),
        Action::Inspect(request) => inspect::run(&request, console),
        Action::Mock(request) => mock::run(&request, console.clone()),
        Action::Samples(request) => samples::run(&request, console),
        Action::Explain(code) => explain::run(code, console),
    }
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Done,
    /// There is something that the user must mend: errors in the document, or drift.
    Found,
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// A file of the user is not there, not readable, or not what it should be.
    User(String),
    /// As above, and a diagnostic has said so.
    Reported,
    /// The results cannot be printed.
    Output(io::Error),
}

impl Failure {
    fn user(message: impl fmt::Display) -> Self {
        Failure::User(message.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::User(message) => f.write_str(message),
            Failure::Reported => f.write_str("the document cannot be read"),
            Failure::Output(error) => write!(f, "cannot print: {error}"),
        }
    }
}
