//! Calls a Chroma server end to end with the client that was made of the document that it serves, and prints what came of
//! each call.

use std::collections::BTreeMap;
use std::env;
use std::process::ExitCode;

use served::types::{
    AddCollectionRecordsPayload, CreateCollectionPayload, CreateDatabasePayload,
    DeleteCollectionRecordsPayload, EmbeddingsPayload, GetRequestPayload, Include,
    QueryRequestPayload, UpdateCollectionPayload, UpsertCollectionRecordsPayload,
};
use served::{Client, Error, GetDatabaseError};

mod table;

use table::Table;

const TENANT: &str = "default_tenant";
const DATABASE: &str = "shelf-1";

fn main() -> ExitCode {
    let Some(url) = env::args().nth(1) else {
        eprintln!("driver URL");
        return ExitCode::FAILURE;
    };
    let builder = || Client::builder().base_url(&url);
    // The server looks at no key unless it is told to; the document wants one all the same.
    let (Ok(client), Ok(stranger)) = (builder().api_key_auth("none").build(), builder().build())
    else {
        return ExitCode::FAILURE;
    };
    let mut table = Table::default();
    table.works("the heartbeat", client.heartbeat());
    table.works("the version", client.version());
    table.works("what it can take", client.pre_flight_checks());
    table.works("who I am", client.get_user_identity());
    table.fails(
        "who I am, without a key",
        stranger.get_user_identity(),
        |error| matches!(error, Error::Request(_)),
        "nothing was sent",
    );
    databases(&mut table, &client);
    table.verdict()
}

fn databases(table: &mut Table, client: &Client) {
    let name = CreateDatabasePayload::new(DATABASE);
    table.works(
        "make a database",
        client.create_database(TENANT, name.clone()),
    );
    table.fails(
        "make it again",
        client.create_database(TENANT, name),
        |error| error.status().is_some_and(|status| status == 409),
        "409",
    );
    table.works("the database", client.get_database(TENANT, DATABASE));
    table.fails(
        "a database whose name must be encoded",
        client.get_database(TENANT, "a b\u{e9}?#%/1"),
        |error| matches!(error, Error::Api(GetDatabaseError::NotFound(it)) if it.message.contains("[a b\u{e9}?#%/1]")),
        "404, which names it",
    );
    table.fails(
        "all databases",
        client.list_databases(TENANT),
        |error| matches!(error, Error::Decode(answer) if answer.body().starts_with(b"[{")),
        "the document has two types of the name `Vec`, and this answer is of the one that it left out",
    );
    collections(table, client);
    table.works("remove it", client.delete_database(TENANT, DATABASE));
    table.fails(
        "the database that is gone",
        client.get_database(TENANT, DATABASE),
        |error| error.status().is_some_and(|status| status == 404),
        "404",
    );
}

fn collections(table: &mut Table, client: &Client) {
    let mut new = CreateCollectionPayload::new("books");
    let words = [("kind".to_owned(), "novel".to_owned().into())];
    new.metadata = Some(Some(BTreeMap::from(words)));
    let made = table.works(
        "make a collection",
        client.create_collection(TENANT, DATABASE, new),
    );
    let Some(id) = made.map(|made| made.id.to_string()) else {
        return;
    };
    if let Some(page) = table.works(
        "a page of collections",
        client
            .list_collections(TENANT, DATABASE)
            .limit(10)
            .offset(0),
    ) {
        table.holds("there is one", page.len() == 1);
    }
    records(table, client, &id);
    let mut renamed = UpdateCollectionPayload::default();
    renamed.new_name = Some(Some("volumes".to_owned()));
    table.works(
        "rename the collection",
        client.update_collection(TENANT, DATABASE, &id, renamed),
    );
    if let Some(found) = table.works(
        "the collection by its new name",
        client.get_collection(TENANT, DATABASE, "volumes"),
    ) {
        table.holds("it is the same", found.id.to_string() == id);
    }
    table.works(
        "remove the collection",
        client.delete_collection(TENANT, DATABASE, "volumes"),
    );
}

fn records(table: &mut Table, client: &Client, id: &str) {
    let vectors = |rows: &[[f32; 3]]| {
        EmbeddingsPayload::NumberListList(rows.iter().map(|row| row.to_vec()).collect())
    };
    let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|&id| id.to_owned()).collect() };
    let rows = vectors(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.5]]);
    let mut add = AddCollectionRecordsPayload::new(rows, ids(&["emma", "persuasion"]));
    let texts = ["caf\u{e9} \u{1f600}\n\"quoted\"", "plain"];
    add.documents = Some(Some(texts.map(|text| Some(text.to_owned())).to_vec()));
    let year = |year: i64| Some(BTreeMap::from([("year".to_owned(), year.into())]));
    add.metadatas = Some(Some(vec![year(1815), year(1817)]));
    table.works(
        "add records",
        client.collection_add(TENANT, DATABASE, id, add),
    );
    let more = UpsertCollectionRecordsPayload::new(vectors(&[[0.0, 0.0, 1.0]]), ids(&["sanditon"]));
    table.works(
        "add another",
        client.collection_upsert(TENANT, DATABASE, id, more),
    );
    if let Some(count) = table.works("count them", client.collection_count(TENANT, DATABASE, id)) {
        table.holds("there are three", *count == 3);
    }
    let mut get = GetRequestPayload::default();
    get.r#where = Some(serde_json::json!({"year": {"$lt": 1816}}));
    get.include = Some(vec![
        Include::Documents,
        Include::Metadatas,
        Include::Embeddings,
    ]);
    if let Some(found) = table.works(
        "find by a year",
        client.collection_get(TENANT, DATABASE, id, get),
    ) {
        table.holds("it is the one", found.ids == ["emma"]);
        let text = found.documents.iter().flatten().flatten().flatten().next();
        table.holds(
            "its text came back",
            text.is_some_and(|text| text == texts[0]),
        );
        let vector = found.embeddings.iter().flatten().flatten().next();
        table.holds(
            "its vector came back",
            vector.is_some_and(|it| *it == [1.0, 0.0, 0.0]),
        );
    }
    let mut query = QueryRequestPayload::new(vec![vec![0.0, 1.0, 0.0]]);
    query.n_results = Some(Some(1));
    if let Some(near) = table.works(
        "find what is near",
        client.collection_query(TENANT, DATABASE, id, query),
    ) {
        table.holds("it is the nearest", near.ids == [["persuasion"]]);
        let distance = near
            .distances
            .iter()
            .flatten()
            .flatten()
            .flatten()
            .flatten()
            .next();
        table.holds(
            "at its distance",
            distance.is_some_and(|it| (it - 0.25).abs() < 1e-6),
        );
    }
    table.fails(
        "a vector of another length",
        client.collection_query(
            TENANT,
            DATABASE,
            id,
            QueryRequestPayload::new(vec![vec![1.0]]),
        ),
        |error| {
            error
                .status()
                .is_some_and(|status| status.is_client_error())
        },
        "refused",
    );
    let mut gone = DeleteCollectionRecordsPayload {
        r#where: None,
        where_document: None,
        ids: None,
        limit: None,
    };
    gone.ids = Some(Some(ids(&["emma"])));
    table.works(
        "remove one",
        client.collection_delete(TENANT, DATABASE, id, gone),
    );
    table.fails(
        "how far its index is",
        client.indexing_status(TENANT, DATABASE, id),
        |error| error.status().is_some_and(|status| status == 500),
        "500, documented: the local server has no such method",
    );
}
