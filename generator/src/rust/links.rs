//! Links: methods of an answer that prepare the call which it leads to.

use crate::model::Link;

use super::{
    ArgumentItem, Docs, Expression, LinkValue, OperationItem, ParameterLocation, RustName,
    ServerList, Target, WireName,
};

/// A method of an answer that prepares another call.
#[derive(Debug, Clone)]
pub struct LinkItem {
    /// The method's name, unique among those of the answer.
    pub method: RustName,
    /// What the document calls the link.
    pub wire: WireName,
    /// The statuses of the answers that have it, from the first to the last of each range.
    pub statuses: Vec<(u16, u16)>,
    /// The operation that it leads to, as an index into [`Client::operations`](super::Client::operations).
    pub target: usize,
    /// What it gives that, and where.
    pub given: Vec<(GivenPlace, LinkValue)>,
    /// Which of several ways a body is sent in that it gives.
    pub content: usize,
    /// Where it is sent, if that is not where the operation is sent otherwise.
    pub servers: Option<ServerList>,
    /// Its documentation.
    pub docs: Docs,
}

impl LinkItem {
    /// What it gives an argument, if anything.
    pub fn given_to(&self, argument: &ArgumentItem) -> Option<&LinkValue> {
        let mut given = self.given.iter();
        given.find_map(|(place, value)| place.is_of(argument).then_some(value))
    }
}

/// What of an operation a link gives a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenPlace {
    /// A parameter.
    Parameter(ParameterLocation, WireName),
    /// The body.
    Body,
}

impl GivenPlace {
    /// The place that an argument goes to.
    pub fn of(target: &Target) -> Self {
        let parameter = |place, name: &WireName| GivenPlace::Parameter(place, name.clone());
        match target {
            Target::Path(name, _) | Target::ReservedPath(name, _) => {
                parameter(ParameterLocation::Path, name)
            }
            Target::Query(name, _) | Target::ReservedQuery(name, _) => {
                parameter(ParameterLocation::Query, name)
            }
            Target::Header(name, _) => parameter(ParameterLocation::Header, name),
            Target::Cookie(name, _) | Target::ReservedCookie(name, _) => {
                parameter(ParameterLocation::Cookie, name)
            }
            Target::Body(_) | Target::Choice(_) => GivenPlace::Body,
        }
    }

    fn is_of(&self, argument: &ArgumentItem) -> bool {
        *self == GivenPlace::of(&argument.target)
    }
}

impl OperationItem {
    /// The links of all its answers, with the marker of the answer that has them.
    pub fn links(&self) -> impl Iterator<Item = (&RustName, &LinkItem)> {
        let markers = self.headers.iter().chain(self.error.markers());
        markers.flat_map(|marker| marker.links.iter().map(|link| (&marker.name, link)))
    }

    /// The method of an answer that follows a link of the model.
    pub fn method_of(&self, link: &Link) -> Option<&RustName> {
        let mut links = self.links();
        links.find_map(|(_, item)| {
            let is_it = item.wire == link.name && item.target == link.target.index();
            is_it.then_some(&item.method)
        })
    }

    /// The name under which its answers remember the value of a parameter, if a link asks for it.
    pub fn kept_as(&self, target: &Target) -> Option<String> {
        let place = GivenPlace::of(target);
        let GivenPlace::Parameter(location, name) = &place else {
            return None;
        };
        let is_wanted = self.expressions().any(|expression| match expression {
            Expression::RequestPath(wanted) => {
                *location == ParameterLocation::Path && wanted == name
            }
            Expression::RequestQuery(wanted) => {
                *location == ParameterLocation::Query && wanted == name
            }
            _ => false,
        });
        is_wanted.then(|| format!("{}.{}", location.as_str(), name.as_str()))
    }

    /// What its links find.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let given = self.links().flat_map(|(_, link)| &link.given);
        given.flat_map(|(_, value)| value.expressions())
    }
}
