//! What may be said about a picture.

use crate::rules::length;
use crate::{Fault, limits};

/// All that is wrong with an alternative text and a focus.
pub(crate) fn faults(alt: &str, focus: (f64, f64)) -> Vec<Fault> {
    let mut faults = Vec::new();
    if length::of(alt) > limits::ALT {
        let detail = format!(
            "The description of a picture may have up to {} characters.",
            limits::ALT
        );
        faults.push(Fault::new("alt", "too_long", detail));
    }
    let range = -1.0..=1.0;
    if !range.contains(&focus.0) || !range.contains(&focus.1) {
        let detail = "The focus must be two numbers from -1 to 1.";
        faults.push(Fault::new("focus", "out_of_range", detail));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn focus_is_a_point_of_the_picture() {
        assert_eq!(faults("a cat", (-1.0, 1.0)), []);
        for focus in [(1.1, 0.0), (0.0, f64::NAN), (f64::INFINITY, 0.0)] {
            assert_eq!(faults("", focus)[0].code, "out_of_range");
        }
        assert_eq!(faults(&"a".repeat(5001), (0.0, 0.0))[0].code, "too_long");
    }
}
