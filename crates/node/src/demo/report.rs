//! The demo's table for people, and what is missing for programs. Pure text; called by `demo` at the end.

use std::fmt::Write as _;

use super::ledger::{Arrival, Ledger, Piece, Want};

/// Most characters of the first column.
const WHAT: usize = 58;

/// The table: what was done on which node, and how many milliseconds later it was on the others.
pub(crate) fn table(ledger: &Ledger, hosts: &[String; 3]) -> String {
    let mut table = String::new();
    let columns = hosts.each_ref().map(|host| host.len().max(11));
    let wide = ledger.pieces.iter().map(|piece| piece.what.chars().count());
    let wide = wide.max().unwrap_or(0).min(WHAT);
    let mut head = format!("{:wide$}", "What");
    let mut rule = "─".repeat(wide);
    for (host, width) in hosts.iter().zip(columns) {
        let _ = write!(head, "  {host:>width$}");
        let _ = write!(rule, "  {}", "─".repeat(width));
    }
    let _ = writeln!(table, "{head}\n{rule}");
    for piece in &ledger.pieces {
        let mut row = format!("{:wide$}", cut(&piece.what));
        for (node, width) in columns.iter().enumerate() {
            let cell = cell(piece, node);
            let _ = write!(row, "  {cell:>width$}");
        }
        let _ = writeln!(table, "{}", row.trim_end());
    }
    table
}

/// Whether a piece is of one kind.
type Belongs = fn(&Want) -> bool;

/// How much of each kind arrived, one line each.
pub(crate) fn summary(ledger: &Ledger) -> String {
    let mut summary = String::new();
    let kinds: [(&str, Belongs); 6] = [
        ("Follows accepted", |want| matches!(want, Want::Followed)),
        ("Posts with equal texts and numbers", |want| {
            matches!(want, Want::Post { .. })
        }),
        ("Votes equal", |want| matches!(want, Want::Votes { .. })),
        ("Edits arrived", |want| matches!(want, Want::Edited(_))),
        ("Deletions arrived", |want| matches!(want, Want::Deleted)),
        ("Locks and pins arrived", |want| {
            matches!(want, Want::Locked | Want::Pinned)
        }),
    ];
    for (name, is_kind) in kinds {
        let of_kind = ledger.pieces.iter().filter(|piece| is_kind(&piece.want));
        let places: Vec<&Arrival> = of_kind.flat_map(|piece| &piece.arrivals).collect();
        let away = places.iter().filter(|arrival| ***arrival != Arrival::Home);
        let there = places
            .iter()
            .filter(|arrival| matches!(arrival, Arrival::After(_)));
        let _ = writeln!(
            summary,
            "{name:<36} {:>3} of {}",
            there.count(),
            away.count()
        );
    }
    let name = "Pictures fetched from other nodes";
    let _ = writeln!(
        summary,
        "{name:<36} {:>3} of {}, whole and without camera or place",
        ledger.pictures,
        pictures(ledger)
    );
    summary
}

/// One line for each thing that is not where it should be.
pub(crate) fn missing(ledger: &Ledger, hosts: &[String; 3]) -> Vec<String> {
    let mut missing = Vec::new();
    for piece in &ledger.pieces {
        for (arrival, host) in piece.arrivals.iter().zip(hosts) {
            if let Arrival::Lacking(what) = arrival {
                missing.push(format!("{}: {host} lacks {what}", piece.what));
            }
        }
    }
    missing
}

/// Pictures that should be on nodes they were not posted on.
fn pictures(ledger: &Ledger) -> usize {
    let count = |piece: &Piece| match piece.want {
        Want::Post { pictures, .. } => {
            let others = piece.arrivals.iter().enumerate();
            let others =
                others.filter(|(node, arrival)| *node != piece.on && **arrival != Arrival::Home);
            pictures * others.count()
        }
        _ => 0,
    };
    ledger.pieces.iter().map(count).sum()
}

