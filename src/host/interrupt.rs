//! The wish to end: Ctrl-C, or the system's word to stop.
//!
//! Entry: [`on_end`].

/// Runs `work` when the user or the system asks the program to end.
///
/// # Errors
/// In words, where the system has no such signal or one is already listened to.
pub fn on_end(work: impl FnMut() + Send + 'static) -> Result<(), String> {
    ctrlc::set_handler(work).map_err(|it| format!("Ctrl-C can't be listened to: {it}"))
}
