//! Generates the client.

fn main() -> Result<(), specwright::GenerateError> {
    specwright::Generator::new("../../spec/api-keys.yaml")
        .name("api-keys")
        .layout(specwright::Layout::File)
        .cargo_directives(true)
        .generate()?;
    Ok(())
}
