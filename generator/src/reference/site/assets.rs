//! The files that every page shares.

macro_rules! asset {
    ($name:literal) => {
        (
            concat!("assets/", $name),
            include_str!(concat!("../../../../templates/site/assets/", $name)),
        )
    };
}

/// Each with its path from the root of the site.
pub const ASSETS: &[(&str, &str)] = &[
    asset!("site.css"),
    asset!("theme.js"),
    asset!("site.js"),
    asset!("search.js"),
    asset!("call.js"),
    asset!("samples.js"),
    asset!("try.js"),
];
