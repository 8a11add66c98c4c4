//! Webhooks and callbacks: the functions that read them.

use super::convert::Types;
use super::docs::{plan_docs, plan_parameter_docs};
use super::names::{Kind, Scope, Wish, plan_names};
use super::outcomes::{Boxed, OutcomeNames, OwnNames, plan_contents};
use super::reserved::Place;
use crate::model::{
    Cause, Content, ContentKind, Enumeration, Incoming, Parameter, ParameterLocation,
    ParameterStyle, Scalar, Shape, Type, WireName,
};
use crate::rust::{
    IncomingItem, IncomingItems, IncomingModule, IncomingPayload, ParametersItem, Payload,
    ReceivedItem, ReceivedPlace, ReceivedStyle, RustName, RustType,
};
use std::collections::{HashMap, HashSet};

/// The values of a property that tell webhooks apart, by the name of the property.
type Tags = HashMap<WireName, Vec<String>>;

/// One item for each request of the model, at the same index.
pub(super) fn plan_incoming(types: &Types<'_>) -> IncomingItems {
    let mut list: Vec<Option<IncomingItem>> = vec![None; types.api.incoming.len()];
    for module in IncomingModule::ALL {
        let requests: Vec<(usize, &Incoming)> = types
            .api
            .incoming
            .iter()
            .enumerate()
            .filter(|(_, incoming)| module_of(incoming) == module)
            .collect();
        for (index, item) in plan_module(types, module, &requests) {
            if let Some(place) = list.get_mut(index) {
                *place = Some(item);
            }
        }
    }
    let mut items = IncomingItems {
        list: list.into_iter().flatten().collect(),
        tag: None,
    };
    plan_tags(types, &mut items);
    items
}

fn module_of(incoming: &Incoming) -> IncomingModule {
    match incoming.cause {
        Cause::Webhook => IncomingModule::Webhooks,
        Cause::Callback { .. } => IncomingModule::Callbacks,
    }
}

fn plan_module(
    types: &Types<'_>,
    module: IncomingModule,
    requests: &[(usize, &Incoming)],
) -> Vec<(usize, IncomingItem)> {
    let wishes: Vec<Wish<'_>> = requests
        .iter()
        .map(|(_, incoming)| Wish {
            words: incoming.words.iter().map(WireName::as_str).collect(),
            first: true,
            apart: "",
        })
        .collect();
    let functions = plan_names(Kind::Method, Place::Local, &wishes);
    let events = plan_names(Kind::Variant, Place::Local, &wishes);
    let mut names = OutcomeNames::new(Scope::new(Kind::Type, Place::Incoming));
    let mut known: HashMap<String, ParametersItem> = HashMap::new();
    let named = requests.iter().zip(functions.into_iter().zip(events));
    named
        .map(|((index, incoming), (function, event))| {
            let mut own = names.of(&event);
            let item = IncomingItem {
                module,
                function,
                wire: incoming.name.clone(),
                http_method: incoming.method.clone(),
                payload: plan_payload(types, &incoming.contents, &mut own),
                tags: Vec::new(),
                parameters: plan_parameters(types, &incoming.parameters, &mut own, &mut known),
                docs: plan_docs(&incoming.docs),
                event: event.clone(),
            };
            (*index, item)
        })
        .collect()
}

fn plan_payload(
    types: &Types<'_>,
    contents: &[Content],
    names: &mut OwnNames<'_>,
) -> IncomingPayload {
    match contents {
        [] => IncomingPayload::Of(Payload::Empty),
        [
            Content {
                kind: ContentKind::Form { ty, .. },
                ..
            },
        ] => IncomingPayload::Form(types.plan_type(ty)),
        contents => {
            let contents: Vec<&Content> = contents.iter().collect();
            IncomingPayload::Of(plan_contents(types, &contents, "Payload", Boxed::No, names))
        }
    }
}

/// Documents name the same headers for each of their webhooks: the same parameters are one item.
fn plan_parameters(
    types: &Types<'_>,
    parameters: &[Parameter],
    names: &mut OwnNames<'_>,
    known: &mut HashMap<String, ParametersItem>,
) -> Option<ParametersItem> {
    if parameters.is_empty() {
        return None;
    }
    let key = parameters.iter().map(|parameter| {
        let (location, style) = (parameter.location, parameter.style);
        let is_required = parameter.presence.is_required();
        let (name, ty) = (&parameter.name, &parameter.ty);
        format!("{name:?} {ty:?} {location:?} {style:?} {is_required};")
    });
    let key: String = key.collect();
    if let Some(item) = known.get(&key) {
        return Some(item.clone());
    }
    let wishes: Vec<Wish<'_>> = parameters
        .iter()
        .map(|parameter| Wish::of(parameter.name.as_str()))
        .collect();
    let accessors = plan_names(Kind::Method, Place::ReceivedMethods, &wishes);
    let accessors = accessors.into_iter().zip(parameters);
    let item = ParametersItem {
        name: names.name("Parameters"),
        parameters: accessors
            .map(|(name, parameter)| plan_received(types, parameter, name))
            .collect(),
    };
    known.insert(key, item.clone());
    Some(item)
}

