//! The arguments of `specwright samples`.

use super::{
    force_arg, name_arg, path, spec_arg, strict, strict_arg, text, with_appearance, write_mode,
};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use specwright::Parts;
use specwright::artifact::Mode;
use specwright::pipeline::Options;
use specwright::reference::Language;
use std::path::PathBuf;

/// Write the samples alone.
pub(in crate::commands) struct SamplesRequest {
    pub(in crate::commands) spec: PathBuf,
    pub(in crate::commands) target: SamplesTarget,
    pub(in crate::commands) languages: Vec<Language>,
    pub(in crate::commands) options: Options,
    pub(in crate::commands) mode: Mode,
}

/// Where samples are written to.
pub(in crate::commands) enum SamplesTarget {
    /// A directory, with a file for each sample.
    Files(PathBuf),
    /// A copy of the document, with the samples of each operation in it.
    Document(PathBuf),
}

/// Understands the arguments.
pub(super) fn request(used: &ArgMatches) -> SamplesRequest {
    let languages = used.get_many::<String>("language").unwrap_or_default();
    let languages: Vec<Language> = languages.filter_map(|name| Language::parse(name)).collect();
    let mut options = Options {
        parts: Parts::Client,
        strict: strict(used),
        ..Options::default()
    };
    options.plan.name = text(used, "name").map(str::to_owned);
    SamplesRequest {
        spec: path(used, "spec").unwrap_or_default(),
        target: match path(used, "into") {
            Some(path) => SamplesTarget::Document(path),
            None => SamplesTarget::Files(path(used, "out").unwrap_or_default()),
        },
        languages: match languages.as_slice() {
            [] => Language::ALL.to_vec(),
            _ => languages,
        },
        options,
        mode: write_mode(used),
    }
}

/// The grammar.
pub(super) fn command() -> Command {
    with_appearance(Command::new("samples"))
        .about("Write the code samples alone")
        .after_help("Examples:\n  specwright samples api.yaml --out samples --language python,go\n  specwright samples api.yaml --into with-samples.yaml")
        .arg(spec_arg())
        .arg(
            Arg::new("out")
                .long("out")
                .short('o')
                .value_name("DIR")
                .required_unless_present("into")
                .conflicts_with("into")
                .value_parser(value_parser!(PathBuf))
                .help("A directory for a file of each language and operation"),
        )
        .arg(
            Arg::new("into")
                .long("into")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("A copy of the document with x-codeSamples in each operation; all else stays as it stands"),
        )
        .arg(
            Arg::new("language")
                .long("language")
                .short('l')
                .value_name("LANGUAGES")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .value_parser(Language::ALL.map(Language::as_str))
                .help("The languages [default: all]"),
        )
        .arg(name_arg())
        .arg(strict_arg())
        .arg(force_arg())
}
