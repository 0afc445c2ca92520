//! The synthetic books of the benchmarks: sound, the same each time, and of the size that is measured.

#[path = "../../benches/synthetic/mod.rs"]
mod books;

use books::{Shape, book};
use controlbook::catalogue::NodeIx;
use controlbook::pipeline::{ParseCache, check};
use controlbook::source::Sources;

/// A book of this shape without a diagnostic; counts of its measures, mappings and leaves.
#[track_caller]
fn counted(shape: &Shape, measures: usize) -> [usize; 3] {
    let read = check(&book(shape, measures), &mut ParseCache::default());
    assert!(read.diagnostics.is_empty(), "{:#?}", &read.diagnostics[..1]);
    let of = &read.catalogue;
    let leaves = (0..of.nodes.len())
        .filter(|at| of.is_leaf(NodeIx::new(*at)))
        .count();
    [of.measures.len(), of.mappings.len(), leaves]
}

fn bytes(sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let pairs = sources.iter();
    pairs
        .map(|(path, bytes)| (path.as_ref().to_owned(), bytes.to_vec()))
        .collect()
}

/// The code blocks of all guidance, each once.
fn blocks(sources: &Sources) -> usize {
    let mut out: Vec<_> = sources
        .iter()
        .filter_map(|(_, bytes)| str::from_utf8(bytes).ok()?.split_once("```"))
        .map(|(_, block)| block.to_owned())
        .collect();
    out.sort();
    out.dedup();
    out.len()
}

#[test]
fn each_shape_is_sound_and_grows_with_its_measures() {
    assert_eq!(counted(&Shape::peers(), 60), [60, 300, 300]);
    assert_eq!(counted(&Shape::real(), 60), [60, 1_800, 720]);
    assert_eq!(counted(&Shape::real(), 1), [1, 30, 90]);
    let many = Shape {
        frameworks: 7,
        mappings: 4,
        languages: 1,
        ..Shape::peers()
    };
    assert_eq!(counted(&many, 8), [8, 32, 280]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_other_words() {
    let shape = Shape::real();
    let first = bytes(&book(&shape, 30));
    assert!(first == bytes(&book(&shape, 30)));
    let other = bytes(&book(&Shape { seed: 2, ..shape }, 30));
    assert_eq!(first.len(), other.len());
    assert!(first != other);
}

#[test]
fn code_blocks_repeat_unless_all_are_to_differ() {
    assert_eq!(blocks(&book(&Shape::peers(), 100)), 64);
    assert_eq!(blocks(&book(&Shape::peers().distinct(), 100)), 100);
}
