//! The page on commands, from the command line itself.
//!
//! Entry: [`page`]. Invariant: every command and option that the program takes is here, and no other.

use clap::{Arg, Command};

use super::text::{code, head, row};

/// Every command.
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
    for below in command.get_subcommands().filter(|it| shown(it)) {
        one(below, &mut out);
    }
    out
}

/// A command, or each of those below it.
fn one(command: &Command, out: &mut String) {
    let below: Vec<_> = command.get_subcommands().filter(|it| shown(it)).collect();
    let name = command.get_bin_name().unwrap_or(command.get_name());
    out.push_str(&format!("\n## {name}\n\n{}\n", sentence(&about(command))));
    if below.is_empty() {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        out.push_str(&format!("\n{}", code("sh", usage)));
        let own: Vec<_> = command
            .get_arguments()
            .filter(|it| !it.is_global_set() && !it.is_hide_set())
            .filter(|it| !["help", "version"].contains(&it.get_id().as_str()))
            .collect();
        if !own.is_empty() {
            out.push_str(&format!("\n{}", table(&own)));
        }
    }
    for command in below {
        one(command, out);
    }
}

fn shown(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

fn about(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// A help text, which has no full stop on the terminal.
fn sentence(words: &str) -> String {
    if words.is_empty() || words.ends_with('.') {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// A sentence as a part of another.
fn inside(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    let first = letters.next().map(|it| it.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

fn table(arguments: &[&Arg]) -> String {
    let mut out = head(&["option", "meaning"]);
    for argument in arguments {
        out.push_str(&row(&[&spelled(argument), &meaning(argument)]));
    }
    out
}

/// `-d`, `--dest-dir <DEST_DIR>`, or the place of a value without a name.
fn spelled(argument: &Arg) -> String {
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
            Some(help) => format!("`{}`, {}", it.get_name(), inside(&help.to_string())),
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
