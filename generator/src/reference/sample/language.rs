//! The languages that samples are written in.

use std::fmt;

/// A language that samples are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// `sh` with curl.
    Shell,
    /// The message as it stands on the wire.
    Http,
    /// The generated client.
    Rust,
    /// `fetch` behind a typed method, with the types of the bodies.
    TypeScript,
    /// `fetch`, as Node 18 has it.
    JavaScript,
    /// Python 3 with its standard library.
    Python,
    /// Ruby with its standard library.
    Ruby,
    /// PHP with its extension for curl.
    Php,
    /// Java 17 with its standard library.
    Java,
    /// Go with its standard library.
    Go,
    /// C# with the base class library.
    CSharp,
    /// Perl with LWP.
    Perl,
    /// R with httr2.
    R,
}

impl Language {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Language; 13] = [
        Language::Shell,
        Language::Http,
        Language::Rust,
        Language::TypeScript,
        Language::JavaScript,
        Language::Python,
        Language::Ruby,
        Language::Php,
        Language::Java,
        Language::Go,
        Language::CSharp,
        Language::Perl,
        Language::R,
    ];

    /// The language with this name in a configuration file.
    pub fn parse(name: &str) -> Option<Self> {
        Language::ALL
            .into_iter()
            .find(|language| language.as_str() == name)
    }

    /// The name in a configuration file; the name of the template, too.
    pub fn as_str(self) -> &'static str {
        self.names().0
    }

    /// The name that people know it by.
    pub fn label(self) -> &'static str {
        self.names().1
    }

    /// The name that highlighters of code blocks know it by.
    pub fn fence(self) -> &'static str {
        self.names().2
    }

    /// The end of the names of its files, without the dot.
    pub fn extension(self) -> &'static str {
        self.names().3
    }

    fn names(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Language::Shell => ("shell", "Shell", "shell", "sh"),
            Language::Http => ("http", "HTTP", "http", "http"),
            Language::Rust => ("rust", "Rust", "rust", "rs"),
            Language::TypeScript => ("typescript", "TypeScript", "typescript", "ts"),
            Language::JavaScript => ("javascript", "JavaScript", "javascript", "js"),
            Language::Python => ("python", "Python", "python", "py"),
            Language::Ruby => ("ruby", "Ruby", "ruby", "rb"),
            Language::Php => ("php", "PHP", "php", "php"),
            Language::Java => ("java", "Java", "java", "java"),
            Language::Go => ("go", "Go", "go", "go"),
            Language::CSharp => ("csharp", "C#", "csharp", "cs"),
            Language::Perl => ("perl", "Perl", "perl", "pl"),
            Language::R => ("r", "R", "r", "R"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
