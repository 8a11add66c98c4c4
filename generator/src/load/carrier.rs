//! What newer versions say and 3.0 has no words for, carried in extensions that only this file writes and reads.

use indexmap::IndexMap;
use openapiv3::{
    Discriminator, Encoding, MediaType, OAuth2Flows, OpenAPI, Operation, ParameterData, PathItem,
    SchemaData, SecurityScheme,
};
use serde::Deserialize;
use serde_json::{Map, Number, Value, json};

/// On an array: the members of the anyOf under `items` are the items by position, and there are no others.
const TUPLE: &str = "x-specwright-tuple";

/// On a map: the members of the anyOf under `additionalProperties` are what the keys are, and what the values are.
const KEYS: &str = "x-specwright-keys";

/// On an anyOf: a value that is none of its variants is as good.
const OPEN: &str = "x-specwright-open";

/// On a schema: keywords with schemas in the place of the references in them.
const INLINED: &str = "x-specwright-inlined";

/// On a schema that stands in the place of a reference: what was referred to.
const TARGET: &str = "x-specwright-target";

/// On the flows of OAuth 2: the device flow, as 3.2 has it.
const DEVICE_FLOW: &str = "x-specwright-device-authorization";

/// On a security scheme: where the server says what its endpoints are.
const METADATA_URL: &str = "x-specwright-oauth2-metadata-url";

/// On a schema: what it demands in words that 3.0 does not have, with whether values can be held to it.
const DEMANDS: &str = "x-specwright-demands";

/// On a schema: its limits of numbers with all their digits, where numbers of 64 bits do not have them.
const EXACT_LIMITS: &str = "x-specwright-exact-limits";

/// On a discriminator: the schema of values whose tag is unknown or not there.
const DEFAULT_MAPPING: &str = "x-specwright-default-mapping";

/// On a parameter in the query: it is the whole of it.
const WHOLE_QUERY: &str = "x-specwright-whole-query";

/// On a cookie parameter: nothing of it is percent-encoded.
const PLAIN_COOKIE: &str = "x-specwright-plain-cookie";

/// On a schema: its XML Object.
const XML: &str = "x-specwright-xml";

/// On an XML Object: what is made of the schema, as 3.2 has it.
pub(super) const NODE_TYPE: &str = "x-specwright-node-type";

/// What an XML Object says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct XmlObject {
    /// The name of the element or attribute.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its prefix.
    pub prefix: Option<String>,
    /// Whether it is an attribute.
    pub attribute: bool,
    /// Whether the items of a list have an element around them.
    pub wrapped: bool,
    /// What it is, in the words of 3.2.
    #[serde(rename = "x-specwright-node-type")]
    pub node_type: Option<String>,
}

/// Keeps the XML Object of a schema, for which `openapiv3` has no place.
pub(super) fn keep_xml(schema: &mut Map<String, Value>) {
    if let Some(xml @ Value::Object(_)) = schema.get("xml") {
        let xml = xml.clone();
        schema.insert(XML.to_owned(), xml);
    }
}

/// The XML Object of a schema.
pub fn xml_of(schema: &SchemaData) -> Option<XmlObject> {
    XmlObject::deserialize(schema.extensions.get(XML)?).ok()
}

/// On a parameter that is not in the query: its reserved characters are sent as they are.
const RESERVED: &str = "x-specwright-reserved";

/// Marks a parameter in a path or a cookie whose reserved characters are sent as they are.
pub(super) fn mark_reserved(parameter: &mut Map<String, Value>) {
    parameter.insert(RESERVED.to_owned(), Value::Bool(true));
}

/// Whether reserved characters of a parameter in a path or a cookie are sent as they are.
pub fn is_reserved(parameter: &ParameterData) -> bool {
    parameter.extensions.get(RESERVED) == Some(&Value::Bool(true))
}

/// On a tag: what 3.2 says of it besides.
pub(super) const TAG: &str = "x-specwright-tag";

/// What a tag of 3.2 says besides.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TagDetails {
    /// What it is called where people read it.
    pub summary: Option<String>,
    /// The name of the tag that it stands under.
    pub parent: Option<String>,
    /// What it is for, in the words of the registry of tag kinds.
    pub kind: Option<String>,
}

/// What a tag of 3.2 says besides.
pub fn tag_details(tag: &openapiv3::Tag) -> TagDetails {
    let details = tag.extensions.get(TAG);
    let details = details.and_then(|details| TagDetails::deserialize(details).ok());
    details.unwrap_or_default()
}

/// On a path item: its operations with other methods than 3.0 has fields for, by method.
pub(super) const OPERATIONS: &str = "x-specwright-operations";

/// The operations of a path item that 3.0 has no fields for, by method, each as it is in the document.
pub(super) fn take_operations(item: &mut PathItem) -> Map<String, Value> {
    match item.extensions.shift_remove(OPERATIONS) {
        Some(Value::Object(operations)) => operations,
        _ => Map::new(),
    }
}

