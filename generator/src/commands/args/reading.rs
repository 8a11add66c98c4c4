//! What may be read beside the document, and the limits of reading.

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use specwright::load::LoadOptions;
use std::path::PathBuf;

/// The arguments.
pub(super) fn args() -> [Arg; 2] {
    [
        Arg::new("root")
            .long("root")
            .value_name("DIR")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help("A directory that references may lead into, beside that of the document; may be given again"),
        Arg::new("limit")
            .long("limit")
            .value_name("NAME=NUMBER")
            .action(ArgAction::Append)
            .value_parser(limit)
            .help("Another limit, such as max-depth=64, max-bytes, max-pointer, max-nodes, max-expansion or max-output; may be given again"),
    ]
}

/// Takes what was chosen.
pub(super) fn choose(matches: &ArgMatches, options: &mut LoadOptions) {
    let roots = matches.get_many::<PathBuf>("root");
    options.roots = roots.into_iter().flatten().cloned().collect();
    let limits = matches.get_many::<(String, usize)>("limit");
    for (name, value) in limits.into_iter().flatten() {
        options.set_limit(name, *value);
    }
}

/// Understands `max-depth=64`.
fn limit(text: &str) -> Result<(String, usize), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("a limit is written NAME=NUMBER")?;
    if !LoadOptions::LIMITS.contains(&name) {
        return Err(format!("the limits are {}", LoadOptions::LIMITS.join(", ")));
    }
    let value = value.replace('_', "").parse();
    let value = value.map_err(|_| format!("`{name}` must be a whole number"))?;
    Ok((name.to_owned(), value))
}
