//! `stoa demo`.

use std::path::PathBuf;

use clap::Args;

use crate::demo::{self, Options};

/// Three nodes on this machine, with people who post, answer and vote across them.
#[derive(Args)]
pub(super) struct Demo {
    /// Where the nodes listen, on 127.0.0.1.
    #[arg(
        long,
        value_delimiter = ',',
        num_args = 1,
        default_value = "8081,8082,8083"
    )]
    ports: Vec<u16>,
    /// Their data folder. One that a demo made is emptied, any other is left alone.
    #[arg(long, default_value = "demo")]
    data: PathBuf,
    /// Stop when everything was tried; succeed only if everything arrived.
    #[arg(long)]
    check: bool,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let asked = self.ports.len();
        let Ok(ports) = <[u16; 3]>::try_from(self.ports) else {
            anyhow::bail!("--ports takes three ports, like 8081,8082,8083, and {asked} were given");
        };
        let options = Options {
            ports,
            data: self.data,
            check: self.check,
        };
        demo::run(options).await
    }
}
