//! Reading one setting after the other, with its source and a clear word about what is wrong.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use url::Url;
use web::IpNet;

use super::file::File;
use super::{Setting, Source};

/// A setting that is not understood.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value is none that would be accepted.
    #[error("{name} is {value:?}; it must be {accepted}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What it is.
        value: String,
        /// What would be accepted.
        accepted: String,
    },
    /// The file cannot be read or understood.
    #[error("{path}: {why}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl ConfigError {
    pub(super) fn file(path: &Path, why: impl Into<String>) -> Self {
        Self::File {
            path: path.to_owned(),
            why: why.into(),
        }
    }

    pub(super) fn value(name: &'static str, value: &str, accepted: &str) -> Self {
        Self::Value {
            name,
            value: value.to_owned(),
            accepted: accepted.to_owned(),
        }
    }
}

/// Reads settings: the environment before the file before the default.
pub(super) struct Reader<E> {
    environment: E,
    file: File,
    pub(super) settings: Vec<Setting>,
}

impl<E: Fn(&str) -> Option<String>> Reader<E> {
    pub(super) fn new(environment: E, file: File) -> Self {
        Self {
            environment,
            file,
            settings: Vec::new(),
        }
    }

    /// Writes down a setting that was read elsewhere.
    pub(super) fn note(&mut self, name: &'static str, value: &str) {
        let source = match self.environment(name) {
            Some(_) => Source::Environment,
            None => Source::Default,
        };
        self.settings.push(Setting {
            name,
            value: value.to_owned(),
            source,
        });
    }

    pub(super) fn text(&mut self, name: &'static str, default: &str) -> String {
        let (value, source) = self.find(name, default);
        self.settings.push(Setting {
            name,
            value: value.clone(),
            source,
        });
        value
    }

    /// A text with a password in it: people see what stands between its `@` and its `?`.
    pub(super) fn secret(&mut self, name: &'static str, default: &str) -> String {
        let (value, source) = self.find(name, default);
        let shown = value.rsplit('@').next().unwrap_or_default();
        let shown = shown.split('?').next().unwrap_or_default().to_owned();
        self.settings.push(Setting {
            name,
            value: shown,
            source,
        });
        value
    }

    pub(super) fn parsed<T: FromStr>(
        &mut self,
        name: &'static str,
        default: &str,
        accepted: &str,
    ) -> Result<T, ConfigError> {
        let text = self.text(name, default);
        text.parse()
            .map_err(|_| ConfigError::value(name, &text, accepted))
    }

    /// A value, or none where the text is empty; empty is the default.
    pub(super) fn optional<T: FromStr>(
        &mut self,
        name: &'static str,
        accepted: &str,
    ) -> Result<Option<T>, ConfigError> {
        let text = self.text(name, "");
        if text.is_empty() {
            return Ok(None);
        }
        let value = text.parse();
        value
            .map(Some)
            .map_err(|_| ConfigError::value(name, &text, accepted))
    }

    /// One of a few words; the first is the default.
    pub(super) fn chosen<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Result<T, ConfigError> {
        let text = self.text(name, words.first().map_or("", |(word, _)| word));
        let found = words
            .iter()
            .find(|(word, _)| text.eq_ignore_ascii_case(word));
        found.map(|(_, value)| *value).ok_or_else(|| {
            let accepted: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            ConfigError::value(name, &text, &accepted.join(" or "))
        })
    }

    /// What the environment says; empty says nothing, because container files cannot leave a variable out.
    fn environment(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    fn find(&self, name: &'static str, default: &str) -> (String, Source) {
        if let Some(value) = self.environment(name) {
            return (value, Source::Environment);
        }
        match self.file.get(name) {
            Some(value) => (value.to_owned(), Source::File),
            None => (default.to_owned(), Source::Default),
        }
    }
}

/// A public origin: http or https, a host, no path.
pub(super) fn origin(name: &'static str, text: &str) -> Result<String, ConfigError> {
    let accepted = "an address without a path, like https://pics.example";
    let refused = || ConfigError::value(name, text, accepted);
    let url = Url::parse(text.trim_end_matches('/')).map_err(|_| refused())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.path() == "/"
        && url.query().is_none()
        && url.username().is_empty();
    if plain {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(refused())
    }
}

/// Address ranges between commas.
pub(super) fn networks(name: &'static str, text: &str) -> Result<Vec<IpNet>, ConfigError> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let single = part.parse::<std::net::IpAddr>().map(IpNet::from);
            part.parse().or(single).map_err(|_| {
                ConfigError::value(
                    name,
                    text,
                    "address ranges like 10.0.0.0/8, with commas between them",
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path_and_keeps_its_port() {
        assert_eq!(
            origin("X", "https://Pics.Example/").unwrap(),
            "https://pics.example"
        );
        assert_eq!(
            origin("X", "http://localhost:8081").unwrap(),
            "http://localhost:8081"
        );
        for wrong in [
            "pics.example",
            "ftp://pics.example",
            "https://pics.example/stoa",
            "https://a@b.example",
        ] {
            let message = origin("STOA_URL", wrong).unwrap_err().to_string();
            assert!(
                message.contains("STOA_URL") && message.contains("https://pics.example"),
                "{message}"
            );
        }
    }
}
