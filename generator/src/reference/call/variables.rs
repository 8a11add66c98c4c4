//! The variables at the top of a sample.

use heck::ToShoutySnakeCase;
use serde_json::Value;

/// A value that a user may change: read from the environment, with a fallback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name: upper-case ASCII letters, digits and underscores, unique in the call.
    pub name: String,
    /// Its value if the environment has none.
    pub fallback: String,
}

/// The place of a variable in its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariableId(usize);

impl VariableId {
    /// The position in the list of variables.
    pub fn index(self) -> usize {
        self.0
    }
}

/// The variables of a call that is being made.
#[derive(Debug, Default)]
pub struct Variables {
    list: Vec<Variable>,
}

/// Names that a shell, a runtime or a language of the samples uses itself.
pub const TAKEN: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "SHELL",
    "PWD",
    "OLDPWD",
    "IFS",
    "ENV",
    "LANG",
    "LANGUAGE",
    "TERM",
    "UID",
    "EUID",
    "GID",
    "PPID",
    "RANDOM",
    "SECONDS",
    "LINENO",
    "OPTIND",
    "OPTARG",
    "OPTERR",
    "HOSTNAME",
    "HOSTTYPE",
    "MACHTYPE",
    "OSTYPE",
    "GROUPS",
    "DIRSTACK",
    "FUNCNAME",
    "PIPESTATUS",
    "SHLVL",
    "PS1",
    "PS2",
    "PS4",
    "MAIL",
    "EDITOR",
    "PAGER",
    "DISPLAY",
    "TMPDIR",
    "TEMP",
    "TMP",
    "LOGNAME",
    "EPOCHSECONDS",
    "REPLY",
    "COLUMNS",
    "LINES",
    "TZ",
    "HOST",
    "NAME",
    "CDPATH",
    "URL",
    "JSON",
    "CURL",
    "DEBUG",
    "PORT",
    "CI",
    "EOF",
    "TIMEOUT",
    "BODY",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "VERSION",
    "MODE",
    "STATUS",
    // Constants of Ruby, and names that PHP sets itself.
    "ARGV",
    "ARGF",
    "DATA",
    "ERB",
    "IO",
    "GC",
    "URI",
    "STDIN",
    "STDOUT",
    "STDERR",
    "GLOBALS",
    "TOPLEVEL_BINDING",
];

/// Beginnings of names that shells, loaders and runtimes read.
pub const TAKEN_PREFIXES: &[&str] = &[
    "LC_", "LD_", "BASH", "NODE_", "PYTHON", "HIST", "GIT_", "XDG_", "RUBY", "PERL", "JAVA_",
    "MONO_",
];

impl Variables {
    /// Adds a variable with a name of our own.
    pub fn add(&mut self, name: &str, fallback: String) -> VariableId {
        let mut unique = name.to_owned();
        let mut count = 2;
        while self.list.iter().any(|variable| variable.name == unique) {
            unique = format!("{name}_{count}");
            count += 1;
        }
        self.list.push(Variable {
            name: unique,
            fallback,
        });
        VariableId(self.list.len() - 1)
    }

    /// Adds a variable for a parameter of the document.
    pub fn add_parameter(&mut self, name: &str, fallback: String) -> VariableId {
        self.add(&variable_name(name), fallback)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The variable added since there were `before`, if it alone holds `value`.
    pub fn only_since(&self, before: usize, value: &Value) -> Option<VariableId> {
        let alone = self.list.len() == before + 1 && !value.is_array() && !value.is_object();
        alone.then_some(VariableId(before))
    }

    /// All variables, in the order in which they were added.
    pub fn finish(self) -> Vec<Variable> {
        self.list
    }
}

/// The name of a parameter as a variable. A name that is more than a word in ASCII says nothing as a variable either.
fn variable_name(name: &str) -> String {
    let is_word = name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']'));
    if !is_word {
        return "PARAMETER".to_owned();
    }
    let shouty = name.to_shouty_snake_case();
    let taken = TAKEN.contains(&shouty.as_str())
        || TAKEN_PREFIXES
            .iter()
            .any(|prefix| shouty.starts_with(prefix));
    if taken {
        format!("PARAMETER_{shouty}")
    } else {
        shouty
    }
}
