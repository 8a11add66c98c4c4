//! Maps with keys of a type take what the wire has, keep its spelling and find keys by their value.

#![allow(clippy::unwrap_used)]

use golden::types_keyed_maps::runtime::codec::{decode, encode};
use golden::types_keyed_maps::types::{Currency, Prices, PricesNamesKey};
use uuid::Uuid;

const PRICES: &str = r#"{"names":{"de":"Brot","en":"Bread","fi":"Leipä"},"amounts":{"EUR":1.5,"XAU":2.0},"owners":{"67E55044-10B1-426F-9247-BB680E5FE0C8":{"share":3}},"changes":{"2024-02-29T12:00:00.500Z":[1]}}"#;

#[test]
fn keys_come_back_as_they_were() {
    let prices: Prices = decode(PRICES.as_bytes()).unwrap();
    assert_eq!(prices.names.get(&PricesNamesKey::De).unwrap(), "Brot");
    let unknown = PricesNamesKey::from("fi");
    assert!(matches!(unknown, PricesNamesKey::Unknown(_)));
    assert_eq!(prices.names.get(&unknown).unwrap(), "Leipä");
    assert_eq!(prices.names.iter().count(), 3);
    assert_eq!(encode(&prices).unwrap(), PRICES.as_bytes());
    let error = prices.validate().unwrap_err().to_string();
    assert!(error.contains("names"), "{error}");
}

#[test]
fn a_key_is_found_by_its_value() {
    let mut prices: Prices = decode(PRICES.as_bytes()).unwrap();
    let owner: Uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap();
    let owners = prices.owners.as_mut().unwrap();
    assert_eq!(owners.get(&owner).unwrap().share, 3);
    owners.get_mut(&owner).unwrap().share = 4;
    let share = owners.remove(&owner).unwrap();
    assert!(owners.is_empty());
    owners.insert(owner, share);
    assert_eq!(owners.len(), 1);
}

#[test]
fn a_key_of_another_form_is_refused() {
    let text = r#"{"names":{},"owners":{"me":{"share":1}}}"#;
    let error = decode::<Prices>(text.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`owners.me`: expected a UUID, found another key"
    );
}

#[test]
fn a_map_is_made_of_pairs() {
    let prices = Prices {
        amounts: Some(Some([(Currency::Eur, 1.5)].into())),
        ..Prices::new([(PricesNamesKey::PtBr, "Pão".to_owned())].into())
    };
    let text = String::from_utf8(encode(&prices).unwrap()).unwrap();
    assert_eq!(text, r#"{"names":{"pt-BR":"Pão"},"amounts":{"EUR":1.5}}"#);
    prices.validate().unwrap();
}