/// The methods of a path item that 3.0 has no fields for.
pub fn other_methods(item: &PathItem) -> impl Iterator<Item = &str> {
    let operations = item.extensions.get(OPERATIONS).and_then(Value::as_object);
    operations
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str)
}

/// On the document: the component that its webhooks are, which have the shape of a Callback Object.
const WEBHOOKS: &str = "x-specwright-webhooks";

/// On an operation: its callbacks that are references, by name.
const REFERRED_CALLBACKS: &str = "x-specwright-referred-callbacks";

/// Keeps under which name the webhooks stand among the callbacks of the components.
pub(super) fn keep_webhooks(root: &mut Map<String, Value>, name: &str) {
    root.insert(WEBHOOKS.to_owned(), Value::from(name));
}

/// The callback of the components that the webhooks of the document are.
pub fn webhooks(openapi: &OpenAPI) -> Option<&str> {
    openapi.extensions.get(WEBHOOKS)?.as_str()
}

/// Keeps the callbacks of an operation that are references.
pub(super) fn keep_referred_callbacks(
    operation: &mut Map<String, Value>,
    callbacks: Map<String, Value>,
) {
    if !callbacks.is_empty() {
        operation.insert(REFERRED_CALLBACKS.to_owned(), Value::Object(callbacks));
    }
}

/// The callbacks of an operation that are references: names, and what they refer to.
pub fn referred_callbacks(operation: &Operation) -> impl Iterator<Item = (&str, &str)> {
    let callbacks = operation.extensions.get(REFERRED_CALLBACKS);
    let callbacks = callbacks.and_then(Value::as_object).into_iter().flatten();
    callbacks.filter_map(|(name, target)| Some((name.as_str(), target.as_str()?)))
}

/// On a media type: how its parts are made by their position.
pub(super) const PREFIX_ENCODING: &str = "x-specwright-prefix-encoding";

/// On a media type: how all parts after those are made.
pub(super) const ITEM_ENCODING: &str = "x-specwright-item-encoding";

/// On an Encoding Object: how the parts within the part are made, by name.
pub(super) const NESTED_ENCODING: &str = "x-specwright-encoding";

/// How the parts within a part are made, by name; `None` if nothing is said of them.
pub fn nested_encodings(encoding: &Encoding) -> Option<IndexMap<String, Encoding>> {
    let nested = encoding.extensions.get(NESTED_ENCODING)?;
    IndexMap::deserialize(nested).ok()
}

/// How the parts within a part are made by their position, as of a body.
pub fn nested_positions(encoding: &Encoding) -> Option<(Vec<Encoding>, Option<Encoding>)> {
    positions(&encoding.extensions)
}

/// How the parts of a body are made by their position, and how all after those; `None` if nothing is said of either.
pub fn positional_encodings(media_type: &MediaType) -> Option<(Vec<Encoding>, Option<Encoding>)> {
    positions(&media_type.extensions)
}

fn positions(extensions: &IndexMap<String, Value>) -> Option<(Vec<Encoding>, Option<Encoding>)> {
    let prefix = extensions.get(PREFIX_ENCODING);
    let item = extensions.get(ITEM_ENCODING);
    prefix.or(item)?;
    let prefix = prefix.and_then(|list| Vec::deserialize(list).ok());
    let item = item.and_then(|item| Encoding::deserialize(item).ok());
    Some((prefix.unwrap_or_default(), item))
}

/// Marks a parameter that is the whole query.
pub(super) fn mark_whole_query(parameter: &mut Map<String, Value>) {
    parameter.insert(WHOLE_QUERY.to_owned(), Value::Bool(true));
}

/// Whether a parameter is the whole query.
pub fn is_whole_query(parameter: &ParameterData) -> bool {
    parameter.extensions.get(WHOLE_QUERY) == Some(&Value::Bool(true))
}

/// Marks a cookie of which nothing is percent-encoded.
pub(super) fn mark_plain_cookie(parameter: &mut Map<String, Value>) {
    parameter.insert(PLAIN_COOKIE.to_owned(), Value::Bool(true));
}

/// Whether nothing of a cookie is percent-encoded.
pub fn is_plain_cookie(parameter: &ParameterData) -> bool {
    parameter.extensions.get(PLAIN_COOKIE) == Some(&Value::Bool(true))
}

/// Marks an array whose items have a type by position.
pub(super) fn mark_tuple(schema: &mut Map<String, Value>) {
    schema.insert(TUPLE.to_owned(), Value::Bool(true));
}

/// Whether the items of an array have a type by position: that of the members of the anyOf under `items`.
pub fn is_tuple(schema: &SchemaData) -> bool {
    schema.extensions.get(TUPLE) == Some(&Value::Bool(true))
}

/// Marks a map whose keys are of a type.
pub(super) fn mark_keys(schema: &mut Map<String, Value>) {
    schema.insert(KEYS.to_owned(), Value::Bool(true));
}

/// Whether a map has keys of a type: the first member of the anyOf under `additionalProperties` is theirs, the second one
/// that of the values.
pub fn has_keys(schema: &SchemaData) -> bool {
    schema.extensions.get(KEYS) == Some(&Value::Bool(true))
}

