//! The arguments about the pages.

use super::{path, text};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use specwright::Flavour;
use specwright::reference::DocsOptions;
use std::path::PathBuf;

/// The grammar.
pub(super) fn args() -> [Arg; 3] {
    [
        Arg::new("html")
            .long("html")
            .action(ArgAction::SetTrue)
            .help("Write the static site docs/html/ beside the pages: a page for each operation and type"),
        Arg::new("flavour")
            .long("flavour")
            .value_name("FLAVOUR")
            .value_parser(Flavour::ALL.map(Flavour::as_str))
            .help("What reads the Markdown pages [default: github]"),
        Arg::new("templates")
            .long("templates")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help("Templates that stand for those of specwright, under their names"),
    ]
}

/// Understands them.
pub(super) fn choose(matches: &ArgMatches, options: &mut DocsOptions) {
    options.html = matches.get_flag("html");
    let flavour = text(matches, "flavour").and_then(Flavour::parse);
    options.flavour = flavour.unwrap_or_default();
}

/// The directory of templates.
pub(super) fn templates(matches: &ArgMatches) -> Option<PathBuf> {
    path(matches, "templates")
}
