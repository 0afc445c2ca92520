//! Everything that is tested over whole books, in one binary.

mod author;
mod book;
mod cli;
mod content;
mod coverage;
mod csv;
mod data;
mod faults;
mod formats;
mod host;
mod hostile;
mod html;
mod lists;
mod manual;
mod matrix;
mod mistakes;
mod preview;
mod properties;
mod real;
mod reasons;
mod rules;
mod search;
mod seeded;
mod serve;
mod site;
mod tidy;
