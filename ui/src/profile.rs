//! `GET /u/{name}`: a person of any server, and what they posted, in parts. `/@{name}` leads here.

use axum::extract::State;
use db::Conn;
use domain::account::{self, Account, State as Standing};
use domain::page::Slice;
use domain::{Error, Handle, Noun, attachment, board, follow};
use web::{Path, Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::name;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Banner, Fact, Pager, Part, Profile, Section, Tab};
use crate::visit::Visit;

/// Replies of a page.
const REPLIES: i64 = 20;
/// Tiles of a page.
const TILES: i64 = 48;

pub(crate) async fn redirect(visit: Visit, Path(text): Path<String>) -> Answer {
    let handle = name::read(&text, Noun::Account, &visit)?;
    answer::moved(&format!("/u/{}", handle.acct()))
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Account, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/u/{acct}")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let found = match account::find(&mut conn, &handle).await {
        Err(Error::Missing(_)) => return board_of_that_name(&mut conn, &handle, &visit).await,
        other => other?,
    };
    let (part, pager) = part(&mut conn, &found, &visit, &asked).await?;
    let following = match visit.caller() {
        Some(caller) => follow::state(&mut conn, caller.id, found.id).await?,
        None => None,
    };
    let banner = banner(&mut conn, &found).await?;
    drop(conn);
    let own = visit.caller().is_some_and(|caller| caller.id == found.id);
    let button = present::follow_button(
        &found.path(),
        &format!("@{}", found.acct()),
        &found.uri,
        following,
        &visit,
    );
    let mut shell = visit.shell(found.display_name(), Section::None);
    shell.alternate = Some(found.uri.clone());
    present::preview::account(&mut shell, &found, &visit);
    visit.scripts(&mut shell, &["vote", "quote"]);
    Visit::can_hide(&mut shell);
    answer::page(&Profile {
        shell,
        person: present::person(&found),
        handle: full_handle(&found, &visit),
        avatar: found
            .avatar
            .as_ref()
            .map(|sha| format!("/media/{sha}/320.webp")),
        banner,
        about: markup::link_references(&found.about_html, |_| markup::Target::Dead),
        fields: found.fields.clone(),
        facts: facts(&found),
        since: present::when(found.created_at),
        follow: (!own && found.state == Standing::Active).then_some(button),
        own,
        report: (!own && found.state == Standing::Active)
            .then(|| format!("{}/report", found.path())),
        ban: (!own && visit.reports.is_some() && found.kind == account::Kind::Person)
            .then(|| format!("{}/ban", found.path())),
        home: (!found.is_local()).then(|| found.url.clone()),
        state: standing(found.state),
        tabs: tabs(&found, &part),
        silent: found.post_count == 0,
        part,
        pager,
    })
}

/// People and boards share their names; somebody may have written one for the other.
async fn board_of_that_name(conn: &mut Conn, handle: &Handle, visit: &Visit) -> Answer {
    let board = board::find(conn, handle, &visit.viewer()).await;
    let board = board.map_err(|_| Error::Missing(Noun::Account))?;
    answer::see(&board.path())
}

/// What was asked for; of people who never posted a picture the threads, where nothing was.
async fn part(
    conn: &mut Conn,
    of: &Account,
    visit: &Visit,
    asked: &Asked,
) -> Result<(Part, Pager), Problem> {
    match asked.show.as_deref() {
        Some("replies") => replies(conn, of, visit, asked).await,
        Some("threads") => threads(conn, of, visit, asked).await,
        Some(_) => pictures(conn, of, visit, asked).await,
        None => {
            let (shown, pager) = pictures(conn, of, visit, asked).await?;
            if shown.is_empty() && asked.is_first() {
                return threads(conn, of, visit, asked).await;
            }
            Ok((shown, pager))
        }
    }
}

async fn pictures(
    conn: &mut Conn,
    of: &Account,
    visit: &Visit,
    asked: &Asked,
) -> Result<(Part, Pager), Problem> {
    let found = account::pictures(conn, of.id, &visit.viewer(), asked.page(TILES)).await?;
    let shots = found
        .items
        .iter()
        .enumerate()
        .map(|(index, shown)| present::profile_picture(shown, visit, present::loading(index)));
    Ok((
        Part::Pictures(shots.collect()),
        pager(of, "pictures", &found),
    ))
}

async fn threads(
    conn: &mut Conn,
    of: &Account,
    visit: &Visit,
    asked: &Asked,
) -> Result<(Part, Pager), Problem> {
    let found = account::threads(conn, of.id, &visit.viewer(), asked.page(TILES)).await?;
    let tiles = found
        .items
        .iter()
        .enumerate()
        .filter_map(|(index, thread)| present::tile(thread, visit, present::loading(index)));
    Ok((Part::Threads(tiles.collect()), pager(of, "threads", &found)))
}

async fn replies(
    conn: &mut Conn,
    of: &Account,
    visit: &Visit,
    asked: &Asked,
) -> Result<(Part, Pager), Problem> {
    let found = account::replies(conn, of.id, &visit.viewer(), asked.page(REPLIES)).await?;
    let setting = Setting::bare(visit, Stage::Elsewhere);
    let posts = found.items.iter().map(|post| present::post(post, &setting));
    Ok((Part::Replies(posts.collect()), pager(of, "replies", &found)))
}

fn pager<T>(of: &Account, part: &str, slice: &Slice<T>) -> Pager {
    let base = format!("{}?show={part}&", of.path());
    present::pager(slice, &base, "Newer", "Older")
}

fn tabs(of: &Account, part: &Part) -> Vec<Tab> {
    ["Pictures", "Threads", "Replies"]
        .map(|text| Tab {
            href: format!("{}?show={}", of.path(), text.to_lowercase()),
            text,
            current: text == part.name(),
        })
        .into()
}

/// The largest version there is of the wide picture.
async fn banner(conn: &mut Conn, of: &Account) -> Result<Option<Banner>, Problem> {
    let Some(sha) = &of.banner else {
        return Ok(None);
    };
    let Some(file) = attachment::by_sha(conn, sha).await? else {
        return Ok(None);
    };
    Ok(file.renditions.last().map(|largest| Banner {
        src: format!("/media/{sha}/{}.webp", largest.name),
        width: largest.width,
        height: largest.height,
    }))
}

fn full_handle(of: &Account, visit: &Visit) -> String {
    let host = match of.is_local() {
        true => &visit.site.host,
        false => &of.host,
    };
    format!("@{}@{host}", of.name)
}

fn facts(account: &Account) -> Vec<Fact> {
    vec![
        Fact {
            name: "Posts",
            value: account.post_count.to_string(),
        },
        Fact {
            name: "Followers",
            value: account.follower_count.to_string(),
        },
    ]
}

fn standing(state: Standing) -> Option<&'static str> {
    match state {
        Standing::Active => None,
        Standing::Suspended => Some("This account is suspended."),
        Standing::Deleted => Some("This account was deleted."),
        Standing::Withheld => Some("Its server is suspended here."),
    }
}
