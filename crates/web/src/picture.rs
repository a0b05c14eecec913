//! Serves stored pictures: `GET /media/{sha256}/{variant}`, where the variant is `original.jpg` or `320.webp`.
//!
//! The name is the content's hash, so a browser may keep the answer for ever. What people uploaded is never shown as
//! anything but a picture: the type is ours, sniffing is off, and the policy forbids everything. Mounted by `node`.

use std::io::SeekFrom;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::{Caller, Error, Noun, attachment};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::{App, Problem, etag};

/// Bytes read from the disk at once.
const CHUNK: usize = 64 << 10;

/// Purges a picture with all posts that show it, step by step, and removes its files; answers how many posts went.
///
/// # Errors
/// Those of [`attachment::purge`]; files that cannot be removed now are left to the sweep.
pub async fn purge(
    app: &App,
    caller: &Caller,
    sha256: &str,
    reason: &str,
) -> domain::Result<usize> {
    let mut posts = 0;
    loop {
        let step = app
            .cx
            .write(async |tx| attachment::purge(tx, caller, sha256, reason).await);
        let step = step.await?;
        posts += step.posts;
        if !step.more {
            break;
        }
    }
    if let Err(error) = app.ingest.store().remove(sha256).await {
        tracing::warn!(sha256, %error, "a purged picture could not be removed yet");
    }
    Ok(posts)
}

/// The answer to a request for `variant` of the picture `sha256`.
///
/// # Errors
/// There is no such picture, or it is not shown any more.
pub async fn serve(
    app: &App,
    method: &Method,
    headers: &HeaderMap,
    sha256: &str,
    variant: &str,
) -> Result<Response, Problem> {
    let missing = || Problem::from(Error::Missing(Noun::Media));
    if !media_name(sha256) {
        return Err(missing());
    }
    let (name, extension) = variant.split_once('.').ok_or_else(missing)?;
    let mut conn = app.cx.read().await?;
    attachment::by_sha(&mut conn, sha256)
        .await?
        .ok_or_else(missing)?;
    drop(conn);
    let (file, length, mime) = stored(app, sha256, name).await.ok_or_else(missing)?;
    if media::Format::from_mime(mime).map(media::Format::extension) != Some(extension) {
        return Err(missing());
    }
    let tag = format!("\"{}-{name}\"", &sha256[..32]);
    let asked: Vec<HeaderValue> = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .cloned()
        .collect();
    let mut response = if etag::matches(&asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let wanted = range(headers, &tag, length);
        send(file, length, wanted, *method == Method::HEAD).await?
    };
    describe(response.headers_mut(), &tag, mime);
    Ok(response)
}

/// The file of that name. A picture has no rendition larger than itself; its largest one stands for those.
async fn stored(app: &App, sha256: &str, name: &str) -> Option<(File, u64, &'static str)> {
    let smaller: &[&str] = match name {
        "1280" => &["640", "320"],
        "640" => &["320"],
        _ => &[],
    };
    for name in [&[name], smaller].concat() {
        let found = app.ingest.store().read(sha256, name).await;
        if found.is_some() {
            return found;
        }
    }
    None
}

fn media_name(sha256: &str) -> bool {
    sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Which bytes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    All,
    /// From the first to the last, both included.
    Part(u64, u64),
    /// Nothing that there is.
    Nothing,
}

/// Reads `Range` (RFC 9110, section 14); several ranges at once are answered with the whole, as one may.
fn range(headers: &HeaderMap, tag: &str, length: u64) -> Wanted {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let stale = text(header::IF_RANGE).is_some_and(|known| known != tag);
    let asked = text(header::RANGE).and_then(|value| value.strip_prefix("bytes="));
    let Some((first, last)) = asked.and_then(|part| part.trim().split_once('-')) else {
        return Wanted::All;
    };
    if stale || last.contains(',') {
        return Wanted::All;
    }
    let end = length.saturating_sub(1);
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first > last => Wanted::All,
        (Ok(first), Ok(last)) if first < length => Wanted::Part(first, last.min(end)),
        (Ok(first), Err(_)) if last.is_empty() && first < length => Wanted::Part(first, end),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 && length > 0 => {
            Wanted::Part(length.saturating_sub(count), end)
        }
        (Ok(_), Ok(_)) => Wanted::Nothing,
        (Ok(_), Err(_)) if last.is_empty() => Wanted::Nothing,
        (Err(_), Ok(0)) if first.is_empty() => Wanted::Nothing,
        _ => Wanted::All,
    }
}

async fn send(
    mut file: File,
    length: u64,
    wanted: Wanted,
    head: bool,
) -> Result<Response, Problem> {
    let (first, count, status) = match wanted {
        Wanted::All => (0, length, StatusCode::OK),
        Wanted::Part(first, last) => (first, last - first + 1, StatusCode::PARTIAL_CONTENT),
        Wanted::Nothing => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            put(
                &mut response,
                header::CONTENT_RANGE,
                format!("bytes */{length}"),
            );
            return Ok(response);
        }
    };
    let body = if head {
        Body::empty()
    } else {
        file.seek(SeekFrom::Start(first))
            .await
            .map_err(Problem::internal)?;
        Body::from_stream(ReaderStream::with_capacity(file.take(count), CHUNK))
    };
    let mut response = (status, body).into_response();
    put(&mut response, header::CONTENT_LENGTH, count.to_string());
    if status == StatusCode::PARTIAL_CONTENT {
        let last = first + count - 1;
        put(
            &mut response,
            header::CONTENT_RANGE,
            format!("bytes {first}-{last}/{length}"),
        );
    }
    Ok(response)
}

fn describe(headers: &mut HeaderMap, tag: &str, mime: &'static str) {
    let fixed = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ACCEPT_RANGES, "bytes"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
}

fn put(response: &mut Response, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_the_standard() {
        let table = [
            ("", Wanted::All),
            ("bytes=0-", Wanted::Part(0, 99)),
            ("bytes=0-0", Wanted::Part(0, 0)),
            ("bytes=10-19", Wanted::Part(10, 19)),
            ("bytes=90-1000", Wanted::Part(90, 99)),
            ("bytes=-10", Wanted::Part(90, 99)),
            ("bytes=-1000", Wanted::Part(0, 99)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=100-200", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("pages=1-2", Wanted::All),
            ("bytes=99999999999999999999-", Wanted::All),
        ];
        for (text, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, text.parse().unwrap());
            assert_eq!(range(&headers, "\"t\"", 100), expected, "{text}");
            headers.insert(header::IF_RANGE, "\"other\"".parse().unwrap());
            assert_eq!(range(&headers, "\"t\"", 100), Wanted::All, "{text}");
        }
    }
}
