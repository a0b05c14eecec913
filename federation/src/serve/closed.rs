//! Servers that are suspended here are refused what they ask for under their own name.
//!
//! The signature of a question is not checked, only whose it says to be: whoever takes the name of a suspended server
//! harms nobody else. Posting is refused by the inbox, which does check.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::hub::Hub;
use crate::origin;

/// Lets a request through, unless it says to be of a suspended server.
pub(super) async fn refuse(State(hub): State<Hub>, request: Request, next: Next) -> Response {
    let asks = request.method() == "GET" || request.method() == "HEAD";
    let signer = key_of(request.headers()).and_then(origin::parse);
    let Some(signer) = signer.filter(|_| asks) else {
        return next.run(request).await;
    };
    match hub.admit(&signer).await {
        Ok(()) => next.run(request).await,
        Err(_) => StatusCode::FORBIDDEN.into_response(),
    }
}

/// The id of the key that a request says to be signed with, in either of the two spellings.
fn key_of(headers: &HeaderMap) -> Option<&str> {
    ["signature", "signature-input"].iter().find_map(|name| {
        let text = headers.get(*name)?.to_str().ok()?;
        let start = ["keyId=\"", "keyid=\""]
            .iter()
            .find_map(|key| Some(text.find(key)? + key.len()))?;
        text.get(start..)?.split('"').next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_signatures_name_their_key() {
        let of = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            key_of(&headers).map(str::to_owned)
        };
        let key = Some("https://b.example/#main-key".to_owned());
        assert_eq!(
            of(
                "signature",
                "keyId=\"https://b.example/#main-key\",algorithm=\"hs2019\""
            ),
            key
        );
        let input = "sig1=(\"@method\");created=1;keyid=\"https://b.example/#main-key\"";
        assert_eq!(of("signature-input", input), key);
        assert_eq!(of("signature", "sig1=:YWJj:"), None);
        assert_eq!(of("accept", "keyId=\"https://b.example/#main-key\""), None);
    }
}
