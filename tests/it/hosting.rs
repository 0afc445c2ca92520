//! What servers are told, from one source: pages, `_headers` and every configuration agree. Files beside others, compressed.

use std::path::Path;

use controlbook::config::Config;
use controlbook::host::write::{Stage, write};
use controlbook::hosting::{
    ASK_EACH_TIME, DEPENDABOT, FOR_EVER, KEPT, Target, headers, is_text, policy, policy_in_page,
};
use controlbook::pipeline::{Built, Options, ParseCache, build, build_into};
use controlbook::source::Sources;
use include_dir::{Dir, include_dir};

use crate::html::elements;
use crate::real::BUILT;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

const TARGETS: [Target; 7] = [
    Target::Nginx,
    Target::NginxLocation,
    Target::Caddy,
    Target::CaddyLocation,
    Target::Container,
    Target::Github,
    Target::Gitlab,
];

/// The book that `init` writes, with more lines under `[output.html]`.
fn starter(lines: &str) -> Sources {
    fn add(dir: &Dir<'_>, sources: &mut Sources) {
        for file in dir.files() {
            let path = file.path().to_str().expect("paths are UTF-8");
            sources.insert(path, file.contents().to_vec());
        }
        dir.dirs().for_each(|it| add(it, sources));
    }
    let mut sources = Sources::default();
    add(&STARTER, &mut sources);
    let toml = sources.text("book.toml").expect("it is there");
    let toml = toml.replace("[output.html]\n", &format!("[output.html]\n{lines}\n"));
    sources.insert("book.toml", toml.into_bytes());
    sources
}

fn built(lines: &str) -> Built {
    let built = build(
        &starter(lines),
        &Options::default(),
        &mut ParseCache::default(),
    );
    assert!(!built.book.failed(), "{:?}", built.book.diagnostics);
    built
}

fn config(url: &str) -> Config {
    let mut config = Config::default();
    config.output.html.site_url = Some(url.to_owned());
    config
}

#[test]
fn pages_and_every_configuration_say_the_same() {
    for (page, html) in pages(&BUILT) {
        let meta = elements(html)
            .into_iter()
            .find(|it| it.attribute("http-equiv") == Some("Content-Security-Policy"));
        let meta = meta.unwrap_or_else(|| panic!("{page} carries no policy"));
        assert_eq!(
            meta.attribute("content"),
            Some(policy_in_page().as_str()),
            "{page}"
        );
    }
    let file = BUILT.outputs.get("_headers").expect("every site has it");
    let file = String::from_utf8_lossy(file);
    for url in ["https://example.org/", "http://example.org/a/b/"] {
        for target in [Target::Nginx, Target::Caddy, Target::Container] {
            let files = target.files(&config(url), "").expect("the address fits");
            let text = &files.last().expect("there is a file").1;
            for (name, value) in headers() {
                assert!(
                    text.contains(&format!("{name} \"{value}\"")),
                    "{target:?}: {name}\n{text}"
                );
                assert!(
                    file.contains(&format!("\n  {name}: {value}\n")),
                    "_headers: {name}"
                );
            }
            for words in [ASK_EACH_TIME, FOR_EVER, KEPT, "404.html"] {
                assert!(text.contains(words), "{target:?}: {words}");
            }
        }
    }
    assert!(policy().contains("frame-ancestors 'none'") && !policy_in_page().contains("frame-"));
}

#[test]
fn only_what_is_named_after_its_bytes_is_kept() {
    let kept: Vec<_> = BUILT
        .outputs
        .iter()
        .filter(|(path, _)| path.starts_with(KEPT))
        .collect();
    assert!(kept.len() > 10, "only {} files", kept.len());
    for (path, bytes) in kept {
        let name = path[KEPT.len()..].trim_end_matches(".js");
        let text = String::from_utf8_lossy(bytes);
        let json = text
            .split_once(',')
            .and_then(|(_, it)| it.strip_suffix(");\n"));
        let hash = blake3::hash(json.expect("it is a call").as_bytes()).to_hex();
        assert!(
            hash.starts_with(name),
            "{path} is not named after its bytes"
        );
    }
}

