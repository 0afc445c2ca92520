//! The book that a command works on.

use std::path::{Component, Path, PathBuf};

use super::Failure;
use crate::config::{BOOK_TOML, Config, Overlap, REPOSITORY, THEME, is_inside, path_parts};
use crate::diagnostic::Diagnostic;
use crate::host::{folder, read};
use crate::source::{SourcePath, Sources};

/// The folder of a book, and the working directory in it.
#[derive(Debug, Clone)]
pub(super) struct Book {
    /// The folder of `book.toml`, relative to the working directory.
    pub(super) dir: PathBuf,
    /// The working directory, relative to that folder; empty if the user named the folder.
    inside: PathBuf,
}

impl Book {
    /// The book in the folder that the user names; without one, in this folder or the nearest above it.
    pub(super) fn find(named: Option<&Path>) -> Self {
        let found = match named {
            Some(dir) => Some((dir.to_path_buf(), PathBuf::new())),
            None => folder::find_upwards(BOOK_TOML),
        };
        let (dir, inside) = found.unwrap_or_else(|| (PathBuf::from("."), PathBuf::new()));
        Self { dir, inside }
    }

    /// Reads its sources.
    pub(super) fn sources(&self) -> Result<Sources, Failure> {
        let dir = &self.dir;
        if !dir.is_dir() {
            return Err(format!("{} is no folder", dir.display()));
        }
        let alone = read::read(dir, &[], &[BOOK_TOML]).map_err(|it| it.to_string())?;
        if alone.bytes(BOOK_TOML).is_none() && alone.refused().next().is_none() {
            let above = if self.is_here() {
                " or a folder above it"
            } else {
                ""
            };
            return Err(format!(
                "there is no {BOOK_TOML} in {}{above}; `controlbook init` begins a book",
                dir.display()
            ));
        }
        let folders = folders(&alone);
        let folders: Vec<_> = folders.iter().map(String::as_str).collect();
        read::read(dir, &folders, &[BOOK_TOML]).map_err(|it| it.to_string())
    }

    /// Whether the book's folder is the working directory.
    pub(super) fn is_here(&self) -> bool {
        self.dir == Path::new(".")
    }

    /// A command on this book, as the user would type it again.
    pub(super) fn command(&self, verb: &str) -> String {
        if self.is_here() || self.is_above() {
            format!("controlbook {verb}")
        } else {
            format!("controlbook {verb} {}", self.dir.display())
        }
    }

    /// The path of a file or folder of the book, relative to the working directory.
    pub(super) fn path_from_user(&self, path: &str) -> PathBuf {
        if self.is_here() {
            PathBuf::from(path)
        } else {
            self.dir.join(path)
        }
    }

    /// A path of the book for display, relative to the working directory: `guide/a.md` in `content`, `../book.toml` there.
    pub(super) fn display_path(&self, path: &str) -> String {
        let mut inside = self.inside.iter().map(|it| it.to_string_lossy()).peekable();
        if inside.peek().is_none() {
            let dir = self.dir.strip_prefix(".").unwrap_or(&self.dir);
            return dir.join(path).display().to_string();
        }
        let mut rest = path.split('/').peekable();
        while let (Some(one), Some(other)) = (inside.peek(), rest.peek())
            && one == other
        {
            inside.next();
            rest.next();
        }
        let up = inside.map(|_| "..".to_owned());
        let names: Vec<_> = up.chain(rest.map(str::to_owned)).collect();
        names.join("/")
    }

    /// Whether the book was found above the working directory.
    pub(super) fn is_above(&self) -> bool {
        !self.inside.as_os_str().is_empty()
    }

