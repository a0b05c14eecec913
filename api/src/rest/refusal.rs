//! The answers of operations that do not succeed, for the OpenAPI document. What they mean is decided in `web::problem`.
//!
//! Each type stands for the statuses one part of a handler brings along: who asks, the path, the body, the verb.

use std::collections::BTreeMap;

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoResponses, ToSchema};

/// An error (RFC 9457).
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes what web::Problem writes; a test compares the two"
)]
pub(crate) struct Problem {
    /// `urn:stoa:problem:` and the code.
    #[schema(example = "urn:stoa:problem:invalid")]
    r#type: String,
    /// A few words for people, the same for all problems of this code.
    #[schema(example = "Invalid fields")]
    title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// One sentence or more for people about this very case.
    detail: String,
    /// Stable, for programs.
    #[schema(example = "invalid")]
    code: String,
    /// What is wrong with which field, all at once.
    fields: Vec<Fault>,
    /// Under this id the server's log has the cause.
    request_id: Option<String>,
}

/// One thing wrong with one field.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes what web::Problem writes; a test compares the two"
)]
pub(crate) struct Fault {
    /// The field, as the request named it.
    #[schema(example = "subject")]
    field: String,
    /// Stable, for programs.
    #[schema(example = "too_long")]
    code: String,
    /// One sentence for people that says what would be accepted.
    detail: String,
}

macro_rules! refusals {
    ($($(#[$doc:meta])+ $name:ident { $($status:literal $what:literal),+ $(,)? })+) => {$(
        $(#[$doc])+
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_owned(), problem($status, $what))),+])
            }
        }
    )+};
}

refusals! {
    /// Somebody must be signed in.
    SignedIn {
        "401" "There is no token, or it is unknown, expired or revoked.",
        "403" "The token lacks the scope, or this account may not do this.",
    }
    /// Somebody may be signed in.
    Viewer {
        "401" "A token was sent that is unknown, expired or revoked.",
        "403" "The token lacks the scope `read`.",
    }
    /// The path names something.
    Missing {
        "404" "There is no such thing here.",
    }
    /// The path names a post or thread.
    Gone {
        "404" "There is no such thing here.",
        "410" "It was deleted.",
    }
    /// There is a JSON body.
    Body {
        "400" "The body is no valid JSON, or ended early.",
        "413" "The body has too many bytes; says how many are accepted.",
        "415" "The body is not declared as JSON.",
        "422" "Fields are wrong; all of them at once.",
    }
    /// There is a form with a file.
    File {
        "400" "The form is malformed, or ended early.",
        "413" "The file has too many bytes; says how many it has and how many are accepted.",
        "415" "The file is of a type that is not taken; says which are.",
        "422" "The picture is damaged or has too many pixels or frames, or fields are wrong; all of them at once.",
    }
    /// There are fields in the query.
    Fields {
        "400" "The query holds text that cannot be.",
        "422" "Fields of the query are wrong; all of them at once.",
    }
    /// It may be done only so often.
    Often {
        "429" "Too often; `Retry-After` says when it may be tried again.",
    }
    /// Whatever is asked: said of every operation by `description`.
    Busy {
        "503" "The server has too much to do, whoever asks; `Retry-After` says when it may be tried again.",
    }
    /// It may contradict what is there.
    Clash {
        "409" "It contradicts what is there; the code says how.",
    }
}

fn problem(status: &str, what: &str) -> RefOr<Response> {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let mut response = ResponseBuilder::new()
        .description(what)
        .content("application/problem+json", content);
    if ["429", "503"].contains(&status) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).build();
        let header = HeaderBuilder::new()
            .schema(Some(seconds))
            .description(Some("Seconds to wait."))
            .build();
        response = response.header("Retry-After", header);
    }
    response.build().into()
}
