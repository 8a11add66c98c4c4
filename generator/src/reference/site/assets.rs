//! The files that every page shares.

macro_rules! asset {
    ($name:literal) => {
        (
            concat!("assets/", $name),
            include_str!(concat!("../../../../templates/site/assets/", $name)),
        )
    };
}

/// Each with its path from the root of the site.
const ASSETS: &[(&str, &str)] = &[
    asset!("site.css"),
    asset!("site.js"),
    asset!("search.js"),
    asset!("call.js"),
    asset!("rust.js"),
    asset!("samples.js"),
    asset!("try.js"),
];

/// The files as a browser gets them.
pub fn assets() -> impl Iterator<Item = (&'static str, String)> {
    ASSETS.iter().map(|(path, source)| {
        let content = match path.ends_with(".js") {
            true => brief(source),
            false => (*source).to_owned(),
        };
        (*path, content)
    })
}

/// A script without its indentation and the comments that have lines of their own: a fifth of what is
/// downloaded. No text of ours goes over lines.
fn brief(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim_start) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !line.contains("*/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::brief;

    #[test]
    fn what_a_script_does_is_left() {
        let source = "// A script.\n\n{\n  /**\n   * Says it.\n   */\n  const a = 1; // b\n  /* c */\n  a();\n}\n";
        assert_eq!(brief(source), "{\nconst a = 1; // b\na();\n}\n");
    }
}
