//! The figures of a run as a table for `docs/PERFORMANCE.md`.

use crate::reading::Ground;
use crate::spread::Spread;

/// One page on communities of several sizes.
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) connections: usize,
    pub(super) bytes: Vec<usize>,
    pub(super) pairs: Vec<Pair>,
}

/// The rounds of one community.
#[derive(Default)]
pub(super) struct Pair {
    /// Answers a second of the bare handler and of the node.
    pub(super) rates: Vec<(f64, f64)>,
    /// Milliseconds of the node's answers.
    pub(super) waits: Vec<f64>,
}

impl Pair {
    fn ratios(&self) -> impl Iterator<Item = f64> {
        self.rates.iter().map(|(base, node)| node / base)
    }

    fn ratio(&self) -> Spread {
        Spread::of(self.ratios())
    }

    fn rate(&self) -> f64 {
        Spread::of(self.rates.iter().map(|(_, node)| *node)).median()
    }

    fn waits(&self) -> String {
        let waits = Spread::of(self.waits.iter().copied());
        let at = |share| waits.at(share);
        format!("{:.1} / {:.1} / {:.1}", at(0.5), at(0.95), at(0.99))
    }
}

impl Line {
    /// How much slower the last community is read than the first: below one it is read faster.
    fn change(&self) -> Spread {
        let (first, last) = (&self.pairs[0], &self.pairs[self.pairs.len() - 1]);
        let rounds = first.ratios().zip(last.ratios());
        Spread::of(rounds.map(|(small, large)| small / large))
    }
}

pub(super) fn print(grounds: &[Ground], lines: &[Line]) {
    let mut head = String::from("| | bytes | connections |");
    for ground in grounds {
        head.push_str(&format!(
            " ratio at {0} | answers/s | p50 / p95 / p99, ms |",
            ground.posts
        ));
    }
    println!("{head} times slower |");
    println!("{}|", "|---".repeat(4 + 3 * grounds.len()));
    for line in lines {
        let bytes: Vec<String> = line.bytes.iter().map(ToString::to_string).collect();
        let mut text = format!(
            "| {} | {} | {} |",
            line.name,
            bytes.join(" / "),
            line.connections
        );
        for pair in &line.pairs {
            let (ratio, rate) = (pair.ratio().median(), pair.rate());
            text.push_str(&format!(" {ratio:.4} | {rate:.0} | {} |", pair.waits()));
        }
        println!("{text} {} |", line.change());
    }
}
