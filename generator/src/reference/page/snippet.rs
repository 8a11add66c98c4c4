//! What an operation looks like in Rust: its method, what it gives, and its errors.

use crate::reference::encode::is_invisible;
use crate::reference::links::plain;
use crate::rust::{
    ArgumentItem, CaseItem, DateCrate, IncomingItem, IncomingPayload, OperationItem, OutcomeItem,
    Passing, Payload, RustType, StatusPattern, Target,
};

/// The method with its arguments, setters and result.
pub fn signature(item: &OperationItem) -> String {
    let mut out = String::from("impl Client {\n");
    let arguments: Vec<String> = item.arguments.iter().map(parameter).collect();
    let one_line = format!(
        "    pub fn {}({}) -> Request<'_, {}>;",
        item.method,
        [&["&self".to_owned()], arguments.as_slice()]
            .concat()
            .join(", "),
        item.marker
    );
    if one_line.len() <= 100 {
        out.push_str(&one_line);
        out.push('\n');
    } else {
        out.push_str(&format!("    pub fn {}(\n        &self,\n", item.method));
        for argument in &arguments {
            out.push_str(&format!("        {argument},\n"));
        }
        out.push_str(&format!("    ) -> Request<'_, {}>;\n", item.marker));
    }
    out.push_str("}\n");
    if !item.setters.is_empty() {
        out.push_str(&format!(
            "\n// What may be given, as methods on the request:\nimpl Request<'_, {}> {{\n",
            item.marker
        ));
        for setter in &item.setters {
            out.push_str(&format!(
                "    pub fn {}(self, {}) -> Self;\n",
                setter.name,
                parameter(setter)
            ));
        }
        out.push_str("}\n");
    }
    out.push_str(&format!(
        "\n// What `.await` gives:\nResult<Response<{}>, Error<{}>>\n",
        output(&item.output),
        error(&item.error)
    ));
    if let Some(paging) = &item.paging {
        out.push_str(&format!(
            "\n// All pages from this one on, fetched as they are asked for; what `.next().await` gives:\n\
             impl Request<'_, {0}> {{\n    \
             pub fn pages(self) -> Pages<{0}>; // Option<Result<Response<{1}>, Error<{2}>>>\n    \
             pub fn items(self) -> Items<{0}>; // Option<Result<{3}, Error<{2}>>>\n}}\n",
            item.marker,
            output(&item.output),
            error(&item.error),
            rust_type(&paging.item),
        ));
    }
    if let Some(stream) = &item.stream {
        out.push_str(&format!(
            "\n// The answer as a stream; what `.next().await` gives:\n\
             impl Request<'_, {0}> {{\n    \
             pub fn events(self) -> Events<{0}>; // Option<Result<Event<{1}>, Error<{2}>>>\n}}\n",
            item.marker,
            rust_type(&stream.item),
            error(&item.error),
        ));
    }
    if let OutcomeItem::Enum { name, cases, .. } = &item.output {
        out.push_str(&format!("\npub enum {name} {{\n"));
        for case in cases {
            out.push_str(&format!("    {}, // {}\n", variant(case), case.status));
        }
        out.push_str("}\n");
    }
    out
}

/// The function that reads a request of the API, and how its parameters are read.
pub fn receiving(item: &IncomingItem) -> String {
    let body = match &item.payload {
        IncomingPayload::Form(ty) => rust_type(ty),
        IncomingPayload::Of(payload) => payload_type(payload).unwrap_or_else(|| "()".to_owned()),
    };
    let parameters = item.parameters.iter();
    let marker = parameters
        .map(|own| format!(", {}", own.name))
        .collect::<String>();
    let mut out = format!(
        "{}::{}(&request)?; // Received<{body}{marker}>\n",
        item.module.name(),
        item.function
    );
    for parameter in item.parameters.iter().flat_map(|own| &own.parameters) {
        let ty = rust_type(&parameter.ty);
        let ty = match parameter.required {
            true => ty,
            false => format!("Option<{ty}>"),
        };
        out.push_str(&format!("received.{}()?; // {ty}\n", parameter.name));
    }
    format!("let received = {out}")
}

/// A `match` over the documented errors; `None` if there are none.
pub fn errors(item: &OperationItem, describe: impl Fn(StatusPattern) -> String) -> Option<String> {
    let OutcomeItem::Enum { name, cases, .. } = &item.error else {
        return None;
    };
    let mut out = format!(
        "match client.{}({}).await {{\n    Ok(response) => {{}}\n",
        item.method,
        item.arguments
            .iter()
            .map(|argument| plain(&argument.name))
            .collect::<Vec<_>>()
            .join(", ")
    );
    for case in cases {
        let text: String = describe(case.status)
            .chars()
            .map(|c| if is_invisible(c) { ' ' } else { c })
            .collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!(
            "    // {}{}{}\n    Err(Error::Api({name}::{})) => {{}}\n",
            case.status,
            if text.is_empty() { "" } else { ": " },
            text,
            pattern(case)
        ));
    }
    out.push_str("    // Transport, timeout, undocumented status, undecodable body\n    Err(other) => return Err(other.into()),\n}\n");
    Some(out)
}

