//! Every document of the fixtures, and what must come out of the more telling ones.

use std::path::PathBuf;

use db::Timestamp;
use serde_json::{Value, json};

use super::*;

mod images;
mod shapes;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T10:00:00Z").unwrap()
}

/// A document of the fixtures; `None`, with a line saying so, where they are absent.
fn fixture(file: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/fixtures/activitypub")
        .join(file);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    Some(
        crate::json::parse(&bytes)
            .unwrap_or_else(|error| panic!("{file}: {error}"))
            .value,
    )
}

fn manifest() -> Vec<Value> {
    fixture("MANIFEST.json").map_or_else(Vec::new, |list| list.as_array().unwrap().clone())
}

#[test]
fn every_friendly_document_is_read_as_what_it_is() {
    // Examples without an actor, or with one whose id is no web address: nobody could have signed them.
    let nameless = [
        ("w3c/vocabulary-ex15-jsonld.json", WireError::BadActor),
        ("granary/rsvp_multiple_events.json", WireError::NoActor),
        ("granary/actor.json", WireError::NoId),
    ];
    let mut read = 0;
    for entry in manifest() {
        let file = entry["file"].as_str().unwrap();
        if file.starts_with("hostile/") {
            continue;
        }
        let kind = entry["type"].as_str().unwrap_or_default();
        let document = || fixture(file).unwrap();
        let expected = nameless
            .iter()
            .find(|(name, _)| *name == file)
            .map(|(_, error)| error.clone());
        match entry["kind"].as_str().unwrap() {
            "activity" if expected.is_some() => {
                assert_eq!(Envelope::read(&document(), now()).err(), expected, "{file}");
            }
            "actor" if expected.is_some() => {
                assert_eq!(ActorDoc::read(&document(), now()).err(), expected, "{file}");
            }
            "activity" => {
                let envelope = Envelope::read(&document(), now())
                    .unwrap_or_else(|error| panic!("{file}: {error}"));
                assert_eq!(envelope.kind, Kind::of(kind), "{file}");
                assert!(!envelope.objects.is_empty(), "{file}");
                inner(&envelope, file);
            }
            "actor" => {
                let actor = ActorDoc::read(&document(), now())
                    .unwrap_or_else(|error| panic!("{file}: {error}"));
                assert_eq!(actor.kind, ActorKind::of(kind), "{file}");
            }
            "object" => {
                let note = NoteDoc::read(&document(), now())
                    .unwrap_or_else(|error| panic!("{file}: {error}"));
                assert_eq!(note.kind, kind, "{file}");
            }
            "collection" => {
                CollectionDoc::read(&document()).unwrap_or_else(|error| panic!("{file}: {error}"));
            }
            _ => continue,
        }
        read += 1;
    }
    assert!(read == 0 || read > 240, "only {read} documents");
}

