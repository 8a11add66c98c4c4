// Create Repository API Key

use api_keys::Client;
use api_keys::types::{AccessType, CreateRepoKeyRequest};
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = variable("BASE_URL", "https://backend.flashback.tech");
    let api_token = variable("API_TOKEN", "YOUR_TOKEN");
    let repo_id = variable("REPO_ID", "repo-1");
    let client = Client::builder().base_url(base_url).bearer_auth(api_token).build()?;
    let response = client
        .create_repo_key(
            &repo_id,
            CreateRepoKeyRequest::new("nightly-backup", AccessType::Read),
        )
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
