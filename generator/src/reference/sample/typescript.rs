//! The sample for TypeScript: the types of the bodies, a typed method around `fetch`, and a call of it.

use super::code::{Code, Writer};
use super::dialect::Dialect;
use super::literal::JAVASCRIPT;
use super::values::is_word;
use super::view::{SampleView, sample_view};
use crate::model::{
    Access, Additional, Content, ContentKind, Decision, Enumeration, Operation, Record, Scalar,
    Shape, Type, TypeId,
};
use crate::reference::call::{Call, VariableId};
use crate::reference::links::{Links, plain};
use crate::rust::OperationItem;
use heck::ToLowerCamelCase;
use serde::Serialize;
use serde_json::{Value, json};

/// What `samples/typescript.jinja` is given.
#[derive(Serialize)]
pub struct TypeScriptView {
    #[serde(flatten)]
    sample: SampleView,
    method_name: Code,
    /// What the client is made with: the server and the credentials.
    fields: Vec<ArgumentView>,
    /// What the method is called with beside the body.
    arguments: Vec<ArgumentView>,
    body_type: Option<Code>,
    output: Code,
    /// Whether the answer is read as JSON.
    is_json: bool,
    declarations: Vec<Code>,
}

#[derive(Serialize)]
struct ArgumentView {
    name: Code,
    variable: Code,
}

/// Types beyond so many are left `unknown`: a sample is to be read.
const MOST_TYPES: usize = 12;

/// Words that no argument may be called, and names of the sample's own.
pub const TAKEN_WORDS: &[&str] = &[
    "arguments",
    "await",
    "body",
    "break",
    "case",
    "catch",
    "class",
    "client",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "encode",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "response",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Types of the language that the sample names itself, and words that no type may be called.
const TAKEN_TYPES: &[&str] = &[
    "Client",
    "Promise",
    "Record",
    "Uint8Array",
    "Object",
    "Buffer",
];

impl TypeScriptView {
    /// What does not depend on the values of the call, but for the declarations: the page has them in its sample.
    pub fn fixed(&self) -> Value {
        json!({
            "method": self.method_name,
            "output": self.output,
            "is_json": self.is_json,
            "body_type": self.body_type,
        })
    }
}

/// Makes the view of a call.
pub fn view(
    links: Links<'_>,
    operation: &Operation,
    item: &OperationItem,
    title: &str,
    call: &Call,
    dialect: &'static Dialect,
) -> TypeScriptView {
    let words = words(call);
    let is_field = |index: usize| is_field(call, index);
    let is_download = |index: usize| call.download.map(VariableId::index) == Some(index);
    let names: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(index, word)| match call.variables.get(index) {
            Some(variable) if is_download(index) => variable.name.clone(),
            _ if is_field(index) => format!("this.{word}"),
            _ => word.clone(),
        })
        .collect();
    let writer = Writer {
        dialect,
        call,
        names: Some(&names),
    };
    let argument = |(index, word): (usize, &String)| ArgumentView {
        name: Code::own(word),
        variable: Code::own(call.variables.get(index).map_or("", |known| &known.name)),
    };
    let is_argument = |index: usize| !is_field(index) && !is_download(index);
    let list = |wanted: &dyn Fn(usize) -> bool| {
        let words = words.iter().enumerate();
        words
            .filter(|(index, _)| wanted(*index))
            .map(argument)
            .collect()
    };
    let sample = sample_view(title, &writer);
    let mut types = Types::new(links);
    let body_type = call.body.as_ref().and(operation.body.as_ref());
    let body_type = body_type.map(|body| match &body.content.kind {
        ContentKind::Json(ty) if sample.has_json() => types.spelled(ty),
        ContentKind::Form { .. } => "[string, string][]".to_owned(),
        _ => "string".to_owned(),
    });
    let (output, is_json) = types.output(operation, call);
    TypeScriptView {
        sample,
        method_name: Code::own(&method_name(item)),
        fields: list(&is_field),
        arguments: list(&is_argument),
        body_type: body_type.as_deref().map(Code::own),
        output: Code::own(&output),
        is_json,
        declarations: types.declarations(),
    }
}

/// The variables in camel case, unless two of them would be one.
fn words(call: &Call) -> Vec<String> {
    let camel: Vec<String> = call
        .variables
        .iter()
        .map(|variable| variable.name.to_lower_camel_case())
        .collect();
    let is_clear = |word: &String| {
        !TAKEN_WORDS.contains(&word.as_str())
            && camel.iter().filter(|other| *other == word).count() == 1
    };
    let names = call.variables.iter().map(|variable| &variable.name);
    let pairs = camel.iter().zip(names);
    pairs
        .map(|(word, name)| if is_clear(word) { word } else { name }.clone())
        .collect()
}

/// Whether a variable belongs to the client and not to the call.
fn is_field(call: &Call, index: usize) -> bool {
    let mut credentials = call.credentials.iter().flat_map(|(_, used)| used);
    call.base_url.index() == index || credentials.any(|id| id.index() == index)
}

