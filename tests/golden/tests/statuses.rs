//! Answers by their status: a code before a range, a range before the default, and what no document names.

#![allow(clippy::unwrap_used, clippy::panic)]

use golden::responses_statuses::operations::{GetOneError, PutItError, PutItOutput};
use golden::responses_statuses::runtime::testing::{Answer, Script};
use golden::responses_statuses::{Client, Error, RetryPolicy};

fn client(answer: Answer) -> Client {
    let client = Client::builder().base_url("http://localhost");
    let client = client.retry(RetryPolicy::none());
    client
        .transport(Script::new().answer(answer))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_code_comes_before_a_range_and_what_nobody_named_keeps_its_body() {
    let item = client(Answer::json(200, r#"{"id":1}"#)).get_one().await;
    assert_eq!(item.unwrap().id, 1);
    let problem = r#"{"title":"t"}"#;
    let error = |answer| async { client(answer).get_one().await.unwrap_err() };
    assert!(matches!(
        error(Answer::new(404)).await,
        Error::Api(GetOneError::NotFound(_))
    ));
    let taken = error(Answer::json(409, problem)).await;
    assert!(
        matches!(taken, Error::Api(GetOneError::Conflict(body)) if body.title.as_deref() == Some("t"))
    );
    let other = error(Answer::json(418, problem)).await;
    assert!(
        matches!(&other, Error::Api(GetOneError::ClientError(body)) if body.status() == 418 && body.title.is_some()),
        "{other:?}"
    );
    let ours = error(
        Answer::new(503)
            .header("content-type", "text/plain")
            .body("down"),
    )
    .await;
    assert!(
        matches!(&ours, Error::Api(GetOneError::ServerError(body)) if body.status() == 503 && **body == "down"),
        "{ours:?}"
    );
    // A success that the document does not have, and a redirect.
    for status in [206, 302] {
        let unknown = error(Answer::new(status).body("x")).await;
        assert!(
            matches!(&unknown, Error::Undocumented(answer) if answer.status() == status && answer.body() == "x"),
            "{unknown:?}"
        );
    }
}

#[tokio::test]
async fn several_successes_are_an_enum_and_the_default_is_all_else() {
    let put = |answer| async { client(answer).put_it().await };
    let replaced = put(Answer::json(200, r#"{"id":2}"#)).await.unwrap();
    assert!(matches!(&*replaced, PutItOutput::Ok(item) if item.id == 2));
    let created = put(Answer::json(201, r#""7""#)).await.unwrap();
    assert!(matches!(&*created, PutItOutput::Created(text) if text == "7"));
    let later = put(Answer::new(202)).await.unwrap();
    assert!(matches!(&*later, PutItOutput::Accepted));
    for status in [400, 500] {
        let error = put(Answer::json(status, "{}")).await.unwrap_err();
        assert!(
            matches!(&error, Error::Api(PutItError::Default(answer)) if answer.status() == status),
            "{error:?}"
        );
    }
    let range = client(Answer::json(207, r#"[{"id":3}]"#)).get_range().await;
    let range = range.unwrap();
    assert_eq!((range.status().as_u16(), range[0].id), (207, 3));
    // A default alone is what a success is, too.
    let default = client(Answer::json(200, r#"{"id":4}"#)).get_default().await;
    assert_eq!(default.unwrap().id, 4);
}
