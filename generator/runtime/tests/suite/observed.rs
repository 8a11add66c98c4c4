//! What `tracing` shows of calls: names and numbers, and nothing that is a secret.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

use crate::client::{item, item_json};
use crate::emitted::runtime::client::Client;
use crate::emitted::runtime::retry::RetryPolicy;
use crate::emitted::runtime::testing::{Answer, Script};

/// Keeps the fields of all spans and events.
#[derive(Clone, Default)]
pub struct Kept {
    spans: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
    next: Arc<AtomicU64>,
}

impl Kept {
    /// Keeps what this thread does until the guard is dropped.
    pub fn listen() -> (Self, DefaultGuard) {
        // A place in the code that is passed while nobody listens is put down as of no interest to anybody. Since tests
        // run beside each other, somebody always listens.
        static ALWAYS: Once = Once::new();
        ALWAYS.call_once(|| {
            let _ = tracing::subscriber::set_global_default(Kept::default());
        });
        let kept = Kept::default();
        let guard = tracing::subscriber::set_default(kept.clone());
        (kept, guard)
    }

    /// All that was written, as one text.
    pub fn text(&self) -> String {
        format!("{:?}", self.spans.lock().unwrap())
    }

    /// The fields of the spans of this name.
    fn named(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let spans = self.spans.lock().unwrap();
        spans
            .iter()
            .filter(|span| span["name"] == name)
            .cloned()
            .collect()
    }
}

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(
            field.name().to_owned(),
            format!("{value:?}").replace('"', ""),
        );
    }
}

impl Subscriber for Kept {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Other crates of the test speak of their own, which is looked at in the leak test.
        let _ = metadata;
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::new();
        fields.insert("name".to_owned(), attributes.metadata().name().to_owned());
        attributes.record(&mut Fields(&mut fields));
        let mut spans = self.spans.lock().unwrap();
        spans.push(fields);
        self.next.fetch_add(1, Ordering::SeqCst);
        Id::from_u64(spans.len() as u64)
    }
    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut spans = self.spans.lock().unwrap();
        values.record(&mut Fields(&mut spans[span.into_u64() as usize - 1]));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        fields.insert("name".to_owned(), event.metadata().name().to_owned());
        event.record(&mut Fields(&mut fields));
        self.spans.lock().unwrap().push(fields);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_and_each_try_one_with_the_names_of_opentelemetry() {
    let (kept, guard) = Kept::listen();
    let server = Script::new()
        .answer(Answer::new(503))
        .answer(Answer::json(201, item_json()))
        .answer(Answer::broken());
    let client = Client::builder()
        .transport(server)
        .keys("hunter2")
        .tracing()
        .build()
        .unwrap();
    let call = client
        .make_item("g r", &item())
        .header("idempotency-key", "hunter2");
    call.await.unwrap();
    let tagged = client
        .ping()
        .tags(&["hunter2".to_owned()])
        .retry(RetryPolicy::none());
    tagged.await.unwrap_err();
    drop(guard);

    let calls = kept.named("call");
    assert_eq!(calls[0]["otel.name"], "makeItem");
    assert_eq!(calls[0]["http.response.status_code"], "201");
    assert_eq!(calls[1]["error.type"], "transport");
    let tries = kept.named("http");
    assert_eq!(tries.len(), 3);
    let expected = [
        ("otel.name", "POST /groups/{group}/items"),
        ("otel.kind", "client"),
        ("http.request.method", "POST"),
        ("http.response.status_code", "503"),
        ("error.type", "503"),
        ("otel.status_code", "ERROR"),
        ("server.address", "eu.example.com"),
        ("server.port", "443"),
        ("url.full", "https://eu.example.com/v1/groups/g%20r/items"),
        ("url.scheme", "https"),
        ("url.template", "/groups/{group}/items"),
    ];
    for (name, value) in expected {
        assert_eq!(tries[0][name], value, "{name}");
    }
    assert!(!tries[0].contains_key("http.request.resend_count"));
    assert_eq!(tries[1]["http.request.resend_count"], "1");
    assert!(!tries[1].contains_key("error.type"));
    assert_eq!(
        tries[2]["url.full"],
        "https://eu.example.com/v1/ping?tags=REDACTED"
    );
    assert!(!kept.text().contains("hunter2"), "{}", kept.text());
}