/// What is inside is read too, as far as it goes.
fn inner(envelope: &Envelope, file: &str) {
    // A template, with placeholders where the ids would be.
    if file == "relay/relay-accept-follow.json" {
        return;
    }
    for value in envelope.objects.iter().filter_map(Object::embedded) {
        if value.get("actor").is_some() && value.get("object").is_some() && type_of(value).is_some()
        {
            let below =
                Envelope::read(value, now()).unwrap_or_else(|error| panic!("{file}: {error}"));
            inner(&below, file);
        } else if type_of(value).is_some() {
            NoteDoc::read(value, now()).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }
}

#[test]
fn hostile_documents_do_not_get_through() {
    if manifest().is_empty() {
        return;
    }
    let read =
        |name: &str| Envelope::read(&fixture(&format!("hostile/{name}.json")).unwrap(), now());
    assert_eq!(
        read("pixelfedtest_AnnounceTest_invalidActor").unwrap_err(),
        WireError::BadActor
    );
    assert_eq!(
        read("pixelfedtest_AnnounceTest_invalidActor2").unwrap_err(),
        WireError::NoActor
    );
    assert_eq!(
        read("pixelfedtest_AcceptVerbTest_invalidAccept")
            .unwrap()
            .kind,
        Kind::Other("Accept2".into())
    );
    assert_eq!(
        read("pixelfedtest_AnnounceTest_contextMissing")
            .unwrap()
            .kind,
        Kind::Announce
    );
    for name in [
        "fedify_cross-origin-actor",
        "toolkit_invalid_actor_mismatch",
    ] {
        assert!(!read(name).unwrap().is_of_its_actor(), "{name}");
    }
    for name in [
        "bogus-mastodon-announce",
        "toolkit_invalid_create_without_authority",
        "toolkit_invalid_delete_others_object",
        "toolkit_invalid_overwrite_existing_reference",
    ] {
        let envelope = read(name).unwrap();
        assert!(envelope.is_of_its_actor(), "{name}");
        let object = envelope.object_id().unwrap();
        assert!(!crate::origin::same_text(object, &envelope.actor), "{name}");
    }
    let evil =
        fixture("hostile/evil_remote.example_with_keyid_from_admin_mastdon.example.org.json")
            .unwrap();
    assert_eq!(ActorDoc::read(&evil, now()).unwrap().public_keys, []);
    let nonsense = ActorDoc::read(
        &fixture("hostile/nonsense_attachment_user.json").unwrap(),
        now(),
    )
    .unwrap();
    assert_eq!(
        (nonsense.fields, nonsense.preferred_username.as_deref()),
        (vec![], Some("vote"))
    );
    assert_eq!(nonsense.public_keys.len(), 1);
}

#[test]
fn what_is_no_document_is_refused() {
    for value in [json!(null), json!("x"), json!([]), json!(1)] {
        assert_eq!(
            Envelope::read(&value, now()).unwrap_err(),
            WireError::NotAnObject
        );
        assert_eq!(
            NoteDoc::read(&value, now()).unwrap_err(),
            WireError::NotAnObject
        );
        assert_eq!(
            ActorDoc::read(&value, now()).unwrap_err(),
            WireError::NotAnObject
        );
        assert_eq!(
            CollectionDoc::read(&value).unwrap_err(),
            WireError::NotAnObject
        );
    }
    assert_eq!(
        NoteDoc::read(&json!({"id": "https://a.example/1"}), now()).unwrap_err(),
        WireError::NoType
    );
    assert_eq!(
        NoteDoc::read(&json!({"type": "Note", "id": 7}), now())
            .unwrap()
            .id,
        None
    );
    assert_eq!(
        ActorDoc::read(&json!({"type": "Person"}), now()).unwrap_err(),
        WireError::NoId
    );
    let wrong = json!({"type": "Like", "actor": "https://a.example/u", "id": "tag:x"});
    assert_eq!(Envelope::read(&wrong, now()).unwrap().id, None);
}

#[test]
fn long_lists_and_texts_are_cut() {
    let many: Vec<Value> = (0..1000)
        .map(|n| json!(format!("https://a.example/{n}")))
        .collect();
    let tags: Vec<Value> = (0..1000)
        .map(|n| json!({"type": "Hashtag", "name": format!("#t{n}")}))
        .collect();
    let files: Vec<Value> = (0..100)
        .map(|n| json!({"type": "Image", "url": format!("https://a.example/{n}.png")}))
        .collect();
    let note = NoteDoc::read(
        &json!({"type": "Note", "to": many, "cc": many, "inReplyTo": many, "tag": tags, "attachment": files,
            "name": "n".repeat(999), "summary": "s".repeat(999), "content": "ü".repeat(99_999)}),
        now(),
    )
    .unwrap();
    assert_eq!(
        (note.to.len(), note.cc.len(), note.in_reply_to.len()),
        (250, 250, 32)
    );
    assert_eq!((note.hashtags.len(), note.attachments.len()), (64, 16));
    assert_eq!(note.name.unwrap().len(), 200);
    assert_eq!(note.summary.unwrap().len(), 500);
    assert_eq!(note.content.unwrap().len(), 64 * 1024);
    let page = CollectionDoc::read(&json!({"type": "Collection", "items": many})).unwrap();
    assert_eq!(page.items.len(), 200);
    let flag = json!({"type": "Flag", "actor": "https://a.example/u", "object": many});
    assert_eq!(Envelope::read(&flag, now()).unwrap().objects.len(), 50);
}
