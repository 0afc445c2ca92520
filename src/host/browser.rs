//! The user's browser.
//!
//! Entry: [`open`]. Invariant: the address goes to the browser as one argument, never through a shell.

use std::process::{Command, Stdio};
use std::thread;

/// Opens an address in the user's browser.
///
/// # Errors
/// In words, where no browser can be started.
pub fn open(url: &str) -> Result<(), String> {
    let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut child = Command::new(program)
        .args(before)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|it| format!("no browser was opened: {program}: {it}"))?;
    // Somebody has to hear that it ended.
    thread::spawn(move || child.wait());
    Ok(())
}
