//! Load runs of whole nodes, each against the bare operation below it, measured in the same process and in turn.
//!
//! `cargo bench -p node --bench load -- [pages|reading|inbox|outgoing|sick|start]…`, all of them where none is named. The
//! ratios are what to watch: absolute figures belong to the machine. Figures of one run are in `docs/PERFORMANCE.md`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a load run that cannot go on should say where; it prints what it found, and its clock is the machine's"
)]

mod bare;
#[path = "../../examples/fill/community.rs"]
mod community;
mod content;
mod http;
mod inbox;
mod outgoing;
mod pages;
mod peer;
mod place;
mod reading;
mod receivers;
mod sick;
mod spread;
mod start;

const PARTS: [&str; 6] = ["pages", "reading", "inbox", "outgoing", "sick", "start"];

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    if let [mode, port] = words.as_slice()
        && mode == start::BARE
    {
        return start::bare(port).await;
    }
    if let [mode, port, folder] = words.as_slice()
        && mode == reading::BARE
    {
        return reading::bare(port, folder).await;
    }
    let unknown = words.iter().find(|word| !PARTS.contains(&word.as_str()));
    assert!(unknown.is_none(), "{unknown:?} is none of {PARTS:?}");
    for part in PARTS {
        if !words.is_empty() && !words.iter().any(|word| word == part) {
            continue;
        }
        println!("\n== {part}");
        match part {
            "pages" => pages::run().await,
            "reading" => reading::run().await,
            "inbox" => inbox::run().await,
            "outgoing" => outgoing::run().await,
            "sick" => sick::run().await,
            _ => start::run().await,
        }
    }
}
