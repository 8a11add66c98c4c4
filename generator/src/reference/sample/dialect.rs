//! What the languages with a template have in common, and wherein they differ, as data.

use super::code::Part;
use super::json::{json_ascii, json_text};
use super::language::Language;
use super::literal::{COMMON_WIDE, JAVA, JAVASCRIPT, Literal, PERL, PHP, R, RUBY};
use super::shell;
use super::values::{PHP_VALUES, PYTHON, RUBY_VALUES, SCRIPT, Values};
use serde_json::Value;

/// A language as its encoders and templates see it.
pub struct Dialect {
    /// How a text is spelled as a literal; `None` for a shell.
    pub literal: Option<&'static Literal>,
    /// How literals and variables are put together.
    pub texts: Texts,
    /// What stands before the name of a variable.
    pub sigil: &'static str,
    /// How a JSON value is spelled.
    pub json: Json,
}

/// How literals and variables are put together.
pub enum Texts {
    /// With an operator between them; `encode` is a function of the template.
    Infix(&'static str),
    /// As the arguments of a function.
    Call(&'static str),
    /// Within the quotes of a shell.
    Shell,
}

/// How a JSON value is spelled.
pub enum Json {
    /// As a literal of the language's own values, which the template serialises.
    Values(&'static Values),
    /// As a literal of its text.
    Text(fn(&Value) -> String),
}

/// The dialect of a language; `None` for those whose samples are made in another way.
pub fn dialect(language: Language) -> Option<&'static Dialect> {
    Some(match language {
        Language::Shell => &SHELL,
        Language::TypeScript | Language::JavaScript => &JAVASCRIPT_DIALECT,
        Language::Python => &PYTHON_DIALECT,
        Language::Ruby => &RUBY_DIALECT,
        Language::Php => &PHP_DIALECT,
        Language::Java => &JAVA_DIALECT,
        Language::Go => &GO_DIALECT,
        Language::CSharp => &CSHARP_DIALECT,
        Language::Perl => &PERL_DIALECT,
        Language::R => &R_DIALECT,
        Language::Rust | Language::Http => return None,
    })
}

impl Dialect {
    /// A text as a literal.
    pub fn string(&self, text: &str) -> String {
        match self.literal {
            Some(literal) => literal.encode(text),
            None => shell::string(text),
        }
    }

    /// An expression that is a text of literals and variables one after the other.
    pub fn concatenation(&self, parts: &[Part<'_>]) -> String {
        let (open, between, close) = match &self.texts {
            Texts::Shell => return shell::interpolation(parts),
            Texts::Infix(operator) => (String::new(), *operator, ""),
            Texts::Call(function) => (format!("{function}("), ", ", ")"),
        };
        let mut pieces = Vec::new();
        let mut literal = String::new();
        for part in parts {
            if let Part::Literal(text) = part {
                literal.push_str(text);
                continue;
            }
            if !literal.is_empty() {
                pieces.push(self.string(&literal));
                literal.clear();
            }
            pieces.push(match part {
                Part::Encoded(name) => format!("encode({}{name})", self.sigil),
                Part::Variable(name) | Part::Literal(name) => format!("{}{name}", self.sigil),
            });
        }
        if !literal.is_empty() || pieces.is_empty() {
            pieces.push(self.string(&literal));
        }
        match pieces.as_slice() {
            [only] => only.clone(),
            pieces => format!("{open}{}{close}", pieces.join(between)),
        }
    }
}

static SHELL: Dialect = Dialect {
    literal: None,
    texts: Texts::Shell,
    sigil: "",
    json: Json::Text(|value| shell::string(&json_text(value))),
};

static JAVASCRIPT_DIALECT: Dialect = Dialect {
    literal: Some(&JAVASCRIPT),
    texts: Texts::Infix(" + "),
    sigil: "",
    json: Json::Values(&SCRIPT),
};

static PYTHON_DIALECT: Dialect = Dialect {
    literal: Some(&COMMON_WIDE),
    texts: Texts::Infix(" + "),
    sigil: "",
    json: Json::Values(&PYTHON),
};

static RUBY_DIALECT: Dialect = Dialect {
    literal: Some(&RUBY),
    texts: Texts::Infix(" + "),
    sigil: "",
    json: Json::Values(&RUBY_VALUES),
};

static PHP_DIALECT: Dialect = Dialect {
    literal: Some(&PHP),
    texts: Texts::Infix(" . "),
    sigil: "$",
    json: Json::Values(&PHP_VALUES),
};

static JAVA_DIALECT: Dialect = Dialect {
    literal: Some(&JAVA),
    texts: Texts::Infix(" + "),
    sigil: "",
    json: Json::Text(|value| lines(&JAVA, &json_ascii(value))),
};

static GO_DIALECT: Dialect = Dialect {
    literal: Some(&COMMON_WIDE),
    texts: Texts::Infix(" + "),
    sigil: "",
    json: Json::Text(|value| {
        let text = json_text(value);
        if text.contains('`') {
            COMMON_WIDE.encode(&text)
        } else {
            format!("`{text}`")
        }
    }),
};

static CSHARP_DIALECT: Dialect = Dialect {
    literal: Some(&COMMON_WIDE),
    texts: Texts::Infix(" + "),
    sigil: "",
    // A verbatim literal, which knows no escape but that of its quote.
    json: Json::Text(|value| format!("@\"{}\"", json_text(value).replace('"', "\"\""))),
};

static PERL_DIALECT: Dialect = Dialect {
    literal: Some(&PERL),
    texts: Texts::Infix(" . "),
    sigil: "$",
    // Between single quotes only they and backslashes are escaped.
    json: Json::Text(|value| {
        let text = json_text(value).replace('\\', "\\\\").replace('\'', "\\'");
        format!("'{text}'")
    }),
};

static R_DIALECT: Dialect = Dialect {
    literal: Some(&R),
    texts: Texts::Call("paste0"),
    sigil: "",
    json: Json::Text(|value| {
        let text = json_ascii(value);
        // A raw literal ends with as many hyphens as it begins with.
        let mut hyphens = String::new();
        while text.contains(&format!("){hyphens}\"")) {
            hyphens.push('-');
        }
        format!("r\"{hyphens}({text}){hyphens}\"")
    }),
};

/// A text block of Java. Its lines stand where a statement in a method would.
fn lines(literal: &Literal, text: &str) -> String {
    literal.encode_lines(text, "\"\"\"", "            ")
}
