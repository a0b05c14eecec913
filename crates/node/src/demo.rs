//! `stoa demo`: three nodes on this machine, people who post, answer and vote across them, and a table of what arrived.
//!
//! What people do goes through the public REST API; what arrived is read there too. The order of the story stands
//! here, its texts in `story`, its pictures in `paint`. Called by `command::demo`.

mod act;
mod ledger;
mod nodes;
mod paint;
mod person;
mod report;
mod story;
mod watch;

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use tokio_util::sync::CancellationToken;

use act::Stage;
use nodes::{Addresses, Nodes};
use paint::Paintings;
use watch::Watch;

/// How long the demo waits for what it did to arrive everywhere.
const PATIENCE: Duration = Duration::from_secs(90);

/// What can be chosen.
pub(crate) struct Options {
    /// Where the nodes listen.
    pub(crate) ports: [u16; 3],
    /// Their data folder.
    pub(crate) data: PathBuf,
    /// Stop when the table is printed, and fail where something is missing.
    pub(crate) check: bool,
}

/// Plays the story, prints the table, and serves until it is told to stop.
///
/// # Errors
/// The nodes cannot start, an act is refused, or (with `check`) something did not arrive.
pub(crate) async fn run(options: Options) -> anyhow::Result<()> {
    let mut nodes = Nodes::start(options.ports, &options.data).await?;
    let addresses = nodes.addresses.clone();
    let names: Vec<String> = story::NODES
        .iter()
        .zip(&addresses.origins)
        .map(|(about, origin)| format!("  {origin}  {}", about.name))
        .collect();
    say(&format!(
        "Three nodes are up:\n{}\nPainting pictures and posting them …\n",
        names.join("\n")
    ))?;
    let missing = tokio::select! {
        played = play(&addresses) => played?,
        stopped = nodes.serve() => {
            stopped?;
            return nodes.stop().await;
        }
    };
    if !options.check {
        say("\nThe nodes keep serving until Ctrl-C.\n")?;
        nodes.serve().await?;
    }
    nodes.stop().await?;
    if options.check && !missing.is_empty() {
        bail!("these did not arrive:\n  {}", missing.join("\n  "));
    }
    Ok(())
}

/// Acts, waits, prints; answers what is missing.
async fn play(addresses: &Addresses) -> anyhow::Result<Vec<String>> {
    let http = person::client()?;
    let watch = Watch::new(http.clone(), addresses.origins.clone());
    let stop = CancellationToken::new();
    let _stopped = stop.clone().drop_guard();
    tokio::spawn(watch.clone().run(stop));

    let (stage, paintings) = tokio::join!(
        Stage::enter(http, addresses, watch.clone()),
        Paintings::make()
    );
    let acted = act(stage?, &paintings?, &watch).await;
    let ledger = watch.ledger();
    say(&format!(
        "{}\n{}\n{}",
        report::table(&ledger, &addresses.hosts),
        report::summary(&ledger),
        accounts(addresses)
    ))?;
    let mut missing = report::missing(&ledger, &addresses.hosts);
    // What could not be done because something before it did not arrive.
    missing.extend(acted.err().map(|error| format!("{error:#}")));
    Ok(missing)
}

async fn act(mut stage: Stage, paintings: &Paintings, watch: &Watch) -> anyhow::Result<()> {
    stage.furnish(paintings).await?;
    stage.open(paintings, &[&story::EARLY]).await?;
    stage.follow(PATIENCE).await?;
    let talks: Vec<&story::Talk> = story::THREADS.iter().collect();
    stage.open(paintings, &talks).await?;
    watch.all(PATIENCE).await;
    stage.answer(paintings, PATIENCE).await?;
    stage.vote().await?;
    stage.moderate().await?;
    watch.all(PATIENCE).await;
    stage.edit().await?;
    stage.delete().await?;
    watch.all(PATIENCE).await;
    Ok(())
}

/// Who can be signed in as, and where.
fn accounts(addresses: &Addresses) -> String {
    let mut lines = Vec::new();
    for (number, origin) in addresses.origins.iter().enumerate() {
        let here = |node: usize| node == number;
        let people = story::PEOPLE.iter().filter(|being| here(being.node));
        let people: Vec<&str> = people.map(|being| being.name).collect();
        let boards = story::BOARDS.iter().filter(|board| here(board.node));
        let boards: Vec<String> = boards
            .map(|board| format!("{origin}/b/{}", board.name))
            .collect();
        lines.push(format!(
            "{origin}  sign in as {}  {}",
            people.join(" or "),
            boards.join("  ")
        ));
    }
    let password = person::PASSWORD;
    format!(
        "{}\nThe password of every account is {password}\n",
        lines.join("\n")
    )
}

fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
