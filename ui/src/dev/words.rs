//! What is said around the components: notices, empty places, marks.

use crate::view::Sample;

const WORDS: [(&str, &str); 6] = [
    ("A notice", "<p class=\"notice\">Saved.</p>"),
    (
        "A refusal",
        "<div class=\"notice alert\"><p>This was not sent yet. Please look at the marked fields.</p></div>",
    ),
    (
        "Nothing here",
        "<div class=\"empty\"><h3>No pictures yet</h3><p>Post the first one.</p><a class=\"button\" href=\"/b\">See the boards</a></div>",
    ),
    (
        "Marks and chips",
        "<div class=\"chips\"><span class=\"chip\">Not safe for work</span><span class=\"mark op\">OP</span><span class=\"no-alt\">No description</span></div>",
    ),
    (
        "Buttons",
        "<div class=\"buttons\"><button class=\"button go\" type=\"button\">Send</button><button class=\"button\" type=\"button\">Cancel</button><button class=\"button\" type=\"button\" disabled>Not now</button></div>",
    ),
    ("Keys", "<p><kbd>g</kbd> <kbd>h</kbd> leads home.</p>"),
];

/// Each of them.
pub(super) fn samples() -> Vec<Sample> {
    let sample = |(state, html): (&'static str, &str)| Sample {
        state,
        html: html.to_owned(),
    };
    WORDS.map(sample).into()
}
