//! What the expressions of a sample need in scope.

use std::cell::RefCell;
use std::collections::BTreeSet;

/// What the expressions of a sample need in scope.
#[derive(Debug, Default)]
pub struct Scope {
    /// Types of the client that are named without their path.
    pub imports: RefCell<BTreeSet<String>>,
    /// Whether the module `types` is named.
    pub types_module: RefCell<bool>,
    /// Whether files are named.
    pub files: RefCell<bool>,
    /// Whether bodies of bytes are named.
    pub bodies: RefCell<bool>,
    /// Whether bodies of items are named.
    pub items: RefCell<bool>,
}

impl Scope {
    /// Makes an expression, and takes what it needs only if there is one: an attempt that fails names nothing.
    pub fn attempt<T>(&self, make: impl FnOnce(&Scope) -> Option<T>) -> Option<T> {
        let needs = Scope::default();
        let made = make(&needs)?;
        self.imports.borrow_mut().extend(needs.imports.into_inner());
        for (known, needed) in [
            (&self.types_module, needs.types_module),
            (&self.files, needs.files),
            (&self.bodies, needs.bodies),
            (&self.items, needs.items),
        ] {
            *known.borrow_mut() |= needed.into_inner();
        }
        Some(made)
    }
}