fn plan_received(types: &Types<'_>, parameter: &Parameter, name: RustName) -> ReceivedItem {
    let style = match parameter.style {
        ParameterStyle::Form { explode: true } | ParameterStyle::Cookie { explode: true } => {
            ReceivedStyle::Exploded
        }
        ParameterStyle::SpaceDelimited => ReceivedStyle::Joined(' '),
        ParameterStyle::PipeDelimited => ReceivedStyle::Joined('|'),
        ParameterStyle::Json => ReceivedStyle::Json,
        ParameterStyle::DeepObject => ReceivedStyle::Deep,
        ParameterStyle::Whole => ReceivedStyle::Whole,
        ParameterStyle::WholeText => ReceivedStyle::WholeText,
        _ => ReceivedStyle::Joined(','),
    };
    ReceivedItem {
        name,
        wire: parameter.name.clone(),
        ty: match types.resolve(&parameter.ty).without_null() {
            Type::Scalar(Scalar::Binary) => RustType::String,
            _ => types.plan_type(parameter.ty.without_null()),
        },
        place: match parameter.location {
            ParameterLocation::Header if style == ReceivedStyle::Json => ReceivedPlace::JsonHeader,
            ParameterLocation::Header => ReceivedPlace::Header,
            ParameterLocation::Cookie => ReceivedPlace::Cookie(style),
            ParameterLocation::Query | ParameterLocation::Path => ReceivedPlace::Query(style),
        },
        required: parameter.presence.is_required(),
        docs: plan_parameter_docs(types.formats, parameter),
    }
}

/// Finds the property by which bodies say which webhook they are: one that all of them must have, with values that no
/// two of them share.
fn plan_tags(types: &Types<'_>, items: &mut IncomingItems) {
    let mut webhooks: Vec<Tags> = Vec::new();
    for (incoming, _) in types
        .api
        .incoming
        .iter()
        .zip(&items.list)
        .filter(|(_, item)| item.module == IncomingModule::Webhooks)
    {
        let [content] = incoming.contents.as_slice() else {
            return;
        };
        let ContentKind::Json(ty) = &content.kind else {
            return;
        };
        webhooks.push(tags_of(types, ty));
    }
    let Some(first) = webhooks.first().filter(|_| webhooks.len() > 1) else {
        return;
    };
    let mut candidates: Vec<&WireName> = first.keys().collect();
    candidates.sort();
    let is_tag = |name: &&&WireName| {
        let mut seen = HashSet::new();
        webhooks.iter().all(|tags| {
            let values = tags.get(**name).map(Vec::as_slice).unwrap_or_default();
            !values.is_empty() && values.iter().all(|value| seen.insert(value))
        })
    };
    let Some(tag) = candidates.iter().find(is_tag).map(|name| (*name).clone()) else {
        return;
    };
    let listed = items.list.iter_mut();
    let listed = listed.filter(|item| item.module == IncomingModule::Webhooks);
    for (item, mut tags) in listed.zip(webhooks) {
        item.tags = tags.remove(&tag).unwrap_or_default();
    }
    items.tag = Some(tag);
}

/// The texts that the properties of a record can be, where the document lists them.
fn tags_of(types: &Types<'_>, ty: &Type) -> Tags {
    let mut tags = Tags::new();
    let Type::Named(id) = types.resolve(ty) else {
        return tags;
    };
    let Shape::Record(record) = &types.api.types[*id].shape else {
        return tags;
    };
    for field in record
        .fields
        .iter()
        .filter(|field| field.presence.is_required())
    {
        let values = match field.constant.as_ref().and_then(|value| value.as_str()) {
            Some(value) => vec![value.to_owned()],
            None => listed(types, &field.ty),
        };
        if !values.is_empty() {
            tags.insert(field.name.clone(), values);
        }
    }
    tags
}

fn listed(types: &Types<'_>, ty: &Type) -> Vec<String> {
    let Type::Named(id) = types.resolve(ty) else {
        return Vec::new();
    };
    match &types.api.types[*id].shape {
        Shape::Enumeration(Enumeration::Strings(values)) => {
            values.iter().map(|value| value.value.clone()).collect()
        }
        _ => Vec::new(),
    }
}
