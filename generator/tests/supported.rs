//! Holds `SUPPORTED.md` to its word: every field of the specification is in it, and every case that it names exists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const FATES: &[&str] = &["carried", "shown", "warned", "refused", "no effect"];

/// What the other versions have beside the objects of 3.0, by the section of the page: objects with their fields.
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    (
        "OpenAPI 3.1",
        &[
            ("", "jsonSchemaDialect webhooks paths responses mutualTLS"),
            ("info", "summary"),
            ("license", "identifier"),
            ("components", "pathItems"),
        ],
    ),
    (
        "OpenAPI 3.2",
        &[
            ("openapi", "$self"),
            ("server", "name"),
            ("components", "mediaTypes"),
            ("pathItem", "query additionalOperations"),
            ("mediaType", "itemSchema prefixEncoding itemEncoding"),
            ("encoding", "encoding prefixEncoding itemEncoding"),
            ("response", "summary"),
            ("example", "dataValue serializedValue"),
            ("tag", "summary parent kind"),
            ("xml", "nodeType"),
            ("discriminator", "defaultMapping"),
            ("securityScheme", "oauth2MetadataUrl deprecated"),
            ("oauthFlows", "deviceAuthorization"),
            ("oauthFlow", "deviceAuthorizationUrl"),
        ],
    ),
    (
        "Swagger 2.0",
        &[
            (
                "swagger",
                "swagger info host basePath schemes consumes produces paths definitions parameters responses \
                 securityDefinitions security tags externalDocs",
            ),
            (
                "pathItem",
                "$ref get put post delete options head patch parameters",
            ),
            (
                "operation",
                "tags summary description externalDocs operationId consumes produces parameters responses schemes \
                 deprecated security",
            ),
            (
                "parameter",
                "name in description required schema type format allowEmptyValue items collectionFormat default enum",
            ),
            ("parameter", LIMITS),
            ("items", "type format items collectionFormat default enum"),
            ("items", LIMITS),
            ("response", "description schema headers examples"),
            (
                "header",
                "description type format items collectionFormat default enum",
            ),
            ("header", LIMITS),
            (
                "schema",
                "$ref format title description default enum type items allOf properties additionalProperties required \
                 maxProperties minProperties discriminator readOnly xml externalDocs example",
            ),
            ("schema", LIMITS),
            (
                "securityScheme",
                "type description name in flow authorizationUrl tokenUrl scopes",
            ),
        ],
    ),
];

const LIMITS: &str = "maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems \
                      uniqueItems multipleOf";

/// The keywords of JSON Schema 2020-12, which stand with the Schema Object of 3.0 or with 3.1.
const KEYWORDS: &str = "$schema $id $anchor $ref $dynamicRef $dynamicAnchor $defs $comment $vocabulary prefixItems items \
    contains additionalProperties properties patternProperties dependentSchemas propertyNames if then else allOf anyOf \
    oneOf not unevaluatedItems unevaluatedProperties type enum const multipleOf maximum exclusiveMaximum minimum \
    exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties \
    minProperties required dependentRequired title description default deprecated readOnly writeOnly examples format \
    contentEncoding contentMediaType contentSchema";

/// A line of a table: what it is about, its fate if the table has one, and the cases that it names.
struct Row {
    line: usize,
    subject: String,
    /// What of the subject is code: fields and keywords.
    words: Vec<String>,
    fate: String,
    cases: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The rows of the page by their section.
fn rows() -> BTreeMap<String, Vec<Row>> {
    let mut sections: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut section = String::new();
    for (index, line) in read("SUPPORTED.md").lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.trim_end_matches(" Object").to_owned();
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        let is_heading = line.ends_with("| case |") || line.starts_with("|---");
        if !line.starts_with("| ") || is_heading {
            continue;
        }
        let last = cells.last().unwrap();
        sections.entry(section.clone()).or_default().push(Row {
            line: index + 1,
            subject: cells[0].trim_start_matches("| ").replace('`', ""),
            words: code_spans(cells[0]),
            fate: cells.get(1).unwrap().to_string(),
            cases: code_spans(last),
        });
    }
    sections
}

