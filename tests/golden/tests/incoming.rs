//! Webhooks and callbacks: requests that a server of the user's received, read as the document has them.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::incoming_callbacks::callbacks;
use golden::incoming_payloads::webhooks as payloads;
use golden::incoming_webhooks::runtime::incoming::ReceiveError;
use golden::incoming_webhooks::webhooks::{self, Event};
use http::Request;

const ORDER: &str = r#"{"type": "order.paid", "order": {"id": 7, "note": "soon"}}"#;

fn post(uri: &str) -> http::request::Builder {
    Request::post(uri)
}

#[test]
fn a_webhook_is_its_body_with_the_parameters_that_the_document_names() {
    let id = "0195f2a0-1111-7000-8000-000000000001";
    let request = post("/hook").header("x-delivery", id).body(ORDER).unwrap();
    let paid = webhooks::order_paid(&request).unwrap();
    // What only travels to the API need not be there.
    assert_eq!(
        (paid.order.id, paid.order.note.as_deref()),
        (7, Some("soon"))
    );
    assert!(paid.order.secret.is_none());
    assert_eq!(paid.x_delivery().unwrap().to_string(), id);

    let request = post("/hook").body(ORDER).unwrap();
    let error = webhooks::order_paid(&request)
        .unwrap()
        .x_delivery()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`parameter X-Delivery`: the request has no such parameter"
    );
}

#[test]
fn parameters_are_read_in_the_styles_that_the_document_gives_them() {
    let uri = "/?tag=a%20b&tag=c+d&ids=1,2&since=4&city=Berlin&large=true&more=%7B%22x%22%3A3%7D";
    let request = post(uri)
        .header("cookie", "session=a%3Bb; other=1")
        .header("x-attempt", "2")
        .body(r#"{"type": "order.handed-over", "carrier": "post"}"#.to_owned())
        .unwrap();
    let shipped = webhooks::order_shipped(&request).unwrap();
    assert_eq!(shipped.x_attempt().unwrap(), Some(2));
    assert_eq!(shipped.tag().unwrap().unwrap(), ["a b", "c d"]);
    assert_eq!(shipped.ids().unwrap().unwrap(), [1, 2]);
    assert_eq!(shipped.since().unwrap(), 4);
    let filter = shipped.filter().unwrap().unwrap();
    assert_eq!(
        (filter.city.as_deref(), filter.large),
        (Some("Berlin"), Some(true))
    );
    assert_eq!(shipped.more().unwrap().unwrap()["x"], 3);
    assert_eq!(shipped.session().unwrap().as_deref(), Some("a;b"));
    let wrong = post("/?since=soon")
        .body(r#"{"type": "order.shipped", "carrier": ""}"#)
        .unwrap();
    let wrong = webhooks::order_shipped(&wrong).unwrap();
    assert!(
        wrong
            .since()
            .unwrap_err()
            .to_string()
            .starts_with("`parameter since`")
    );
    assert_eq!(wrong.ids().unwrap(), None);
}

#[test]
fn an_event_is_found_by_what_its_body_says_or_by_its_name() {
    let shipped = |kind: &str| {
        let body = format!(r#"{{"type": "{kind}", "carrier": "post"}}"#);
        post("/").body(body.into_bytes()).unwrap()
    };
    let event = Event::read(&shipped("order.handed-over")).unwrap();
    assert!(matches!(event, Event::OrderShipped(shipped) if shipped.carrier == "post"));
    let paid = post("/").body(ORDER).unwrap();
    assert!(matches!(Event::read(&paid), Ok(Event::OrderPaid(_))));
    assert!(matches!(
        Event::named("order.paid", &paid),
        Ok(Event::OrderPaid(_))
    ));
    let unknown = Event::read(&shipped("order.eaten"));
    assert!(matches!(unknown, Err(ReceiveError::Unknown)));
    assert!(matches!(
        Event::named("nothing", &paid),
        Err(ReceiveError::Unknown)
    ));
}

#[test]
fn what_is_not_as_documented_says_why_and_shows_nothing_of_it() {
    let get = Request::get("/").body(ORDER).unwrap();
    let error = webhooks::order_paid(&get).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request has another method than POST"
    );
    let error = webhooks::order_paid(&post("/").body("{\"type\": \"secret-thing\"").unwrap());
    let error = format!("{:?}", error.unwrap_err());
    assert!(!error.contains("secret-thing"), "{error}");
    let empty = webhooks::order_paid(&post("/").body("").unwrap()).unwrap_err();
    assert_eq!(
        empty.to_string(),
        "the body is not as documented: expected JSON, found an empty body"
    );
}

#[test]
fn forms_and_several_media_types_are_read_by_what_they_are() {
    let form = "From=%2B491&Body=Hello+there&NumMedia=2&Media=a&Media=b&Extra=%7B%22a%22%3A1%7D";
    let message = payloads::message_post(&post("/").body(form).unwrap()).unwrap();
    assert_eq!(
        (message.from.as_str(), message.body.as_str()),
        ("+491", "Hello there")
    );
    assert_eq!(
        (message.num_media, message.media.as_deref().unwrap().len()),
        (Some(2), 2)
    );
    assert_eq!(message.extra.as_ref().unwrap().a, Some(1));
    let missing = payloads::message_post(&post("/").body("From=1").unwrap());
    assert!(matches!(
        missing,
        Err(golden::incoming_payloads::runtime::incoming::ReceiveError::Body(_))
    ));

    let delete = Request::delete("/?id=7").body("").unwrap();
    let event = payloads::Event::named("message", &delete).unwrap();
    assert!(matches!(event, payloads::Event::MessageDelete(gone) if gone.id().unwrap() == "7"));

    let query = "/?id=7&deep[a]=x%20y&deep%5Bcount%5D=3&deep[list][1][b]=false&deep[list][0][b]=true\
                 &deep[names][]=p&deep[names][]=q&deep[any][k][0]=1&deep[more]=5&other=1";
    let delete = Request::delete(query).body("").unwrap();
    let deep = payloads::message_delete(&delete).unwrap().deep().unwrap();
    let deep = deep.unwrap();
    assert_eq!((deep.a.as_deref(), deep.count), (Some("x y"), Some(3)));
    let list: Vec<_> = deep.list.iter().flatten().map(|item| item.b).collect();
    assert_eq!(list, [Some(true), Some(false)]);
    assert_eq!(deep.names.unwrap(), ["p", "q"]);
    assert_eq!(deep.any.unwrap(), serde_json::json!({"k": ["1"]}));
    assert_eq!(deep.additional_properties["more"], 5);

    let text = post("/")
        .header("content-type", "text/plain")
        .body("plain")
        .unwrap();
    let file = payloads::file(&text).unwrap();
    assert!(matches!(&*file, payloads::FilePayload::Text(text) if text == "plain"));
    payloads::referred(&Request::get("/").body("").unwrap()).unwrap();
}

#[test]
fn a_callback_is_read_by_its_function() {
    let event = post("/cb")
        .body(r#"{"kind": "made", "at": "2026-01-02T03:04:05Z"}"#)
        .unwrap();
    assert_eq!(
        callbacks::subscribe_on_event_post(&event).unwrap().kind,
        "made"
    );
    callbacks::subscribe_on_event_delete(&Request::delete("/cb").body("").unwrap()).unwrap();
    assert_eq!(*callbacks::lease_on_event(&event).unwrap(), *event.body());
    let expired = callbacks::on_expiry(&post("/cb").body(r#"{"id": 3}"#).unwrap()).unwrap();
    assert_eq!(expired.into_inner().id, 3);
}
