//! The page on commands, generated from the command line.
//!
//! Entry: [`page`]. Invariant: the page lists exactly the commands and options of the program.

use clap::{Arg, Command};

use super::text::{code_block, table_header, table_row};

/// The page.
#[must_use]
pub fn page(command: &Command) -> String {
    let mut command = command.clone();
    command.build();
    let mut out = format!(
        "# Commands\n\n{}\n\nExit codes: 0 nothing to mend, 1 the author has something to mend, 2 the call or the \
         machine is at fault. Results go to standard output, everything else to standard error. Colour is used on \
         a terminal only, and never where `NO_COLOR` is set.\n\nEvery command takes:\n\n",
        sentence(&about(&command))
    );
    let global: Vec<_> = command
        .get_arguments()
        .filter(|it| it.is_global_set())
        .collect();
    out.push_str(&table(&global));
    for subcommand in command.get_subcommands().filter(|it| is_visible(it)) {
        add_command(subcommand, &mut out);
    }
    out
}

/// Adds a command and its subcommands.
fn add_command(command: &Command, out: &mut String) {
    let subcommands: Vec<_> = command
        .get_subcommands()
        .filter(|it| is_visible(it))
        .collect();
    let name = command.get_bin_name().unwrap_or(command.get_name());
    out.push_str(&format!("\n## {name}\n\n{}\n", sentence(&about(command))));
    if subcommands.is_empty() {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        out.push_str(&format!("\n{}", code_block("sh", usage)));
        let own: Vec<_> = command
            .get_arguments()
            .filter(|it| !it.is_global_set() && !it.is_hide_set())
            .filter(|it| !["help", "version"].contains(&it.get_id().as_str()))
            .collect();
        if !own.is_empty() {
            out.push_str(&format!("\n{}", table(&own)));
        }
    }
    for subcommand in subcommands {
        add_command(subcommand, out);
    }
}

fn is_visible(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Ends a help text with a full stop, which it does not have on the terminal.
fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Turns a sentence into a part of another one.
fn clause(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first = letters.next().map(|it| it.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

fn table(arguments: &[&Arg]) -> String {
    let mut out = table_header(&["option", "meaning"]);
    for argument in arguments {
        out.push_str(&table_row(&[&syntax(argument), &meaning(argument)]));
    }
    out
}

/// The syntax of an argument: `-d`, `--dest-dir <DEST_DIR>`, or the name of a positional one.
fn syntax(argument: &Arg) -> String {
    let value = argument
        .get_value_names()
        .and_then(|it| it.first())
        .filter(|_| argument.get_action().takes_values());
    if argument.is_positional() {
        let name = value.map_or(argument.get_id().as_str(), |it| it.as_str());
        return format!("`{name}`");
    }
    let short = argument.get_short().map(|it| format!("`-{it}`"));
    let long = argument.get_long().map(|it| {
        let value = value.map_or_else(String::new, |it| format!(" <{it}>"));
        format!("`--{it}{value}`")
    });
    let both: Vec<_> = short.into_iter().chain(long).collect();
    both.join(", ")
}

fn meaning(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string);
    let mut out = sentence(&help.unwrap_or_default());
    let values = argument.get_possible_values();
    let flag = !argument.get_action().takes_values();
    if !values.is_empty() && !flag {
        let words = values.iter().map(|it| match it.get_help() {
            Some(help) => format!("`{}`, {}", it.get_name(), clause(&help.to_string())),
            None => format!("`{}`", it.get_name()),
        });
        let words: Vec<_> = words.collect();
        out.push_str(&format!(" One of {}.", words.join("; ")));
    }
    let defaults = argument.get_default_values().iter();
    let defaults: Vec<_> = defaults
        .filter(|it| *it != "." && !flag)
        .map(|it| format!("`{}`", it.to_string_lossy()))
        .collect();
    if !defaults.is_empty() {
        out.push_str(&format!(" Default: {}.", defaults.join(", ")));
    }
    out
}
