//! The arguments that every command has: how things are printed.

use super::text;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, Command, value_parser};

/// How things are printed.
pub(in crate::commands) struct Appearance {
    pub(in crate::commands) color: ColorChoice,
    pub(in crate::commands) format: Format,
    pub(in crate::commands) is_quiet: bool,
    pub(in crate::commands) shows_all: bool,
}

/// For whom diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Format {
    Human,
    Json,
}

/// Understands the arguments.
pub(super) fn appearance(matches: &ArgMatches) -> Appearance {
    Appearance {
        color: matches
            .get_one("color")
            .copied()
            .unwrap_or(ColorChoice::Auto),
        format: match text(matches, "format") {
            Some("json") => Format::Json,
            _ => Format::Human,
        },
        is_quiet: matches.get_flag("quiet"),
        shows_all: matches.get_flag("all"),
    }
}

/// Adds the arguments to a command.
pub(super) fn with_appearance(command: Command) -> Command {
    command
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .action(ArgAction::SetTrue)
                .help_heading("Output")
                .help("Print errors and results only: no warnings, no progress"),
        )
        .arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help_heading("Output")
                .help("Print every diagnostic and every file, not only the first of each kind"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "json"])
                .default_value("human")
                .help_heading("Output")
                .help("How diagnostics are printed"),
        )
        .arg(
            Arg::new("color")
                .long("color")
                .value_name("WHEN")
                .value_parser(value_parser!(ColorChoice))
                .default_value("auto")
                .help_heading("Output")
                .help("When to use colours; auto asks the terminal and NO_COLOR"),
        )
}
