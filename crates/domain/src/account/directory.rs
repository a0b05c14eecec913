//! Accounts as admins look for them: by the beginning of a name, by server, by role, by state.

use std::collections::HashMap;

use db::{Conn, Id, Timestamp, run};
use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;

use crate::account::{Account, Row};
use crate::page::{Page, Slice, Span};
use crate::schema::{actors, logins, sessions};
use crate::{Result, Role, Site};

/// Behind every name and host: both are made of letters before it.
const LAST: char = '\u{10FFFF}';

/// Which accounts a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Those of one server whose names begin so; the host is empty for this node.
    At {
        /// The server.
        host: String,
        /// What the name begins with.
        prefix: String,
    },
    /// Those of all other servers whose hosts begin so.
    Elsewhere {
        /// What the host begins with.
        prefix: String,
    },
    /// Those suspended here, wherever they live.
    Suspended,
    /// Those of this node with a role.
    Role(Role),
}

impl Filter {
    /// What somebody typed into a box: the beginning of a name, or of one with its host.
    pub fn typed(text: &str, site: &Site) -> Self {
        let text = text.trim().trim_start_matches('@').to_ascii_lowercase();
        match text.split_once('@') {
            Some((prefix, host)) if !site.is_local(host) => Self::At {
                host: host.to_owned(),
                prefix: prefix.to_owned(),
            },
            Some((prefix, _)) => Self::here(prefix),
            None => Self::here(&text),
        }
    }

    /// Accounts of this node whose names begin so.
    pub fn here(prefix: &str) -> Self {
        Self::At {
            host: String::new(),
            prefix: prefix.to_owned(),
        }
    }
}

/// An account as admins see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account.
    pub account: Account,
    /// Its role; `None` for accounts of other servers.
    pub role: Option<Role>,
    /// Where to write to it, where it said so.
    pub email: Option<String>,
    /// Open sessions.
    pub sessions: i64,
    /// When one of them was last used, to the hour.
    pub seen_at: Option<Timestamp>,
}

/// Accounts of a filter: by server and name, those of a role by age.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn directory(conn: &mut Conn, filter: &Filter, page: Page) -> Result<Slice<Entry>> {
    let rows = match filter {
        Filter::Role(role) => by_role(conn, *role, &page).await?,
        filter => by_name(conn, filter, &page).await?,
    };
    let (accounts, places) = rows.into_parts();
    Ok(places.with(entries(conn, accounts).await?))
}

/// One account as admins see it.
///
/// # Errors
/// The database refuses.
pub async fn entry(conn: &mut Conn, account: Account) -> Result<Entry> {
    let bare = Entry {
        account: account.clone(),
        role: None,
        email: None,
        sessions: 0,
        seen_at: None,
    };
    Ok(entries(conn, vec![account]).await?.pop().unwrap_or(bare))
}

async fn by_name(conn: &mut Conn, filter: &Filter, page: &Page) -> Result<Slice<Account>> {
    let (host, name) = (actors::host, actors::name);
    let span = page.span::<(String, String)>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = actors::table
            .filter(actors::kind.eq("person"))
            .select(Row::as_select())
            .limit(page.rows())
            .into_boxed();
        let all = match filter {
            Filter::At { host: at, prefix } => all
                .filter(host.eq(at))
                .filter(name.ge(prefix).and(name.lt(format!("{prefix}{LAST}")))),
            Filter::Elsewhere { prefix } => all
                .filter(host.gt(""))
                .filter(host.ge(prefix).and(host.lt(format!("{prefix}{LAST}")))),
            Filter::Suspended | Filter::Role(_) => {
                // A literal, so that the index of these few is seen to fit.
                all.filter(sql::<Bool>("actors.state = 'suspended'"))
            }
        };
        let part = match span.clone() {
            Span::Start => all.order((host.asc(), name.asc())),
            Span::After((h, n)) => all
                .filter(host.ge(h.clone()).and(host.gt(h).or(name.gt(n))))
                .order((host.asc(), name.asc())),
            Span::Before((h, n)) => all
                .filter(host.le(h.clone()).and(host.lt(h).or(name.lt(n))))
                .order((host.desc(), name.desc())),
        };
        part.load(c).await
    })?;
    let accounts = rows.into_iter().map(Account::from).collect();
    let key = |account: &Account| (account.host.clone(), account.name.clone());
    Ok(Slice::cut(accounts, page, &span, key))
}

async fn by_role(conn: &mut Conn, role: Role, page: &Page) -> Result<Slice<Account>> {
    let id = logins::account_id;
    let span = page.span::<i64>()?;
    let rows: Vec<Row> = run!(conn, c => {
        let all = logins::table
            .inner_join(actors::table.on(actors::id.eq(logins::account_id)))
            .filter(logins::role.eq(role.name()))
            .select(Row::as_select())
            .limit(page.rows())
            .into_boxed();
        let part = match span {
            Span::Start => all.order(id.asc()),
            Span::After(i) => all.filter(id.gt(i)).order(id.asc()),
            Span::Before(i) => all.filter(id.lt(i)).order(id.desc()),
        };
        part.load(c).await
    })?;
    let accounts = rows.into_iter().map(Account::from).collect();
    Ok(Slice::cut(accounts, page, &span, |account: &Account| {
        account.id
    }))
}

/// The accounts with what admins see of them: three statements whatever their number.
async fn entries(conn: &mut Conn, accounts: Vec<Account>) -> Result<Vec<Entry>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = accounts.iter().map(|account| account.id).collect();
    let mut logins = logins_of(conn, &ids).await?;
    let open = sessions::table
        .filter(sessions::account_id.eq_any(&ids))
        .group_by(sessions::account_id)
        .select((sessions::account_id, count_star(), max(sessions::used_at)));
    let open: Vec<(Id, i64, Option<i64>)> = run!(conn, c => open.load(c).await)?;
    let open: HashMap<Id, (i64, Option<i64>)> = open
        .into_iter()
        .map(|(id, count, used)| (id, (count, used)))
        .collect();
    let entry = |account: Account| {
        let login = logins.remove(&account.id);
        let (sessions, used) = open.get(&account.id).copied().unwrap_or_default();
        Entry {
            role: login.as_ref().map(|(role, _)| *role),
            email: login.and_then(|(_, email)| email),
            sessions,
            seen_at: used.map(Timestamp),
            account,
        }
    };
    Ok(accounts.into_iter().map(entry).collect())
}

async fn logins_of(conn: &mut Conn, ids: &[Id]) -> Result<HashMap<Id, (Role, Option<String>)>> {
    let rows = logins::table
        .filter(logins::account_id.eq_any(ids))
        .select((logins::account_id, logins::role, logins::email));
    let rows: Vec<(Id, String, Option<String>)> = run!(conn, c => rows.load(c).await)?;
    let read = |(id, role, email): (Id, String, Option<String>)| {
        (id, (Role::parse(&role).unwrap_or_default(), email))
    };
    Ok(rows.into_iter().map(read).collect())
}
