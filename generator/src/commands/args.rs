//! The grammar of the command line.

mod appearance;
mod docs;
mod mock;
mod reading;
mod samples;

use clap::builder::{PossibleValuesParser, Styles, styling::AnsiColor};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use specwright::artifact::Mode;
use specwright::diagnostic::Code;
use specwright::pipeline::{Options, Strict, usual_features, validates_usually};
use specwright::{Defaults, Feature, Formats, Layout, Parts};
use std::ffi::OsString;
use std::path::PathBuf;

pub(super) use appearance::{Appearance, Format};
use appearance::{appearance, with_appearance};
pub(super) use mock::MockRequest;
pub(super) use samples::{SamplesRequest, SamplesTarget};

/// What the user typed, understood.
pub(super) struct Invocation {
    pub(super) action: Action,
    pub(super) appearance: Appearance,
}

/// The commands.
pub(super) enum Action {
    Project(ProjectRequest),
    Generate(GenerateRequest),
    Inspect(InspectRequest),
    Samples(SamplesRequest),
    Mock(MockRequest),
    Explain(Option<Code>),
}

/// Generate, or check, what a configuration file says.
pub(super) struct ProjectRequest {
    pub(super) config: Option<PathBuf>,
    pub(super) mode: Mode,
    pub(super) strict: Strict,
}

/// Generate from a document.
pub(super) struct GenerateRequest {
    pub(super) spec: PathBuf,
    pub(super) out: PathBuf,
    pub(super) options: Options,
    pub(super) templates: Option<PathBuf>,
    pub(super) mode: Mode,
}

/// Look at a document.
pub(super) struct InspectRequest {
    pub(super) spec: PathBuf,
    pub(super) options: Options,
    pub(super) templates: Option<PathBuf>,
}

/// Understands the arguments, the first of which is the program's own name.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Invocation, clap::Error> {
    let matches = command().try_get_matches_from(arguments)?;
    let used = match matches.subcommand() {
        Some((_, used)) => used,
        None => &matches,
    };
    Ok(Invocation {
        appearance: appearance(used),
        action: action(&matches),
    })
}

fn action(matches: &ArgMatches) -> Action {
    match matches.subcommand() {
        Some(("generate", used)) => Action::Generate(GenerateRequest {
            spec: path(used, "spec").unwrap_or_default(),
            out: path(used, "out").unwrap_or_default(),
            options: options(used),
            templates: docs::templates(used),
            mode: write_mode(used),
        }),
        Some(("inspect", used)) => Action::Inspect(InspectRequest {
            spec: path(used, "spec").unwrap_or_default(),
            options: options(used),
            templates: docs::templates(used),
        }),
        Some(("mock", used)) => Action::Mock(mock::request(used)),
        Some(("samples", used)) => Action::Samples(samples::request(used)),
        Some(("explain", used)) => Action::Explain(
            used.get_one::<String>("code")
                .and_then(|code| Code::parse(code)),
        ),
        Some(("check", used)) => Action::Project(ProjectRequest {
            config: path(used, "config"),
            mode: Mode::Check,
            strict: strict(used),
        }),
        _ => Action::Project(ProjectRequest {
            config: path(matches, "config"),
            mode: write_mode(matches),
            strict: strict(matches),
        }),
    }
}

fn command() -> Command {
    let styles = Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .usage(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default().bold())
        .placeholder(AnsiColor::Cyan.on_default());
    with_appearance(Command::new("specwright"))
        .version(env!("CARGO_PKG_VERSION"))
        .styles(styles)
        .about("Turns an OpenAPI document into a Rust client and its reference documentation")
        .after_help(
            "Without a command, specwright generates what specwright.toml says. The file is looked for in the \
             current directory and its folder spec/, then in each directory above.\n\n\
             Exit codes: 0 done; 1 the document has errors, or check found drift; 2 wrong usage, or a file that \
             cannot be read or written.",
        )
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .arg(config_arg())
        .arg(strict_arg())
        .arg(force_arg())
        .subcommand(check_command())
        .subcommand(generate_command())
        .subcommand(inspect_command())
        .subcommand(samples::command())
        .subcommand(mock::command())
        .subcommand(explain_command())
}

fn check_command() -> Command {
    with_appearance(Command::new("check"))
        .about("Exit with 1 and name the files if generating would change anything")
        .arg(config_arg())
        .arg(strict_arg())
}

fn generate_command() -> Command {
    let command = Command::new("generate")
        .about("Generate from any document")
        .after_help(
            "Examples:\n  specwright generate api.yaml --out client\n  \
             specwright generate api.json --out src/api --layout module --name billing",
        )
        .arg(spec_arg())
        .arg(
            Arg::new("out")
                .long("out")
                .short('o')
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The directory to write to; only files that specwright wrote there are replaced or removed"),
        );
    with_appearance(with_choices(command)).arg(force_arg())
}

fn inspect_command() -> Command {
    let command = Command::new("inspect")
        .about("Do everything but write, and say what would come out and what would be left out")
        .arg(
            spec_arg()
                .help("The OpenAPI document, in YAML or JSON, or a specwright.toml that names one"),
        );
    with_appearance(with_choices(command))
}

fn explain_command() -> Command {
    with_appearance(Command::new("explain"))
        .about("Explain the code of a diagnostic, or list all codes")
        .arg(
            Arg::new("code")
                .value_name("CODE")
                .value_parser(code_parser())
                .hide_possible_values(true)
                .help("The code, such as unresolved-reference"),
        )
}

