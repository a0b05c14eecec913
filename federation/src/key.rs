//! Keys of actors: made, kept as PEM, used to sign and to verify. Ours are RSA; Ed25519 ones of peers are read too.
//!
//! RSA has 2048 to 4096 bits and an odd exponent from 65537: smaller is breakable, larger lets a peer choose how long we
//! compute. Signing and verifying are CPU work and run on the blocking pool; `made`, `sign_now` and `verify_now` are
//! for callers already there. PEM text is `key/pem.rs`. Called by `signature` and by whoever loads an actor's key.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKey as RsaPublicKey};
use aws_lc_rs::signature::{self, KeyPair as _, ParsedPublicKey};

mod pem;

/// Smallest modulus, in bits.
pub(crate) const MIN_BITS: usize = 2048;
/// Largest modulus, in bits.
pub(crate) const MAX_BITS: usize = 4096;
/// The exponent everybody uses, and the smallest we take.
const MIN_EXPONENT: u64 = 65_537;
/// What the verifying library takes at most.
const MAX_EXPONENT: u64 = (1 << 33) - 1;
/// Longest DER of a public key that is looked at: 4096 bits need some 550 bytes.
const MAX_DER: usize = 1200;

/// What stands before the 32 bytes of an Ed25519 key in SPKI (RFC 8410).
const ED25519_SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyError {
    #[error(
        "the key is not PEM text of a public key (\"BEGIN PUBLIC KEY\" or \"BEGIN RSA PUBLIC KEY\")"
    )]
    Unreadable,
    #[error("the key has {0} bits; 2048 to 4096 are accepted")]
    Size(usize),
    #[error("the key's exponent is not an odd number from 65537")]
    Exponent,
    #[error("the private key is not PEM text of an RSA key (\"BEGIN PRIVATE KEY\")")]
    PrivateUnreadable,
    #[error("the cryptographic library failed")]
    Library,
    #[error("the work was given up because the server is stopping")]
    Stopped,
}

/// A private key of one of our actors.
#[derive(Clone)]
pub(crate) struct PrivateKey(Arc<KeyPair>);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey")
    }
}

impl PrivateKey {
    /// Makes a new 2048-bit key; some 100 ms of CPU, so never on an async thread.
    ///
    /// # Errors
    /// [`KeyError::Library`] where the system gives no randomness.
    pub(crate) fn made() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Library)?;
        Ok(Self(Arc::new(pair)))
    }

    /// Reads the PEM text that [`PrivateKey::to_pem`] wrote, or the older `RSA PRIVATE KEY` form.
    ///
    /// # Errors
    /// [`KeyError::PrivateUnreadable`].
    pub(crate) fn from_pem(text: &str) -> Result<Self, KeyError> {
        let block = pem::read(text).ok_or(KeyError::PrivateUnreadable)?;
        let pair = match block.label.as_str() {
            "PRIVATE KEY" => KeyPair::from_pkcs8(&block.der),
            "RSA PRIVATE KEY" => KeyPair::from_der(&block.der),
            _ => return Err(KeyError::PrivateUnreadable),
        };
        Ok(Self(Arc::new(
            pair.map_err(|_| KeyError::PrivateUnreadable)?,
        )))
    }

    /// PKCS#8 PEM, as it is kept in the database.
    ///
    /// # Errors
    /// [`KeyError::Library`].
    pub(crate) fn to_pem(&self) -> Result<String, KeyError> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| KeyError::Library)?;
        Ok(pem::write("PRIVATE KEY", der.as_ref()))
    }

    /// SPKI PEM of the public half, as `publicKeyPem` shows it.
    ///
    /// # Errors
    /// [`KeyError::Library`].
    pub(crate) fn public_pem(&self) -> Result<String, KeyError> {
        spki_pem(self.0.public_key())
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 over `message`; blocks for some 0.5 ms.
    ///
    /// # Errors
    /// [`KeyError::Library`].
    pub(crate) fn sign_now(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signed = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signed,
            )
            .map_err(|_| KeyError::Library)?;
        Ok(signed)
    }
}

/// A private key with the id under which peers find its public half.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    /// E.g. `https://img.example/b/art#main-key`.
    pub(crate) key_id: Arc<str>,
    pub(crate) key: PrivateKey,
}

impl Signer {
    pub(crate) fn new(key_id: &str, key: PrivateKey) -> Self {
        Self {
            key_id: key_id.into(),
            key,
        }
    }

    /// Signs on the blocking pool.
    ///
    /// # Errors
    /// [`KeyError::Library`], or [`KeyError::Stopped`] while the runtime shuts down.
    pub(crate) async fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, KeyError> {
        let key = self.key.clone();
        on_the_blocking_pool(move || key.sign_now(&message)).await
    }
}

/// A public key of somebody, checked for size and exponent.
#[derive(Clone)]
pub(crate) struct PublicKey(Arc<ParsedPublicKey>);

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublicKey")
    }
}

