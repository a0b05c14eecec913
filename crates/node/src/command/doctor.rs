//! `stoa doctor`.

use std::fmt::Write as _;

use anyhow::bail;
use db::Clock;
use serde_json::{Value, json};

use super::output::Output;
use crate::config::{Config, Source};
use crate::doctor::{self, Finding, State};

pub(super) async fn run(config: &Config, output: &Output) -> anyhow::Result<()> {
    let found = doctor::examine(config, &Clock::System).await;
    let problems = found
        .iter()
        .filter(|one| one.state == State::Problem)
        .count();
    let value = json!({
        "ok": problems == 0,
        "settings": settings(config),
        "findings": found,
    });
    output.say(&text(config, &found)?, &value)?;
    match problems {
        0 => Ok(()),
        1 => bail!("1 problem was found"),
        more => bail!("{more} problems were found"),
    }
}

fn settings(config: &Config) -> Value {
    let settings = config.settings.iter().map(|setting| {
        json!({
            "name": setting.name,
            "value": setting.value,
            "source": source(setting.source),
        })
    });
    settings.collect()
}

fn text(config: &Config, found: &[Finding]) -> Result<String, std::fmt::Error> {
    let mut text = String::from("Settings\n");
    for setting in &config.settings {
        let value = setting.value.replace('\n', " / ");
        let source = source(setting.source);
        writeln!(text, "  {:<26} {value} ({source})", setting.name)?;
    }
    text.push_str("\nFindings\n");
    for one in found {
        let mark = match one.state {
            State::Fine => "ok",
            State::Notice => "note",
            State::Problem => "PROBLEM",
        };
        writeln!(text, "  {:<8} {:<11} {}", mark, one.name, one.detail)?;
        if !one.advice.is_empty() {
            writeln!(text, "  {:<8} {:<11} {}", "", "", one.advice)?;
        }
    }
    text.truncate(text.trim_end().len());
    Ok(text)
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Default => "default",
        Source::File => "stoa.toml",
        Source::Environment => "environment",
    }
}
