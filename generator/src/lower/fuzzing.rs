//! What fuzz targets see of lowering: how path templates are read.

use super::path::{Piece, parse_template, path_fault};

/// The pieces of a path, put together again; `None` if something is wrong with it.
pub fn reassembled_path(path: &str) -> Option<String> {
    if path_fault(path).is_some() {
        return None;
    }
    let pieces = parse_template(path).ok()?;
    let spelled = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Variable(name) => format!("{{{name}}}"),
    });
    Some(spelled.collect())
}
