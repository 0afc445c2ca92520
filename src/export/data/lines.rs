//! JSON with a line for each record, so that two editions can be compared line by line and no blank is wasted.
//!
//! Entry: [`write`]. Invariant: the same value gives the same bytes.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The nesting depth of records: in a list of the document.
const RECORD: usize = 2;

/// A value as such JSON.
///
/// # Errors
/// When the writer refuses.
pub(super) fn write(value: &impl Serialize, to: &mut dyn Write) -> Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *to, LineFormatter { depth: 0 });
    value.serialize(&mut serializer)?;
    to.write_all(b"\n")
}

/// Writes each record of a list on a line of its own.
struct LineFormatter {
    depth: usize,
}

impl LineFormatter {
    /// What divides two entries; each entry of the document and of one of its lists has a line.
    fn divide<W: Write + ?Sized>(&self, writer: &mut W, first: bool) -> Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= RECORD {
            writer.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl Formatter for LineFormatter {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.divide(writer, first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.divide(writer, first)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::write;

    #[test]
    fn a_record_has_a_line() {
        let value = BTreeMap::from([("a", vec![vec![1, 2], vec![3]]), ("b", vec![])]);
        let mut bytes = Vec::new();
        write(&value, &mut bytes).expect("memory takes every byte");
        let text = String::from_utf8(bytes).expect("JSON is UTF-8");
        assert_eq!(text, "{\n\"a\":[\n[1,2],\n[3]],\n\"b\":[]}\n");
    }
}