fn method_name(item: &OperationItem) -> String {
    match plain(&item.method).to_lower_camel_case() {
        name if name == "constructor" => "call".to_owned(),
        name => name,
    }
}

/// The types of a sample.
struct Types<'a> {
    links: Links<'a>,
    /// The types that are named, in the order in which they are met.
    named: Vec<TypeId>,
}

impl<'a> Types<'a> {
    fn new(links: Links<'a>) -> Self {
        let named = Vec::new();
        Types { links, named }
    }

    /// What the method gives, and whether it is read as JSON.
    fn output(&mut self, operation: &Operation, call: &Call) -> (String, bool) {
        if call.download.is_some() {
            return ("Uint8Array".to_owned(), false);
        }
        let mut json = Vec::new();
        let mut has_other = false;
        for response in &operation.responses {
            let is_success = response.status.is_success();
            match &response.content {
                _ if !is_success => {}
                Some(Content {
                    kind: ContentKind::Json(ty),
                    ..
                }) => {
                    let spelled = self.spelled(ty);
                    if !json.contains(&spelled) {
                        json.push(spelled);
                    }
                }
                Some(_) => has_other = true,
                None if !json.contains(&"void".to_owned()) => json.push("void".to_owned()),
                None => {}
            }
        }
        let is_json = json.iter().any(|ty| ty != "void") && !has_other;
        match is_json {
            true => (json.join(" | "), true),
            false => ("string".to_owned(), false),
        }
    }

    /// A type in one line. The recursion follows the type, whose depth is limited.
    fn spelled(&mut self, ty: &Type) -> String {
        match ty {
            Type::Scalar(Scalar::Bool) => "boolean".to_owned(),
            Type::Scalar(
                Scalar::Integer(_) | Scalar::Float | Scalar::Double | Scalar::BigNumber,
            ) => "number".to_owned(),
            Type::Scalar(_) => "string".to_owned(),
            Type::List(item) => match self.spelled(item) {
                item if item.contains(' ') => format!("({item})[]"),
                item => format!("{item}[]"),
            },
            Type::Map(_, value) => format!("Record<string, {}>", self.spelled(value)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.spelled(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Type::Nullable(inner) => format!("{} | null", self.spelled(inner)),
            Type::Named(id) => self.named(*id),
            Type::Json => "unknown".to_owned(),
        }
    }

    fn named(&mut self, id: TypeId) -> String {
        if !self.named.contains(&id) {
            if self.named.len() >= MOST_TYPES {
                return "unknown".to_owned();
            }
            self.named.push(id);
        }
        self.name(id)
    }

    fn name(&self, id: TypeId) -> String {
        match self.links.item(id).map(|item| plain(&item.name)) {
            Some(name) if TAKEN_TYPES.contains(&name) => format!("{name}Value"),
            Some(name) => name.to_owned(),
            None => "unknown".to_owned(),
        }
    }

    /// The declarations of all named types; declaring one may name more.
    fn declarations(&mut self) -> Vec<Code> {
        let api = self.links.api;
        let mut declarations = Vec::new();
        while let Some(id) = self.named.get(declarations.len()).copied() {
            let name = self.name(id);
            let text = match &api.types[id].shape {
                Shape::Record(record) => format!("interface {name} {}", self.members(record)),
                Shape::Alias(ty) => format!("type {name} = {};", self.spelled(ty)),
                Shape::Enumeration(enumeration) => {
                    format!("type {name} = {};", alternatives(&values(enumeration)))
                }
                Shape::Union(union) => {
                    let variants = union.variants.iter();
                    let mut variants: Vec<String> =
                        variants.map(|variant| self.spelled(&variant.ty)).collect();
                    if union.decision == Decision::Open {
                        variants.push("unknown".to_owned());
                    }
                    format!("type {name} = {};", alternatives(&variants))
                }
            };
            declarations.push(Code::own(&text));
        }
        declarations
    }

    fn members(&mut self, record: &Record) -> String {
        let mut text = "{\n".to_owned();
        for field in &record.fields {
            let name = match field.name.as_str() {
                name if is_word(name) => name.to_owned(),
                name => JAVASCRIPT.encode(name),
            };
            // A field that travels one way only is not there the other way.
            let optional = !field.presence.is_required() || field.access != Access::Both;
            let mark = if optional { "?" } else { "" };
            let ty = self.spelled(&field.ty);
            text.push_str(&format!("  {name}{mark}: {ty};\n"));
        }
        if matches!(record.additional, Additional::Kept(_)) {
            text.push_str("  [key: string]: unknown;\n");
        }
        text.push('}');
        text
    }
}

fn values(enumeration: &Enumeration) -> Vec<String> {
    match enumeration {
        Enumeration::Strings(values) => values
            .iter()
            .map(|value| JAVASCRIPT.encode(&value.value))
            .collect(),
        Enumeration::Integers(values) => {
            values.iter().map(|value| value.value.to_string()).collect()
        }
    }
}

fn alternatives(types: &[String]) -> String {
    match types {
        [] => "never".to_owned(),
        types => types.join(" | "),
    }
}
