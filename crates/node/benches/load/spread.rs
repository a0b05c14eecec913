//! The middle of several figures, with the lowest and the highest beside it.

use std::fmt;

/// Figures of several rounds.
#[derive(Clone, Debug)]
pub(crate) struct Spread(Vec<f64>);

impl Spread {
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        assert!(!figures.is_empty(), "nothing was measured");
        figures.sort_by(f64::total_cmp);
        Self(figures)
    }

    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The figure that this share of all does not exceed.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let last = self.0.len() - 1;
        let place = (last as f64 * share).round();
        self.0[(place as usize).min(last)]
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (self.at(0.0), self.at(1.0));
        let places = if high < 20.0 { 3 } else { 0 };
        write!(
            f,
            "{:.places$} ({low:.places$} to {high:.places$})",
            self.median()
        )
    }
}
