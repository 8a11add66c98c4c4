//! What clients make of the answers of a server that is newer than its document, over real sockets.

#![allow(clippy::unwrap_used, clippy::panic)]

use tests::server::{Answer, Server};

/// A client of a case, with its own transport, for a server.
macro_rules! client {
    ($case:ident, $server:expr) => {
        golden::$case::Client::builder()
            .base_url($server.url())
            .build()
            .unwrap()
    };
}

#[tokio::test]
async fn an_unknown_enum_value_in_a_response_is_kept() {
    use golden::types_string_enums::types::{Color, LightState};
    let body = r#"{"color": "ultraviolet", "state": "on", "previous": ["off", "dimmed"]}"#;
    let server = Server::answering(Answer::json(200, body)).await;
    let client = client!(types_string_enums, server);

    let light = client.get_light(Color::Red).await.unwrap().into_inner();

    assert_eq!(light.color, Color::Unknown("ultraviolet".to_owned()));
    assert_eq!(light.state, LightState::On);
    // What was read can be sent: the value comes back as it was.
    client.get_light(light.color).await.unwrap();
    let asked = server.received();
    assert_eq!(asked[0].uri, "/lights/red");
    assert_eq!(asked[1].uri, "/lights/ultraviolet");
    let previous = light.previous.unwrap();
    let previous: Vec<&str> = previous.iter().map(|state| state.as_str()).collect();
    assert_eq!(previous, ["off", "dimmed"]);
}

#[tokio::test]
async fn an_unknown_field_in_a_response_is_passed_over() {
    use golden::types_string_enums::types::Color;
    let body = r#"{"brandNew": [{"deep": [1, "]}"]}], "color": "red", "state": "off", "": null}"#;
    let server = Server::answering(Answer::json(200, body)).await;
    let light = client!(types_string_enums, server)
        .get_light(Color::Red)
        .await
        .unwrap();
    assert_eq!(light.color, Color::Red);
}

#[tokio::test]
async fn an_unknown_variant_in_a_response_is_kept() {
    use golden::types_tagged_unions::runtime::codec::decode;
    use golden::types_tagged_unions::types::Mapped;
    let body = r#"{"talks":true,"petType":"parrot"}"#;
    let server = Server::answering(Answer::json(200, body)).await;
    let pet = decode(br#"{"petType":"Dog","packSize":3}"#).unwrap();

    let answer = client!(types_tagged_unions, server).add_pet(pet).await;

    match answer.unwrap().into_inner() {
        Mapped::Unknown(value) => assert_eq!(value.to_string(), body),
        known => panic!("{known:?}"),
    }
    assert_eq!(
        &server.only().body[..],
        br#"{"petType":"Dog","packSize":3}"#
    );
}
