//! Any bytes as a cursor of any list over SQLite; what must hold stands with the tests of `domain`.

#![no_main]
#![allow(
    dead_code,
    reason = "the tests use more of these modules than a target does"
)]

#[path = "../../domain/tests/domain/lists.rs"]
mod lists;
#[path = "../../domain/tests/domain/place.rs"]
mod place;
#[path = "../../domain/tests/domain/scene.rs"]
mod scene;
#[path = "../../domain/tests/domain/world.rs"]
mod world;

use std::sync::LazyLock;

use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

static PLACE: LazyLock<place::Place> = LazyLock::new(|| {
    RUNTIME.block_on(async { place::Place::furnished(world::World::sqlite().await).await })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| RUNTIME.block_on(place::any_bytes(&PLACE, bytes)));