/// Marks an anyOf beside which any other value is as good.
pub(super) fn mark_open(schema: &mut Value) {
    if let Value::Object(schema) = schema {
        schema.insert(OPEN.to_owned(), Value::Bool(true));
    }
}

/// Whether any value that is no variant of the anyOf is as good.
pub fn is_open(schema: &SchemaData) -> bool {
    schema.extensions.get(OPEN) == Some(&Value::Bool(true))
}

/// Keeps a keyword with schemas in the place of the references in it, beside the keyword itself.
pub(super) fn keep_inlined(schema: &mut Map<String, Value>, word: &str, whole: Value) {
    let inlined = schema.entry(INLINED).or_insert_with(|| json!({}));
    if let Value::Object(inlined) = inlined {
        inlined.insert(word.to_owned(), whole);
    }
}

/// Takes what stands for a keyword without the references in it.
pub(super) fn take_inlined(schema: &mut Map<String, Value>, word: &str) -> Option<Value> {
    let inlined = schema.get_mut(INLINED)?.as_object_mut()?;
    let whole = inlined.shift_remove(word);
    if inlined.is_empty() {
        schema.shift_remove(INLINED);
    }
    whole
}

/// Keeps what was referred to on what stands in the place of the reference.
pub(super) fn keep_target(schema: &mut Value, target: Value) {
    if let Value::Object(schema) = schema {
        schema.insert(TARGET.to_owned(), target);
    }
}

/// Takes what was referred to away again.
pub(super) fn take_target(schema: &mut Value) -> Option<Value> {
    schema.as_object_mut()?.shift_remove(TARGET)
}

/// Keeps the device flow of 3.2.
pub(super) fn keep_device_flow(flows: &mut Map<String, Value>, flow: Value) {
    flows.insert(DEVICE_FLOW.to_owned(), flow);
}

/// The device flow.
pub fn device_flow(flows: &OAuth2Flows) -> Option<&Map<String, Value>> {
    flows.extensions.get(DEVICE_FLOW)?.as_object()
}

/// Keeps the URL under which the server says what its endpoints are.
pub(super) fn keep_metadata_url(scheme: &mut Map<String, Value>, url: Value) {
    scheme.insert(METADATA_URL.to_owned(), url);
}

/// The URL under which the server says what its endpoints are.
pub fn metadata_url(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::OAuth2 { extensions, .. } => extensions.get(METADATA_URL)?.as_str(),
        _ => None,
    }
}

/// Adds words to what a schema demands.
pub(super) fn add_demand(
    schema: &mut Map<String, Value>,
    words: Map<String, Value>,
    checked: bool,
) {
    let demands = schema.entry(DEMANDS).or_insert_with(|| json!([]));
    if let Value::Array(demands) = demands {
        demands.push(json!([words, checked]));
    }
}

/// What a schema demands in words that 3.0 does not have: schemas, and whether values can be held to each.
pub fn demands(schema: &SchemaData) -> impl Iterator<Item = (&Value, bool)> {
    let demands = schema.extensions.get(DEMANDS).and_then(Value::as_array);
    demands.into_iter().flatten().filter_map(|demand| {
        let (words, checked) = (demand.get(0)?, demand.get(1)?);
        Some((words, checked.as_bool()?))
    })
}

/// Keeps the limits of numbers that `openapiv3`, which has numbers of 64 bits, would round.
pub(super) fn keep_exact_limits(schema: &mut Map<String, Value>) {
    let mut exact = Map::new();
    for word in ["minimum", "maximum", "multipleOf"] {
        let Some(Value::Number(number)) = schema.get_mut(word) else {
            continue;
        };
        let near = number.as_f64().and_then(Number::from_f64);
        let is_near = |near: &Number| near.to_string().trim_end_matches(".0") == number.to_string();
        if number.is_i64() || near.as_ref().is_some_and(is_near) {
            continue;
        }
        let limit = Value::Number(number.clone());
        exact.insert(word.to_owned(), limit);
        match near {
            Some(near) => *number = near,
            None => {
                schema.shift_remove(word);
            }
        }
    }
    if !exact.is_empty() {
        schema.insert(EXACT_LIMITS.to_owned(), Value::Object(exact));
    }
}

/// A limit of numbers with all its digits: `minimum`, `maximum` or `multipleOf`.
pub fn exact_limit<'d>(schema: &'d SchemaData, word: &str) -> Option<&'d Number> {
    schema.extensions.get(EXACT_LIMITS)?.get(word)?.as_number()
}

/// Keeps which schema values without a known tag are of, and says where it stands now.
pub(super) fn keep_default_mapping(
    discriminator: &mut Map<String, Value>,
    target: Value,
) -> &'static str {
    discriminator.insert(DEFAULT_MAPPING.to_owned(), target);
    DEFAULT_MAPPING
}

/// The schema of values whose tag is unknown or not there: its name, or a reference to it.
pub fn default_mapping(discriminator: &Discriminator) -> Option<&str> {
    discriminator.extensions.get(DEFAULT_MAPPING)?.as_str()
}
