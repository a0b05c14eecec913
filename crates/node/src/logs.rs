//! Where the log goes: standard error, as text or as JSON, filtered by `STOA_LOG`.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, ConfigError};

/// Starts logging. A second call, as tests make, changes nothing.
pub(crate) fn start(config: &Config) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|error| ConfigError::Value {
        name: "STOA_LOG",
        value: config.log.clone(),
        accepted: format!("a filter like info or federation=debug,info ({error})"),
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A journal or a file keeps colours as signs that nobody can read.
    let lines = match std::io::stderr().is_terminal() {
        true => lines,
        false => lines.with_ansi(false),
    };
    let _ = match config.log_json {
        true => lines.json().try_init(),
        false => lines.with_target(false).try_init(),
    };
    Ok(())
}
