//! A `.gz` and a `.br` file beside each text file, for servers that send them as they are.
//!
//! Entry: [`add`]. Invariant: the same bytes are compressed to the same bytes; a compressed file is smaller than its own.

use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::hosting::is_text;
use crate::output::Outputs;

/// Below this a file fits into one packet with its headers, and compression gains nothing.
const LEAST: usize = 512;
/// Of brotli's eleven steps: the last two take many times as long for a few per cent.
const QUALITY: i32 = 9;

/// Adds the compressed files. One that the book brings itself stays.
pub(super) fn add(outputs: &mut Outputs) {
    let files: Vec<_> = outputs
        .iter()
        .filter(|(path, bytes)| bytes.len() >= LEAST && is_text(path))
        .collect();
    let made: Vec<_> = files
        .into_par_iter()
        .flat_map_iter(|(path, bytes)| {
            let both = [("gz", gzip(bytes)), ("br", brotli(bytes))].into_iter();
            both.filter(|(_, small)| small.len() < bytes.len())
                .map(move |(ending, small)| (format!("{path}.{ending}"), small))
        })
        .collect();
    for (path, bytes) in made {
        if outputs.get(&path).is_none() {
            outputs.insert(path, bytes);
        }
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

    use super::add;
    use crate::output::Outputs;

    #[test]
    fn text_is_compressed_where_that_makes_it_smaller() {
        let text = "Encrypt what is stored. ".repeat(100);
        let mut outputs = Outputs::default();
        for path in ["a.html", "b.png", "c.js"] {
            outputs.insert(path, text.clone().into_bytes());
        }
        outputs.insert("short.css", b"a{}".to_vec());
        outputs.insert("c.js.gz", b"the book's own".to_vec());
        let mut again = outputs.clone();
        add(&mut outputs);
        add(&mut again);
        assert!(outputs == again, "compression is the same each time");
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
