//! What came of each call, printed as it comes.

use std::process::ExitCode;

use served::runtime::operation::Operation;
use served::{Error, Request, Response};

/// How many calls went as expected, and which did not.
#[derive(Default)]
pub struct Table {
    calls: usize,
    wrong: usize,
}

impl Table {
    /// A call that the server must answer as its document says.
    pub fn works<O: Operation>(
        &mut self,
        name: &str,
        call: Request<'_, O>,
    ) -> Option<Response<O::Output, O::Headers>>
    where
        O::Error: std::fmt::Debug,
    {
        self.calls += 1;
        match call.wait() {
            Ok(answer) => {
                println!("ok        {name}: {}", answer.status());
                Some(answer)
            }
            Err(error) => {
                self.wrong += 1;
                println!("WRONG     {name}: {error:?}");
                None
            }
        }
    }

    /// A call that must fail in this way, of which the reason is told.
    pub fn fails<O: Operation>(
        &mut self,
        name: &str,
        call: Request<'_, O>,
        expected: fn(&Error<O::Error>) -> bool,
        reason: &str,
    ) where
        O::Error: std::fmt::Debug,
    {
        self.calls += 1;
        match call.wait() {
            Err(error) if expected(&error) => println!("expected  {name}: {reason}"),
            Err(error) => {
                self.wrong += 1;
                println!("WRONG     {name}: {error:?}");
            }
            Ok(answer) => {
                self.wrong += 1;
                println!(
                    "WRONG     {name}: answered {}, expected: {reason}",
                    answer.status()
                );
            }
        }
    }

    /// Something that must be so of what was answered.
    pub fn holds(&mut self, what: &str, is_so: bool) {
        if !is_so {
            self.wrong += 1;
        }
        println!("{}     {what}", if is_so { "holds" } else { "WRONG" });
    }

    /// Prints how many calls there were, and says whether all went as expected.
    pub fn verdict(&self) -> ExitCode {
        println!("{} calls, {} not as expected", self.calls, self.wrong);
        match self.wrong {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}
