//! One row for each operation: what it is tried on, with what, and what each of those who try gets.

use serde_json::{Value, json};

use crate::people::PASSWORD;

/// What an operation is tried on; made anew for each try.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// Nothing.
    None,
    /// A reply of somebody else.
    Reply,
    /// A thread of somebody else.
    Thread,
    /// A picture somebody else uploaded.
    Picture,
    /// Another session of the caller.
    Session,
    /// Somebody who moderates the board.
    Moderator,
    /// A report of somebody else about a reply on the board.
    Report,
    /// Somebody who is banned from the board.
    Banned,
    /// Somebody who is banned from the server.
    Outcast,
    /// A job that waits.
    Job,
}

pub(super) struct Row {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) target: Target,
    pub(super) body: Option<Value>,
    /// Of the visitor, the member, the moderator and the admin. A peer is a visitor here, whatever it signs.
    pub(super) statuses: [u16; 4],
    /// Where it is not the member's: that of a member who is banned from the server.
    pub(super) banned: Option<u16>,
}

impl Row {
    /// Who is banned may not.
    fn without_banned(self) -> Self {
        Self {
            banned: Some(403),
            ..self
        }
    }

    pub(super) fn expected(&self) -> [u16; 6] {
        let [visitor, member, moderator, admin] = self.statuses;
        let banned = self.banned.unwrap_or(member);
        [visitor, member, moderator, admin, banned, visitor]
    }
}

fn row(
    method: &'static str,
    path: &'static str,
    target: Target,
    body: Option<Value>,
    statuses: [u16; 4],
) -> Row {
    Row {
        method,
        path,
        target,
        body,
        statuses,
        banned: None,
    }
}

const ALL: [u16; 4] = [200; 4];
const SIGNED_IN: [u16; 4] = [401, 200, 200, 200];
const SIGNED_IN_DONE: [u16; 4] = [401, 204, 204, 204];
const ADMINS: [u16; 4] = [401, 403, 403, 200];
const ADMINS_DONE: [u16; 4] = [401, 403, 403, 204];
const MODERATORS: [u16; 4] = [401, 403, 200, 200];
const MODERATORS_DONE: [u16; 4] = [401, 403, 204, 204];

