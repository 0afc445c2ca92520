//! Measures the stages of a build on synthetic books: `cargo bench`. Compare medians and ratios, not single runs.

mod synthetic;

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use controlbook::catalogue::Coverage;
use controlbook::catalogue::link::{Records, Settings, link};
use controlbook::check::check;
use controlbook::config::Config;
use controlbook::export::{data, search};
use controlbook::host;
use controlbook::markdown::Highlighter;
use controlbook::markdown::anchors::Reserved;
use controlbook::output::Outputs;
use controlbook::pipeline::{self, Options, ParseCache, build, parse};
use controlbook::render::Renderer;
use controlbook::site::Edition;
use controlbook::site::Site;
use controlbook::source::Sources;
use controlbook::theme::Theme;
use divan::Bencher;
use synthetic::Shape;
use tempfile::TempDir;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const CONTENT: &str = "content/";

/// The templates reserve no anchors.
static NO_ANCHORS: Reserved = Reserved::new();

fn main() {
    divan::main();
}

/// The content with which other generators are measured.
fn book(size: usize) -> Sources {
    synthetic::book(&Shape::peers(), size)
}

fn settings() -> Settings<'static> {
    Settings {
        content_dir: CONTENT,
        raw_html: false,
        instruments: &[],
        reserved: &NO_ANCHORS,
    }
}

fn records(sources: &Sources) -> Records {
    let checked = parse(sources, CONTENT, &mut ParseCache::default());
    assert!(
        checked.diagnostics.is_empty(),
        "the synthetic book is sound"
    );
    checked.value
}

/// Reads the files of a book; the system has them in its page cache.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn a_read(bencher: Bencher<'_, '_>, size: usize) {
    let folder = TempDir::new().expect("the folder for temporary files can be written");
    for (path, bytes) in book(size).iter() {
        let file = folder.path().join(&**path);
        fs::create_dir_all(file.parent().expect("it is below the folder")).expect("it is ours");
        fs::write(file, bytes).expect("it is ours");
    }
    bencher.bench_local(|| host::read::read(folder.path(), &["content"], &["book.toml"]));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn b_parse(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    bencher.bench_local(|| parse(&sources, CONTENT, &mut ParseCache::default()));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn c_link(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let records = records(&sources);
    bencher.bench_local(|| link(&records, &sources, settings()));
}

/// All rules over the catalogue, and its coverage.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn d_check(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let catalogue = link(&records(&sources), &sources, settings()).value;
    bencher.bench_local(|| (check(&catalogue), Coverage::new(&catalogue)));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn e_plan(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let catalogue = link(&records(&sources), &sources, settings()).value;
    bencher.bench_local(|| Site::plan(&catalogue, &Config::default()));
}

/// Renders every page on one thread; a build divides them among the cores.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn f_render(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let catalogue = link(&records(&sources), &sources, settings()).value;
    let (site, coverage, config) = (
        Site::plan(&catalogue, &Config::default()),
        Coverage::new(&catalogue),
        Config::default(),
    );
    let changed = BTreeMap::new();
    let theme = Theme::load(&sources, None).expect("the built-in theme is sound");
    let edition = Edition {
        catalogue: &catalogue,
        coverage: &coverage,
        site: &site,
        config: &config,
    };
    let downloads = data::downloads(edition.catalogue);
    let renderer = Renderer::new(edition, &changed, &downloads, &theme);
    bencher.bench_local(|| {
        for page in 0..site.pages.len() {
            divan::black_box(renderer.page(page).expect("the built-in theme renders"));
        }
    });
}

/// Highlights every code block of a book, of which 64 differ.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn g_highlight(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let markdown = sources.iter().filter(|(path, _)| path.ends_with(".md"));
    let blocks: Vec<_> = markdown
        .filter_map(|(path, _)| {
            let text = sources.text(path)?;
            let (language, rest) = text.split_once("```")?.1.split_once('\n')?;
            Some((language, rest.split_once("```")?.0))
        })
        .collect();
    assert_eq!(blocks.len(), size);
    bencher.bench_local(|| {
        let highlighter = Highlighter::default();
        for (language, code) in &blocks {
            divan::black_box(highlighter.highlight(language, code));
        }
    });
}

fn outputs() -> Mutex<Outputs> {
    Mutex::default()
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn h_search_index(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let catalogue = link(&records(&sources), &sources, settings()).value;
    let (site, coverage, config) = (
        Site::plan(&catalogue, &Config::default()),
        Coverage::new(&catalogue),
        Config::default(),
    );
    let edition = Edition {
        catalogue: &catalogue,
        coverage: &coverage,
        site: &site,
        config: &config,
    };
    bencher.bench_local(|| search::put(edition, &outputs()));
}

/// Exports the catalogue as data: a JSON document, its schema, and tables.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn i_data(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let catalogue = link(&records(&sources), &sources, settings()).value;
    let (site, coverage, config) = (
        Site::plan(&catalogue, &Config::default()),
        Coverage::new(&catalogue),
        Config::default(),
    );
    let edition = Edition {
        catalogue: &catalogue,
        coverage: &coverage,
        site: &site,
        config: &config,
    };
    bencher.bench_local(|| data::put(edition, &outputs()));
}

/// Writes a built site to a new folder.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn j_write(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    let built = build(&sources, &Options::default(), &mut ParseCache::default());
    bencher
        .with_inputs(|| TempDir::new().expect("the folder for temporary files can be written"))
        .bench_local_values(|folder| {
            let site = folder.path().join("site");
            host::write::write(&site, &built.outputs, "").expect("the folder is new");
            folder
        });
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn k_build_cold(bencher: Bencher<'_, '_>, size: usize) {
    let sources = book(size);
    bencher.bench_local(|| build(&sources, &Options::default(), &mut ParseCache::default()));
}

/// Builds a book whose code blocks all differ.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn l_build_cold_distinct(bencher: Bencher<'_, '_>, size: usize) {
    let sources = synthetic::book(&Shape::peers().distinct(), size);
    bencher.bench_local(|| build(&sources, &Options::default(), &mut ParseCache::default()));
}

/// Builds books like real catalogues; the largest has 75,000 mappings.
#[divan::bench(args = [25, 250, 2_500], sample_count = 3, sample_size = 1)]
fn m_build_cold_real(bencher: Bencher<'_, '_>, size: usize) {
    let sources = synthetic::book(&Shape::real(), size);
    bencher.bench_local(|| build(&sources, &Options::default(), &mut ParseCache::default()));
}

/// Checks a book after one file has changed, as the preview does before it renders a page.
#[divan::bench(args = SIZES, sample_count = 9, sample_size = 1)]
fn n_read_after_a_save(bencher: Bencher<'_, '_>, size: usize) {
    let mut sources = book(size);
    let mut cache = ParseCache::default();
    let cold = pipeline::check(&sources, &mut cache);
    assert!(!cold.failed(), "the synthetic book is sound");
    let guidance = cold.catalogue.measures[size / 2].guidance.as_ref();
    let path = guidance.expect("it is written").path.clone();
    let text = sources.text(&path).expect("it is text").to_owned();
    let mut round = 0;
    bencher.bench_local(|| {
        round += 1;
        sources.insert(
            path.clone(),
            format!("{text}\nRound {round}.\n").into_bytes(),
        );
        pipeline::check(&sources, &mut cache)
    });
}
