//! `stoa.toml`: the same settings as in the environment, under short names.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use super::ConfigError;

/// Names in the file and in the environment.
const NAMES: [(&str, &str); 18] = [
    ("bind", "STOA_BIND"),
    ("metrics", "STOA_METRICS"),
    ("url", "STOA_URL"),
    ("database_url", "DATABASE_URL"),
    ("durability", "STOA_DURABILITY"),
    ("media", "STOA_MEDIA"),
    ("cache", "STOA_CACHE"),
    ("allow_private_peers", "STOA_ALLOW_PRIVATE_PEERS"),
    ("trusted_proxies", "STOA_TRUSTED_PROXIES"),
    ("registration", "STOA_REGISTRATION"),
    ("name", "STOA_NAME"),
    ("description", "STOA_DESCRIPTION"),
    ("rules", "STOA_RULES"),
    ("pictures", "STOA_PICTURES"),
    ("foreign_days", "STOA_FOREIGN_DAYS"),
    ("rate_limits", "STOA_RATE_LIMITS"),
    ("log", "STOA_LOG"),
    ("log_format", "STOA_LOG_FORMAT"),
];

/// The file's settings by their names in the environment.
#[derive(Debug, Default)]
pub(super) struct File(BTreeMap<&'static str, String>);

impl File {
    /// Reads the file; one that is not there has no settings.
    pub(super) fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ConfigError::file(path, error.to_string())),
        };
        let table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| ConfigError::file(path, error.to_string()))?;
        let mut settings = BTreeMap::new();
        for (key, value) in table {
            let known = NAMES.iter().find(|(short, _)| *short == key);
            let (_, name) = known.ok_or_else(|| unknown(path, &key))?;
            settings.insert(*name, plain(path, &key, &value)?);
        }
        Ok(Self(settings))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

fn unknown(path: &Path, key: &str) -> ConfigError {
    let names: Vec<&str> = NAMES.iter().map(|(short, _)| *short).collect();
    let why = format!(
        "there is no setting {key:?}; there are {}",
        names.join(", ")
    );
    ConfigError::file(path, why)
}

fn plain(path: &Path, key: &str, value: &toml::Value) -> Result<String, ConfigError> {
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Boolean(true) => Ok("1".to_owned()),
        toml::Value::Boolean(false) => Ok("0".to_owned()),
        toml::Value::Array(lines) => {
            let lines: Result<Vec<String>, _> =
                lines.iter().map(|line| plain(path, key, line)).collect();
            Ok(lines?.join(if key == "rules" { "\n" } else { "," }))
        }
        _ => Err(ConfigError::file(
            path,
            format!("{key} must be a text, a number or a list"),
        )),
    }
}
