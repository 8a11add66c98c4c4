//! What fuzz targets see of lowering: how path templates are read.

use super::path::{Piece, parse_key, parse_template};

/// The pieces of a path, put together again; `None` if something is wrong with it.
pub fn reassembled_path(path: &str) -> Option<String> {
    let key = parse_key(path).ok().filter(|key| key.repair.is_none())?;
    let pieces = parse_template(key.path).ok()?;
    let spelled = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Variable(name) => format!("{{{name}}}"),
    });
    Some(spelled.collect())
}
