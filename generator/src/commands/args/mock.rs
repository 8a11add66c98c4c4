//! The arguments of `specwright mock`.

use super::{path, spec_arg, strict, strict_arg, with_appearance};
use clap::{Arg, ArgMatches, Command, value_parser};
use specwright::Parts;
use specwright::pipeline::Options;
use std::path::PathBuf;
use std::time::Duration;

/// Serve a document.
pub(in crate::commands) struct MockRequest {
    pub(in crate::commands) spec: PathBuf,
    pub(in crate::commands) options: Options,
    pub(in crate::commands) port: u16,
    pub(in crate::commands) delay: Duration,
    pub(in crate::commands) seed: u64,
    pub(in crate::commands) record: Option<PathBuf>,
}

/// Understands the arguments.
pub(super) fn request(used: &ArgMatches) -> MockRequest {
    let milliseconds = used.get_one::<u64>("delay").copied().unwrap_or_default();
    let mut options = Options {
        parts: Parts::Client,
        strict: strict(used),
        ..Options::default()
    };
    // What a client asks for to have types; a server is to validate them in any case.
    options.plan.features.xml = true;
    MockRequest {
        spec: path(used, "spec").unwrap_or_default(),
        options,
        port: used.get_one("port").copied().unwrap_or_default(),
        delay: Duration::from_millis(milliseconds),
        seed: used.get_one("seed").copied().unwrap_or_default(),
        record: path(used, "record"),
    }
}

/// The grammar.
pub(super) fn command() -> Command {
    with_appearance(Command::new("mock"))
        .about("Serve the document: refuse what it does not allow, answer what it shows")
        .after_help(
            "A header `Prefer: code=409` chooses the response. What is created can be read, listed and deleted, where \
             the paths let one guess how.\n\n\
             Example:\n  specwright mock api.yaml --port 4010\n  BASE_URL=http://127.0.0.1:4010 sh sample.sh",
        )
        .arg(spec_arg())
        .arg(
            Arg::new("port")
                .long("port")
                .short('p')
                .value_name("PORT")
                .value_parser(value_parser!(u16))
                .default_value("4010")
                .help("The port on this machine; 0 for any that is free"),
        )
        .arg(
            Arg::new("delay")
                .long("delay")
                .value_name("MILLISECONDS")
                .value_parser(value_parser!(u64).range(..=600_000))
                .help("Hold every answer back for so long"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("NUMBER")
                .value_parser(value_parser!(u64))
                .help("Make up other identifiers than without, and the same with the same number"),
        )
        .arg(
            Arg::new("record")
                .long("record")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Add each request and its answer to a file, a line of JSON each"),
        )
        .arg(strict_arg())
}
