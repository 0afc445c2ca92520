//! The theme of a book, read anew only when one of its files has changed.

use std::sync::{Arc, LazyLock};

use super::snapshot::Bytes;
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Sources};
use crate::theme::Theme;

/// The theme as it was last read, and the files that it was read from.
pub(super) type ThemeCache = Option<(ThemeFiles, Result<Arc<Theme>, Vec<Diagnostic>>)>;
type ThemeFiles = Vec<(SourcePath, Bytes)>;

/// The built-in theme: that of a book without a theme of its own.
static OURS: LazyLock<Option<Arc<Theme>>> =
    LazyLock::new(|| Theme::load(&Sources::default(), None).ok().map(Arc::new));

/// The theme, read anew only when one of its files has changed.
pub(super) fn load(
    sources: &Sources,
    cache: &mut ThemeCache,
) -> Result<Arc<Theme>, Vec<Diagnostic>> {
    let files: ThemeFiles = sources
        .under("theme/")
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    if let Some((of, theme)) = cache
        && *of == files
    {
        return theme.clone();
    }
    if files.is_empty()
        && let Some(ours) = &*OURS
    {
        *cache = Some((files, Ok(ours.clone())));
        return Ok(ours.clone());
    }
    let before = cache.as_ref().and_then(|(_, it)| it.as_deref().ok());
    let theme = Theme::load(sources, before).map(Arc::new);
    *cache = Some((files, theme.clone()));
    theme
}