fn code_spans(text: &str) -> Vec<String> {
    let spans = text.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

/// The fields of each object of the specification, as the tables by which documents are read have them.
fn specified() -> BTreeMap<String, BTreeSet<String>> {
    let tables = read("src/load/objects/tables.rs") + &read("src/load/objects/tables/schemas.rs");
    let mut objects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in tables
        .split("static ")
        .filter(|text| text.contains(": Table = "))
    {
        // What follows a table, such as a constant, is not of it.
        let end = table.find("\n);").or(table.find("\n};"));
        let table = table.get(..end.unwrap()).unwrap();
        let title = ["object(", "title:"]
            .iter()
            .find_map(|start| table.split_once(start))
            .and_then(|(_, rest)| rest.split('"').nth(1));
        let fields = objects.entry(title.unwrap().to_owned()).or_default();
        for constructor in ["may(", "must(", "filled("] {
            // A name that is no literal is one of our own, in which newer versions are carried.
            let calls = table.split(constructor).skip(1);
            for rest in calls.filter(|rest| !rest.starts_with("carrier::")) {
                fields.insert(rest.split('"').nth(1).unwrap().to_owned());
            }
        }
        if table.contains("SCOPES") {
            fields.insert("scopes".to_owned());
        }
    }
    objects
}

#[test]
fn every_field_of_the_specification_has_a_fate() {
    let sections = rows();
    let objects = specified();
    assert!(objects.len() >= 27, "the tables are no longer found");
    let mut missing = Vec::new();
    for (object, fields) in &objects {
        let listed: BTreeSet<&str> = sections
            .get(object)
            .into_iter()
            .flatten()
            .map(|row| row.subject.as_str())
            .collect();
        for field in fields {
            if !listed.contains(field.as_str()) {
                missing.push(format!("{object} Object: `{field}`"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn every_field_of_the_other_versions_has_a_fate() {
    let sections = rows();
    let words = |section: &str| -> BTreeSet<String> {
        let rows = sections[section].iter();
        rows.flat_map(|row| row.words.iter().cloned()).collect()
    };
    let mut missing = Vec::new();
    for (section, objects) in OTHERS {
        let listed = words(section);
        for (object, fields) in *objects {
            for field in fields.split_whitespace() {
                let name = [object, field].join(".");
                if !listed.contains(name.trim_start_matches('.')) {
                    missing.push(format!("{section}: `{}`", name.trim_start_matches('.')));
                }
            }
        }
    }
    let listed = &words("Schema") | &words("OpenAPI 3.1");
    for keyword in KEYWORDS.split_whitespace() {
        if !listed.contains(keyword) {
            missing.push(format!("a keyword of JSON Schema: `{keyword}`"));
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

/// A case that a line names has to have the field in it, or it shows nothing of it.
#[test]
fn every_field_stands_in_one_of_its_cases() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut problems = Vec::new();
    // The table of formats has types in the place of fates, and many spellings of a format.
    let has_fate = |row: &Row| !row.fate.contains('`');
    for row in rows().into_values().flatten().filter(has_fate) {
        let texts: String = row
            .cases
            .iter()
            .filter_map(|case| fs::read_to_string(cases.join(format!("{case}.yaml"))).ok())
            .collect();
        for word in &row.words {
            let name = word.rsplit(['.', ' ']).next().unwrap().trim_matches('"');
            if !texts.contains(name) {
                problems.push(format!("line {}: `{word}` is in no case of its", row.line));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_line_has_a_known_fate_and_a_case_that_exists() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut problems = Vec::new();
    for row in rows().into_values().flatten() {
        let Row { line, fate, .. } = &row;
        // The table of formats has types in the place of fates.
        let is_format = fate.contains('`') || row.subject.contains("int8");
        if !is_format && !FATES.contains(&fate.as_str()) {
            problems.push(format!("line {line}: `{fate}` is no fate"));
        }
        if row.cases.is_empty() {
            problems.push(format!("line {line}: no case"));
        }
        for case in &row.cases {
            if !cases.join(format!("{case}.yaml")).exists() {
                problems.push(format!("line {line}: there is no case `{case}`"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
