//! The folders of a book that a site must not be written to, and that it must not hold.
//!
//! Entry: [`Overlap::of`] for paths in the book, [`Overlap::between`] for any two. Names are compared as disks do that know
//! no capitals, since a book goes from one machine to another.

/// How the folder of a site lies to one of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The folder of sources.
    of: String,
    lies: Lies,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lies {
    At,
    Inside,
    Above,
}

/// The folder of a book's own theme.
pub const THEME: &str = "theme";

/// The folder of a repository.
pub const REPOSITORY: &str = ".git";

impl Overlap {
    /// How a folder of the book lies to its content (none where that is empty), its theme, its settings and its repository.
    #[must_use]
    pub fn of(folder: &str, content: &str) -> Option<Self> {
        let parts = parts(folder);
        if parts.iter().any(|it| it == REPOSITORY) {
            return Some(Self {
                of: REPOSITORY.to_owned(),
                lies: Lies::Inside,
            });
        }
        let sources = [content, THEME, super::BOOK_TOML];
        let mut sources = sources.into_iter().filter(|it| !it.is_empty());
        sources.find_map(|it| Self::between(&parts, &self::parts(it), it))
    }

    /// How a folder lies to one of sources, both as the names that lead to them; `name` is how the latter is called.
    #[must_use]
    pub fn between(folder: &[String], sources: &[String], name: &str) -> Option<Self> {
        let lies = if folder == sources {
            Lies::At
        } else if folder.starts_with(sources) {
            Lies::Inside
        } else if sources.starts_with(folder) {
            Lies::Above
        } else {
            return None;
        };
        Some(Self {
            of: name.trim_end_matches('/').to_owned(),
            lies,
        })
    }

    /// What would happen to a site.
    #[must_use]
    pub fn words(&self) -> String {
        format!("the site can't be here: {}", self.place())
    }

    /// What is in the way.
    #[must_use]
    pub fn place(&self) -> String {
        let of = &self.of;
        match self.lies {
            Lies::At if of == super::BOOK_TOML => format!("this is `{of}`"),
            Lies::At => format!("this is the folder `{of}`, from which the book is read"),
            Lies::Inside if of == REPOSITORY => format!("this is inside `{of}`, the repository"),
            Lies::Inside => format!("this is inside `{of}`, from which the book is read"),
            Lies::Above => format!("`{of}`, from which the book is read, is inside it"),
        }
    }
}

/// The names that lead to a folder, as a disk that knows no capitals compares them.
#[must_use]
pub fn parts(path: &str) -> Vec<String> {
    let names = path.split(['/', '\\']).filter(|it| !["", "."].contains(it));
    names.map(str::to_lowercase).collect()
}

/// Whether a path of `book.toml` is a folder inside the book.
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
    fn a_site_has_a_folder_of_its_own() {
        for folder in [
            "public",
            "docs/site",
            "theme-site",
            "contents",
            "content.new",
            ".github",
        ] {
            assert_eq!(Overlap::of(folder, "content"), None, "{folder}");
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
            let overlap = Overlap::of(folder, content).expect(folder);
            assert!(
                overlap.words().contains(words),
                "{folder}: {}",
                overlap.words()
            );
        }
    }
}
