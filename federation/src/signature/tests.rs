//! Requests signed well and badly: our own, and the published vectors.

use std::path::PathBuf;

use db::{HOUR, MINUTE, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use url::Url;

use super::{Claim, Outgoing, Request, SignatureError, Target, check_now, read, sign};
use crate::key::{PrivateKey, PublicKey, Signer};

const BODY: &[u8] = br#"{"type":"Like"}"#;
const KEY_ID: &str = "https://peer.example/u/x#main-key";

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T10:00:00Z").unwrap()
}

struct Peer {
    signer: Signer,
    public: PublicKey,
}

fn peer() -> Peer {
    let key = PrivateKey::made().unwrap();
    let public = PublicKey::from_pem(&key.public_pem().unwrap()).unwrap();
    Peer {
        signer: Signer::new(KEY_ID, key),
        public,
    }
}

/// Headers of a request to our inbox, signed by the peer the way we sign ourselves.
async fn post(peer: &Peer, at: Timestamp) -> HeaderMap {
    let url = Url::parse("https://img.example/inbox").unwrap();
    let outgoing = Outgoing {
        method: &Method::POST,
        url: &url,
        body: Some((BODY, "application/activity+json")),
        now: at,
        target: Target::Full,
    };
    let mut headers = sign(&peer.signer, outgoing).await.unwrap();
    headers.insert("host", HeaderValue::from_static("img.example"));
    headers
}

/// Headers with a hand-made list of covered components and extra parameters.
fn post_covering(peer: &Peer, covered: &str, extra: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("img.example"));
    headers.insert(
        "date",
        HeaderValue::from_static("Fri, 20 Nov 2026 10:00:00 GMT"),
    );
    headers.insert(
        "digest",
        HeaderValue::from_str(&super::digest::header(BODY)).unwrap(),
    );
    let lines: Vec<String> = covered
        .split(' ')
        .map(|name| match name {
            "(request-target)" => "(request-target): post /inbox".to_owned(),
            "(created)" | "(expires)" => {
                let bare = name.trim_matches(['(', ')']);
                let value = extra
                    .split(',')
                    .find_map(|part| part.strip_prefix(&format!("{bare}=")))
                    .unwrap_or_default();
                format!("{name}: {value}")
            }
            header => format!(
                "{header}: {}",
                headers
                    .get(header)
                    .map_or("", |value| value.to_str().unwrap())
            ),
        })
        .collect();
    let signed = peer
        .signer
        .key
        .sign_now(lines.join("\n").as_bytes())
        .unwrap();
    use base64::Engine as _;
    let signature = super::digest::BASE64.encode(signed);
    let value = format!(r#"keyId="{KEY_ID}",headers="{covered}",{extra}signature="{signature}""#);
    headers.insert("signature", HeaderValue::from_str(&value).unwrap());
    headers
}

fn arrived<'a>(headers: &'a HeaderMap, body: &'a [u8]) -> Request<'a> {
    Request {
        method: &Method::POST,
        target: "/inbox",
        headers,
        body,
        scheme: "https",
        hosts: &["img.example"],
        now: now(),
    }
}

fn refusal(headers: &HeaderMap) -> SignatureError {
    read(&arrived(headers, BODY)).unwrap_err()
}

