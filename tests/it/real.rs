//! The book of this repository, read once for all tests.

use std::path::Path;
use std::sync::LazyLock;

use controlbook::host::read::read;
use controlbook::pipeline::{Built, Options, ParseCache, build};
use controlbook::source::Sources;

/// The sources of the real book.
pub static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    read(root, &["content", "theme"], &["book.toml"]).expect("the repository can be read")
});

/// The real site.
pub static BUILT: LazyLock<Built> =
    LazyLock::new(|| build(&SOURCES, &Options::default(), &mut ParseCache::default()));
