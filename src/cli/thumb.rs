//! `maeum thumb`

use super::args::{ThumbArguments, Verdict};
use super::session::Session;
use super::{Context, find_track, output};
use crate::engine::{Command, Event};
use crate::language::Language;
use crate::mood::Mood;
use crate::recommend::Reaction;
use anyhow::{Result, bail};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, arguments: &ThumbArguments) -> Result<ExitCode> {
    let reaction = match (arguments.verdict, arguments.artist, arguments.mood) {
        (Verdict::Up, false, _) => Reaction::ThumbUp,
        (Verdict::Down, false, _) => Reaction::ThumbDown,
        (Verdict::Never, true, None) => Reaction::NeverArtist,
        (Verdict::Never, false, Some(_)) => Reaction::NeverInMood,
        (Verdict::Never, false, None) => Reaction::NeverTrack,
        (Verdict::Never, true, Some(_)) => bail!("--artist and --mood do not go together"),
        (_, true, _) => bail!("--artist goes with `never` only"),
        (Verdict::Clear, false, _) => Reaction::ThumbTaken,
    };
    let mut session = Session::open(context)?;
    let mut tracks = Vec::new();
    for file in &arguments.files {
        tracks.push(find_track(&session.snapshot, file)?);
    }
    for track in tracks {
        react(&mut session, track.id, reaction, arguments.mood)?;
        if arguments.verdict == Verdict::Clear {
            // What takes a thumb back lifts a ban, too.
            react(&mut session, track.id, Reaction::Allowed, None)?;
        }
        let said = said(reaction, context.language);
        output::line(&format!("{}: {said}", track.title()))?;
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

fn react(
    session: &mut Session,
    track: crate::library::TrackId,
    reaction: Reaction,
    mood: Option<Mood>,
) -> Result<()> {
    session.send(Command::React {
        track,
        reaction,
        mood,
    })?;
    session.wait_or_fail(|event| matches!(event, Event::Listener(_)).then_some(()))
}

fn said(reaction: Reaction, language: Language) -> &'static str {
    match reaction {
        Reaction::ThumbUp => language.pick("thumb up", "좋아요"),
        Reaction::ThumbDown => language.pick("thumb down", "싫어요"),
        Reaction::NeverArtist => language.pick(
            "its artist is never suggested any more",
            "이 아티스트는 더 이상 고르지 않아요",
        ),
        Reaction::NeverInMood => language.pick(
            "never suggested in this mood any more",
            "이 기분일 때는 더 이상 고르지 않아요",
        ),
        Reaction::NeverTrack => language.pick("never suggested any more", "더 이상 고르지 않아요"),
        _ => language.pick("taken back", "되돌렸어요"),
    }
}