impl PublicKey {
    /// Reads `publicKeyPem`: SPKI of RSA or Ed25519, or PKCS#1 as older software writes it.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`], [`KeyError::Size`], [`KeyError::Exponent`].
    pub(crate) fn from_pem(text: &str) -> Result<Self, KeyError> {
        let block = pem::read(text).ok_or(KeyError::Unreadable)?;
        if let Some(raw) = block
            .der
            .strip_prefix(&ED25519_SPKI)
            .filter(|raw| raw.len() == 32)
        {
            let parsed = ParsedPublicKey::new(&signature::ED25519, raw);
            return parsed
                .map(|key| Self(Arc::new(key)))
                .map_err(|_| KeyError::Unreadable);
        }
        let known = matches!(block.label.as_str(), "PUBLIC KEY" | "RSA PUBLIC KEY");
        if !known || block.der.len() > MAX_DER {
            return Err(KeyError::Unreadable);
        }
        let key = RsaPublicKey::from_der(&block.der).map_err(|_| KeyError::Unreadable)?;
        refuse_weak(&key)?;
        let parsed = ParsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, key.as_ref())
            .map_err(|_| KeyError::Unreadable)?;
        Ok(Self(Arc::new(parsed)))
    }

    /// Whether `signed` is this key's signature over `message`; blocks for some 20 µs.
    pub(crate) fn verify_now(&self, message: &[u8], signed: &[u8]) -> bool {
        self.0.verify_sig(message, signed).is_ok()
    }
}

fn spki_pem(key: &RsaPublicKey) -> Result<String, KeyError> {
    let der: PublicKeyX509Der<'_> = key.as_der().map_err(|_| KeyError::Library)?;
    Ok(pem::write("PUBLIC KEY", der.as_ref()))
}

fn refuse_weak(key: &RsaPublicKey) -> Result<(), KeyError> {
    let (modulus, exponent) = (key.modulus(), key.exponent());
    let modulus = modulus.big_endian_without_leading_zero();
    let top = modulus
        .first()
        .map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = modulus.len() * 8 - top;
    if !(MIN_BITS..=MAX_BITS).contains(&bits) {
        return Err(KeyError::Size(bits));
    }
    let exponent = exponent.big_endian_without_leading_zero();
    if exponent.len() > 8 {
        return Err(KeyError::Exponent);
    }
    let exponent = exponent
        .iter()
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    if exponent % 2 == 0 || !(MIN_EXPONENT..=MAX_EXPONENT).contains(&exponent) {
        return Err(KeyError::Exponent);
    }
    Ok(())
}

async fn on_the_blocking_pool<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Result<T, KeyError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| KeyError::Stopped)?
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rsa::PublicKeyComponents;

    use super::*;

    #[tokio::test]
    async fn what_a_key_signs_its_public_half_verifies() {
        let key = PrivateKey::made().unwrap();
        let again = PrivateKey::from_pem(&key.to_pem().unwrap()).unwrap();
        let public = PublicKey::from_pem(&again.public_pem().unwrap()).unwrap();
        let signer = Signer::new("https://a.example/u/x#main-key", again);
        let signed = signer.sign(b"text".to_vec()).await.unwrap();
        assert!(public.verify_now(b"text", &signed));
        assert!(!public.verify_now(b"texT", &signed));
        assert!(!public.verify_now(b"text", &signed[1..]));
        let stranger =
            PublicKey::from_pem(&PrivateKey::made().unwrap().public_pem().unwrap()).unwrap();
        assert!(!stranger.verify_now(b"text", &signed));
    }

    #[test]
    fn pkcs1_text_is_read_too() {
        let key = PrivateKey::made().unwrap();
        let pkcs1 = pem::write("RSA PUBLIC KEY", key.0.public_key().as_ref());
        let signed = key.sign_now(b"text").unwrap();
        assert!(
            PublicKey::from_pem(&pkcs1)
                .unwrap()
                .verify_now(b"text", &signed)
        );
    }

    #[test]
    fn weak_and_oversized_keys_are_refused() {
        let pem_of = |bytes: usize, exponent: &[u8]| {
            let mut modulus = vec![0xc3; bytes];
            modulus[bytes - 1] = 0x01;
            let components = PublicKeyComponents {
                n: modulus,
                e: exponent.to_vec(),
            };
            let der: PublicKeyX509Der<'_> = components.as_der().unwrap();
            pem::write("PUBLIC KEY", der.as_ref())
        };
        let e = [1, 0, 1];
        assert!(PublicKey::from_pem(&pem_of(256, &e)).is_ok());
        assert!(PublicKey::from_pem(&pem_of(512, &e)).is_ok());
        assert_eq!(
            PublicKey::from_pem(&pem_of(128, &e)).unwrap_err(),
            KeyError::Size(1024)
        );
        assert_eq!(
            PublicKey::from_pem(&pem_of(640, &e)).unwrap_err(),
            KeyError::Size(5120)
        );
        assert_eq!(
            PublicKey::from_pem(&pem_of(256, &[3])).unwrap_err(),
            KeyError::Exponent
        );
    }

    #[test]
    fn text_that_is_no_key_is_refused() {
        let wrong = [
            "",
            "-----BEGIN PUBLIC KEY-----\nINVALID\n-----END PUBLIC KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN PUBLIC KEY-----\nAAAA",
        ];
        for text in wrong {
            assert_eq!(PublicKey::from_pem(text).unwrap_err(), KeyError::Unreadable);
            assert_eq!(
                PrivateKey::from_pem(text).unwrap_err(),
                KeyError::PrivateUnreadable
            );
        }
    }
}
