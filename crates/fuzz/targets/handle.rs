//! What stands where a handle is expected is one handle or none; what must hold stands with the tests of `markup`.

#![no_main]
#![allow(
    dead_code,
    reason = "each of two targets uses a part of what must hold"
)]

#[path = "../../markup/tests/markup/any.rs"]
mod any;
#[path = "../../markup/tests/markup/inspect.rs"]
mod inspect;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any::handle(bytes));