fn cell(piece: &Piece, node: usize) -> String {
    match piece.arrivals.get(node) {
        None | Some(Arrival::Home) if node == piece.on => "here".to_owned(),
        None | Some(Arrival::Home) => "·".to_owned(),
        // The author's own node only waits for the number that the board's home gives.
        Some(Arrival::After(time)) if node == piece.on => format!("here, {}", time.as_millis()),
        Some(Arrival::After(time)) => format!("{} ms", time.as_millis()),
        Some(Arrival::Lacking(_)) => "missing".to_owned(),
    }
}

fn cut(what: &str) -> String {
    if what.chars().count() <= WHAT {
        return what.to_owned();
    }
    let kept: String = what.chars().take(WHAT - 1).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::super::watch::Seen;
    use super::*;

    fn hosts() -> [String; 3] {
        ["localhost:1", "localhost:2", "localhost:3"].map(str::to_owned)
    }

    fn piece(want: Want, arrivals: [Arrival; 3]) -> Piece {
        Piece {
            what: "anna opens a thread".to_owned(),
            on: 0,
            at: Instant::now(),
            board: ("art", 0),
            thread: "thread".to_owned(),
            post: "post".to_owned(),
            want,
            arrivals,
        }
    }

    fn post() -> Want {
        Want::Post {
            body: "text".to_owned(),
            pictures: 0,
        }
    }

    #[test]
    fn the_table_says_when_it_arrived_and_what_is_missing() {
        let arrivals = [
            Arrival::Home,
            Arrival::After(Duration::from_millis(120)),
            Arrival::Lacking("the post".to_owned()),
        ];
        let ledger = Ledger {
            pieces: vec![piece(post(), arrivals)],
            ..Ledger::default()
        };
        let table = table(&ledger, &hosts());
        let row = table.lines().nth(2).unwrap();
        let words: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(
            words,
            [
                "anna", "opens", "a", "thread", "here", "120", "ms", "missing"
            ]
        );
        assert_eq!(
            missing(&ledger, &hosts()),
            ["anna opens a thread: localhost:3 lacks the post"]
        );
        let summary = summary(&ledger);
        let counts: Vec<&str> = summary.split_whitespace().collect();
        assert!(counts.join(" ").contains("numbers 1 of 2"), "{summary}");
        assert!(!ledger.is_done());
    }

    #[test]
    fn columns_stay_in_line_and_long_texts_are_cut() {
        let arrivals = [
            Arrival::Home,
            Arrival::After(Duration::from_millis(1)),
            Arrival::After(Duration::from_millis(12_345)),
        ];
        let mut long = piece(post(), arrivals.clone());
        long.what = "ö".repeat(200);
        let ledger = Ledger {
            pieces: vec![piece(post(), arrivals), long],
            ..Ledger::default()
        };
        let table = table(&ledger, &hosts());
        let widths: Vec<usize> = table.lines().map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
        assert!(missing(&ledger, &hosts()).is_empty() && ledger.is_done());
    }

    #[test]
    fn a_post_lacks_its_text_its_pictures_and_its_number() {
        let nowhere = || Arrival::Lacking(String::new());
        let arrivals = || [nowhere(), nowhere(), nowhere()];
        let plain = piece(post(), arrivals());
        assert_eq!(plain.lacking(Some(&Seen::with(4, "text")), Some(4)), None);
        assert!(
            plain
                .lacking(Some(&Seen::with(4, "other")), Some(4))
                .is_some()
        );
        assert!(
            plain
                .lacking(Some(&Seen::with(5, "text")), Some(4))
                .is_some()
        );
        assert!(plain.lacking(Some(&Seen::with(4, "text")), None).is_some());
        assert!(plain.lacking(None, Some(4)).is_some());
        let shown = Want::Post {
            body: "text".to_owned(),
            pictures: 1,
        };
        let shown = piece(shown, arrivals());
        assert!(
            shown
                .lacking(Some(&Seen::with(4, "text")), Some(4))
                .is_some()
        );
        let deleted = piece(Want::Deleted, arrivals());
        assert!(
            deleted
                .lacking(Some(&Seen::with(4, "text")), Some(4))
                .is_some()
        );
        assert_eq!(deleted.lacking(None, Some(4)), None);
    }
}
