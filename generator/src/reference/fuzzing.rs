//! What fuzz targets see of the pages: their encoders.

pub use super::encode::{Anchor, Block, Cell, Data, Fence, Html, Inline, Table, Text, Url};
pub use super::sample::fuzzing::{comment, json_literal, literal};
