//! The user's browser.
//!
//! Entry: [`open`]. Invariant: the address goes to the browser as one argument, never through a shell.

use std::process::{Command, Stdio};
use std::thread;

/// Opens an address in the user's browser.
///
/// # Errors
/// A message that names the program that could not be started.
pub fn open(url: &str) -> Result<(), String> {
    let (program, options): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut child = Command::new(program)
        .args(options)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("no browser was opened: {program}: {error}"))?;
    // Reaps the child, which would stay a zombie otherwise.
    thread::spawn(move || child.wait());
    Ok(())
}
