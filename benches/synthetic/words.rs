//! Pseudo-random words, sentences and code blocks.
//!
//! Entry: [`Words`], [`block`].

/// How many different words the texts have: a few frequent ones, and mostly rare ones.
const WORDS: u64 = 6_000;

/// The number of the first word that is rare enough for a term.
const RARE: u64 = 1_000;

/// Languages of code blocks, and their code; `{n}` is the number of the block.
const BLOCKS: [(&str, &str); 6] = [
    (
        "yaml",
        "# the setting numbered {n}\nstorage:\n  volume: data-{n}\n  encrypted: true\n  keys: [primary-{n}, spare]\n  keep: 90 # days",
    ),
    (
        "json",
        "{\n  \"volume\": \"data-{n}\",\n  \"encrypted\": true,\n  \"keys\": [\"primary-{n}\", \"spare\"],\n  \"keep\": 90\n}",
    ),
    (
        "bash",
        "# lists what is not encrypted\nset -eu\nfor volume in $(volumes --list data-{n}); do\n  if ! volumes --encrypted \"$volume\"; then\n    echo \"open: $volume\" >&2\n  fi\ndone",
    ),
    (
        "python",
        "def encrypted(volumes):\n    \"\"\"Those of data-{n} that are encrypted.\"\"\"\n    found = [it for it in volumes if it.key is not None]\n    if len(found) < {n}:\n        raise ValueError(\"too few: %d\" % len(found))\n    return sorted(found)",
    ),
    (
        "toml",
        "# the setting numbered {n}\n[storage]\nvolume = \"data-{n}\"\nencrypted = true\nkeys = [\"primary-{n}\", \"spare\"]\nkeep = 90",
    ),
    (
        "sql",
        "-- what is not encrypted\nSELECT name, owner, created\nFROM volumes\nWHERE tenant = 'data-{n}' AND key_id IS NULL\nORDER BY created DESC;",
    ),
];

/// A code block in Markdown, in one of the first `languages`.
pub fn block(number: usize, languages: usize) -> String {
    let (language, text) = BLOCKS[number % languages.clamp(1, BLOCKS.len())];
    let text = text.replace("{n}", &number.to_string());
    format!("```{language}\n{text}\n```\n")
}

/// Rare words without duplicates, for the terms of the glossary.
pub fn terms(count: usize) -> Vec<String> {
    let mut out = Vec::new();
    for number in RARE..WORDS {
        if out.len() == count {
            break;
        }
        let word = spell(number);
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

/// The word with a number: two to four syllables.
fn spell(mut seed: u64) -> String {
    let mut out = String::new();
    for _ in 0..2 + seed % 3 {
        out.push(char::from(b"bdfgklmnprstvz"[(seed % 14) as usize]));
        seed = seed / 3 + 5;
        out.push(char::from(b"aeiou"[(seed % 5) as usize]));
        seed = seed * 7 + 11;
    }
    out
}

/// A pseudo-random stream of numbers and words.
pub struct Words(u64);

impl Words {
    /// The stream for one kind of text in one record.
    pub fn new(seed: u64, kind: &str, record: usize) -> Self {
        let start = kind.bytes().fold(seed, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut out = Self(start ^ record as u64);
        // The first numbers of similar seeds are similar.
        for _ in 0..3 {
            out.number();
        }
        out
    }

    fn number(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % end.max(1) as u64).expect("it is below the end")
    }

    /// A word; the smaller its number, the more frequent it is.
    fn word(&mut self) -> String {
        const SCALE: u64 = 1 << 20;
        let at = self.number() % SCALE;
        spell(at * at / SCALE * at / SCALE * WORDS / SCALE)
    }

    /// A sentence of this many words.
    pub fn sentence(&mut self, words: usize) -> String {
        let words: Vec<_> = (0..words).map(|_| self.word()).collect();
        let mut out = words.join(" ");
        out.replace_range(..1, &out[..1].to_uppercase());
        out.push('.');
        out
    }
}
