//! What the scanner knows of each language.

/// A language.
pub(super) struct Grammar {
    pub(super) line_comments: &'static [&'static str],
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// In the order in which they are tried.
    pub(super) quotes: &'static [Quote],
    pub(super) keywords: &'static [&'static str],
    /// What a variable starts with.
    pub(super) sigils: &'static str,
    /// Whether a string before a colon is a key.
    pub(super) has_keys: bool,
    /// Whether it is made of strings more than of anything else.
    pub(super) is_data: bool,
    /// Whether words that start with `--` are options.
    pub(super) has_flags: bool,
}

/// How a string is delimited.
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether a backslash takes the meaning from what follows it.
    pub(super) escapes: bool,
}

const fn quote(open: &'static str, close: &'static str, escapes: bool) -> Quote {
    Quote {
        open,
        close,
        escapes,
    }
}

const DOUBLE: Quote = quote("\"", "\"", true);
const SINGLE: Quote = quote("'", "'", true);

const PLAIN: Grammar = Grammar {
    line_comments: &[],
    block_comment: None,
    quotes: &[DOUBLE],
    keywords: &[],
    sigils: "",
    has_keys: false,
    is_data: false,
    has_flags: false,
};

const C_LIKE: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &[DOUBLE, SINGLE],
    ..PLAIN
};

static JSON: Grammar = Grammar {
    keywords: &["true", "false", "null"],
    has_keys: true,
    is_data: true,
    ..PLAIN
};

static SHELL: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[DOUBLE, quote("'", "'", false)],
    keywords: &[
        "set", "if", "then", "else", "fi", "for", "do", "done", "case", "esac", "export", "exit",
        "curl",
    ],
    sigils: "$",
    has_flags: true,
    ..PLAIN
};

static HTTP: Grammar = Grammar {
    keywords: &[
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "HTTP",
    ],
    has_keys: true,
    ..PLAIN
};

static RUST: Grammar = Grammar {
    quotes: &[
        quote("r##\"", "\"##", false),
        quote("r#\"", "\"#", false),
        quote("r\"", "\"", false),
        DOUBLE,
    ],
    keywords: &[
        "as", "async", "await", "const", "crate", "dyn", "else", "enum", "false", "fn", "for",
        "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
        "self", "Self", "static", "struct", "super", "trait", "true", "type", "use", "where",
        "while",
    ],
    ..C_LIKE
};

static PYTHON: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[
        quote("\"\"\"", "\"\"\"", true),
        quote("'''", "'''", true),
        DOUBLE,
        SINGLE,
    ],
    keywords: &[
        "and", "as", "class", "def", "del", "elif", "else", "except", "False", "finally", "for",
        "from", "if", "import", "in", "is", "lambda", "None", "not", "or", "pass", "raise",
        "return", "True", "try", "while", "with", "yield",
    ],
    ..PLAIN
};

static JAVASCRIPT: Grammar = Grammar {
    quotes: &[DOUBLE, SINGLE, quote("`", "`", true)],
    // Without the plain types, as in Rust: the declarations of a large answer would be half of the page.
    keywords: &[
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "default",
        "delete",
        "else",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "of",
        "return",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "var",
        "while",
        "yield",
    ],
    ..C_LIKE
};

static RUBY: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: &[
        "abort", "and", "begin", "case", "class", "def", "do", "else", "elsif", "end", "ensure",
        "false", "if", "in", "module", "nil", "not", "or", "puts", "raise", "require", "rescue",
        "return", "self", "then", "true", "unless", "until", "when", "while", "yield",
    ],
    sigils: "$@",
    ..PLAIN
};

static PHP: Grammar = Grammar {
    line_comments: &["//", "#"],
    keywords: &[
        "array", "as", "catch", "class", "echo", "else", "elseif", "exit", "false", "fn",
        "foreach", "function", "if", "new", "null", "php", "return", "static", "throw", "true",
        "try", "use", "while",
    ],
    sigils: "$",
    ..C_LIKE
};

/// Java, C#, Kotlin and Go share most of their words, and a sample has few of those that they do not.
static TYPED: Grammar = Grammar {
    quotes: &[
        quote("\"\"\"", "\"\"\"", true),
        quote("@\"", "\"", false),
        DOUBLE,
        SINGLE,
        quote("`", "`", false),
    ],
    keywords: &[
        "as",
        "async",
        "await",
        "bool",
        "boolean",
        "break",
        "byte",
        "case",
        "catch",
        "char",
        "class",
        "const",
        "defer",
        "else",
        "err",
        "false",
        "final",
        "finally",
        "for",
        "foreach",
        "fun",
        "func",
        "if",
        "import",
        "in",
        "int",
        "interface",
        "is",
        "let",
        "long",
        "map",
        "new",
        "nil",
        "null",
        "object",
        "package",
        "private",
        "public",
        "range",
        "return",
        "static",
        "string",
        "struct",
        "switch",
        "this",
        "throw",
        "throws",
        "true",
        "try",
        "type",
        "using",
        "val",
        "var",
        "void",
        "when",
        "while",
    ],
    ..C_LIKE
};

static PERL: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: &[
        "die", "else", "elsif", "for", "foreach", "if", "my", "our", "print", "qw", "return",
        "sub", "unless", "use", "while",
    ],
    sigils: "$@%",
    ..PLAIN
};

static R: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: &[
        "else", "FALSE", "for", "function", "if", "in", "library", "NULL", "return", "TRUE",
        "while",
    ],
    ..PLAIN
};

static YAML: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: &["true", "false", "null"],
    has_keys: true,
    ..PLAIN
};

impl Grammar {
    /// The grammar of a language, by the name that a fence of Markdown gives it.
    pub(super) fn of(language: &str) -> Option<&'static Grammar> {
        Some(match language {
            "json" => &JSON,
            "shell" | "bash" | "sh" => &SHELL,
            "http" => &HTTP,
            "rust" => &RUST,
            "python" => &PYTHON,
            "javascript" | "typescript" => &JAVASCRIPT,
            "ruby" => &RUBY,
            "php" => &PHP,
            "java" | "csharp" | "kotlin" | "go" => &TYPED,
            "perl" => &PERL,
            "r" => &R,
            "yaml" => &YAML,
            _ => return None,
        })
    }
}
