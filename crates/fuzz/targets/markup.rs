//! What somebody typed, or another server sent, becomes safe HTML; what must hold stands with the tests of `markup`.

#![no_main]
#![allow(
    dead_code,
    reason = "each of two targets uses a part of what must hold"
)]

#[path = "../../markup/tests/markup/any.rs"]
mod any;
#[path = "../../markup/tests/markup/inspect.rs"]
mod inspect;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any::text(bytes));
