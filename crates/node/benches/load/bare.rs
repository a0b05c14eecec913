//! The RSA-2048 operations below every delivery, and nothing else, on as many threads as there are processors.

use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
};
use tokio::time::Instant;

const DURATION: Duration = Duration::from_millis(1500);
/// A text as long as what is signed of a request.
const MESSAGE: [u8; 200] = [b'x'; 200];

/// Signatures a second.
pub(crate) fn signatures() -> f64 {
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let random = SystemRandom::new();
    rate(|| {
        let mut signed = vec![0; key.public_modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &random, &MESSAGE, &mut signed)
            .unwrap();
    })
}

/// Verifications a second.
pub(crate) fn verifications() -> f64 {
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let mut signed = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        &MESSAGE,
        &mut signed,
    )
    .unwrap();
    let public =
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.public_key().as_ref()).unwrap();
    rate(|| public.verify_sig(&MESSAGE, &signed).unwrap())
}

fn rate(operation: impl Fn() + Sync) -> f64 {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let start = Instant::now();
    let counts: Vec<u32> = std::thread::scope(|scope| {
        let work = || {
            let mut count = 0;
            while start.elapsed() < DURATION {
                operation();
                count += 1;
            }
            count
        };
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    f64::from(counts.iter().sum::<u32>()) / start.elapsed().as_secs_f64()
}
