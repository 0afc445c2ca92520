//! Drafts: pages and measures that are not published yet.
//!
//! Entry: [`Records::leave_out_drafts`]. Invariant: nothing links to a draft, and a link to one is no mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::index::Index;
use super::records::{ParsedFile, Records};
use crate::address::decodings;
use crate::catalogue::{AssetIx, Drafts};
use crate::markdown::{Dest, Document};
use crate::paths::{folder_of, resolve};
use crate::schema::{Practice, Record};
use crate::source::SourcePath;

impl Records {
    /// Removes the drafts, with the guidance and the mappings of measures; returns the removed files.
    pub fn leave_out_drafts(&mut self) -> &BTreeMap<SourcePath, Arc<ParsedFile>> {
        let mut measures = BTreeSet::new();
        let mut paths = BTreeSet::new();
        for (path, file) in &self.parsed {
            match &file.record {
                Record::Measure(it) if it.draft => {
                    measures.insert(it.id.value.clone());
                    let guidance = format!("{}{}.md", folder_of(path), it.id.value);
                    paths.extend([path.clone(), guidance.into()]);
                }
                Record::Page(matter, _) if matter.draft => {
                    paths.insert(path.clone());
                }
                _ => {}
            }
        }
        if !measures.is_empty() {
            let mappings = self.parsed.iter().filter(|(_, file)| match &file.record {
                Record::Mappings(it) => measures.contains(&it.measure.value),
                _ => false,
            });
            paths.extend(mappings.map(|(path, _)| path.clone()));
        }
        for path in paths {
            if let Some((path, file)) = self.parsed.remove_entry(&path) {
                self.drafts.insert(path, file);
            }
        }
        &self.drafts
    }

    /// Whether an id is of a draft measure or of one of its practices.
    pub(super) fn is_draft(&self, id: &str) -> bool {
        self.drafts.values().any(|draft| match &draft.record {
            Record::Measure(measure) => {
                measure.id.value == id || measure.practices.iter().any(|it| it.id.value == id)
            }
            _ => false,
        })
    }

    /// The drafts, by every name that a text or a setting may use.
    pub(super) fn draft_names(&self, content_dir: &str) -> Drafts {
        let mut out = Drafts::default();
        for (path, file) in &self.drafts {
            out.names.insert(path.to_string());
            match &file.record {
                Record::Measure(it) => {
                    out.count += 1;
                    let practices = it.practices.iter().map(|it| it.id.value.clone());
                    out.names.extend(practices);
                    out.names.insert(it.id.value.clone());
                    out.names.insert(format!("measures/{}", it.id.value));
                }
                Record::Page(..) => {
                    out.count += 1;
                    let route = path[content_dir.len()..].trim_end_matches(".md");
                    out.names.insert(route.to_owned());
                }
                _ => {}
            }
        }
        out
    }
}

impl Index<'_> {
    /// Pictures and documents that drafts link to, which are not reported as unreferenced.
    pub(super) fn assets_of_drafts(&self) -> BTreeSet<AssetIx> {
        let mut out = BTreeSet::new();
        for (path, file) in &self.records.drafts {
            let mut texts: Vec<&Document> = Vec::new();
            match &file.record {
                Record::Page(_, body) | Record::Prose(body) => texts.push(&body.document),
                Record::Measure(it) => {
                    texts.push(&it.summary.document);
                    let practices = it.practices.iter().flat_map(Practice::texts);
                    texts.extend(practices.map(|it| &*it.document));
                }
                _ => {}
            }
            let links = texts.iter().flat_map(|it| &it.links);
            out.extend(links.filter_map(|link| match &link.dest {
                Dest::File(file, _) => self.asset_at(path, file),
                Dest::Url(_) | Dest::Anchor(_) | Dest::Wiki(_) => None,
            }));
        }
        out
    }

    /// The picture or document at a path that a text in a file links to.
    fn asset_at(&self, path: &str, written: &str) -> Option<AssetIx> {
        decodings(written).into_iter().find_map(|it| {
            let full = resolve(folder_of(path), &it)?;
            self.asset_ix.get(full.as_str()).copied()
        })
    }
}
