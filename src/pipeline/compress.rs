//! A `.gz` and a `.br` file beside each text file, for servers that send them as they are.
//!
//! Entry: [`Compressing`]. What stands compressed from the same bytes is not compressed again. Invariant: the same bytes are
//! compressed to the same bytes; a compressed file is smaller than its own.

use std::collections::BTreeSet;
use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::hosting::is_text;
use crate::output::{Derivation, Sink};

/// Below this a file fits into one packet with its headers, and compression gains nothing.
const LEAST: usize = 512;
/// Of brotli's eleven steps: the last two take many times as long for a few per cent.
const QUALITY: i32 = 9;

/// How files are compressed: another program may give other bytes.
const RECIPE: &str = concat!(
    "controlbook ",
    env!("CARGO_PKG_VERSION"),
    ", gzip 9, brotli 9"
);

/// How a file is compressed.
type Compress = fn(&[u8]) -> Vec<u8>;

/// The endings of compressed files.
const ENDINGS: [(&str, Compress); 2] = [("gz", gzip), ("br", brotli)];

/// Passes files on, the compressed ones beside them.
pub(super) struct Compressing<'a> {
    to: &'a dyn Sink,
    /// The compressed files that the book brings itself, which stay.
    own: BTreeSet<&'a str>,
}

impl<'a> Compressing<'a> {
    /// Passes files on to `to`; `own` are the paths that the book and its theme bring.
    pub(super) fn new(to: &'a dyn Sink, own: impl Iterator<Item = &'a str>) -> Self {
        let is_compressed = |path: &&str| ENDINGS.iter().any(|(it, _)| path.ends_with(it));
        Self {
            to,
            own: own.filter(is_compressed).collect(),
        }
    }
}

impl Sink for Compressing<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        self.to.put(path, bytes);
        if bytes.len() < LEAST || !is_text(path) {
            return;
        }
        let beside = |(ending, compress): (&str, Compress)| {
            let beside = format!("{path}.{ending}");
            if self.own.contains(&*beside) {
                return;
            }
            let small = || Some(compress(bytes)).filter(|it| it.len() < bytes.len());
            let derivation = Derivation {
                source: path,
                recipe: RECIPE,
            };
            self.to.put_derived(&beside, derivation, &small);
        };
        let [one, other] = ENDINGS;
        // The largest files come one after the other: both cores work on each.
        rayon::join(|| beside(one), || beside(other));
    }
}

/// RFC 1952, without a name and a time, so that the bytes depend on the content alone.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes every byte");
    encoder.finish().expect("memory takes every byte")
}

/// RFC 7932.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let parameters = BrotliEncoderParams {
        quality: QUALITY,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).expect("memory takes every byte");
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Compressing;
    use crate::output::{Outputs, Sink};
    use std::sync::Mutex;

    #[test]
    fn text_is_compressed_where_that_makes_it_smaller() {
        let text = "Encrypt what is stored. ".repeat(100);
        let compressed = || {
            let outputs = Mutex::new(Outputs::default());
            let sink = Compressing::new(&outputs, ["c.js", "c.js.gz"].into_iter());
            for path in ["a.html", "b.png", "c.js"] {
                sink.put(path, text.as_bytes());
            }
            sink.put("short.css", b"a{}");
            sink.put("c.js.gz", b"the book's own");
            outputs.into_inner().expect("no thread panics")
        };
        let outputs = compressed();
        assert!(outputs == compressed(), "compression is the same each time");
        let paths: Vec<_> = outputs.iter().map(|(path, _)| path).collect();
        let wanted = [
            "a.html",
            "a.html.br",
            "a.html.gz",
            "b.png",
            "c.js",
            "c.js.br",
            "c.js.gz",
            "short.css",
        ];
        assert_eq!(paths, wanted);
        assert_eq!(outputs.get("c.js.gz"), Some(&b"the book's own"[..]));
        let mut back = String::new();
        let packed = outputs.get("a.html.gz").expect("it is there");
        flate2::read::GzDecoder::new(packed)
            .read_to_string(&mut back)
            .expect("it is gzip");
        assert_eq!(back, text);
        let mut back = Vec::new();
        let mut packed = outputs.get("a.html.br").expect("it is there");
        brotli::BrotliDecompress(&mut packed, &mut back).expect("it is brotli");
        assert_eq!(back, text.as_bytes());
    }
}
