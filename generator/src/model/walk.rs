//! Walks over types.

use super::{Additional, MapKey, Shape, Type, TypeId};

impl Type {
    /// Looks at every type with a name that it mentions, those of the keys of maps among them. The recursion follows the
    /// type, whose depth is limited.
    pub fn each_named(&self, look: &mut dyn FnMut(TypeId)) {
        match self {
            Type::Named(id) => look(*id),
            Type::Map(key, inner) => {
                if let MapKey::Named(id) = key {
                    look(*id);
                }
                inner.each_named(look);
            }
            Type::List(inner) | Type::Nullable(inner) => inner.each_named(look),
            Type::Tuple(items) => items.iter().for_each(|item| item.each_named(look)),
            Type::Scalar(_) | Type::Json => {}
        }
    }
}

impl Shape {
    /// Looks at the type of every field, every variant, and of what else stands in it.
    pub fn each_type(&self, look: &mut dyn FnMut(&Type)) {
        match self {
            Shape::Record(record) => {
                record.fields.iter().for_each(|field| look(&field.ty));
                if let Additional::Kept(ty) = &record.additional {
                    look(ty);
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| look(&variant.ty)),
            Shape::Alias(ty) => look(ty),
            Shape::Enumeration(_) => {}
        }
    }

    /// Looks at every type with a name that it mentions.
    pub fn each_named(&self, look: &mut dyn FnMut(TypeId)) {
        self.each_type(&mut |ty| ty.each_named(look));
    }
}
