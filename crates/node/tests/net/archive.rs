//! A node goes into a file and comes out of it again, on either engine; a file that is not whole comes to nothing.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::Request;
use db::testing::TestDb;
use db::{Clock, Db, rows};
use federation::Names;
use node::archive::{self, ArchiveError};
use node::assembly::{self, Parts};
use node::config::Config;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::net::{Net, Node};

/// A picture small enough for a test.
fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = image::RgbImage::from_fn(400, 300, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, 77])
    });
    image::codecs::jpeg::JpegEncoder::new(&mut bytes)
        .encode_image(&pixels)
        .unwrap();
    bytes
}

/// A node with something in every corner: pictures, votes, tags, quotes, texts that are hard to write down.
async fn filled(net: &Net, name: &str) -> String {
    let anna = net.node(name).admin("anna").await;
    let ben = net.node(name).person("ben").await;
    anna.board("art").await;
    let alt = "a \"quoted\" alt, \\ and \u{1F980}";
    let upload = anna.upload("a.jpg", picture(), alt).await;
    let body = "line\nbreak \u{2028} tab\t quote \" backslash \\ emoji \u{1F3A8} nul-free #tag";
    let draft = json!({"subject": "First", "body": body, "media": [upload]});
    let thread = anna.thread_with("art", draft).await;
    let id = thread.text("id");
    ben.reply(&id, ">>1 I like it @anna").await;
    ben.vote(&id, 1).await;
    net.settle().await;
    id
}

async fn back_up(node: &Node, file: &Path) -> archive::Manifest {
    let cx = &node.app().cx;
    let store = node.app().ingest.store();
    archive::backup(&cx.db, Some(store), &cx.site.origin, cx.now(), file)
        .await
        .unwrap()
}

/// The same node's settings on another database and folder.
fn elsewhere(node: &Node, database: &TestDb, folder: &Path) -> Config {
    let mut config = node.config();
    config.database = db::Settings::new(&database.url);
    config.database.connections = 4;
    config.data = folder.to_owned();
    config.media = folder.join("media");
    config
}

/// Every row of a backup by its table; numbers without a fraction are whole, whichever engine wrote them.
fn rows_of(file: &Path) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    for (name, bytes) in entries(file) {
        let Some(table) = name.strip_prefix("tables/") else {
            continue;
        };
        let text = String::from_utf8(bytes).unwrap();
        let mut rows: Vec<String> = text.lines().map(plain).collect();
        // Whether all words were written down is not restored, because the words are not.
        rows.retain(|row| !row.contains("\"name\":\"words\""));
        rows.sort();
        tables.insert(table.to_owned(), rows);
    }
    tables
}

fn plain(line: &str) -> String {
    // The engines may have the columns in another order.
    let mut row: BTreeMap<String, Value> = serde_json::from_str(line).unwrap();
    for value in row.values_mut() {
        if let Some(number) = value
            .as_f64()
            .filter(|number| value.is_f64() && number.fract() == 0.0)
        {
            *value = json!(number as i64);
        }
    }
    serde_json::to_string(&row).unwrap()
}

fn entries(file: &Path) -> Vec<(String, Vec<u8>)> {
    let decoder = zstd::Decoder::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut archive = tar::Archive::new(decoder);
    let mut all = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        all.push((name, bytes));
    }
    all
}

/// Packs entries as `backup` would.
fn pack(file: &Path, entries: &[(String, Vec<u8>)]) {
    let encoder = zstd::Encoder::new(std::fs::File::create(file).unwrap(), 1).unwrap();
    let mut archive = tar::Builder::new(encoder);
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        // Names that the library would refuse to write are what this is for.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap();
}

