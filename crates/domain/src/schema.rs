//! The tables, as `migrations/` makes them on both engines.
//!
//! A test compares this with the schema each engine reports.

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    actors (id) {
        id -> BigInt,
        kind -> Text,
        host -> Text,
        name -> Text,
        uri -> Text,
        url -> Text,
        inbox -> Text,
        shared_inbox -> Nullable<Text>,
        outbox -> Nullable<Text>,
        followers -> Nullable<Text>,
        title -> Text,
        about -> Text,
        about_html -> Text,
        fields -> Text,
        avatar -> Nullable<Text>,
        avatar_url -> Nullable<Text>,
        banner -> Nullable<Text>,
        bot -> Bool,
        key_id -> Text,
        public_key -> Text,
        private_key -> Nullable<Text>,
        state -> Text,
        post_count -> BigInt,
        follower_count -> BigInt,
        created_at -> BigInt,
        refreshed_at -> BigInt,
        withheld -> Bool,
    }
}

diesel::table! {
    logins (account_id) {
        account_id -> BigInt,
        password_hash -> Text,
        email -> Nullable<Text>,
        role -> Text,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        account_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        scopes -> Text,
        label -> Text,
        csrf -> Text,
        created_at -> BigInt,
        used_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    boards (actor_id) {
        actor_id -> BigInt,
        local -> Bool,
        rules -> Text,
        nsfw -> Bool,
        dislikes -> Bool,
        require_alt -> Bool,
        bump_limit -> BigInt,
        posting -> Text,
        last_no -> BigInt,
        thread_count -> BigInt,
        post_count -> BigInt,
        bumped_at -> BigInt,
        backfilled_at -> Nullable<BigInt>,
        featured -> Bool,
    }
}

diesel::table! {
    moderators (board_id, account_id) {
        board_id -> BigInt,
        account_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    threads (id) {
        id -> BigInt,
        board_id -> BigInt,
        author_id -> BigInt,
        local -> Bool,
        reply_count -> BigInt,
        media_count -> BigInt,
        likes -> BigInt,
        bumped_at -> BigInt,
        pinned -> Bool,
        locked -> Bool,
        hidden -> Bool,
        revision -> BigInt,
        withheld -> Bool,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        thread_id -> BigInt,
        board_id -> BigInt,
        author_id -> BigInt,
        no -> Nullable<BigInt>,
        uri -> Text,
        url -> Text,
        parent_id -> Nullable<BigInt>,
        subject -> Nullable<Text>,
        body -> Text,
        html -> Text,
        sensitive -> Bool,
        content_warning -> Nullable<Text>,
        language -> Nullable<Text>,
        sage -> Bool,
        likes -> BigInt,
        dislikes -> BigInt,
        created_at -> BigInt,
        edited_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        removed_by -> Nullable<BigInt>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    post_versions (id) {
        id -> BigInt,
        post_id -> BigInt,
        subject -> Nullable<Text>,
        body -> Text,
        html -> Text,
        content_warning -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    refs (id) {
        id -> BigInt,
        from_post -> BigInt,
        written -> Text,
        to_host -> Text,
        to_board -> Text,
        to_no -> BigInt,
    }
}

diesel::table! {
    mentions (post_id, host, name) {
        post_id -> BigInt,
        name -> Text,
        host -> Text,
    }
}

diesel::table! {
    tags (id) {
        id -> BigInt,
        name -> Text,
        post_count -> BigInt,
    }
}

diesel::table! {
    post_tags (post_id, tag_id) {
        post_id -> BigInt,
        tag_id -> BigInt,
        opens -> Bool,
    }
}

diesel::table! {
    tag_marks (account_id, tag_id) {
        account_id -> BigInt,
        tag_id -> BigInt,
        mark -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    media (sha256) {
        sha256 -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
        frames -> Integer,
        thumbhash -> Text,
        blurhash -> Text,
        colour -> Text,
        refs -> BigInt,
        touched_at -> BigInt,
        withheld -> Bool,
    }
}

diesel::table! {
    renditions (sha256, name) {
        sha256 -> Text,
        name -> Text,
        mime -> Text,
        width -> Integer,
        height -> Integer,
        bytes -> BigInt,
    }
}

diesel::table! {
    attachments (id) {
        id -> BigInt,
        post_id -> Nullable<BigInt>,
        owner_id -> BigInt,
        position -> Integer,
        state -> Text,
        sha256 -> Nullable<Text>,
        remote_url -> Nullable<Text>,
        alt -> Text,
        sensitive -> Bool,
        focus_x -> Double,
        focus_y -> Double,
        mime -> Text,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        blurhash -> Nullable<Text>,
        created_at -> BigInt,
        board_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    votes (post_id, account_id) {
        post_id -> BigInt,
        account_id -> BigInt,
        value -> SmallInt,
        uri -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    follows (follower_id, target_id) {
        follower_id -> BigInt,
        target_id -> BigInt,
        state -> Text,
        uri -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    log (id) {
        id -> BigInt,
        board_id -> Nullable<BigInt>,
        actor_id -> BigInt,
        act -> Text,
        post_id -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>,
        subject -> Text,
        reason -> Text,
        until -> Nullable<BigInt>,
        local -> Bool,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        actor_id -> BigInt,
        act -> Text,
        subject -> Text,
        reason -> Text,
    }
}

diesel::table! {
    idempotency (account_id, key) {
        account_id -> BigInt,
        key -> Text,
        request_hash -> Text,
        result_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    rates (bucket) {
        bucket -> Text,
        window_start -> BigInt,
        used -> BigInt,
    }
}

diesel::table! {
    peers (host) {
        host -> Text,
        software -> Nullable<Text>,
        version -> Nullable<Text>,
        state -> Text,
        policy -> Text,
        attempts -> Integer,
        fail_days -> Integer,
        last_fail_day -> BigInt,
        next_try_at -> BigInt,
        last_ok_at -> Nullable<BigInt>,
        error -> Nullable<Text>,
        leased_by -> BigInt,
        leased_until -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    activities (id) {
        id -> BigInt,
        uri -> Text,
        actor_id -> BigInt,
        kind -> Text,
        post_id -> Nullable<BigInt>,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    deliveries (id) {
        id -> BigInt,
        activity_id -> BigInt,
        host -> Text,
        inbox -> Text,
        lane -> BigInt,
        state -> Text,
        attempts -> Integer,
        answer -> Nullable<Integer>,
        error -> Nullable<Text>,
        created_at -> BigInt,
        done_at -> Nullable<BigInt>,
        expires_at -> BigInt,
    }
}

diesel::table! {
    received (uri) {
        uri -> Text,
        received_at -> BigInt,
    }
}

diesel::table! {
    tombstones (uri) {
        uri -> Text,
        deleted_at -> BigInt,
    }
}

diesel::table! {
    bans (id) {
        id -> BigInt,
        account_id -> BigInt,
        board_id -> Nullable<BigInt>,
        by_id -> BigInt,
        reason -> Text,
        expires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    preferences (account_id) {
        account_id -> BigInt,
        scheme -> Text,
        light -> Text,
        dark -> Text,
        text_size -> SmallInt,
        open_sensitive -> Bool,
        still_pictures -> Bool,
        by_page -> Bool,
        single_keys -> Bool,
        home -> Text,
        auto_watch -> Bool,
    }
}

diesel::table! {
    reports (id) {
        id -> BigInt,
        account_id -> BigInt,
        post_id -> Nullable<BigInt>,
        board_id -> Nullable<BigInt>,
        reporter_id -> BigInt,
        reason -> Text,
        state -> Text,
        decided_by -> Nullable<BigInt>,
        note -> Text,
        decided_at -> Nullable<BigInt>,
        forwarded_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    moved_numbers (board_id, no) {
        board_id -> BigInt,
        no -> BigInt,
        post_id -> BigInt,
    }
}

diesel::table! {
    banned_media (sha256) {
        sha256 -> Text,
        by_id -> BigInt,
        reason -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    watches (account_id, thread_id) {
        account_id -> BigInt,
        thread_id -> BigInt,
        seen_id -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    revisions (scope, shard) {
        scope -> BigInt,
        shard -> BigInt,
        n -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    settings,
    actors,
    logins,
    sessions,
    boards,
    moderators,
    threads,
    posts,
    post_versions,
    refs,
    mentions,
    tags,
    post_tags,
    tag_marks,
    media,
    renditions,
    attachments,
    votes,
    follows,
    log,
    audit,
    idempotency,
    rates,
    peers,
    activities,
    deliveries,
    received,
    tombstones,
    bans,
    reports,
    moved_numbers,
    banned_media,
    preferences,
    watches,
);

diesel::joinable!(deliveries -> activities (activity_id));
diesel::joinable!(activities -> actors (actor_id));
