//! Addresses that open a file in the author's editor.
//!
//! Entry: [`Editor::address`]. Invariant: a path is written so that it can't end the address or begin another part of it.

/// The editor's address as `book.toml` states it, and where the book is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editor<'a> {
    pub(super) template: Option<&'a str>,
    pub(super) root: &'a str,
}

impl Editor<'_> {
    /// The address of a place in a file; none where the book names no editor.
    pub(super) fn address(self, path: &str, line: usize, column: usize) -> Option<String> {
        let template = self.template?;
        let whole = format!("{}/{path}", self.root.replace('\\', "/"));
        let path = percent(&whole);
        // In `vscode://file/{path}` the slash before an absolute path is there already, in `file://{path}` it is not.
        let before = template.split("{path}").next().unwrap_or_default();
        let doubled = before.ends_with('/') && !before.ends_with("//");
        let path = path.strip_prefix('/').filter(|_| doubled).unwrap_or(&path);
        Some(
            template
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string())
                .replace("{path}", path),
        )
    }
}

/// A path with the characters that addresses can't hold as `%…`.
fn percent(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~()/:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Editor;

    fn address(template: &str, root: &str) -> Option<String> {
        let editor = Editor {
            template: Some(template),
            root,
        };
        editor.address("content/a b&c.md", 3, 7)
    }

    #[test]
    fn a_file_is_named_by_its_absolute_path() {
        assert_eq!(
            address("vscode://file/{path}:{line}:{column}", "/home/ann/book").as_deref(),
            Some("vscode://file/home/ann/book/content/a%20b%26c.md:3:7")
        );
        assert_eq!(
            address("subl://open?url=file://{path}&line={line}", "/book").as_deref(),
            Some("subl://open?url=file:///book/content/a%20b%26c.md&line=3")
        );
        assert_eq!(
            address("vscode://file/{path}", r"C:\book").as_deref(),
            Some("vscode://file/C:/book/content/a%20b%26c.md")
        );
        let none = Editor {
            template: None,
            root: "/book",
        };
        assert_eq!(none.address("a", 1, 1), None);
    }
}
