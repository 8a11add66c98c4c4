//! Maps with keys of a type.

use specwright_runtime::codec::{decode, encode};
use specwright_runtime::keyed::KeyedMap;
use uuid::Uuid;

type Shares = KeyedMap<Uuid, i64>;

const SHARES: &str = r#"{"67E55044-10B1-426F-9247-BB680E5FE0C8":3}"#;
const OWNER: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

#[test]
fn a_key_keeps_its_spelling_and_is_found_by_any_other() {
    let mut shares: Shares = decode(SHARES.as_bytes()).unwrap();
    assert_eq!(encode(&shares).unwrap(), SHARES.as_bytes());
    let owner: Uuid = OWNER.parse().unwrap();
    assert_eq!(shares.get(&owner), Some(&3));
    assert_eq!(shares.insert(owner, 4), Some(3));
    assert_eq!(shares.len(), 1);
    assert_eq!(shares.iter().next(), Some((owner, &4)));
    assert_eq!(shares.remove(&owner), Some(4));
    assert!(shares.is_empty());
}

#[test]
fn a_key_of_another_form_is_refused_with_its_place() {
    let error = decode::<Shares>(br#"{"me":1}"#).unwrap_err();
    assert_eq!(error.path(), "me");
    assert_eq!(error.message(), "expected a UUID, found another key");
}