/// The choices about the output that a configuration file would hold.
fn with_choices(command: Command) -> Command {
    command
        .arg(name_arg())
        .arg(
            Arg::new("layout")
                .long("layout")
                .value_name("LAYOUT")
                .value_parser(["crate", "module", "file"])
                .default_value("crate")
                .help("A package, a module directory, or one file to include!"),
        )
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("PART")
                .value_parser(["client", "docs"])
                .help("Only the client, or only the pages and samples [default: both in a crate, else the client]"),
        )
        .arg(
            Arg::new("formats")
                .long("formats")
                .value_name("FORMAT=TYPE")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(format_choice)
                .help("The types of formats: a crate or string, as in dates=jiff,uuid=string [default: dates=time]"),
        )
        .arg(
            Arg::new("validate")
                .long("validate")
                .action(ArgAction::SetTrue)
                .help("Give the types of a module or a file a method that checks values; a crate has a feature for it"),
        )
        .arg(
            Arg::new("defaults")
                .long("defaults")
                .value_name("WAY")
                .value_parser(PossibleValuesParser::new(Defaults::ALL.map(|(word, _)| word)))
                .help("Whether defaults of properties are said by accessors, or filled in and sent [default: documented]"),
        )
        .arg(
            Arg::new("features")
                .long("features")
                .value_name("FEATURE")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(PossibleValuesParser::new(Feature::ALL.map(|(name, _)| name)))
                .help("Parts that a client has only if asked for, in a crate behind features [default: a crate has oauth2 and signatures, if the document has flows and webhooks]"),
        )
        .arg(
            Arg::new("contract-tests")
                .long("with-contract-tests")
                .action(ArgAction::SetTrue)
                .help("Give a crate a test that calls each operation of the server in BASE_URL with example values"),
        )
        .args(reading::args())
        .args(docs::args())
        .arg(strict_arg())
}

fn spec_arg() -> Arg {
    Arg::new("spec")
        .value_name("SPEC")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("The OpenAPI document, in YAML or JSON")
}

fn name_arg() -> Arg {
    Arg::new("name")
        .long("name")
        .short('n')
        .value_name("NAME")
        .help("The name of the package or module [default: made of the document's title]")
}

fn config_arg() -> Arg {
    Arg::new("config")
        .long("config")
        .short('c')
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("The configuration file [default: specwright.toml or spec/specwright.toml]")
}

fn force_arg() -> Arg {
    Arg::new("force")
        .long("force")
        .action(ArgAction::SetTrue)
        .help("Replace files that stand in the way, though specwright did not write them")
}

fn strict_arg() -> Arg {
    Arg::new("strict")
        .long("strict")
        .value_name("CODES")
        .num_args(0..=1)
        .require_equals(true)
        .value_delimiter(',')
        .default_missing_value("all")
        .value_parser(PossibleValuesParser::new(
            ["all"].into_iter().chain(code_names()),
        ))
        .hide_possible_values(true)
        .help("Make errors of warnings: of all, or of those with these codes, as in --strict=not-supported,syntax")
}

/// A format and its type, if there is such a choice.
fn format_choice(text: &str) -> Result<(String, String), String> {
    let (format, ty) = text
        .split_once('=')
        .ok_or("a format has its type after `=`")?;
    Formats::default().set(format, ty)?;
    Ok((format.to_owned(), ty.to_owned()))
}

fn code_parser() -> PossibleValuesParser {
    PossibleValuesParser::new(code_names())
}

fn code_names() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().map(|code| code.as_str())
}

fn options(matches: &ArgMatches) -> Options {
    let layout = match text(matches, "layout") {
        Some("module") => Layout::Module,
        Some("file") => Layout::File,
        _ => Layout::Crate,
    };
    let mut options = Options {
        layout,
        parts: match text(matches, "only") {
            Some("client") => Parts::Client,
            Some("docs") => Parts::Docs,
            _ => Parts::usual_for(layout),
        },
        strict: strict(matches),
        ..Options::default()
    };
    docs::choose(matches, &mut options.docs);
    options.contract_tests = matches.get_flag("contract-tests");
    options.plan.name = text(matches, "name").map(str::to_owned);
    for (format, ty) in matches
        .get_many::<(String, String)>("formats")
        .into_iter()
        .flatten()
    {
        // The grammar takes none that there is not.
        let _ = options.plan.formats.set(format, ty);
    }
    options.plan.validate = matches.get_flag("validate") || validates_usually(layout);
    let defaults = text(matches, "defaults").and_then(Defaults::parse);
    options.plan.defaults = defaults.unwrap_or_default();
    options.plan.features = usual_features(layout);
    let features = matches.get_many::<String>("features").into_iter().flatten();
    for feature in features.filter_map(|name| Feature::parse(name)) {
        options.plan.features.add(feature);
    }
    reading::choose(matches, &mut options.load);
    options
}

fn strict(matches: &ArgMatches) -> Strict {
    let Some(chosen) = matches.get_many::<String>("strict") else {
        return Strict::Never;
    };
    let codes: Option<_> = chosen.map(|text| Code::parse(text)).collect();
    // `all` is the one word that is accepted and is no code.
    codes.map_or(Strict::Always, Strict::Codes)
}

fn write_mode(matches: &ArgMatches) -> Mode {
    if matches.get_flag("force") {
        Mode::Overwrite
    } else {
        Mode::Write
    }
}

fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(name).cloned()
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_grammar_holds_together() {
        super::command().debug_assert();
    }
}