async fn is_empty(config: &Config) -> bool {
    let Ok(db) = Db::connect(&config.database) else {
        return true;
    };
    let mut conn = db.read().await.unwrap();
    let tables = rows::tables(&mut conn).await.unwrap();
    rows::is_empty(&mut conn, &tables).await.unwrap()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

async fn page(config: Config, path: &str) -> (u16, String) {
    let parts = Parts {
        config,
        clock: Clock::System,
        names: Names::default(),
    };
    let node = assembly::assemble(parts).await.unwrap();
    let request = Request::get(path)
        .header("accept", "text/html")
        .body(Body::empty());
    let answer = node.router.oneshot(request.unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), 10 << 20)
        .await
        .unwrap();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_becomes_the_same_node_on_either_engine() {
    let net = Net::start(["alpha"]).await;
    filled(&net, "alpha").await;
    let node = net.node("alpha");
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first.tar.zst");
    let manifest = back_up(node, &first).await;
    assert!(manifest.media.files >= 2, "{manifest:?}");
    assert_eq!(manifest.media.missing, 0);
    let mode = std::fs::metadata(&first).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "only its owner may read it");

    for (number, database) in TestDb::each().await.into_iter().enumerate() {
        let data = folder.path().join(format!("data{number}"));
        let config = elsewhere(node, &database, &data);
        let restored = archive::restore(&config, &first).await.unwrap();
        assert_eq!(restored, manifest);

        // Written down again by this engine, it is the same to the last row and file.
        let db = Db::connect(&config.database).unwrap();
        let store = media::Store::open(&config.media).unwrap();
        let again = folder.path().join(format!("again{number}.tar.zst"));
        let origin = &config.site.origin;
        let second = archive::backup(&db, Some(&store), origin, net.now(), &again)
            .await
            .unwrap();
        assert_eq!(rows_of(&first), rows_of(&again), "{:?}", db.engine());
        assert_eq!(second.media, manifest.media);
        let (status, text) = page(config, "/b/art/1").await;
        assert_eq!(status, 200);
        assert!(
            text.contains("I like it") && text.contains("\u{1F3A8}"),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_write_is_one_moment() {
    for name in ["alpha", "beta"] {
        let net = Net::start(["alpha", "beta"]).await;
        let thread = filled(&net, name).await;
        let node = net.node(name);
        let ben = node.person("carla").await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("busy.tar.zst");
        let writing = async {
            for number in 0..30 {
                ben.reply(&thread, &format!("reply {number}")).await;
            }
        };
        tokio::join!(writing, back_up(node, &file));
        let tables = rows_of(&file);
        let rows = |table: &str| -> Vec<Value> {
            let lines = &tables[&format!("{table}.jsonl")];
            lines
                .iter()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect()
        };
        let replies = rows("posts")
            .iter()
            .filter(|post| !post["parent_id"].is_null())
            .count();
        assert_eq!(rows("threads")[0]["reply_count"], json!(replies));
        assert_eq!(rows("boards")[0]["post_count"], json!(replies + 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_off_or_changed_is_refused_and_leaves_nothing() {
    let net = Net::start(["alpha"]).await;
    filled(&net, "alpha").await;
    let node = net.node("alpha");
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.tar.zst");
    back_up(node, &whole).await;
    let bytes = std::fs::read(&whole).unwrap();
    let mut broken: Vec<(String, Vec<u8>)> = [3, 100, bytes.len() / 2, bytes.len() - 1]
        .into_iter()
        .map(|length| (format!("cut at {length}"), bytes[..length].to_vec()))
        .collect();
    for at in [20, bytes.len() / 3, bytes.len() - 20] {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        broken.push((format!("changed at {at}"), changed));
    }
    for (what, bytes) in broken {
        let file = folder.path().join("broken.tar.zst");
        std::fs::write(&file, bytes).unwrap();
        refused(node, folder.path(), &file, &what).await;
    }

    let good = entries(&whole);
    let find = |name: &str| good.iter().position(|(entry, _)| entry == name).unwrap();
    let mut altered = good.clone();
    let posts = String::from_utf8(altered[find("tables/posts.jsonl")].1.clone()).unwrap();
    altered[find("tables/posts.jsonl")].1 = posts.replace("I like it", "I hate it").into_bytes();
    let mut fewer = good.clone();
    fewer.remove(find("tables/votes.jsonl"));
    let mut headless = good.clone();
    headless.pop();
    for (what, entries) in [
        ("altered", altered),
        ("fewer", fewer),
        ("headless", headless),
    ] {
        let file = folder.path().join("broken.tar.zst");
        pack(&file, &entries);
        refused(node, folder.path(), &file, what).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_elsewhere_are_refused() {
    let net = Net::start(["alpha"]).await;
    filled(&net, "alpha").await;
    let node = net.node("alpha");
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.tar.zst");
    back_up(node, &whole).await;
    let sha = "ab".repeat(32);
    for name in [
        "../../evil".to_owned(),
        "/etc/cron.d/evil".to_owned(),
        "tables/../../evil.jsonl".to_owned(),
        format!("media/ab/{sha}/../../evil"),
        format!("media/cd/{sha}/original.png"),
        format!("media/ab/{sha}/run.sh"),
        "stoa.toml".to_owned(),
    ] {
        let mut entries = entries(&whole);
        entries.insert(1, (name.clone(), b"evil".to_vec()));
        let file = folder.path().join("hostile.tar.zst");
        pack(&file, &entries);
        refused(node, folder.path(), &file, &name).await;
    }
    assert!(!folder.path().join("evil").exists());
}

async fn refused(node: &Node, folder: &Path, file: &Path, what: &str) {
    for database in TestDb::each().await {
        let data = folder.join("refused");
        let config = elsewhere(node, &database, &data);
        let error = archive::restore(&config, file).await.unwrap_err();
        assert!(matches!(error, ArchiveError::Broken(..)), "{what}: {error}");
        assert!(is_empty(&config).await, "{what}");
        assert_eq!(files_below(&config.media), Vec::<PathBuf>::new(), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_only_into_an_empty_database_of_the_same_address() {
    let net = Net::start(["alpha", "beta"]).await;
    filled(&net, "alpha").await;
    let node = net.node("alpha");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("whole.tar.zst");
    back_up(node, &file).await;

    let again = archive::backup(
        &node.app().cx.db,
        None,
        "http://alpha.test",
        net.now(),
        &file,
    )
    .await;
    assert!(
        matches!(again, Err(ArchiveError::File(..))),
        "a backup is never overwritten"
    );
    let used = archive::restore(&node.config(), &file).await.unwrap_err();
    assert!(used.to_string().contains("not empty"), "{used}");
    let other = archive::restore(&net.node("beta").config(), &file)
        .await
        .unwrap_err();
    assert!(other.to_string().contains("http://alpha.test"), "{other}");
}
