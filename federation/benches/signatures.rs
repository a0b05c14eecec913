//! What signing and checking cost, against the bare RSA operations below them.
//!
//! Run with `cargo bench -p federation`; the ratios to watch are "received" to "bare verification" and "signed" to
//! "bare signature". One core does both; figures of one run are in `docs/PERFORMANCE.md`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use federation::bench::Delivery;

/// A `Create` of the usual size, some 2 kB.
fn activity() -> Vec<u8> {
    let text =
        "<p>A reply of a few sentences, as people write them. It has some words.</p>".repeat(12);
    format!(
        r#"{{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{{"sensitive":"as:sensitive"}}],
        "id":"https://peer.example/activities/1","type":"Create","actor":"https://peer.example/u/anna",
        "to":["https://www.w3.org/ns/activitystreams#Public","https://img.example/b/art"],"cc":["https://peer.example/u/anna/followers"],
        "object":{{"id":"https://peer.example/p/1","type":"Note","attributedTo":"https://peer.example/u/anna","content":"{text}",
        "inReplyTo":"https://img.example/p/7","published":"2026-01-01T00:00:00Z","tag":[],"attachment":[]}}}}"#
    )
    .into_bytes()
}

fn signatures(criterion: &mut Criterion) {
    let runtime =
        tokio::runtime::Runtime::new().unwrap_or_else(|error| panic!("no runtime: {error}"));
    let made = runtime.block_on(Delivery::made(activity()));
    let delivery = made.unwrap_or_else(|error| panic!("the sample cannot be made: {error}"));
    let signed = delivery
        .bare_signature()
        .unwrap_or_else(|error| panic!("signing failed: {error}"));
    assert!(delivery.received(), "the sample must be accepted");

    let mut group = criterion.benchmark_group("RSA-2048");
    group.throughput(Throughput::Elements(1));
    group.bench_function("bare signature", |bench| {
        bench.iter(|| delivery.bare_signature().is_ok());
    });
    group.bench_function("signed", |bench| {
        bench.iter(|| runtime.block_on(delivery.signed_again()).is_ok());
    });
    group.bench_function("bare verification", |bench| {
        bench.iter(|| delivery.bare_verification(black_box(&signed)));
    });
    group.bench_function("received", |bench| bench.iter(|| delivery.received()));
    group.finish();
}

criterion_group!(benches, signatures);
criterion_main!(benches);
