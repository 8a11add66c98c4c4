//! What prettyplease leaves to be done: empty lines between items, and tables with a row on each line.

/// Puts an empty line between items, and each row of a table on a line. Text of the document cannot mislead it, as
/// literals stand on one line each.
pub(super) fn set_apart(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len() + source.len() / 16);
    let mut before = "";
    let mut table: Option<String> = None;
    for line in source.lines() {
        if let Some(mut rows) = table.take() {
            if line == ");" {
                push_rows(&mut spaced, &rows);
                spaced.push_str(");\n");
                before = line;
            } else {
                if !rows.is_empty() {
                    rows.push(' ');
                }
                rows.push_str(line.trim());
                table = Some(rows);
            }
            continue;
        }
        if needs_gap(before, line) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
        if is_table(line) && line.ends_with('(') {
            table = Some(String::new());
        }
    }
    spaced
}

/// Whether a line starts the call of a macro between items.
fn is_table(line: &str) -> bool {
    let name = line.split_once("!(").map_or("", |(name, _)| name);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Splits at the commas that stand in no brackets and no literal. Braces around all rows but a name go deeper.
fn push_rows(spaced: &mut String, rows: &str) {
    let (mut depth, mut in_literal, mut is_escaped) = (0_usize, false, false);
    let mut line = "\n    ";
    spaced.push_str("    ");
    let mut rest = rows.chars().peekable();
    while let Some(c) = rest.next() {
        if in_literal {
            spaced.push(c);
            in_literal = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            continue;
        }
        let is_around = depth == 0 && matches!(c, '{' | '}');
        match c {
            '"' => in_literal = true,
            '}' if is_around => {
                line = "\n    ";
                spaced.truncate(spaced.trim_end().len());
                spaced.push_str(line);
            }
            '(' | '[' | '{' if !is_around => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        spaced.push(c);
        if is_around && c == '{' {
            line = "\n        ";
        }
        if depth == 0 && (c == ',' || (is_around && c == '{')) {
            rest.next_if_eq(&' ');
            if rest.peek().is_some() {
                spaced.push_str(line);
            }
        }
    }
    spaced.push('\n');
}

fn needs_gap(before: &str, line: &str) -> bool {
    let (last, first) = (before.trim_start(), line.trim_start());
    let indent = |line: &str, rest: &str| line.len() - rest.len();
    if indent(before, last) != indent(line, first) {
        return false;
    }
    let ends = match last.starts_with("//") {
        true => last.starts_with("//!"),
        false => last.ends_with(['}', ';']) || last.starts_with("#!["),
    };
    let begins = [
        "///", "#[", "impl ", "impl<", "pub ", "static ", "const ", "fn ", "mod ", "use ", "type ",
    ];
    let begins = begins.iter().any(|word| first.starts_with(word)) || is_table(line);
    let is_attribute = first.starts_with("#[cfg(") && list_of(last) == Some("mod ");
    ends && begins && !is_attribute && (list_of(last).is_none() || list_of(last) != list_of(first))
}

/// The list that a line stands in, if it is an item that stands in lists without empty lines.
fn list_of(line: &str) -> Option<&'static str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    ["use ", "mod ", "type "]
        .into_iter()
        .find(|word| line.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::set_apart;

    #[test]
    fn a_table_has_a_row_on_each_line() {
        let source = "}\nrecord!(\n    Pet, 0 name = Required(\"a, \\\" (b\"), 1 tag =\n    Optional(\"tag\"); rest others\n);\n";
        let rows = "}\n\nrecord!(\n    Pet,\n    0 name = Required(\"a, \\\" (b\"),\n    1 tag = Optional(\"tag\"); rest others\n);\n";
        assert_eq!(set_apart(source), rows);
    }

    #[test]
    fn a_table_in_braces_has_a_row_on_each_line_too() {
        let source = "api_error!(\n    Error { Conflict(_, _) = \"409 Conflict\", Missing =\n    \"404 {\" }\n);\n";
        let rows = "api_error!(\n    Error {\n        Conflict(_, _) = \"409 Conflict\",\n        Missing = \"404 {\"\n    }\n);\n";
        assert_eq!(set_apart(source), rows);
    }

    #[test]
    fn lists_of_one_kind_stand_together() {
        let source = "use a;\nuse b;\nmod c;\n#[cfg(d)]\nmod d;\npub mod e;\npub use f;\nstatic G: u8 = 1;\n";
        let spaced = "use a;\nuse b;\n\nmod c;\n#[cfg(d)]\nmod d;\npub mod e;\n\npub use f;\n\nstatic G: u8 = 1;\n";
        assert_eq!(set_apart(source), spaced);
    }
}