    /// Diagnostics and their files with paths relative to the working directory.
    pub(super) fn relative_to_user(
        &self,
        diagnostics: &[Diagnostic],
        sources: &Sources,
    ) -> (Vec<Diagnostic>, Sources) {
        let mut out = Sources::default();
        let mut moved = |path: &SourcePath| {
            let shown: SourcePath = self.display_path(path).into();
            if let Some(bytes) = sources.bytes(path) {
                out.insert(shown.clone(), bytes.clone());
            }
            shown
        };
        let mut diagnostics = diagnostics.to_vec();
        for it in &mut diagnostics {
            it.path = moved(&it.path);
            for other in &mut it.related {
                other.place.path = moved(&other.place.path);
            }
        }
        (diagnostics, out)
    }

    /// The folder of the site: the user's, or that of `book.toml`.
    pub(super) fn destination(&self, said: Option<&Path>, config: &Config) -> PathBuf {
        said.map_or_else(
            || self.path_from_user(&config.build.build_dir),
            Path::to_path_buf,
        )
    }

    /// Refuses a folder for the site that is inside the book's sources, also by symbolic links, or that contains the book.
    pub(super) fn refuse_among_sources(&self, site: &Path, config: &Config) -> Result<(), Failure> {
        let real = |it: &Path| {
            let place = folder::resolve(it);
            place.map_err(|error| format!("{}: {error}", it.display()))
        };
        let (root, folder) = (real(&self.dir)?, real(site)?);
        let refused = |why: &str| {
            let site = site.display();
            Err(format!(
                "the site can't be in {site}: {why}; name a folder of its own, such as `public`"
            ))
        };
        if root.starts_with(&folder) {
            return refused("the book itself is in it");
        }
        if names(&folder).iter().any(|it| it == REPOSITORY) {
            return refused("this is inside `.git`, the repository");
        }
        for name in [config.content_dir().trim_end_matches('/'), THEME] {
            // The target of a symbolic link is a source as well.
            let source = real(&self.dir.join(name))?;
            let lies = match (folder.strip_prefix(&root), source.strip_prefix(&root)) {
                (Ok(one), Ok(other)) => Overlap::between(&names(one), &names(other), name),
                _ => Overlap::between(&names(&folder), &names(&source), name),
            };
            if let Some(overlap) = lies {
                return refused(&overlap.describe());
            }
        }
        Ok(())
    }
}

/// Refuses a folder for generated files that would become sources of the book around the working directory.
pub(super) fn refuse_in_sources(folder: &Path) -> Result<(), Failure> {
    let book = Book::find(None);
    let Ok(sources) = book.sources() else {
        return Ok(());
    };
    let config = Config::parse(&sources).value;
    let real =
        |it: &Path| folder::resolve(it).map_err(|error| format!("{}: {error}", it.display()));
    let folder_real = real(folder)?;
    let sources = [
        config.content_dir(),
        THEME.to_owned(),
        REPOSITORY.to_owned(),
    ];
    for name in sources.iter().map(|it| it.trim_end_matches('/')) {
        if folder_real.starts_with(real(&book.dir.join(name))?) {
            return Err(format!(
                "{} is inside `{name}` of the book: nothing was written; name another folder",
                folder.display()
            ));
        }
    }
    Ok(())
}

/// The parts of a path, folded as a case-insensitive disk compares them.
fn names(place: &Path) -> Vec<String> {
    path_parts(&place.to_string_lossy())
}

/// The folders that are read of a book.
pub(super) fn folders(sources: &Sources) -> Vec<String> {
    // Spelled as in `book.toml`: the disk may not normalise names.
    let content = Config::parse(sources).value.book.src;
    let content = content.trim_end_matches('/').to_owned();
    let mut folders = vec![THEME.to_owned()];
    if is_inside(&content) {
        folders.insert(0, content);
    }
    folders
}

/// The book's folder with `/` between its parts, for formats whose paths begin where the command runs; an absolute one is not said.
pub(super) fn from_here(dir: &Path) -> String {
    let mut parts = Vec::new();
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => parts.push(part.to_string_lossy()),
            _ => return String::new(),
        }
    }
    parts.join("/")
}
