//! The command line: the same engine as the window's, for scripts and headless machines.

mod args;
mod doctor;
mod mood;
mod output;
mod play;
mod playlist;
mod scan;
mod session;

pub use args::{Arguments, CommandLine};

use crate::config::Folders;
use crate::language::Language;
use anyhow::Result;
use args::Command;
use std::process::ExitCode;

/// Runs a headless command. Results go to standard output; an error is the caller's to
/// print. The exit code is non-zero when some of the answers are errors.
pub fn run(command: CommandLine, folders: &Folders, demo: bool) -> Result<ExitCode> {
    let context = Context {
        folders,
        demo,
        language: Language::of_system(),
    };
    match command.0 {
        Command::Scan(arguments) => scan::run(&context, &arguments),
        Command::Feel(arguments) => playlist::feel(&context, &arguments),
        Command::Like(arguments) => playlist::like(&context, &arguments),
        Command::Lately(arguments) => playlist::lately(&context, &arguments),
        Command::Mood(arguments) => mood::run(&context, &arguments),
        Command::Play(arguments) => play::run(&context, &arguments),
        Command::Doctor(arguments) => doctor::run(&context, &arguments),
    }
}

/// What every command knows.
struct Context<'a> {
    folders: &'a Folders,
    demo: bool,
    language: Language,
}