/// The error enum's name, if an operation has documented errors.
pub fn error(outcome: &OutcomeItem) -> String {
    match outcome {
        OutcomeItem::Enum { name, .. } => name.as_str().to_owned(),
        OutcomeItem::Single { .. } | OutcomeItem::None => "Infallible".to_owned(),
    }
}

/// What a success holds.
pub fn output(outcome: &OutcomeItem) -> String {
    match outcome {
        OutcomeItem::None => "()".to_owned(),
        OutcomeItem::Single { payload, .. } => payload_type(payload).unwrap_or("()".to_owned()),
        OutcomeItem::Enum { name, .. } => name.as_str().to_owned(),
    }
}

/// A variant as its enum declares it.
pub fn variant(case: &CaseItem) -> String {
    let mut fields = Vec::new();
    if !matches!(case.status, StatusPattern::Code(_)) {
        fields.push("u16".to_owned());
    }
    fields.extend(payload_type(&case.payload));
    if fields.is_empty() {
        case.variant.as_str().to_owned()
    } else {
        format!("{}({})", case.variant, fields.join(", "))
    }
}

/// A variant of an error as a `match` takes it apart. What it holds has the status and the headers beside the body.
pub fn pattern(case: &CaseItem) -> String {
    let answer = match case.payload {
        Payload::Empty => "_",
        _ => "body",
    };
    format!("{}({answer})", case.variant)
}

fn payload_type(payload: &Payload) -> Option<String> {
    match payload {
        Payload::Empty => None,
        Payload::Json(ty) | Payload::Xml(ty) | Payload::JsonOrXml(ty) => Some(rust_type(ty)),
        Payload::Text => Some("String".to_owned()),
        Payload::Bytes => Some("Bytes".to_owned()),
        Payload::Choice(choice) => Some(choice.name.as_str().to_owned()),
    }
}

fn parameter(argument: &ArgumentItem) -> String {
    if let Target::Choice(choice) = &argument.target {
        return format!("{}: impl Into<{}>", argument.name, choice.name);
    }
    let ty = match (&argument.passing, &argument.ty) {
        (Passing::Str, _) => "&str".to_owned(),
        (Passing::Into, ty) => format!("impl Into<{}>", rust_type(ty)),
        (Passing::Slice, RustType::Vec(item)) => format!("&[{}]", rust_type(item)),
        (Passing::Slice | Passing::Value, ty) => rust_type(ty),
    };
    format!("{}: {ty}", argument.name)
}

/// A type as Rust spells it. The recursion follows the type, whose depth is limited.
pub fn rust_type(ty: &RustType) -> String {
    let word = match ty {
        RustType::Unit => "()",
        RustType::Bool => "bool",
        RustType::I8 => "i8",
        RustType::I16 => "i16",
        RustType::I32 => "i32",
        RustType::I64 => "i64",
        RustType::U8 => "u8",
        RustType::U16 => "u16",
        RustType::U32 => "u32",
        RustType::U64 => "u64",
        RustType::F32 => "f32",
        RustType::F64 => "f64",
        RustType::String => "String",
        RustType::Secret => "SecretString",
        RustType::Uuid => "Uuid",
        RustType::Date(DateCrate::Chrono) => "NaiveDate",
        RustType::Date(_) => "Date",
        RustType::DateTime(_) => "DateTime",
        RustType::Time(_) => "TimeOfDay",
        RustType::Duration(_) => "Span",
        RustType::Url => "Url",
        RustType::BigInteger => "BigInteger",
        RustType::BigNumber => "BigNumber",
        RustType::Decimal => "Decimal",
        RustType::Ipv4 => "Ipv4Addr",
        RustType::Ipv6 => "Ipv6",
        RustType::Base64 => "Base64",
        RustType::Json => "Value",
        RustType::Bytes => "Bytes",
        RustType::Body => "Body",
        RustType::File => "FilePart",
        RustType::Option(inner) => return format!("Option<{}>", rust_type(inner)),
        RustType::Vec(inner) => return format!("Vec<{}>", rust_type(inner)),
        RustType::Items(inner) => return format!("BodyItems<{}>", rust_type(inner)),
        RustType::Map(inner) => return format!("BTreeMap<String, {}>", rust_type(inner)),
        RustType::KeyedMap(key, value) => {
            return format!("KeyedMap<{}, {}>", rust_type(key), rust_type(value));
        }
        RustType::Box(inner) => return format!("Box<{}>", rust_type(inner)),
        RustType::Tuple(items) => {
            let items: Vec<String> = items.iter().map(rust_type).collect();
            return format!("({})", items.join(", "));
        }
        RustType::Named(name) => name.as_str(),
    };
    word.to_owned()
}
