//! Everything that is tested over whole books, in one binary.

mod cli;
mod content;
mod host;
mod hostile;
mod html;
mod real;
mod reasons;
mod seeded;
mod site;
mod tidy;
