//! Any bytes as the body of any form of the pages over SQLite; what must hold stands with the tests of `ui`.

#![no_main]
#![allow(
    dead_code,
    reason = "the tests use more of these modules than a target does"
)]

#[path = "../../../ui/tests/ui/page.rs"]
mod page;
#[path = "../../../ui/tests/ui/pictures.rs"]
mod pictures;
#[path = "../../../ui/tests/ui/raw.rs"]
mod raw;
#[path = "../../../ui/tests/ui/site.rs"]
mod site;

use std::sync::LazyLock;

use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

static SITE: LazyLock<site::Pages> =
    LazyLock::new(|| RUNTIME.block_on(site::Pages::without_rates_on_sqlite()));

static DESK: LazyLock<raw::Desk<'static>> =
    LazyLock::new(|| RUNTIME.block_on(raw::Desk::of(&SITE)));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| RUNTIME.block_on(DESK.send(bytes)));
