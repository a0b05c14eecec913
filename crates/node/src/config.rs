//! The settings of a node: `stoa.toml` in the data folder, each overridable by the environment.
//!
//! Every value knows where it came from. A setting that is not understood stops the start with a sentence that names
//! it and says what would be accepted; an unknown name in the file does too, because it is usually a misspelt one.

mod file;
mod read;

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::{Registration, Site, limits};
use federation::Reach;
use web::IpNet;

use file::File;
pub use read::ConfigError;
use read::Reader;

/// What `STOA_FOREIGN_DAYS` takes.
const FOREIGN_DAYS: &str = "a number of days, at least 7, or nothing to keep all foreign threads";

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// `stoa.toml`.
    File,
    /// The environment.
    Environment,
}

/// One setting as it was read, for people: secrets are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the environment.
    pub name: &'static str,
    /// Its value as text.
    pub value: String,
    /// Where it came from.
    pub source: Source,
}

/// The settings of a node.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Where to listen.
    pub bind: SocketAddr,
    /// Where monitors may read; nowhere unless set.
    pub metrics: Option<SocketAddr>,
    /// The database.
    pub database: db::Settings,
    /// The folder of pictures.
    pub media: PathBuf,
    /// Bytes of answers to visitors that are kept ready; 0 keeps none.
    pub cache_bytes: u64,
    /// Who the node is.
    pub site: Site,
    /// Which special addresses are peers.
    pub reach: Reach,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Which lines are logged.
    pub log: String,
    /// Whether they are JSON.
    pub log_json: bool,
    /// All of it for people to read.
    pub settings: Vec<Setting>,
}

impl Config {
    /// Reads the settings from the process's environment and the data folder.
    ///
    /// # Errors
    /// [`ConfigError`] names the setting and what would be accepted.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn load() -> Result<Self, ConfigError> {
        Self::from(|name| std::env::var(name).ok())
    }

    /// Reads the settings from this environment and the data folder it names.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from(environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let data = PathBuf::from(environment("STOA_DATA").unwrap_or_else(|| "./data".to_owned()));
        let file = File::read(&data.join("stoa.toml"))?;
        let mut reader = Reader::new(environment, file);
        reader.note("STOA_DATA", &data.display().to_string());

        let bind: SocketAddr = reader.parsed(
            "STOA_BIND",
            "127.0.0.1:8080",
            "an address and port like 127.0.0.1:8080",
        )?;
        let metrics = reader.optional(
            "STOA_METRICS",
            "an address and port like 127.0.0.1:9100, or nothing",
        )?;
        let url = reader.text("STOA_URL", &format!("http://localhost:{}", bind.port()));
        let database_url = reader.secret(
            "DATABASE_URL",
            &format!("sqlite:{}", data.join("stoa.sqlite").display()),
        );
        let mut database = db::Settings::new(database_url);
        database.durability = reader.chosen(
            "STOA_DURABILITY",
            &[
                ("full", db::Durability::Full),
                ("normal", db::Durability::Normal),
            ],
        )?;
        let media = reader.text(
            "STOA_MEDIA",
            &format!("file:{}", data.join("media").display()),
        );
        let media = media
            .strip_prefix("file:")
            .map(PathBuf::from)
            .ok_or_else(|| {
                ConfigError::value(
                    "STOA_MEDIA",
                    &media,
                    "file: and a folder, like file:/var/lib/stoa/media",
                )
            })?;
        let reach = reader.text("STOA_ALLOW_PRIVATE_PEERS", "");
        let reach = Reach::parse(&reach).map_err(|error| {
            ConfigError::value(
                "STOA_ALLOW_PRIVATE_PEERS",
                &reach,
                &format!("1 or address ranges ({error})"),
            )
        })?;
        let cache: u64 = reader.parsed("STOA_CACHE", "32", "a number of MiB; 0 keeps nothing")?;
        let proxies = reader.text("STOA_TRUSTED_PROXIES", "");
        Ok(Self {
            trusted_proxies: read::networks("STOA_TRUSTED_PROXIES", &proxies)?,
            log: reader.text("STOA_LOG", "info"),
            log_json: reader.chosen("STOA_LOG_FORMAT", &[("text", false), ("json", true)])?,
            site: site(&mut reader, &url)?,
            settings: reader.settings,
            data,
            bind,
            metrics,
            database,
            media,
            cache_bytes: cache.saturating_mul(1 << 20),
            reach,
        })
    }
}

impl Config {
    /// Logs only what is wrong, unless somebody asked for more.
    pub(crate) fn hush(&mut self) {
        let is_log = |setting: &&Setting| setting.name == "STOA_LOG";
        let asked = self.settings.iter().find(is_log);
        if asked.is_none_or(|setting| setting.source == Source::Default) {
            "warn".clone_into(&mut self.log);
        }
    }
}

fn site<E: Fn(&str) -> Option<String>>(
    reader: &mut Reader<E>,
    url: &str,
) -> Result<Site, ConfigError> {
    let origin = read::origin("STOA_URL", url)?;
    let mut site = Site::new(origin);
    let name = site.defaults.name.clone();
    site.defaults.name = reader.text("STOA_NAME", &name);
    site.defaults.description = reader.text("STOA_DESCRIPTION", "");
    site.defaults.rules = reader
        .text("STOA_RULES", "")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    site.defaults.registration = reader.chosen(
        "STOA_REGISTRATION",
        &[
            ("open", Registration::Open),
            ("closed", Registration::Closed),
        ],
    )?;
    site.pictures = reader.parsed("STOA_PICTURES", "4", "a number from 1 to 16")?;
    if !(1..=16).contains(&site.pictures) {
        return Err(ConfigError::value(
            "STOA_PICTURES",
            &site.pictures.to_string(),
            "a number from 1 to 16",
        ));
    }
    site.foreign_days = reader.optional("STOA_FOREIGN_DAYS", FOREIGN_DAYS)?;
    if site
        .foreign_days
        .is_some_and(|days| days < limits::FOREIGN_DAYS)
    {
        let days = site.foreign_days.unwrap_or_default().to_string();
        return Err(ConfigError::value("STOA_FOREIGN_DAYS", &days, FOREIGN_DAYS));
    }
    site.rate_limits = reader.chosen("STOA_RATE_LIMITS", &[("on", true), ("off", false)])?;
    Ok(site)
}
