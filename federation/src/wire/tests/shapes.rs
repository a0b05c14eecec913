//! The shapes in which single software differs from the rest.

use super::*;
use crate::wire::note::Source;

fn note(value: &Value) -> NoteDoc {
    NoteDoc::read(value, now()).unwrap()
}

#[test]
fn votes_are_not_replies() {
    let vote = json!({"type": "Note", "name": "tissues", "inReplyTo": "https://a.example/q"});
    assert!(note(&vote).is_vote);
    let titled = json!({"type": "Note", "name": "Subject", "content": "<p>x</p>"});
    assert!(!note(&titled).is_vote);
    let Some(create) = fixture("gotosocial/docs_posts_10_Create.json") else {
        return;
    };
    let envelope = Envelope::read(&create, now()).unwrap();
    assert_eq!(envelope.objects.len(), 2);
    assert!(envelope.object().is_none());
    assert!(
        envelope
            .objects
            .iter()
            .all(|object| note(object.embedded().unwrap()).is_vote)
    );
}

#[test]
fn authors_are_found_in_every_shape() {
    let (person, group) = ("https://a.example/u/x", "https://a.example/c/y");
    for shape in [
        json!(person),
        json!([person]),
        json!({"type": "Person", "id": person}),
        json!([{"type": "Group", "id": group}, {"type": "Person", "id": person}]),
    ] {
        let read = note(&json!({"type": "Note", "attributedTo": shape}));
        assert_eq!(read.attributed_to.as_deref(), Some(person), "{shape}");
    }
    let both = note(
        &json!({"type": "Video", "attributedTo": [{"type": "Person", "id": person}, {"type": "Group", "id": group}]}),
    );
    assert_eq!(both.group.as_deref(), Some(group));
    let anonymous = note(&json!({"type": "Note", "attributedTo": "Anonymous", "actor": group}));
    assert_eq!(
        (
            anonymous.attributed_to.as_deref(),
            anonymous.byline.as_deref()
        ),
        (Some(group), Some("Anonymous"))
    );
}

#[test]
fn parents_are_a_list() {
    let Some(reply) = fixture("fchannel/synthetic-create-reply.json") else {
        return;
    };
    assert_eq!(
        note(&reply["object"]).in_reply_to,
        [
            "https://fchan.example/prog/B8R1T6WY",
            "https://fchan.example/prog/K0Z9Y8XW"
        ]
    );
    let opening = fixture("fchannel/synthetic-create-op.json").unwrap();
    assert_eq!(note(&opening["object"]).in_reply_to, Vec::<String>::new());
    assert_eq!(
        Envelope::read(&opening, now()).unwrap().actor,
        "https://fchan.example/prog"
    );
}

#[test]
fn contents_sources_and_languages_are_found() {
    let mapped = note(&json!({"type": "Note", "content": null, "contentMap": {"de": "<p>x</p>"}}));
    assert_eq!(
        (mapped.content.as_deref(), mapped.language.as_deref()),
        (Some("<p>x</p>"), Some("de"))
    );
    let lemmy = note(
        &json!({"type": "Page", "language": {"identifier": "fr", "name": "Français"}, "source": {"content": "*x*", "mediaType": "text/markdown"}}),
    );
    assert_eq!(lemmy.language.as_deref(), Some("fr"));
    assert_eq!(
        lemmy.source.unwrap(),
        Source {
            content: "*x*".into(),
            media_type: Some("text/markdown".into())
        }
    );
    let typed = note(&json!({"type": "Note", "source": "typed"}));
    assert_eq!(typed.source.unwrap().content, "typed");
    for nothing in [
        json!(null),
        json!("https://a.example/x"),
        json!({}),
        json!(5),
    ] {
        assert_eq!(
            note(&json!({"type": "Note", "source": nothing})).source,
            None,
            "{nothing}"
        );
    }
}

#[test]
fn tags_are_sorted_by_what_they_are() {
    let read = note(
        &json!({"type": "Note", "quoteUrl": "https://a.example/q", "tag": [
        {"type": "Hashtag", "name": "#Cats", "href": "https://a.example/t/cats"}, {"type": "Hashtag", "name": "dogs"}, {"type": "Hashtag", "name": "#"},
        {"type": "Mention", "name": "@x@a.example", "href": "https://a.example/u/x"}, {"type": "Mention", "name": "nobody"},
        {"type": "Link", "mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"", "href": "https://a.example/p/1", "name": ">>1"},
        {"type": "Link", "href": "https://a.example/page"}, {"type": "Emoji", "name": ":x:"}, null, 5, "x"]}),
    );
    let names: Vec<&str> = read.hashtags.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["Cats", "dogs"]);
    assert_eq!(read.mentions.len(), 1);
    let links: Vec<&str> = read.links.iter().map(|link| link.href.as_str()).collect();
    assert_eq!(links, ["https://a.example/p/1", "https://a.example/q"]);
    assert_eq!(read.links[0].name.as_deref(), Some(">>1"));
}

