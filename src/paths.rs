//! Paths of files in a book and in its site: parts joined by `/`, without a slash at the beginning.
//!
//! Entry: [`folder_of`], [`resolve`], [`relative`]. Invariant: no path that is made here leads out of its root.

/// The folder of a file, with a slash at its end; empty at the top.
#[must_use]
pub fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// The file to which a relative path leads from a folder, without `.` and `..`; none where it leaves the root.
#[must_use]
pub fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative path that leads from a folder to a file.
#[must_use]
pub fn relative(folder: &str, to: &str) -> String {
    let from: Vec<_> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<_> = to.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::{folder_of, relative, resolve};

    #[test]
    fn a_folder_ends_with_a_slash() {
        assert_eq!(folder_of("content/guide/a.md"), "content/guide/");
        assert_eq!(folder_of("book.toml"), "");
    }

    #[test]
    fn paths_stay_below_the_root() {
        let guide = resolve("content/measures/", "../guide/a.md");
        assert_eq!(guide.as_deref(), Some("content/guide/a.md"));
        assert_eq!(resolve("content/", "../../etc"), None);
        assert_eq!(resolve("content/", "/etc"), None);
    }

    #[test]
    fn a_relative_path_leads_back() {
        let path = relative("content/measures/", "content/guide/a.md");
        assert_eq!(path, "../guide/a.md");
        let file = resolve("content/measures/", &path);
        assert_eq!(file.as_deref(), Some("content/guide/a.md"));
    }
}
