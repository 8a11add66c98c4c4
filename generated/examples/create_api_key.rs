// Create API Key

use api_keys::Client;
use api_keys::types::NewApiKeyRequest;
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = variable("BASE_URL", "https://api.example.com");
    let api_token = variable("API_TOKEN", "YOUR_TOKEN");
    let client = Client::builder().base_url(base_url).bearer_auth(api_token).build()?;
    let response = client
        .create_api_key(NewApiKeyRequest::new("my-api-key"))
        .await
        .map_err(shown)?;
    println!("{response:?}");
    Ok(())
}

/// What is to be said of an error. An answer that the document does not name is shown whole.
fn shown<E: std::fmt::Debug>(error: api_keys::Error<E>) -> String {
    match error {
        api_keys::Error::Undocumented(answer) => {
            format!("{}: {}", answer.status(), String::from_utf8_lossy(answer.body()))
        }
        other => format!("{other:?}"),
    }
}

/// A variable of the environment, or its fallback.
fn variable(name: &str, fallback: &str) -> String {
    env::var(name).unwrap_or_else(|_| fallback.to_owned())
}
