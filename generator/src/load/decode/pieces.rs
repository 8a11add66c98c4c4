//! Finds the pieces that do not decode, when the document as a whole does not.

use super::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::objects::Kind;
use crate::load::origins::Origins;
use crate::source::Pointer;
use openapiv3::{
    Callback, Example, Header, Link, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Leaves out every component and every path that does not decode by itself.
pub(super) fn leave_out(value: &mut Value, origins: &Origins, diagnostics: &mut Diagnostics) {
    for field in Kind::Components.table().fields {
        let at = Pointer::root().child("components").child(field.name);
        leave_out_members(value, &at, check_of(field.name), origins, diagnostics);
    }
    let at = Pointer::root().child("paths");
    leave_out_members(value, &at, check::<PathItem>, origins, diagnostics);
}

type Check = fn(&Value) -> Result<(), serde_json::Error>;

fn check<T: DeserializeOwned>(value: &Value) -> Result<(), serde_json::Error> {
    ReferenceOr::<T>::deserialize(Exact(value)).map(|_| ())
}

fn check_of(section: &str) -> Check {
    match section {
        "schemas" => check::<Schema>,
        "responses" => check::<Response>,
        "parameters" => check::<Parameter>,
        "examples" => check::<Example>,
        "requestBodies" => check::<RequestBody>,
        "headers" => check::<Header>,
        "securitySchemes" => check::<SecurityScheme>,
        "links" => check::<Link>,
        _ => check::<Callback>,
    }
}

fn leave_out_members(
    value: &mut Value,
    at: &Pointer,
    check: Check,
    origins: &Origins,
    diagnostics: &mut Diagnostics,
) {
    let Some(Value::Object(members)) = value.pointer_mut(at.as_str()) else {
        return;
    };
    let is_schema = at.as_str().ends_with("/schemas");
    members.retain(|name, member| {
        if name.starts_with("x-") {
            return true;
        }
        let Err(error) = check(member) else {
            return true;
        };
        let message = format!("`{name}` cannot be decoded and is left out: {error}");
        let origin = origins.origin(&at.child(name));
        diagnostics.push(Diagnostic::new(Code::WrongType, origin, message));
        if is_schema {
            // References to it must still lead to a schema.
            *member = Value::Object(Map::new());
        }
        is_schema
    });
}