#[test]
fn a_workflow_is_yaml_and_names_the_folders() {
    for (target, place) in [(Target::Github, "jobs"), (Target::Gitlab, "pages")] {
        for book in ["", "docs/catalogue"] {
            let files = target
                .files(&Config::default(), book)
                .expect("no address is needed");
            for (name, text) in files {
                let value: serde_json::Value =
                    serde_saphyr::from_str(&text).unwrap_or_else(|it| panic!("{it}\n{text}"));
                if name == DEPENDABOT {
                    assert_eq!(value["version"], 2);
                    assert_eq!(value["updates"][0]["package-ecosystem"], "github-actions");
                    continue;
                }
                let job = value[place].to_string();
                let command = format!("controlbook build --deny-warnings {book}");
                assert!(job.contains(command.trim_end()), "{job}");
                let folder = format!("{book}/public");
                assert!(job.contains(folder.trim_start_matches('/')), "{job}");
            }
        }
    }
}

/// The workflow for GitHub of a book in a folder, as text and as a value.
fn workflow(book: &str) -> (String, serde_json::Value) {
    let files = Target::Github.files(&Config::default(), book);
    let text = files.expect("no address is needed").swap_remove(0).1;
    let value = serde_saphyr::from_str(&text).unwrap_or_else(|it| panic!("{it}\n{text}"));
    (text, value)
}

#[test]
fn what_builds_the_site_may_not_publish_it() {
    let (_, value) = workflow("");
    assert_eq!(
        value["permissions"],
        serde_json::json!({ "contents": "read" })
    );
    let (build, deploy) = (&value["jobs"]["build"], &value["jobs"]["deploy"]);
    assert_eq!(value["jobs"].as_object().map(serde_json::Map::len), Some(2));
    assert!(
        build["permissions"].is_null(),
        "it has those of the workflow"
    );
    let rights = serde_json::json!({ "pages": "write", "id-token": "write" });
    assert_eq!(
        (&deploy["permissions"], &deploy["needs"]),
        (&rights, &"build".into())
    );
    assert_eq!(deploy["steps"].as_array().map(Vec::len), Some(1));
    assert!(
        !deploy.to_string().contains("\"run\""),
        "it runs nothing of the book"
    );
    let steps = build["steps"].as_array().expect("it has steps");
    assert_eq!(steps[0]["with"]["persist-credentials"], false);
    assert!(!build.to_string().contains("deploy-pages"));
}

/// Every action that a text uses, with what stands behind it.
fn actions(text: &str) -> Vec<(&str, &str)> {
    let lines = text.lines().filter_map(|it| it.split_once("uses: "));
    lines
        .map(|(_, it)| it.split_once('#').unwrap_or((it, "")))
        .map(|(action, tag)| (action.trim(), tag.trim()))
        .collect()
}

#[test]
fn actions_are_named_by_digest_and_the_manual_names_the_same() {
    let (text, _) = workflow("");
    let ours = actions(&text);
    assert_eq!(ours.len(), 3);
    for (action, tag) in &ours {
        let digest = action.split_once('@').expect("a version").1;
        assert!(
            digest.len() == 40 && digest.chars().all(|it| it.is_ascii_hexdigit()),
            "{action}"
        );
        assert!(
            tag.starts_with('v') && tag.split('.').count() == 3,
            "{action}: {tag}"
        );
    }
    let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/manual/ci.md");
    let manual = std::fs::read_to_string(manual).expect("it is there");
    let shown = actions(&manual);
    let checkouts = shown
        .iter()
        .filter(|it| it.0.starts_with("actions/checkout"));
    assert!(checkouts.clone().count() >= 2 && checkouts.clone().all(|it| ours.contains(it)));
    assert_eq!(
        manual.matches("persist-credentials: false").count(),
        checkouts.count()
    );
}

