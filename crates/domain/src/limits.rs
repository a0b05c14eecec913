//! The limits of what people and peers may send, in one place. `GET /instance` tells clients those they must
//! know; `markup::limits` and `media::Limits` hold those of text and pictures.

/// Characters of an account's or board's name (`[a-z0-9_]`).
pub const NAME: usize = 30;
/// Bytes of an address that another server names.
pub const ADDRESS: usize = 2_048;
/// Bytes of a public key in PEM.
pub const PUBLIC_KEY: usize = 16 * 1024;
/// Bytes of the name of an actor of another server.
pub const FOREIGN_NAME: usize = 255;
/// Characters of a display name or board title.
pub const TITLE: usize = 100;
/// Characters of a biography or board description.
pub const ABOUT: usize = 5_000;
/// Characters of a board's rules.
pub const RULES: usize = 10_000;
/// Boards that are shown before the others.
pub const FEATURED: i64 = 12;
/// Boards that one moderator is shown to choose from.
pub const MODERATED: i64 = 500;
/// Characters of the sentence or two that say what a node is for.
pub const SITE_DESCRIPTION: usize = 1_000;
/// Rules of a node.
pub const SITE_RULES: usize = 50;
/// Characters of each of them.
pub const SITE_RULE: usize = 500;
/// Characters of what a node says about itself, and about privacy.
pub const SITE_TEXT: usize = 20_000;
/// Characters of the way to reach a node's admins.
pub const CONTACT: usize = 255;
/// Moderators of a board.
pub const MODERATORS: i64 = 100;
/// Fields of a profile, and characters of each name and value.
pub const FIELDS: usize = 8;
/// Characters of a profile field's name or value.
pub const FIELD: usize = 255;
/// Fewest and most characters of a password.
pub const PASSWORD: std::ops::RangeInclusive<usize> = 10..=200;
/// Characters of an e-mail address.
pub const EMAIL: usize = 254;
/// Characters of a subject.
pub const SUBJECT: usize = 200;
/// Characters of a post's text.
pub const BODY: usize = 20_000;
/// Bytes of a foreign post's text.
pub const FOREIGN_BODY: usize = 64 * 1024;
/// Characters of a content warning.
pub const CONTENT_WARNING: usize = 500;
/// Pictures a post holds unless the node says otherwise.
pub const PICTURES: usize = 4;
/// Pictures of a foreign post that are kept.
pub const FOREIGN_PICTURES: usize = 16;
/// Characters of an alternative text.
pub const ALT: usize = 5_000;
/// Tags of a post.
pub const TAGS: usize = 32;
/// Boards and accounts that an account may follow.
pub const FOLLOWS: i64 = 2_000;
/// Tags that an account may follow or mute.
pub const TAG_MARKS: i64 = 500;
/// Characters of what is searched for.
pub const SEARCH: usize = 300;
/// Words of a search that are looked for; what follows is not looked at.
pub const SEARCH_WORDS: usize = 10;
/// Tags of a search that are looked for.
pub const SEARCH_TAGS: usize = 5;
/// References of a post.
pub const REFERENCES: usize = 32;
/// Mentions of a post.
pub const MENTIONS: usize = 20;
/// Characters of a moderator's reason.
pub const REASON: usize = 1_000;
/// Posts of a thread that can be moved to another board.
pub const MOVED_POSTS: i64 = 2_000;
/// Characters of what somebody reports.
pub const REPORT: usize = 2_000;
/// Things that one report of another server may be about.
pub const REPORTED: usize = 10;
/// Characters of an idempotency key.
pub const IDEMPOTENCY_KEY: usize = 200;
/// Items of a list when nothing is asked, and at most.
pub const PAGE: i64 = 20;
/// Items of a list at most.
pub const PAGE_MOST: i64 = 100;
/// Rows of a list that one page looks at for those a filter lets through, and how many of them at once.
pub const LOOKED_AT: i64 = 400;
/// As above.
pub const LOOKED_AT_ONCE: usize = 100;
/// Replies a thread view holds beside its opening post.
pub const THREAD_REPLIES: i64 = 99;
/// Hours an uploaded picture waits for its post.
pub const LOOSE_MEDIA_HOURS: i64 = 24;
/// Days a session of the pages lives without being used.
pub const SESSION_DAYS: i64 = 90;
/// Days a program's token lives without being used.
pub const TOKEN_DAYS: i64 = 365;
/// Open sessions of an account; one more ends the oldest.
pub const SESSIONS: i64 = 100;
/// Characters of a session's label.
pub const LABEL: usize = 100;

/// How often something may be done: `count` times within `seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Its name in the database.
    pub name: &'static str,
    /// How often.
    pub count: i64,
    /// In how many seconds.
    pub seconds: i64,
}

/// Threads per account.
pub const RATE_THREADS: Rate = Rate {
    name: "threads",
    count: 10,
    seconds: 600,
};
/// Replies per account.
pub const RATE_POSTS: Rate = Rate {
    name: "posts",
    count: 60,
    seconds: 600,
};
/// Edits and deletions per account.
pub const RATE_EDITS: Rate = Rate {
    name: "edits",
    count: 120,
    seconds: 600,
};
/// Votes per account.
pub const RATE_VOTES: Rate = Rate {
    name: "votes",
    count: 300,
    seconds: 600,
};
/// Uploads per account.
pub const RATE_MEDIA: Rate = Rate {
    name: "media",
    count: 120,
    seconds: 600,
};
/// Follows per account.
pub const RATE_FOLLOWS: Rate = Rate {
    name: "follows",
    count: 60,
    seconds: 600,
};
/// Boards per account.
pub const RATE_BOARDS: Rate = Rate {
    name: "boards",
    count: 10,
    seconds: 86_400,
};
/// Look-ups of foreign things per account.
pub const RATE_RESOLVES: Rate = Rate {
    name: "resolves",
    count: 60,
    seconds: 600,
};
/// Profile changes per account.
pub const RATE_PROFILES: Rate = Rate {
    name: "profiles",
    count: 60,
    seconds: 600,
};
/// Preferences saved, threads watched and marked as read, per account.
pub const RATE_PREFERENCES: Rate = Rate {
    name: "preferences",
    count: 600,
    seconds: 600,
};
/// Moderators' acts per account.
pub const RATE_MODERATION: Rate = Rate {
    name: "moderation",
    count: 600,
    seconds: 600,
};
/// Reports per account.
pub const RATE_REPORTS: Rate = Rate {
    name: "reports",
    count: 30,
    seconds: 3_600,
};
/// Reports that one server sends.
pub const RATE_FLAGS: Rate = Rate {
    name: "flags",
    count: 100,
    seconds: 3_600,
};
/// Sign-ups per address.
pub const RATE_SIGNUPS: Rate = Rate {
    name: "signups",
    count: 10,
    seconds: 3_600,
};
/// Attempts to sign in per address, and per name.
pub const RATE_LOGINS: Rate = Rate {
    name: "logins",
    count: 20,
    seconds: 600,
};
/// Rows of one kind that one transaction of the sweep removes.
pub const SWEPT: i64 = 2_000;
/// Days after which foreign threads may go, at least: fewer would fetch and forget the same things all the time.
pub const FOREIGN_DAYS: i64 = 7;
