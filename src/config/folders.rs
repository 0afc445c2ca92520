//! Finds overlaps between the folder of a site and the sources of its book.
//!
//! Entry: [`Overlap::in_book`] for paths in the book, [`Overlap::between`] for any two folders. Comparison ignores case, as some
//! file systems do, since a book moves between machines.

/// An overlap between the folder of a site and sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The file or folder of sources.
    sources: String,
    relation: PathRelation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PathRelation {
    Same,
    Inside,
    Above,
}

/// The folder of a book's own theme.
pub const THEME: &str = "theme";

/// The folder of a repository.
pub const REPOSITORY: &str = ".git";

impl Overlap {
    /// The overlap of a folder of the book with its content (unless that is empty), theme, settings or repository.
    #[must_use]
    pub fn in_book(folder: &str, content: &str) -> Option<Self> {
        let parts = path_parts(folder);
        if parts.iter().any(|it| it == REPOSITORY) {
            return Some(Self {
                sources: REPOSITORY.to_owned(),
                relation: PathRelation::Inside,
            });
        }
        [content, THEME, super::BOOK_TOML]
            .into_iter()
            .filter(|sources| !sources.is_empty())
            .find_map(|sources| Self::between(&parts, &path_parts(sources), sources))
    }

    /// The overlap of a folder with sources, both as path parts. `name` is the name of the sources in messages.
    #[must_use]
    pub fn between(folder: &[String], sources: &[String], name: &str) -> Option<Self> {
        let relation = if folder == sources {
            PathRelation::Same
        } else if folder.starts_with(sources) {
            PathRelation::Inside
        } else if sources.starts_with(folder) {
            PathRelation::Above
        } else {
            return None;
        };
        Some(Self {
            sources: name.trim_end_matches('/').to_owned(),
            relation,
        })
    }

    /// The message that a site can't be written there.
    #[must_use]
    pub fn message(&self) -> String {
        format!("the site can't be here: {}", self.describe())
    }

    /// Describes the overlap.
    #[must_use]
    pub fn describe(&self) -> String {
        let sources = &self.sources;
        match self.relation {
            PathRelation::Same if sources == super::BOOK_TOML => format!("this is `{sources}`"),
            PathRelation::Same => {
                format!("this is the folder `{sources}`, from which the book is read")
            }
            PathRelation::Inside if sources == REPOSITORY => {
                format!("this is inside `{sources}`, the repository")
            }
            PathRelation::Inside => {
                format!("this is inside `{sources}`, from which the book is read")
            }
            PathRelation::Above => {
                format!("`{sources}`, from which the book is read, is inside it")
            }
        }
    }
}

/// The parts of a path in lower case, to compare paths as case-insensitive file systems do.
#[must_use]
pub fn path_parts(path: &str) -> Vec<String> {
    path.split(['/', '\\'])
        .filter(|part| !["", "."].contains(part))
        .map(str::to_lowercase)
        .collect()
}

/// Whether a path in `book.toml` is a folder inside the book.
#[must_use]
pub fn is_inside(folder: &str) -> bool {
    !folder.starts_with('/')
        && !folder.contains(['\\', ':'])
        && folder.split('/').all(|it| it != ".." && it != ".")
        && !folder.trim_end_matches('/').is_empty()
}

#[cfg(test)]
mod tests {
    use super::Overlap;

    #[test]
    fn overlaps_with_sources_are_found() {
        for folder in [
            "public",
            "docs/site",
            "theme-site",
            "contents",
            "content.new",
            ".github",
        ] {
            assert_eq!(Overlap::in_book(folder, "content"), None, "{folder}");
        }
        for (folder, content, words) in [
            ("content", "content/", "this is the folder `content`"),
            ("Content/", "content", "this is the folder `content`"),
            ("content/a/b", "content", "inside `content`"),
            (
                "docs",
                "docs/content",
                "`docs/content`, from which the book is read, is inside it",
            ),
            ("theme", "content", "this is the folder `theme`"),
            ("THEME/out", "content", "inside `theme`"),
            (".git", "content", "inside `.git`"),
            ("modules/.Git/x", "content", "inside `.git`"),
            ("book.toml", "content", "this is `book.toml`"),
        ] {
            let overlap = Overlap::in_book(folder, content).expect(folder);
            assert!(
                overlap.message().contains(words),
                "{folder}: {}",
                overlap.message()
            );
        }
    }
}