#[test]
fn a_folder_with_odd_signs_is_one_word_of_the_command() {
    for book in ["my book", "a; curl x | sh", "it's", "a: b #c", "$(x)", "ü"] {
        let (text, value) = workflow(book);
        let steps = value["jobs"]["build"]["steps"]
            .as_array()
            .expect("it has steps");
        let runs: Vec<_> = steps.iter().filter_map(|it| it["run"].as_str()).collect();
        assert_eq!(runs.len(), 2, "{text}");
        let word = format!("'{}'", book.replace('\'', "'\\''"));
        assert!(
            runs.iter()
                .all(|it| it.ends_with(&word) || it.ends_with(book) && book == "ü"),
            "{runs:?}"
        );
        assert_eq!(
            steps.last().expect("it has steps")["with"]["path"],
            format!("{book}/public")
        );
        let files = Target::Gitlab.files(&Config::default(), book);
        let text = &files.expect("no address is needed")[0].1;
        let value: serde_json::Value = serde_saphyr::from_str(text).expect("it is YAML");
        assert_eq!(
            value["pages"]["script"].as_array().map(Vec::len),
            Some(3),
            "{text}"
        );
    }
}

#[test]
fn the_container_is_not_run_by_root_and_changes_nothing() {
    let files = Target::Container.files(&Config::default(), "");
    let text = &files.expect("no address is needed")[0].1;
    assert!(
        text.contains("FROM docker.io/nginxinc/nginx-unprivileged:"),
        "{text}"
    );
    let user = text.lines().find_map(|it| it.strip_prefix("USER "));
    assert!(
        user.is_some_and(|it| it.split(':').all(|it| it != "0" && it != "root")),
        "{text}"
    );
    assert!(
        text.contains("--read-only") && text.contains("--cap-drop all"),
        "{text}"
    );
}

#[test]
fn an_address_that_a_configuration_would_misread_is_refused() {
    for target in TARGETS {
        let refused = target.files(&config("https://example.org/{$a};/"), "");
        assert!(refused.is_err(), "{target:?}");
    }
}

#[test]
fn a_part_of_a_server_is_for_a_sub_path() {
    for target in [Target::NginxLocation, Target::CaddyLocation] {
        for url in [None, Some("https://example.org/")] {
            let mut config = Config::default();
            config.output.html.site_url = url.map(str::to_owned);
            let refused = target
                .files(&config, "")
                .expect_err("it would be the whole server");
            assert!(
                refused.to_string().contains("under a sub-path"),
                "{refused}"
            );
        }
        let files = target.files(&config("https://example.org/a/b/"), "");
        let files = files.expect("it is under a sub-path");
        let text = &files[0].1;
        assert!(
            !text.contains("server_name") && !text.contains("example.org"),
            "{text}"
        );
        for (name, value) in headers() {
            assert!(
                text.contains(&format!("{name} \"{value}\"")),
                "{name}: {text}"
            );
        }
    }
    // The whole server says when it is the wrong one.
    for target in [Target::Nginx, Target::Caddy] {
        let says = |url: &str| {
            let files = target.files(&config(url), "").expect("the address fits");
            files[0].1.contains("--as location")
        };
        assert!(says("https://example.org/a/") && !says("https://example.org/"));
    }
}

