//! What can be derived from the model: results beside it, never flags in it.

mod defaults;
mod finite;
mod graph;
mod pagination;
mod recursion;
mod unions;
mod usage;

pub use unions::{AmbiguousPlace, Test, VariantTest};

use crate::model::{Api, MapKey, OperationId, PageFault, PageRules, Pagination, Scalar, TypeId};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is known of the types of an [`Api`] beyond what the document says.
#[derive(Debug, Clone)]
pub struct Facts {
    types: Vec<TypeFacts>,
    tests: HashMap<TypeId, Vec<VariantTest>>,
    pagination: Vec<Option<Pagination>>,
    /// What is wrong with what was said of pages.
    pub page_faults: Vec<PageFault>,
    /// The scalars that types, parameters and bodies hold.
    pub scalars: HashSet<Scalar>,
    /// What the keys of maps are that are not any text.
    pub keys: HashSet<MapKey>,
    /// The places that admit no finite value, with what became of them.
    pub infinite: Vec<InfinitePlace>,
    /// The unions in which nothing but trial tells some variants apart.
    pub ambiguous: Vec<AmbiguousPlace>,
}

impl Facts {
    /// The facts of one type.
    pub fn of(&self, id: TypeId) -> TypeFacts {
        self.types.get(id.index()).cloned().unwrap_or_default()
    }

    /// How an operation hands out what it has in pages, if it does.
    pub fn pagination(&self, id: OperationId) -> Option<&Pagination> {
        self.pagination.get(id.index())?.as_ref()
    }

    /// How the variants of a union are found, in the order in which they are tried; empty where a property decides.
    pub fn tests(&self, id: TypeId) -> &[VariantTest] {
        self.tests.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is known of one type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypeFacts {
    /// Whether a request may hold it, or no operation uses it at all: then a user may make one.
    pub made_by_users: bool,
    /// Whether it holds a secret, so that it must not be compared in variable time.
    pub secret: bool,
    /// Whether it holds a file, which cannot be compared, and which only a body of several parts can hold.
    pub file: bool,
    /// The fields, as indices, whose value must be boxed for the record to have a size.
    pub boxed_fields: Vec<usize>,
    /// The required fields, as indices, that are taken as optional since no finite value could have them.
    pub relaxed_fields: Vec<usize>,
    /// The fields, as indices, whose default is said and never put in the place of what is left out.
    pub unfilled_fields: BTreeSet<usize>,
    /// What kind of alias it can be, if it is one.
    pub alias: AliasKind,
}

impl TypeFacts {
    /// Whether values of it may be compared.
    pub fn is_comparable(&self) -> bool {
        !self.secret && !self.file
    }
}

/// What an alias can be in a language whose aliases are expanded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AliasKind {
    /// An alias.
    #[default]
    Plain,
    /// A type of its own, since its expansion would not end.
    Newtype,
    /// Any JSON value, since it names nothing but itself.
    Endless,
}

/// A type that contains itself without an array, a map, a null or an optional field between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InfinitePlace {
    /// The type.
    pub ty: TypeId,
    /// The field that was made optional; `None` for a whole type.
    pub field: Option<usize>,
}

/// Derives everything that the plan asks for; `pages` is what the user says of listings. Takes time in proportion to the
/// model.
pub fn analyze(api: &Api, pages: &PageRules) -> Facts {
    let mut types = vec![TypeFacts::default(); api.types.len()];
    usage::mark_users(api, &mut types);
    usage::mark_contents(api, &mut types);
    recursion::mark_newtypes(api, &mut types);
    let infinite = finite::mark_infinite(api, &mut types);
    let (tests, ambiguous) = unions::find_tests(api);
    recursion::mark_boxes(api, &mut types);
    defaults::mark_unfilled(api, &mut types);
    let (pagination, page_faults) = pagination::find_pagination(api, &types, pages);
    Facts {
        types,
        pagination,
        page_faults,
        tests,
        scalars: usage::scalars(api),
        keys: usage::keys(api),
        infinite,
        ambiguous,
    }
}

#[cfg(test)]
mod tests;
