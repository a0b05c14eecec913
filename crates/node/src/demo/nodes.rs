//! The three nodes: their data folder, their settings, and running them in this process.
//!
//! The folder carries a marker, so that nothing is ever removed that is not a demo's. Called by `demo`.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use db::Clock;
use domain::account::{self, Draft};
use domain::{Context, Role, Site};
use federation::{Names, Reach};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::person::PASSWORD;
use super::story;
use crate::assembly::{self, Node, Parts};
use crate::config::Config;
use crate::serve;

/// Says that a folder was made by the demo and may be removed by it.
const MARKER: &str = "made-by-stoa-demo";

/// Where they are.
#[derive(Clone)]
pub(crate) struct Addresses {
    /// `http://localhost:8081` and so on.
    pub(crate) origins: [String; 3],
    /// `localhost:8081` and so on.
    pub(crate) hosts: [String; 3],
}

/// The nodes while they run.
pub(crate) struct Nodes {
    /// Where they are.
    pub(crate) addresses: Addresses,
    running: JoinSet<std::io::Result<()>>,
    stop: CancellationToken,
}

impl Nodes {
    /// Starts them in a fresh `folder`, each with its first account, which is an admin.
    ///
    /// # Errors
    /// A port is taken, or the folder is somebody else's.
    pub(crate) async fn start(ports: [u16; 3], folder: &Path) -> anyhow::Result<Self> {
        // First the ports: where another demo runs, its folder stays.
        let mut listeners = Vec::new();
        for port in ports {
            let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let listener = TcpListener::bind(at).await.with_context(|| {
                format!("cannot listen on {at}; `--ports 9081,9082,9083` names others")
            })?;
            listeners.push(listener);
        }
        clear(folder)?;
        let hosts = ports.map(|port| format!("localhost:{port}"));
        let origins = hosts.each_ref().map(|host| format!("http://{host}"));
        let stop = CancellationToken::new();
        let mut running = JoinSet::new();
        for (((listener, origin), about), number) in listeners
            .into_iter()
            .zip(&origins)
            .zip(&story::NODES)
            .zip(1_u8..)
        {
            let data = folder.join(format!("node-{number}"));
            let bind = listener.local_addr()?;
            let node = assemble(&data, bind, origin, about).await?;
            admin(&node.app.cx, about.admin).await?;
            running.spawn(serve::run(node, listener, stop.clone()));
        }
        Ok(Self {
            addresses: Addresses { origins, hosts },
            running,
            stop,
        })
    }

    /// Waits until somebody stops the process; fails where a node stops by itself.
    pub(crate) async fn serve(&mut self) -> anyhow::Result<()> {
        tokio::select! {
            () = serve::told_to_stop() => Ok(()),
            ended = self.running.join_next() => match ended {
                Some(ended) => Ok(ended??),
                None => Ok(()),
            },
        }
    }

    /// Stops them and waits for their end.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        self.stop.cancel();
        while let Some(ended) = self.running.join_next().await {
            ended??;
        }
        Ok(())
    }
}

async fn assemble(
    data: &Path,
    bind: SocketAddr,
    origin: &str,
    about: &story::About,
) -> anyhow::Result<Node> {
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let mut site = Site::new(origin);
    about.name.clone_into(&mut site.defaults.name);
    about.description.clone_into(&mut site.defaults.description);
    site.defaults.rules = about.rules.iter().map(|rule| (*rule).to_owned()).collect();
    site.rate_limits = false;
    let sqlite = data.join("stoa.sqlite");
    let mut database = db::Settings::new(format!("sqlite:{}", sqlite.display()));
    database.durability = db::Durability::Normal;
    let config = Config {
        media: data.join("media"),
        cache_bytes: 8 << 20,
        data: data.to_owned(),
        metrics: None,
        bind,
        database,
        site,
        reach: Reach::parse("127.0.0.0/8,::1")?,
        trusted_proxies: Vec::new(),
        log: String::new(),
        log_json: false,
        settings: Vec::new(),
    };
    let parts = Parts {
        config,
        clock: Clock::System,
        names: Names::default(),
    };
    Ok(assembly::assemble(parts).await?)
}

/// The first account, as `stoa account create --admin` makes it: boards need one.
async fn admin(cx: &Context, name: &str) -> anyhow::Result<()> {
    let draft = Draft {
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        email: None,
    };
    account::check(&draft, &cx.site)?;
    let hash = account::hash(PASSWORD.to_owned()).await?;
    let keys = federation::key_pair().await?;
    cx.write(async |tx| account::create(tx, draft, Role::Admin, keys, hash).await)
        .await?;
    Ok(())
}

/// Makes `folder` empty and ours.
fn clear(folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    let marker = folder.join(MARKER);
    match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("{shown} cannot be read")),
        Ok(mut entries) => {
            let is_empty = entries.next().is_none();
            if !is_empty && !marker.is_file() {
                bail!(
                    "{shown} holds something that is not a demo's, so it is left alone; `--data FOLDER` names another"
                );
            }
            // The marker goes last: a removal that is interrupted can be gone on with.
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path != marker {
                    remove(&path).with_context(|| format!("{} stays", path.display()))?;
                }
            }
        }
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{shown} cannot be made"))?;
    let said = "This folder was made by `stoa demo`, which removes it when it starts again.\n";
    std::fs::write(&marker, said).with_context(|| format!("{shown} cannot be written to"))
}

fn remove(path: &PathBuf) -> std::io::Result<()> {
    if path.is_dir() && !path.is_symlink() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_a_demo_are_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let ours = folder.path().join("demo");
        clear(&ours).unwrap();
        std::fs::create_dir(ours.join("node-1")).unwrap();
        clear(&ours).unwrap();
        assert!(!ours.join("node-1").exists() && ours.join(MARKER).is_file());

        let theirs = folder.path().join("letters");
        std::fs::create_dir(&theirs).unwrap();
        std::fs::write(theirs.join("letter"), "dear").unwrap();
        let refused = clear(&theirs).unwrap_err();
        assert!(refused.to_string().contains("letters"), "{refused}");
        assert!(theirs.join("letter").exists() && !theirs.join(MARKER).exists());
    }
}