#[test]
fn what_is_unchanged_is_not_compressed_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path();
    let changed_at = |path: &str| {
        let metadata = std::fs::metadata(site.join(path)).expect("it is there");
        metadata.modified().expect("the system keeps it")
    };
    let build = |sources: &Sources, digest: &str| {
        let stage = Stage::open(site).expect("it is ours");
        let mut cache = ParseCache::default();
        let read = build_into(sources, &Options::default(), &mut cache, &stage);
        assert!(!read.failed(), "{:?}", read.diagnostics);
        stage.finish(digest, true).expect("it can be written")
    };
    let cold = |sources: &Sources| {
        let built =
            controlbook::pipeline::build(sources, &Options::default(), &mut ParseCache::default());
        for (path, bytes) in built.outputs.iter() {
            let there = std::fs::read(site.join(path)).unwrap_or_default();
            assert!(there == bytes, "{path} differs from that of a first build");
        }
        built.outputs.len()
    };
    let mut sources = starter("precompress = true");
    let first = build(&sources, "1");
    assert_eq!(first.new, cold(&sources));
    let (kept, other) = ("glossary.html.br", "guide/about.html.br");
    let before = (changed_at(kept), changed_at(other));
    let text = sources.text("content/guide/about.md").expect("it is there");
    sources.insert(
        "content/guide/about.md",
        format!("{text}\nOne sentence more.\n").into_bytes(),
    );
    let second = build(&sources, "2");
    assert!(second.unchanged > second.changed, "{second:?}");
    assert_eq!(changed_at(kept), before.0);
    assert_ne!(changed_at(other), before.1);
    cold(&sources);
    // Nothing is compressed where nothing has changed.
    let third = build(&sources, "3");
    assert_eq!((third.new, third.changed, third.deleted), (0, 0, 0));
    // What someone spoils is made anew.
    std::fs::write(site.join(kept), "spoilt").expect("writable");
    std::fs::remove_file(site.join("index.html.gz")).expect("it is there");
    build(&sources, "4");
    cold(&sources);
    // Off and on again.
    build(&starter(""), "5");
    assert!(!site.join(kept).exists());
    build(&sources, "6");
    cold(&sources);
}

#[test]
fn the_page_for_lost_addresses_names_everything_from_the_root_of_the_host() {
    let built = built("site-url = \"https://example.org/a/b/\"");
    let page = built.outputs.get("404.html").expect("it is there");
    let html = std::str::from_utf8(page).expect("UTF-8");
    for it in elements(html) {
        for name in ["href", "src", "action"] {
            let address = it.attribute(name).unwrap_or("#");
            let path = address.strip_prefix("/a/b/");
            let leads = path.is_some_and(|it| built.outputs.get(it).is_some());
            assert!(
                leads || address.starts_with('#'),
                "{} {name} {address}",
                it.name
            );
        }
    }
    assert!(!html.contains("canonical") && !html.contains("ld+json"));
}

#[test]
fn compressed_files_come_and_go_with_the_setting() {
    let plain = built("");
    let packed = built("precompress = true");
    let beside = |path: &str| path.ends_with(".gz") || path.ends_with(".br");
    assert!(plain.outputs.iter().all(|(path, _)| !beside(path)));
    for (path, bytes) in packed.outputs.iter().filter(|(path, _)| !beside(path)) {
        assert_eq!(plain.outputs.get(path), Some(bytes), "{path}");
        let has = |ending: &str| packed.outputs.get(&format!("{path}.{ending}")).is_some();
        if is_text(path) && bytes.len() > 2_000 {
            assert!(has("gz") && has("br"), "{path}");
        }
        assert!(is_text(path) || !has("gz"), "{path} is no text");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let names = |folder: &Path| {
        let files = std::fs::read_dir(folder).expect("it can be read");
        let names = files.map(|it| it.expect("it can be read").file_name());
        names.filter(|it| beside(&it.to_string_lossy())).count()
    };
    write(folder.path(), &packed.outputs, "1").expect("it can be written");
    assert!(names(folder.path()) > 0);
    write(folder.path(), &plain.outputs, "2").expect("it can be written");
    assert_eq!(names(folder.path()), 0);
}

fn pages(built: &Built) -> impl Iterator<Item = (&str, &str)> {
    let pages = built
        .outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("UTF-8")))
}
