//! What the OpenAPI document says about the API as a whole.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, OpenApiVersion};
use utoipa::{IntoResponses, Modify, OpenApi};

use super::refusal;

/// The frame that `super::operations` fills.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Stoa",
        description = "Stoa's own REST API. Errors are RFC 9457 problems with a stable `code`; lists take `limit`, `before` and \
            `after` and lead on in their `Link` header; ids are strings; times are RFC 3339 in UTC. POSTs that make threads, \
            posts and media take an `Idempotency-Key`. GETs carry an `ETag`.",
        license(name = "AGPL-3.0-only", identifier = "AGPL-3.0-only")
    ),
    components(schemas(refusal::Problem)),
    servers((url = "/", description = "This node")),
    modifiers(&Bearer),
    tags(
        (name = "instance", description = "The node and the servers it knows"),
        (name = "accounts", description = "People, profiles, sessions"),
        (name = "boards", description = "Boards and who follows them"),
        (name = "threads", description = "Threads, posts, votes"),
        (name = "media", description = "Pictures"),
        (name = "feeds", description = "Threads and pictures of many boards"),
        (name = "tags", description = "Tags, the same on every server"),
        (name = "search", description = "Posts, boards, accounts and tags by words"),
        (name = "moderation", description = "What moderators do; every act is in the board's public log"),
        (name = "admin", description = "Running the node and deciding for all of it; every act is in the audit log"),
    )
)]
pub(super) struct Description;

/// How programs sign in.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        document.openapi = OpenApiVersion::Version31;
        let http = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token from `POST /session`, `POST /accounts` or `stoa token create`. \
                 Scopes: read, write, follow, moderate, admin.",
            ))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(http));
    }
}

/// Leaves out the shapes that nothing names: those of lists stand within their lists.
pub(super) fn prune(document: &mut Document) {
    let text = serde_json::to_string(document).unwrap_or_default();
    if let Some(components) = &mut document.components {
        let is_named = |name: &str| text.contains(&format!("\"#/components/schemas/{name}\""));
        components.schemas.retain(|name, _| is_named(name));
    }
}

/// Gives every operation an id of its own, made of method and path (`post_boards_board_threads`), and the answers that any
/// of them may give.
pub(super) fn complete(document: &mut Document) {
    for (path, item) in &mut document.paths.paths {
        let words = path.split(['/', '{', '}']).filter(|word| !word.is_empty());
        let place: Vec<&str> = words.skip(super::BASE.split('/').count() - 1).collect();
        for (method, operation) in operations(item) {
            operation.operation_id = Some(format!("{method}_{}", place.join("_")));
            let responses = &mut operation.responses.responses;
            responses.extend(refusal::Busy::responses());
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let operations = [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    operations
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
