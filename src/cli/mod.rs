//! The command line, one subcommand per file.
//!
//! Entry: [`run`]. Invariant: the only layer that prints; exit 0 is clean, 1 an author's mistakes, 2 usage or machine.

mod book;
mod build;
mod check;
mod clean;
mod explain;
mod fix;
mod hosting;
mod init;
mod manual;
mod new;
mod replies;
mod schema;
mod serve;
mod terminal;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::characters::printable;
use terminal::Terminal;

/// Compiles YAML control definitions and Markdown guidance into a cross-linked static website.
#[derive(Parser)]
#[command(name = "controlbook", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    verbosity: Verbosity,
}

#[derive(Args, Clone, Copy)]
struct Verbosity {
    /// Print nothing but diagnostics and errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: each file that is written.
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site.
    Build(build::Arguments),
    /// Check the book and write nothing.
    Check(check::Arguments),
    /// Show the site in a browser, fresh with each save.
    Serve(serve::Arguments),
    /// Begin a small book. No file that is there already is changed.
    Init(init::Arguments),
    /// Begin a record: its files, with a gap for each text that only you can write.
    New {
        #[command(subcommand)]
        command: new::Command,
    },
    /// Print what a diagnostic means, how it looks and how to mend it.
    Explain {
        /// The code, as it stands in brackets behind `error` or `warning`; without it, all are listed.
        code: Option<String>,
    },
    /// Print or write the manual: fields, rules, commands, continuous integration, editors.
    Manual(manual::Arguments),
    /// Print or write the JSON Schemas that make editors complete and check the content's YAML.
    Schema(schema::Arguments),
    /// Print or write the configuration with which a server or a host publishes the site.
    Hosting(hosting::Arguments),
    /// Delete what `build` wrote, and nothing else.
    Clean {
        /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
        dir: Option<PathBuf>,
        /// The folder of the site; by default as `book.toml` says.
        #[arg(short, long)]
        dest_dir: Option<PathBuf>,
    },
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing is wrong.
    Clean,
    /// The author has something to mend.
    Mistakes,
}

/// The message of a failure that is not the author's: wrong usage, or the machine.
type Failure = String;

/// Runs the command line on its arguments, the program's name first.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // The error repeats the arguments, which may contain control characters, as in a file's name from a shell glob.
            let shown = arguments.iter().map(|it| it.to_string_lossy());
            let shown = shown.map(|it| printable(&it).into_owned());
            let error = Arguments::try_parse_from(shown).err().unwrap_or(error);
            // With a closed pipe, the error can't be printed.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let terminal = Terminal::new(arguments.verbosity.quiet, arguments.verbosity.verbose);
    let outcome = match arguments.command {
        Command::Build(it) => build::run(&it, &terminal),
        Command::Check(it) => check::run(&it, &terminal),
        Command::Serve(it) => serve::run(&it, &terminal),
        Command::Init(it) => init::run(&it, &terminal),
        Command::New { command } => new::run(&command, &terminal),
        Command::Explain { code } => explain::run(code.as_deref(), &terminal),
        Command::Manual(it) => manual::run(&it, &terminal),
        Command::Schema(it) => schema::run(&it, &terminal),
        Command::Hosting(it) => hosting::run(&it, &terminal),
        Command::Clean { dir, dest_dir } => {
            clean::run(dir.as_deref(), dest_dir.as_deref(), &terminal)
        }
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Mistakes) => ExitCode::from(1),
        Err(failure) => {
            terminal.fail(&failure);
            ExitCode::from(2)
        }
    }
}
