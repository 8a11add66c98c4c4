//! Where the Markdown pages are read, which decides what a page may use beyond plain Markdown.

/// What reads the Markdown pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// GitHub, and everything else that reads plain Markdown with tables.
    #[default]
    GitHub,
    /// GitBook: front matter, and tabs as blocks of its own.
    GitBook,
    /// Mintlify: MDX, front matter with the title, code in groups.
    Mintlify,
    /// Docusaurus: MDX, front matter, tabs as components.
    Docusaurus,
}

impl Flavour {
    /// All of them.
    pub const ALL: [Flavour; 4] = [
        Flavour::GitHub,
        Flavour::GitBook,
        Flavour::Mintlify,
        Flavour::Docusaurus,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Flavour::GitHub => "github",
            Flavour::GitBook => "gitbook",
            Flavour::Mintlify => "mintlify",
            Flavour::Docusaurus => "docusaurus",
        }
    }

    /// The flavour of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|flavour| flavour.as_str() == name)
    }

    /// What the names of files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Flavour::GitHub | Flavour::GitBook => ".md",
            Flavour::Mintlify | Flavour::Docusaurus => ".mdx",
        }
    }

    /// What links to pages end in: Mintlify's have the route, all others the file.
    pub fn suffix(self) -> &'static str {
        match self {
            Flavour::Mintlify => "",
            other => other.extension(),
        }
    }

    /// Whether pages can show one sample at a time.
    pub fn has_tabs(self) -> bool {
        self != Flavour::GitHub
    }

    /// Whether pages start with data for the reader's program.
    pub fn has_front_matter(self) -> bool {
        self != Flavour::GitHub
    }
}
