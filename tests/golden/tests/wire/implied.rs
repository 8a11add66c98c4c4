//! Parameters that nobody gives: those of one value, and the query that a document puts into a path.

#[tokio::test]
async fn parameters_of_one_value_are_sent_without_being_asked_for() {
    let (client, calls) = client!(requests_constants, 200, "{}");
    client.list_things().await.unwrap();
    let url = "http://localhost/live%20%26%20well/things?Action=ListThings&page=1&secret=x";
    assert_eq!(*calls.lock().unwrap(), [format!("GET {url}")]);
}

#[tokio::test]
async fn the_query_of_a_path_is_sent_as_parameters() {
    let (client, calls) = client!(requests_query_in_path, 200, "{}");
    client.search_photos().words("a&b").await.unwrap();
    client.get_photo_info().await.unwrap();
    client.search("cats").limit(3).await.unwrap();
    client.list_toys("7").page("2").await.unwrap();
    let expected = [
        "GET http://localhost/rest?format=json&method=photos.search&words=a%26b",
        "GET http://localhost/rest?method=photos.get%20info&nojsoncallback=",
        "GET http://localhost/search?query=cats&limit=3",
        "GET http://localhost/pets/7?page=2",
    ];
    assert_eq!(*calls.lock().unwrap(), expected);
}
