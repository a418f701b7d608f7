//! The command line: the same engine as the window's, for scripts and headless machines.

mod args;
mod doctor;
mod duplicates;
mod forget;
mod history;
mod mood;
mod output;
mod photo;
mod play;
mod playlist;
mod playlists;
mod scan;
mod session;
mod taste;
mod thumb;

pub use args::{Arguments, CommandLine};

use crate::config::Folders;
use crate::engine::Snapshot;
use crate::language::Language;
use crate::library::{Track, plain_path};
use anyhow::{Context as _, Result, bail};
use args::Command;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

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
        Command::Journey(arguments) => playlist::journey(&context, &arguments),
        Command::Surprise(arguments) => playlist::surprise(&context, &arguments),
        Command::Playlist(arguments) => playlists::run(&context, &arguments),
        Command::Thumb(arguments) => thumb::run(&context, &arguments),
        Command::Taste(arguments) => taste::run(&context, &arguments),
        Command::History(arguments) => history::run(&context, &arguments),
        Command::Photo(arguments) => playlist::photo(&context, &arguments),
        Command::Mood(arguments) => mood::run(&context, &arguments),
        Command::Play(arguments) => play::run(&context, &arguments),
        Command::Duplicates(arguments) => duplicates::run(&context, &arguments),
        Command::Forget(arguments) => forget::run(&context, &arguments),
        Command::Doctor(arguments) => doctor::run(&context, &arguments),
    }
}

/// What every command knows.
struct Context<'a> {
    folders: &'a Folders,
    demo: bool,
    language: Language,
}

/// The path that means the same from everywhere, as the library keeps it.
fn absolute(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path)
        .with_context(|| format!("cannot make sense of {}", path.display()))?;
    Ok(plain_path(&absolute))
}

/// These paths made absolute; an error names the first that does not exist.
fn existing(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let existing = |path: &PathBuf| {
        let absolute = absolute(path)?;
        if !absolute.exists() {
            bail!("{} does not exist", path.display());
        }
        Ok(absolute)
    };
    paths.iter().map(existing).collect()
}

/// The library's track in a file.
fn find_track(snapshot: &Snapshot, file: &Path) -> Result<Arc<Track>> {
    match snapshot.library.by_path(&absolute(file)?) {
        Some(track) => Ok(Arc::clone(track)),
        None => bail!("{} is not in the library; scan it first", file.display()),
    }
}
