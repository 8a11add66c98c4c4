//! String literals: what a language demands of them as data, and the one encoder that follows it.

use crate::reference::encode::is_invisible;
use serde_json::{Map, Value, json};

/// How a language spells a text between quotes.
pub struct Literal {
    /// The quote at both ends.
    pub quote: &'static str,
    /// Characters with an escape of their own.
    pub escapes: &'static [(char, &'static str)],
    /// How a character is spelled by its number.
    pub code: CodeEscape,
    /// Whether the language's tools may read a file in another encoding than UTF-8, so that it must be ASCII.
    pub is_ascii: bool,
}

/// How a character is spelled by its number.
pub enum CodeEscape {
    /// `\u202e`, two of them beyond the basic plane.
    Utf16,
    /// `\u202e`, and `\U0001f980` beyond the basic plane.
    Wide,
    /// `\u{202e}`.
    Braced,
    /// `\xe2\x80\xae`, the bytes of UTF-8.
    Bytes,
}

impl Literal {
    /// The same as data, for the script of the site that writes samples of what a reader types.
    pub fn table(&self) -> Value {
        let escapes = self.escapes.iter();
        let escapes: Map<String, Value> = escapes
            .map(|(c, escape)| (c.to_string(), Value::from(*escape)))
            .collect();
        let code = match self.code {
            CodeEscape::Utf16 => "utf16",
            CodeEscape::Wide => "wide",
            CodeEscape::Braced => "braced",
            CodeEscape::Bytes => "bytes",
        };
        json!({ "quote": self.quote, "escapes": escapes, "code": code, "ascii": self.is_ascii })
    }

    /// The literal of a text. Characters that a reader would not see are spelled by their number.
    pub fn encode(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        out.push_str(self.quote);
        for c in text.chars() {
            self.push(c, &mut out);
        }
        out.push_str(self.quote);
        out
    }

    fn push(&self, c: char, out: &mut String) {
        if let Some((_, escape)) = self.escapes.iter().find(|(escaped, _)| *escaped == c) {
            out.push_str(escape);
        } else if is_invisible(c) || (self.is_ascii && !c.is_ascii()) {
            self.code.push(c, out);
        } else {
            out.push(c);
        }
    }

    /// Text in several lines of its own between longer quotes, each line indented.
    pub fn encode_lines(&self, text: &str, quote: &str, indent: &str) -> String {
        // A quote of one may stand within quotes of three, unless it makes them longer or earlier.
        let keeps_quotes = !text.contains(quote) && !text.ends_with(self.quote);
        let mut out = quote.to_owned();
        for line in text.split('\n') {
            out.push('\n');
            out.push_str(indent);
            for c in line.chars() {
                if keeps_quotes && self.quote.contains(c) {
                    out.push(c);
                } else {
                    self.push(c, &mut out);
                }
            }
        }
        out.push_str(quote);
        out
    }
}

impl CodeEscape {
    fn push(&self, c: char, out: &mut String) {
        let number = u32::from(c);
        match self {
            CodeEscape::Utf16 => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            CodeEscape::Wide if number <= 0xffff => out.push_str(&format!("\\u{number:04x}")),
            CodeEscape::Wide => out.push_str(&format!("\\U{number:08x}")),
            CodeEscape::Braced => out.push_str(&format!("\\u{{{number:x}}}")),
            CodeEscape::Bytes => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    out.push_str(&format!("\\x{byte:02x}"));
                }
            }
        }
    }
}

const COMMON: &[(char, &str)] = &[
    ('"', "\\\""),
    ('\\', "\\\\"),
    ('\n', "\\n"),
    ('\r', "\\r"),
    ('\t', "\\t"),
];

/// JavaScript and TypeScript.
pub const JAVASCRIPT: Literal = Literal {
    quote: "\"",
    escapes: &[
        ('"', "\\\""),
        ('\\', "\\\\"),
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        // So that the text cannot end the element of a page that holds the sample.
        ('<', "\\u003c"),
    ],
    code: CodeEscape::Utf16,
    is_ascii: false,
};

/// Python, Go and C#.
pub const COMMON_WIDE: Literal = Literal {
    quote: "\"",
    escapes: COMMON,
    code: CodeEscape::Wide,
    is_ascii: false,
};

/// Ruby, where a number sign may begin an interpolation.
pub const RUBY: Literal = Literal {
    quote: "\"",
    escapes: &[
        ('"', "\\\""),
        ('\\', "\\\\"),
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        ('#', "\\#"),
    ],
    code: CodeEscape::Braced,
    is_ascii: false,
};

/// PHP, where a dollar sign may begin an interpolation.
pub const PHP: Literal = Literal {
    quote: "\"",
    escapes: &[
        ('"', "\\\""),
        ('\\', "\\\\"),
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        ('$', "\\$"),
    ],
    code: CodeEscape::Braced,
    is_ascii: false,
};

/// Java, whose compiler reads the platform's encoding before version 18.
pub const JAVA: Literal = Literal {
    quote: "\"",
    escapes: COMMON,
    code: CodeEscape::Utf16,
    is_ascii: true,
};

/// Perl, whose strings are bytes where a file says nothing else.
pub const PERL: Literal = Literal {
    quote: "\"",
    escapes: &[
        ('"', "\\\""),
        ('\\', "\\\\"),
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        ('$', "\\$"),
        ('@', "\\@"),
    ],
    code: CodeEscape::Bytes,
    is_ascii: false,
};

/// R, which reads a file in the encoding of the locale.
pub const R: Literal = Literal {
    quote: "\"",
    escapes: &[
        ('"', "\\\""),
        ('\\', "\\\\"),
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        // No string of R can hold it.
        ('\0', ""),
    ],
    code: CodeEscape::Wide,
    is_ascii: true,
};
