//! Signals that ask the program to end: Ctrl-C (SIGINT), SIGTERM and, for the preview, SIGHUP.
//!
//! Entry: [`on_end`] for a program that ends by itself when told, [`before_end`] for one that has something to put away first.

/// Runs `work` each time that the user or the system asks the program to end.
///
/// # Errors
/// In words, where the system has no such signal or one is already listened to.
pub fn on_end(work: impl FnMut() + Send + 'static) -> Result<(), String> {
    system::on_end(work)
}

/// Runs `work` when the user or the system asks the program to end, and then ends it as the signal would have: shells show
/// 130 after Ctrl-C and 143 after SIGTERM. A second signal does not wait for `work`.
///
/// # Errors
/// In words, where the system has no such signal or one is already listened to.
pub fn before_end(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    system::before_end(work)
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

    pub(super) fn on_end(mut work: impl FnMut() + Send + 'static) -> Result<(), String> {
        let listen = || {
            let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
            start(move || signals.forever().for_each(|_| work()))
        };
        listen().map_err(|error| in_words(&error))
    }

    pub(super) fn before_end(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        let listen = || {
            let was_asked = Arc::new(AtomicBool::new(false));
            for signal in [SIGINT, SIGTERM] {
                // In this order: what ends the program at once must not see the flag that the same signal sets.
                flag::register_conditional_default(signal, Arc::clone(&was_asked))?;
                flag::register(signal, Arc::clone(&was_asked))?;
            }
            let mut signals = Signals::new([SIGINT, SIGTERM])?;
            start(move || {
                if let Some(signal) = signals.forever().next() {
                    work();
                    end(signal);
                }
            })
        };
        listen().map_err(|error| in_words(&error))
    }

    fn start(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        thread::Builder::new().spawn(work).map(drop)
    }

    /// Ends the program by a signal, so that a shell's loop over several builds ends too.
    fn end(signal: i32) {
        // The first process of a container is not ended by a signal that it sends to itself.
        if process::id() != 1 {
            low_level::emulate_default_handler(signal).ok();
        }
        process::exit(128 + signal);
    }

    fn in_words(error: &io::Error) -> String {
        format!("signals can't be listened to: {error}")
    }
}

#[cfg(not(unix))]
mod system {
    /// What Windows' own shells show after Ctrl-C is a number of its own; this is the one of all others.
    const CTRL_C: i32 = 130;

    pub(super) fn on_end(work: impl FnMut() + Send + 'static) -> Result<(), String> {
        ctrlc::set_handler(work).map_err(|error| format!("Ctrl-C can't be listened to: {error}"))
    }

    pub(super) fn before_end(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        let mut work = Some(work);
        on_end(move || {
            if let Some(work) = work.take() {
                work();
            }
            std::process::exit(CTRL_C);
        })
    }
}
