// Create API Key

use api_keys::Client;
use api_keys::types::NewApiKeyRequest;
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = variable("BASE_URL", "https://api.example.com");
    let api_token = variable("API_TOKEN", "YOUR_TOKEN");
    let client = Client::builder().base_url(base_url).bearer_auth(api_token).build()?;
    let response = client.create_api_key(NewApiKeyRequest::new("my-api-key")).await?;
    println!("{response:?}");
    Ok(())
}

/// A variable of the environment, or its fallback.
fn variable(name: &str, fallback: &str) -> String {
    env::var(name).unwrap_or_else(|_| fallback.to_owned())
}
