//! `maeum forget`: takes tracks out of the library whose files are gone.

use super::args::ForgetArguments;
use super::session::Session;
use super::{Context, find_track, output};
use crate::engine::{Command, Event, Notice};
use crate::language::Language;
use anyhow::{Result, bail};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, arguments: &ForgetArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    let mut gone = Vec::new();
    for file in &arguments.files {
        let track = find_track(&session.snapshot, file)?;
        if !track.missing {
            bail!(
                "{} is there; only tracks whose files are gone can be forgotten",
                file.display()
            );
        }
        gone.push(track.id);
    }
    if arguments.all {
        let tracks = session.snapshot.library.tracks().iter();
        let missing = tracks.filter(|track| track.missing);
        gone = missing.map(|track| track.id).collect();
    }
    session.send(Command::Forget(gone))?;
    let number = session.wait_or_fail(|event| match event {
        Event::Notice(Notice::Forgotten(number)) => Some(number),
        _ => None,
    })?;
    output::line(&match context.language {
        Language::English if number == 1 => "1 track forgotten".to_owned(),
        Language::English => format!("{number} tracks forgotten"),
        Language::Korean => format!("{number}곡을 지웠어요"),
    })?;
    session.close();
    Ok(ExitCode::SUCCESS)
}
