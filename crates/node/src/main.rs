//! The binary `stoa`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    node::command::run().await
}
