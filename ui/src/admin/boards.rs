//! `/admin/boards`: the boards of this node, how each works, and who moderates it.

use axum::extract::State;
use domain::board::{self, Board, Order, Patch, Posting, Scope};
use domain::{Caller, Error, Handle, Noun, account};
use web::{Path, Query};

use super::form::{self, Again};
use super::{Wanted, head, reader, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::{AdminList, AdminRow, AdminThing, Ask, Entry, Fact, Form, Link, Section};
use crate::visit::Visit;
use crate::{name, present};

const PATH: &str = "/admin/boards";

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let mut conn = pages.app.cx.read().await?;
    let viewer = visit.viewer();
    let found = board::list(&mut conn, Scope::Local, Order::Name, &viewer, wanted.page()).await?;
    answer::page(&AdminList {
        shell: visit.shell("Boards", Section::None),
        head: head("Boards", PATH),
        path: PATH,
        form: None,
        filters: Vec::new(),
        search: None,
        lead: "The boards of this server, by name.".to_owned(),
        pager: present::pager(&found, &wanted.base(PATH), "Back", "More boards"),
        rows: found.items.iter().map(row).collect(),
        empty: "There is no board yet. Create one on the page of boards.".to_owned(),
    })
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let handle = name::read(&text, Noun::Board, &visit)?;
    render(
        &pages,
        &visit,
        &handle,
        wanted.saved.is_some(),
        Again::default(),
    )
    .await
}

/// `POST /admin/boards/{board}`
pub(crate) async fn save(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let handle = name::read(&text, Noun::Board, &visit)?;
    let patch = patch(&fields);
    let cx = &pages.app.cx;
    let done = cx
        .write(async |tx| board::update(tx, caller, &handle, patch).await)
        .await;
    match done {
        Ok(_) => answer::see(&format!("{PATH}/{}?saved=1", handle.name)),
        Err(error) => {
            let again = Again::new("board", fields, error)?;
            render(&pages, &visit, &handle, false, again).await
        }
    }
}

/// `POST /admin/boards/{board}/moderators`: names one, or ends one's moderatorship.
pub(crate) async fn moderators(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let handle = name::read(&text, Noun::Board, &visit)?;
    match appoint(&pages, &visit, caller, &handle, &fields).await {
        Ok(()) => answer::see(&format!("{PATH}/{}?saved=1", handle.name)),
        Err(error) => {
            let again = Again::new("moderators", fields, error)?;
            render(&pages, &visit, &handle, false, again).await
        }
    }
}

async fn appoint(
    pages: &Pages,
    visit: &Visit,
    caller: &Caller,
    board: &Handle,
    fields: &Fields,
) -> Result<(), Error> {
    let cx = &pages.app.cx;
    let (board, named) = {
        let mut conn = cx.read().await?;
        let board = board::find(&mut conn, board, &visit.viewer()).await?;
        let unknown = || {
            let detail = "Nobody of that name is known here; write name, or name@server.";
            Error::invalid("name", "unknown", detail)
        };
        let handle = Handle::parse(&fields.text("name"), &visit.site).ok_or_else(unknown)?;
        match account::find(&mut conn, &handle).await {
            Ok(named) => (board.id, named.id),
            Err(Error::Missing(_) | Error::Gone(_)) => return Err(unknown()),
            Err(error) => return Err(error),
        }
    };
    let end = fields.text("what") == "end";
    let write = cx.write(async |tx| {
        if end {
            board::remove_moderator(tx, caller, board, named).await
        } else {
            board::add_moderator(tx, caller, board, named).await
        }
    });
    match write.await {
        Err(Error::Missing(_)) if end => {
            let detail = "They do not moderate this board.";
            Err(Error::invalid("name", "no_moderator", detail))
        }
        done => done,
    }
}

async fn render(
    pages: &Pages,
    visit: &Visit,
    handle: &Handle,
    saved: bool,
    again: Again,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, handle, &visit.viewer()).await?;
    if !board.is_local() {
        return Err(Error::Missing(Noun::Board).into());
    }
    let named = board::moderators(&mut conn, board.id).await?;
    let named: Vec<String> = named.iter().map(|one| format!("@{}", one.acct())).collect();
    let forms = [board_form(visit, &board), moderator_form(visit, &board)];
    let page = AdminThing {
        shell: visit.shell(format!("/{}/", board.name), Section::None),
        head: head("Boards", PATH),
        back: Link {
            href: PATH.to_owned(),
            text: "All boards".to_owned(),
        },
        heading: format!("/{}/", board.name),
        saved,
        facts: facts(&board, &named),
        texts: Vec::new(),
        ways: vec![
            Link {
                href: board.path(),
                text: "The board".to_owned(),
            },
            Link {
                href: format!("{}/log", board.path()),
                text: "Its log".to_owned(),
            },
        ],
        forms: forms.map(|form| again.fill(form)).into(),
    };
    answer::page_with(again.status, &page)
}