#[test]
fn pages_collections_and_counts_are_found() {
    let read = note(
        &json!({"type": "Video", "url": [{"type": "Link", "mediaType": "video/mp4", "href": "https://a.example/v.mp4"},
        {"type": "Link", "mediaType": "text/html", "href": "https://a.example/v"}], "likes": {"totalItems": 3}, "shares": "https://a.example/s",
        "replies": {"type": "Collection", "first": {"id": "https://a.example/r?page=1"}}, "commentsEnabled": false, "stoa:no": 17}),
    );
    assert_eq!(read.url.as_deref(), Some("https://a.example/v"));
    assert_eq!(
        (read.likes, read.shares, read.stoa_no),
        (Some(3), None, Some(17))
    );
    assert_eq!(read.replies.as_deref(), Some("https://a.example/r?page=1"));
    assert!(!read.comments_enabled);
    let inline = note(&json!({"type": "Page", "replies": []}));
    assert_eq!(inline.replies, None);
}

#[test]
fn boards_are_read_with_their_moderators_and_inboxes() {
    let actor = |file| fixture(file).map(|value| ActorDoc::read(&value, now()).unwrap());
    let Some(lemmy) = actor("lemmy/objects_group.json") else {
        return;
    };
    assert_eq!(lemmy.kind, ActorKind::Group);
    assert_eq!(
        lemmy.moderators.as_deref(),
        Some("https://enterprise.lemmy.ml/c/tenforward/moderators")
    );
    assert_eq!(
        lemmy.shared_inbox.as_deref(),
        Some("https://enterprise.lemmy.ml/inbox")
    );
    let keys: Vec<&str> = lemmy
        .public_keys
        .iter()
        .map(|key| key.id.as_str())
        .collect();
    assert_eq!(keys, ["https://enterprise.lemmy.ml/c/tenforward#main-key"]);
    let channel = actor("peertube/actor_framatube.org_video-channels_joinpeertube.json").unwrap();
    assert_eq!(
        (channel.kind.clone(), channel.moderators),
        (ActorKind::Group, None)
    );
    let bridged = actor("bridgy-fed/bridgy-actor.json").unwrap();
    assert_eq!(bridged.public_keys.len(), 1);
    let fchannel = actor("fchannel/synthetic-actor.json").unwrap();
    assert_eq!(
        (
            fchannel.preferred_username.as_deref(),
            fchannel.public_keys.len()
        ),
        (Some("prog"), 1)
    );
}

#[test]
fn keys_and_inboxes_of_others_are_dropped() {
    let read = ActorDoc::read(
        &json!({"type": "Person", "id": "https://a.example/u/x", "endpoints": {"sharedInbox": "https://victim.example/inbox"},
            "inbox": "https://a.example/u/x/inbox", "webfinger": "acct:x@a.example",
            "publicKey": [{"id": "https://a.example/u/x#k1", "owner": "https://a.example/u/x", "publicKeyPem": "1"},
                {"id": "https://a.example/u/x#k2", "owner": "https://a.example/u/admin", "publicKeyPem": "2"},
                {"id": "https://b.example/u/x#k3", "owner": "https://a.example/u/x", "publicKeyPem": "3"},
                {"id": "https://a.example/u/x/main-key", "publicKeyPem": "4"}]}),
        now(),
    )
    .unwrap();
    let pems: Vec<&str> = read
        .public_keys
        .iter()
        .map(|key| key.pem.as_str())
        .collect();
    assert_eq!(pems, ["1", "4"]);
    assert_eq!(read.shared_inbox, None);
    assert_eq!(read.webfinger.as_deref(), Some("x@a.example"));
}

#[test]
fn collections_are_read_with_and_without_type() {
    let read = |file| fixture(file).map(|value| CollectionDoc::read(&value).unwrap());
    let Some(thread) = read("fchannel/synthetic-thread-collection.json") else {
        return;
    };
    assert!(thread.ordered && !thread.page && !thread.items.is_empty());
    let page = read("misc/collections-unordered_page_first.json").unwrap();
    assert!(page.page && !page.ordered);
    assert_eq!(
        page.next.as_deref(),
        Some("https://example.com/collection/unordered_page_reference?page=2")
    );
    let moderators = read("lemmy/collections_group_moderators.json").unwrap();
    assert!(moderators.items.iter().all(|item| item.id().is_some()));
    assert_eq!(
        CollectionDoc::read(&json!({"type": "Note"})).unwrap_err(),
        WireError::NoType
    );
}

#[test]
fn activities_carry_reason_target_and_number() {
    let read = Envelope::read(
        &json!({"type": ["Announce"], "actor": [{"id": "https://a.example/b/art"}], "object": "https://a.example/p/1", "stoa:no": 5,
            "to": "as:Public", "audience": ["https://a.example/b/art"], "summary": "", "target": {"id": "https://a.example/b/art/featured"}}),
        now(),
    )
    .unwrap();
    assert_eq!(
        (read.kind.clone(), read.stoa_no, read.summary.as_deref()),
        (Kind::Announce, Some(5), Some(""))
    );
    assert_eq!(
        read.object(),
        Some(&Object::Id("https://a.example/p/1".into()))
    );
    assert_eq!(read.audience.as_deref(), Some("https://a.example/b/art"));
    assert_eq!(
        read.target.as_deref(),
        Some("https://a.example/b/art/featured")
    );
    assert_eq!(read.to, [PUBLIC]);
    assert!(read.is_of_its_actor());
}
