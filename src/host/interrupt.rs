//! Signals that ask the program to end: Ctrl-C (SIGINT), SIGTERM and, for the preview, SIGHUP.
//!
//! Entry: [`on_signal`] for a program that ends by itself, [`cleanup_on_signal`] for one that must clean up before a signal ends it.

/// Runs `work` on each signal that asks the program to end.
///
/// # Errors
/// A message, if the system refuses to install the signal handler.
pub fn on_signal(work: impl FnMut() + Send + 'static) -> Result<(), String> {
    system::on_signal(work)
}

/// Runs `work` on the first signal that asks the program to end, and then ends it as the signal would have: the exit code is
/// 130 after Ctrl-C and 143 after SIGTERM. A second signal ends the program at once.
///
/// # Errors
/// A message, if the system refuses to install the signal handler.
pub fn cleanup_on_signal(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    system::cleanup_on_signal(work)
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::process;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    pub(super) fn on_signal(mut work: impl FnMut() + Send + 'static) -> Result<(), String> {
        let install = || {
            let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
            spawn_listener(move || signals.forever().for_each(|_| work()))
        };
        install().map_err(|error| message(&error))
    }

    pub(super) fn cleanup_on_signal(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        let install = || {
            let is_ending = Arc::new(AtomicBool::new(false));
            for signal in [SIGINT, SIGTERM] {
                // The order matters: the handler that ends the program must not see the flag that the same signal sets.
                flag::register_conditional_default(signal, Arc::clone(&is_ending))?;
                flag::register(signal, Arc::clone(&is_ending))?;
            }
            let mut signals = Signals::new([SIGINT, SIGTERM])?;
            spawn_listener(move || {
                if let Some(signal) = signals.forever().next() {
                    work();
                    end(signal);
                }
            })
        };
        install().map_err(|error| message(&error))
    }

    fn spawn_listener(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        thread::Builder::new().spawn(work).map(drop)
    }

    /// Ends the program by a signal rather than an exit code, so that a loop in a shell script ends too.
    fn end(signal: i32) {
        // The kernel does not deliver such a signal to the first process of a container.
        if process::id() != 1 {
            low_level::emulate_default_handler(signal).ok();
        }
        process::exit(128 + signal);
    }

    fn message(error: &io::Error) -> String {
        format!("signals can't be listened to: {error}")
    }
}

#[cfg(not(unix))]
mod system {
    /// The exit code after Ctrl-C in POSIX shells; Windows has another one of its own.
    const CTRL_C: i32 = 130;

    pub(super) fn on_signal(work: impl FnMut() + Send + 'static) -> Result<(), String> {
        ctrlc::set_handler(work).map_err(|error| format!("Ctrl-C can't be listened to: {error}"))
    }

    pub(super) fn cleanup_on_signal(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        let mut work = Some(work);
        on_signal(move || {
            if let Some(work) = work.take() {
                work();
            }
            std::process::exit(CTRL_C);
        })
    }
}
