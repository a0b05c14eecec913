//! Forms with files (`multipart/form-data`), streamed to temporary files under the limits of pictures.
//!
//! A file that is refused half-way is read to its end and thrown away, within bounds: a browser that is cut off while
//! it sends shows a broken connection instead of our reason. Dropping an [`Upload`] deletes its files.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Multipart, Request};
use domain::{Error, Fault};
use http::{HeaderMap, header};
use media::TempPath;
use sha2::{Digest, Sha256};

use crate::{App, Problem, json, limits};

/// A form with at most `FILES` files.
#[derive(Debug, Default)]
pub struct Upload<const FILES: usize> {
    /// Names and values of the text fields, in their order.
    pub fields: Vec<(String, String)>,
    /// The files, in their order. Fields in which no file was chosen are not among them.
    pub files: Vec<File>,
}

/// A file that arrived whole.
#[derive(Debug)]
pub struct File {
    /// The form's field.
    pub field: String,
    /// Where it is, for `media::Ingest::file`; deleted when this is dropped.
    pub path: TempPath,
    /// SHA-256 of its bytes as they were sent, hexadecimal.
    pub sha256: String,
}

impl<const FILES: usize> Upload<FILES> {
    /// The value of a text field; of the first where there are several.
    pub fn text(&self, name: &str) -> Option<&str> {
        let named = self.fields.iter().find(|(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The values of all text fields of that name.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.fields.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// The layer that routes with an [`Upload`] need: the usual limit of bodies is far below a picture.
pub fn body_limit<const FILES: usize>(app: &App) -> DefaultBodyLimit {
    let most = most::<FILES>(app).saturating_add(limits::DRAIN_BYTES);
    DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX))
}

/// Why a picture was not taken, as a fault of the field it came in.
pub fn refused(field: &str, fault: media::Fault) -> Error {
    match fault {
        media::Fault::Io(cause) => Error::internal(cause),
        fault => Error::invalid(field.to_owned(), fault.code(), fault.to_string()),
    }
}

impl<S, const FILES: usize> FromRequest<S> for Upload<FILES>
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let app = App::from_ref(state);
        refuse_unsent(request.headers(), most::<FILES>(&app))?;
        let multipart = Multipart::from_request(request, state).await;
        let mut multipart = multipart
            .map_err(|_| Problem::unsupported_type("multipart/form-data with a boundary"))?;
        let mut upload = Self::default();
        let mut text = 0;
        match upload.read(&app, &mut multipart, &mut text).await {
            Ok(()) => Ok(upload),
            Err(problem) => {
                drop(upload);
                drain(multipart).await;
                Err(problem)
            }
        }
    }
}

impl<const FILES: usize> Upload<FILES> {
    async fn read(
        &mut self,
        app: &App,
        multipart: &mut Multipart,
        text: &mut usize,
    ) -> Result<(), Problem> {
        while let Some(field) = multipart
            .next_field()
            .await
            .map_err(|error| broken(&error))?
        {
            if self.fields.len() + self.files.len() >= limits::FORM_FIELDS {
                let most = limits::FORM_FIELDS;
                let detail = format!("A form has at most {most} fields.");
                return Err(Error::invalid("form", "too_many", detail).into());
            }
            let name = field.name().unwrap_or_default().to_owned();
            if is_file(&field) {
                self.file(app, name, field).await?;
            } else {
                let value = value(&name, field, text).await?;
                if name.contains('\0') || value.contains('\0') {
                    return Err(json::nul());
                }
                self.fields.push((name, value));
            }
        }
        Ok(())
    }

    async fn file(&mut self, app: &App, name: String, mut field: Field<'_>) -> Result<(), Problem> {
        let io = |fault| refused(&name, fault);
        let unnamed = field.file_name().is_some_and(str::is_empty);
        let mut incoming = app.ingest.incoming().await.map_err(io)?;
        let mut hash = Sha256::new();
        while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
            hash.update(&part);
            incoming.write(&part).await.map_err(io)?;
        }
        if unnamed && incoming.written() == 0 {
            return Ok(());
        }
        if self.files.len() >= FILES {
            let detail = format!("At most {FILES} files are taken at once.");
            return Err(Error::invalid(name, "too_many", detail).into());
        }
        let path = incoming.finish().await.map_err(io)?;
        let sha256 = hex::encode(hash.finalize());
        self.files.push(File {
            field: name,
            path,
            sha256,
        });
        Ok(())
    }
}

fn is_file(field: &Field<'_>) -> bool {
    let declared = field.content_type().unwrap_or("text/plain");
    field.file_name().is_some() || !declared.starts_with("text/")
}

async fn value(name: &str, mut field: Field<'_>, text: &mut usize) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
        *text += part.len();
        if *text > limits::FORM_TEXT {
            let detail = format!(
                "The texts of a form have at most {} bytes.",
                limits::FORM_TEXT
            );
            return Err(Error::invalid(name.to_owned(), "too_large", detail).into());
        }
        bytes.extend_from_slice(&part);
    }
    String::from_utf8(bytes).map_err(|_| {
        let fault = Fault::new(
            name.to_owned(),
            "not_utf8",
            format!("{name} must be UTF-8 text."),
        );
        Error::Invalid(vec![fault]).into()
    })
}

fn most<const FILES: usize>(app: &App) -> u64 {
    let each = app.ingest.limits().bytes;
    each.saturating_mul(FILES as u64)
        .saturating_add(limits::FORM_TEXT as u64)
}

/// A client that waits to be told to send is told not to.
fn refuse_unsent(headers: &HeaderMap, most: u64) -> Result<(), Problem> {
    let waits = headers
        .get(header::EXPECT)
        .is_some_and(|value| value == "100-continue");
    let announced = json::announced(headers);
    if waits && announced.is_some_and(|length| length > most) {
        return Err(Problem::too_large(most, announced));
    }
    Ok(())
}

fn broken(error: &MultipartError) -> Problem {
    match error.status() {
        http::StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            error.status(),
            "too_large",
            "Too large",
            "The body has far more bytes than are accepted.",
        ),
        _ => Problem::bad_request(
            "cut_short",
            "The form ended early or is not well-formed multipart/form-data; please send it again.",
        ),
    }
}

/// Reads what is still coming and keeps nothing; the body limit bounds the bytes.
async fn drain(mut multipart: Multipart) {
    let rest = async {
        while let Ok(Some(mut field)) = multipart.next_field().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
    };
    let _ = tokio::time::timeout(limits::DRAIN_TIME, rest).await;
}