fn facts(board: &Board, named: &[String]) -> Vec<Fact> {
    let fact = |name: &'static str, value: String| Fact { name, value };
    let nobody = "Nobody but this server\u{2019}s own".to_owned();
    vec![
        fact("Threads", board.thread_count.to_string()),
        fact("Posts", board.post_count.to_string()),
        fact("Followers", board.follower_count.to_string()),
        fact("Made", present::when(board.created_at).words),
        fact(
            "Moderators",
            if named.is_empty() {
                nobody
            } else {
                named.join(", ")
            },
        ),
    ]
}

fn board_form(visit: &Visit, board: &Board) -> Form {
    let settings = &board.settings;
    let check = |name, words: &str, on: bool| {
        Ask::new(name, words, Entry::Check).value(if on { "1" } else { "" })
    };
    let posting = [
        (Posting::Accounts, "Any account, here or elsewhere"),
        (Posting::Moderators, "Its moderators"),
        (Posting::Nobody, "Nobody: the board is archived"),
    ];
    let asks = vec![
        Ask::new("title", "Title", Entry::Line("off")).value(&board.title),
        Ask::new("description", "What it is about", Entry::Text(4))
            .value(&board.about)
            .hint("Markdown."),
        Ask::new("rules", "Rules", Entry::Text(6)).value(&board.rules),
        Ask::new(
            "posting",
            "Who posts",
            Entry::Choice(
                posting
                    .map(|(who, words)| (who.name(), words.to_owned()))
                    .into(),
            ),
        )
        .value(settings.posting.name()),
        Ask::new(
            "bump_limit",
            "Replies that raise a thread",
            Entry::Line("off"),
        )
        .value(settings.bump_limit.to_string()),
        check(
            "require_alt",
            "Pictures need descriptions",
            settings.require_alt,
        ),
        check("nsfw", "Not safe for work", settings.nsfw),
        check("no_dislikes", "No dislikes", !settings.dislikes),
        check(
            "featured",
            "Featured: before the other boards",
            board.featured,
        ),
    ];
    let action = format!("{PATH}/{}", board.name);
    form::plain(visit, "board", action, "How it works", "Save board", asks)
}

fn moderator_form(visit: &Visit, board: &Board) -> Form {
    let what = vec![
        ("add", "Becomes a moderator".to_owned()),
        ("end", "Is a moderator no longer".to_owned()),
    ];
    let asks = vec![
        Ask::new("name", "Account", Entry::Line("off"))
            .required()
            .hint("A name here, or name@server."),
        Ask::new("what", "What", Entry::Choice(what)).value("add"),
    ];
    let action = format!("{PATH}/{}/moderators", board.name);
    form::plain(
        visit,
        "moderators",
        action,
        "Moderators",
        "Save moderator",
        asks,
    )
}

fn patch(fields: &Fields) -> Patch {
    Patch {
        title: Some(fields.trimmed("title")),
        about: Some(fields.text("description")),
        rules: Some(fields.text("rules")),
        nsfw: Some(fields.checked("nsfw")),
        dislikes: Some(!fields.checked("no_dislikes")),
        require_alt: Some(fields.checked("require_alt")),
        // What is no number is out of every range.
        bump_limit: Some(fields.number("bump_limit").unwrap_or(0)),
        posting: Posting::parse(&fields.text("posting")),
        featured: Some(fields.checked("featured")),
        ..Patch::default()
    }
}

fn row(board: &Board) -> AdminRow {
    let mut marks = Vec::new();
    if board.settings.nsfw {
        marks.push("Not safe for work".to_owned());
    }
    match board.settings.posting {
        Posting::Accounts => {}
        Posting::Moderators => marks.push("Only moderators post".to_owned()),
        Posting::Nobody => marks.push("Archived".to_owned()),
    }
    if board.featured {
        marks.push("Featured".to_owned());
    }
    AdminRow {
        what: Link {
            href: format!("{PATH}/{}", board.name),
            text: format!("/{}/", board.name),
        },
        marks,
        facts: vec![
            present::count(board.thread_count, "thread", "threads"),
            present::count(board.post_count, "post", "posts"),
            present::count(board.follower_count, "follower", "followers"),
        ],
        when: Some(present::when(board.bumped_at)),
        note: Some(board.title.clone()).filter(|title| !title.is_empty()),
    }
}