#[expect(clippy::too_many_lines, reason = "one row for each operation")]
pub(super) fn rows() -> Vec<Row> {
    use Target::{
        Banned, Job, Moderator, None as Nothing, Outcast, Picture, Reply, Report, Session, Thread,
    };
    let some = |body: Value| Some(body);
    vec![
        row("GET", "/instance", Nothing, None, ALL),
        row(
            "POST",
            "/accounts",
            Nothing,
            some(json!({"name": "{new}", "password": PASSWORD})),
            [201; 4],
        ),
        row("GET", "/accounts/me", Nothing, None, SIGNED_IN),
        row(
            "PATCH",
            "/accounts/me",
            Nothing,
            some(json!({"bio": "x"})),
            SIGNED_IN,
        ),
        row(
            "PUT",
            "/accounts/me/password",
            Nothing,
            some(json!({"current": PASSWORD, "new": PASSWORD})),
            SIGNED_IN_DONE,
        ),
        row(
            "POST",
            "/session",
            Nothing,
            some(json!({"name": "author", "password": PASSWORD})),
            ALL,
        ),
        row("DELETE", "/session", Nothing, None, SIGNED_IN_DONE),
        row("GET", "/sessions", Nothing, None, SIGNED_IN),
        row("DELETE", "/sessions/{id}", Session, None, SIGNED_IN_DONE),
        row("GET", "/accounts/{name}", Nothing, None, ALL),
        row("GET", "/accounts/{name}/posts", Nothing, None, ALL),
        row("GET", "/accounts/{name}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/accounts/{name}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/accounts/{name}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/boards", Nothing, None, ALL),
        row(
            "POST",
            "/boards",
            Nothing,
            some(json!({"name": "{new}"})),
            [401, 403, 403, 201],
        ),
        row("GET", "/boards/{board}", Nothing, None, ALL),
        row(
            "PATCH",
            "/boards/{board}",
            Nothing,
            some(json!({"title": "x"})),
            MODERATORS,
        ),
        row("GET", "/boards/{board}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/boards/{board}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/boards/{board}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/boards/{board}/threads", Nothing, None, ALL),
        row(
            "POST",
            "/boards/{board}/threads",
            Nothing,
            some(json!({"body": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row("GET", "/boards/{board}/catalog", Nothing, None, ALL),
        row("GET", "/boards/{board}/log", Nothing, None, ALL),
        row("GET", "/boards/{board}/moderators", Nothing, None, ALL),
        row(
            "GET",
            "/boards/{board}/moderators/{name}",
            Moderator,
            None,
            ALL,
        ),
        row(
            "PUT",
            "/boards/{board}/moderators/{name}",
            Nothing,
            None,
            MODERATORS_DONE,
        ),
        row(
            "DELETE",
            "/boards/{board}/moderators/{name}",
            Moderator,
            None,
            MODERATORS_DONE,
        ),
        row("GET", "/threads/{id}", Thread, None, ALL),
        row("GET", "/threads/{id}/posts", Thread, None, ALL),
        row(
            "POST",
            "/threads/{id}/posts",
            Thread,
            some(json!({"body": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row(
            "PUT",
            "/threads/{id}/lock",
            Thread,
            some(json!({"value": true})),
            MODERATORS,
        ),
        row(
            "PUT",
            "/threads/{id}/pin",
            Thread,
            some(json!({"value": true})),
            MODERATORS,
        ),
        row("GET", "/watching", Nothing, None, SIGNED_IN),
        row("PUT", "/threads/{id}/watch", Thread, None, SIGNED_IN),
        row(
            "DELETE",
            "/threads/{id}/watch",
            Thread,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/posts/{id}", Reply, None, ALL),
        row(
            "PATCH",
            "/posts/{id}",
            Reply,
            some(json!({"body": "y"})),
            [401, 403, 403, 403],
        ),
        row("DELETE", "/posts/{id}", Reply, None, [401, 403, 403, 403]),
        row(
            "DELETE",
            "/posts/{id}",
            Reply,
            some(json!({"reason": "x"})),
            MODERATORS_DONE,
        ),
        row("GET", "/posts/{id}/history", Reply, None, ALL),
        row("GET", "/posts/{id}/delivery", Reply, None, ALL),
        row(
            "PUT",
            "/posts/{id}/vote",
            Reply,
            some(json!({"value": 1})),
            SIGNED_IN,
        )
        .without_banned(),
        row("POST", "/media", Nothing, None, [401, 201, 201, 201]).without_banned(),
        row("GET", "/media/{id}", Picture, None, ALL),
        row(
            "PATCH",
            "/media/{id}",
            Picture,
            some(json!({"alt": "x"})),
            [401, 404, 404, 404],
        ),
        row("DELETE", "/media/{id}", Picture, None, [401, 404, 404, 404]),
        row("GET", "/feeds/home", Nothing, None, SIGNED_IN),
        row("GET", "/feeds/local", Nothing, None, ALL),
        row("GET", "/feeds/all", Nothing, None, ALL),
        row("GET", "/feeds/images", Nothing, None, ALL),
        row("GET", "/boards/{board}/gallery", Nothing, None, ALL),
        row("GET", "/tags", Nothing, None, ALL),
        row("GET", "/tags/{tag}", Nothing, None, ALL),
        row("GET", "/tags/{tag}/posts", Nothing, None, ALL),
        row("GET", "/tags/{tag}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/tags/{tag}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/tags/{tag}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/tags/{tag}/mute", Nothing, None, SIGNED_IN),
        row("PUT", "/tags/{tag}/mute", Nothing, None, SIGNED_IN),
        row("DELETE", "/tags/{tag}/mute", Nothing, None, SIGNED_IN_DONE),
        row("GET", "/search", Nothing, None, ALL),
        row(
            "POST",
            "/resolve",
            Nothing,
            some(json!({"uri": "author"})),
            SIGNED_IN,
        ),
        row("GET", "/log", Nothing, None, ALL),
        row(
            "PUT",
            "/threads/{id}/board",
            Thread,
            some(json!({"board": "photo"})),
            MODERATORS,
        ),
        row("GET", "/boards/{board}/bans", Nothing, None, MODERATORS),
        row(
            "PUT",
            "/boards/{board}/bans/{name}",
            Nothing,
            some(json!({"reason": "x", "until": "2030-01-01T00:00:00Z"})),
            MODERATORS_DONE,
        ),
        row(
            "DELETE",
            "/boards/{board}/bans/{name}",
            Banned,
            None,
            MODERATORS_DONE,
        ),
        row("GET", "/admin/bans", Nothing, None, ADMINS),
        row(
            "PUT",
            "/admin/bans/{name}",
            Nothing,
            some(json!({"reason": "x"})),
            ADMINS_DONE,
        ),
        row("DELETE", "/admin/bans/{name}", Outcast, None, ADMINS_DONE),
        row(
            "POST",
            "/reports",
            Reply,
            some(json!({"post": "{id}", "reason": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row("GET", "/admin/reports", Nothing, None, MODERATORS),
        row("GET", "/admin/reports/{id}", Report, None, MODERATORS),
        row(
            "PUT",
            "/admin/reports/{id}",
            Report,
            some(json!({"state": "resolved"})),
            MODERATORS,
        ),
        row(
            "PUT",
            "/admin/accounts/{name}",
            Nothing,
            some(json!({"state": "active"})),
            ADMINS,
        ),
        row(
            "PUT",
            "/admin/peers/{host}",
            Nothing,
            some(json!({"policy": "suspended", "reason": "x"})),
            ADMINS,
        ),
        row(
            "DELETE",
            "/admin/media/{sha256}",
            Nothing,
            some(json!({"reason": "x"})),
            ADMINS,
        ),
        row("GET", "/peers", Nothing, None, ALL),
        row("GET", "/peers/{host}", Nothing, None, ALL),
        row("GET", "/admin/site", Nothing, None, ADMINS),
        row(
            "PATCH",
            "/admin/site",
            Nothing,
            some(json!({"description": "x"})),
            ADMINS,
        ),
        row("GET", "/admin/accounts", Nothing, None, ADMINS),
        row(
            "PUT",
            "/admin/accounts/{name}/role",
            Nothing,
            some(json!({"role": "member", "reason": "x"})),
            ADMINS_DONE,
        ),
        row("GET", "/admin/jobs", Nothing, None, ADMINS),
        row("GET", "/admin/queues", Nothing, None, ADMINS),
        row("POST", "/admin/jobs/{id}/retry", Job, None, ADMINS),
        row(
            "DELETE",
            "/admin/jobs/{id}",
            Job,
            some(json!({"reason": "x"})),
            ADMINS_DONE,
        ),
        row(
            "POST",
            "/admin/peers/{host}/retry",
            Nothing,
            None,
            ADMINS_DONE,
        ),
        row("GET", "/admin/audit", Nothing, None, ADMINS),
    ]
}