#[tokio::test]
async fn what_we_sign_we_accept() {
    let peer = peer();
    let headers = post(&peer, now()).await;
    let claim = read(&arrived(&headers, BODY)).unwrap();
    assert_eq!(claim.key_id, KEY_ID);
    assert_eq!(claim.signed_at, now());
    super::check(&claim, &peer.public).await.unwrap();
    let value = headers["signature"].to_str().unwrap();
    assert!(
        value.contains(r#"headers="(request-target) host date digest content-type""#),
        "{value}"
    );
    assert!(value.contains(r#"algorithm="rsa-sha256""#), "{value}");
}

#[tokio::test]
async fn the_key_of_another_actor_does_not_fit() {
    let headers = post(&peer(), now()).await;
    let claim = read(&arrived(&headers, BODY)).unwrap();
    assert_eq!(
        check_now(&claim, &peer().public),
        Err(SignatureError::Mismatch)
    );
}

#[tokio::test]
async fn a_tampered_body_is_refused() {
    let headers = post(&peer(), now()).await;
    let error = read(&arrived(&headers, br#"{"type":"Love"}"#)).unwrap_err();
    assert_eq!(
        (error.clone(), error.code()),
        (SignatureError::DigestMismatch, "digest_mismatch")
    );
}

#[tokio::test]
async fn a_tampered_path_is_refused() {
    let peer = peer();
    let headers = post(&peer, now()).await;
    let claim = read(&Request {
        target: "/b/art/inbox",
        ..arrived(&headers, BODY)
    })
    .unwrap();
    assert_eq!(
        check_now(&claim, &peer.public),
        Err(SignatureError::Mismatch)
    );
    let claim = read(&Request {
        method: &Method::PUT,
        ..arrived(&headers, BODY)
    })
    .unwrap();
    assert_eq!(
        check_now(&claim, &peer.public),
        Err(SignatureError::Mismatch)
    );
    // The query is left out for GET only.
    let claim = read(&Request {
        target: "/inbox?x=1",
        ..arrived(&headers, BODY)
    })
    .unwrap();
    assert_eq!(
        check_now(&claim, &peer.public),
        Err(SignatureError::Mismatch)
    );
}

#[tokio::test]
async fn a_missing_digest_is_refused() {
    let peer = peer();
    let mut headers = post(&peer, now()).await;
    headers.remove("digest");
    assert_eq!(refusal(&headers), SignatureError::HeaderMissing("digest"));
    assert_eq!(refusal(&headers).code(), "digest_missing");
    let headers = post_covering(&peer, "(request-target) host date", "");
    assert_eq!(refusal(&headers).code(), "digest_unsigned");
}

#[tokio::test]
async fn an_old_date_is_refused() {
    let peer = peer();
    let headers = post(&peer, now().plus(-12 * HOUR - MINUTE)).await;
    assert_eq!(refusal(&headers), SignatureError::TooOld);
    let headers = post(&peer, now().plus(-12 * HOUR + MINUTE)).await;
    assert!(read(&arrived(&headers, BODY)).is_ok());
}

#[tokio::test]
async fn a_future_date_is_refused() {
    let peer = peer();
    let headers = post(&peer, now().plus(HOUR + MINUTE)).await;
    assert_eq!(refusal(&headers), SignatureError::FromFuture);
    let headers = post(&peer, now().plus(HOUR - MINUTE)).await;
    assert!(read(&arrived(&headers, BODY)).is_ok());
}

#[test]
fn an_unsigned_host_is_refused() {
    let headers = post_covering(&peer(), "(request-target) date digest", "");
    assert_eq!(refusal(&headers).code(), "host_unsigned");
}

#[test]
fn an_unsigned_date_or_target_is_refused() {
    let peer = peer();
    assert_eq!(
        refusal(&post_covering(&peer, "(request-target) host digest", "")).code(),
        "date_unsigned"
    );
    assert_eq!(
        refusal(&post_covering(&peer, "host date digest", "")).code(),
        "target_unsigned"
    );
    assert_eq!(
        refusal(&post_covering(&peer, "digest", "")).code(),
        "target_unsigned"
    );
}

#[test]
fn created_that_overflows_is_a_clear_error() {
    let headers = post_covering(
        &peer(),
        "(request-target) (created) host digest",
        "created=18446744073709551615,",
    );
    let error = refusal(&headers);
    assert_eq!(error, SignatureError::NumberOutOfRange("created"));
    assert!(error.to_string().contains("created"), "{error}");
}

#[test]
fn created_and_expires_are_kept_within_bounds() {
    let peer = peer();
    let covered = "(request-target) (created) host digest";
    let seconds = now().seconds();
    let claim = read(&arrived(
        &post_covering(&peer, covered, &format!("created={seconds},")),
        BODY,
    ))
    .unwrap();
    assert!(check_now(&claim, &peer.public).is_ok());
    let old = post_covering(&peer, covered, &format!("created={},", seconds - 13 * 3600));
    assert_eq!(refusal(&old), SignatureError::TooOld);
    let ahead = post_covering(&peer, covered, &format!("created={},", seconds + 2 * 3600));
    assert_eq!(refusal(&ahead), SignatureError::FromFuture);
    let expired = post_covering(
        &peer,
        covered,
        &format!("created={seconds},expires={seconds},"),
    );
    assert_eq!(refusal(&expired), SignatureError::Expired);
    let absent = post_covering(&peer, covered, "");
    assert!(matches!(refusal(&absent), SignatureError::Malformed(_)));
}

#[tokio::test]
async fn a_request_for_another_host_is_refused() {
    let peer = peer();
    let mut headers = post(&peer, now()).await;
    headers.insert("host", HeaderValue::from_static("other.example"));
    assert_eq!(refusal(&headers), SignatureError::WrongHost);
    headers.insert("host", HeaderValue::from_static("IMG.example:443"));
    let claim = read(&arrived(&headers, BODY)).unwrap();
    assert_eq!(
        check_now(&claim, &peer.public),
        Err(SignatureError::Mismatch)
    );
    headers.append("host", HeaderValue::from_static("img.example"));
    assert_eq!(refusal(&headers), SignatureError::DuplicateHeader("host"));
}

#[tokio::test]
async fn authorization_is_not_looked_at() {
    let mut headers = post(&peer(), now()).await;
    let signature = headers.remove("signature").unwrap();
    let value = format!("Signature {}", signature.to_str().unwrap());
    headers.insert("authorization", HeaderValue::from_str(&value).unwrap());
    assert_eq!(refusal(&headers), SignatureError::Missing);
}

#[test]
fn a_covered_authorization_does_not_replace_the_list() {
    let peer = peer();
    for inner in [
        r#"Signature keyId="-",headers="date",signature="-""#,
        r#"Signature keyId="-",headers="(created)",created=18446744073709551615,signature="-""#,
    ] {
        // What the peer once signed covers the date alone; the list claims more.
        let mut headers = post_covering(&peer, "date", "");
        let signature = headers["signature"].to_str().unwrap().replace(
            r#"headers="date""#,
            r#"headers="(request-target) host date digest authorization""#,
        );
        headers.insert("signature", HeaderValue::from_str(&signature).unwrap());
        headers.insert("authorization", HeaderValue::from_static(inner));
        assert_eq!(
            refusal(&headers),
            SignatureError::CoveredMissing("authorization".into())
        );
    }
}

#[test]
fn unknown_algorithms_are_refused_and_a_missing_one_is_not() {
    let peer = peer();
    let covered = "(request-target) host date digest";
    assert!(read(&arrived(&post_covering(&peer, covered, ""), BODY)).is_ok());
    assert!(
        read(&arrived(
            &post_covering(&peer, covered, r#"algorithm="hs2019","#),
            BODY
        ))
        .is_ok()
    );
    let sha1 = post_covering(&peer, covered, r#"algorithm="rsa-sha1","#);
    assert_eq!(refusal(&sha1), SignatureError::Algorithm("rsa-sha1".into()));
}

#[test]
fn a_covered_header_that_is_absent_is_refused() {
    let headers = post_covering(&peer(), "(request-target) host date digest x-absent", "");
    assert_eq!(
        refusal(&headers),
        SignatureError::CoveredMissing("x-absent".into())
    );
}

#[test]
fn what_other_software_signs_in_alphabetical_order_is_accepted() {
    use base64::Engine as _;
    let peer = peer();
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("img.example"));
    headers.insert(
        "date",
        HeaderValue::from_static("Fri, 20 Nov 2026 10:00:00 GMT"),
    );
    headers.insert(
        "digest",
        HeaderValue::from_str(&super::digest::header(BODY)).unwrap(),
    );
    headers.insert(
        "content-type",
        HeaderValue::from_static("application/activity+json"),
    );
    let map = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let unsigned = http_signature_normalization::Config::new()
        .mastodon_compat()
        .begin_sign("POST", "/inbox", map)
        .unwrap();
    let signed = unsigned
        .sign(KEY_ID.to_owned(), |text| {
            peer.signer
                .key
                .sign_now(text.as_bytes())
                .map(|signed| super::digest::BASE64.encode(signed))
        })
        .unwrap();
    headers.insert(
        "signature",
        HeaderValue::from_str(&signed.signature_header()).unwrap(),
    );
    assert!(headers["signature"].to_str().unwrap().contains("hs2019"));
    let claim = read(&arrived(&headers, BODY)).unwrap();
    assert_eq!(check_now(&claim, &peer.public), Ok(()));
}

#[tokio::test]
async fn what_we_sign_other_software_accepts() {
    use base64::Engine as _;
    let peer = peer();
    let headers = post(&peer, db::Clock::System.now()).await;
    let map = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let unverified = http_signature_normalization::Config::new()
        .set_expiration(std::time::Duration::from_secs(60))
        .require_digest()
        .begin_verify("POST", "/inbox", map)
        .unwrap();
    let fits = unverified.verify(|signature, text| {
        let signature = super::digest::BASE64.decode(signature).unwrap();
        peer.public.verify_now(text.as_bytes(), &signature)
    });
    assert!(fits);
    assert_eq!(unverified.key_id(), KEY_ID);
}

#[test]
fn published_vectors_are_judged_as_they_expect() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/fixtures/activitypub/http-signatures");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is absent", folder.display());
        return;
    };
    let mut judged = 0;
    for file in files {
        let path = file.unwrap().path();
        let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let verdict = judge(&vector);
        // The key that answers 404 is for the caller to refuse.
        let valid = vector["expect"] == "valid" || name == "cavage-an-inaccessible-key.json";
        assert_eq!(verdict.is_ok(), valid, "{name}: {verdict:?}");
        judged += 1;
    }
    assert!(judged >= 21, "only {judged} vectors");
}

fn judge(vector: &Value) -> Result<Claim, SignatureError> {
    let request = &vector["request"];
    let mut headers = HeaderMap::new();
    for (name, value) in request["headers"].as_object().unwrap() {
        let name: HeaderName = name.parse().unwrap();
        headers.insert(
            name,
            HeaderValue::from_str(value.as_str().unwrap()).unwrap(),
        );
    }
    let method: Method = request["method"].as_str().unwrap().parse().unwrap();
    let arrived = Request {
        method: &method,
        target: request["target"].as_str().unwrap(),
        headers: &headers,
        body: request["body"].as_str().unwrap_or_default().as_bytes(),
        scheme: "https",
        hosts: &["www.example.com"],
        now: Timestamp::parse(vector["now"].as_str().unwrap()).unwrap(),
    };
    let claim = read(&arrived)?;
    let key = PublicKey::from_pem(vector["publicKeyPem"].as_str().unwrap_or_default())
        .map_err(|error| SignatureError::Algorithm(error.to_string()))?;
    check_now(&claim, &key)?;
    Ok(claim)
}
