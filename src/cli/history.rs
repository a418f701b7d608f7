//! `maeum history`

use super::args::HistoryArguments;
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event};
use crate::language::Language;
use crate::library::{Play, Track};
use anyhow::Result;
use serde_json::json;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn run(context: &Context<'_>, arguments: &HistoryArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    session.send(Command::History {
        limit: arguments.limit.into(),
    })?;
    let plays = session.wait_for(|event| match event {
        Event::History(plays) => Some(plays),
        _ => None,
    })?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs().cast_signed());
    for play in plays.iter() {
        // A track that has left the library is heard no more.
        let Some(track) = session.snapshot.library.get(play.track) else {
            continue;
        };
        if arguments.json {
            output::line(&in_json(play, track).to_string())?;
        } else {
            output::line(&in_words(play, track, now, context.language))?;
        }
    }
    if plays.is_empty() && !arguments.json {
        output::line(
            context
                .language
                .pick("nothing was listened to yet", "아직 들은 음악이 없어요"),
        )?;
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

fn in_json(play: &Play, track: &Track) -> serde_json::Value {
    json!({
        "at_unix_secs": play.at_unix_secs,
        "path": track.path.to_string_lossy(),
        "title": track.title(),
        "artist": track.artist(),
        "played_secs": output::rounded(play.played_secs),
        "finished": play.finished,
    })
}

fn in_words(play: &Play, track: &Track, now: i64, language: Language) -> String {
    let artist = track.artist();
    let heard = if play.finished {
        String::new()
    } else {
        let secs = output::clock(play.played_secs);
        match language {
            Language::English => format!("  left after {secs}"),
            Language::Korean => format!("  {secs}에 넘김"),
        }
    };
    format!(
        "{:<14} {}{}{artist}{heard}",
        ago(now - play.at_unix_secs, language),
        track.title(),
        if artist.is_empty() { "" } else { " · " },
    )
}

/// "3 h ago", in the largest unit that fits.
fn ago(secs: i64, language: Language) -> String {
    let minutes = secs.max(0) / 60;
    match (language, minutes, minutes / 60, minutes / 1_440) {
        (Language::English, minutes, 0, _) => format!("{minutes} min ago"),
        (Language::Korean, minutes, 0, _) => format!("{minutes}분 전"),
        (Language::English, _, hours, 0) => format!("{hours} h ago"),
        (Language::Korean, _, hours, 0) => format!("{hours}시간 전"),
        (Language::English, _, _, 1) => "yesterday".to_owned(),
        (Language::Korean, _, _, 1) => "어제".to_owned(),
        (Language::English, _, _, days) => format!("{days} days ago"),
        (Language::Korean, _, _, days) => format!("{days}일 전"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_largest_unit_that_fits() {
        let english: Vec<String> = [30, 3_000, 9_000, 100_000, 400_000]
            .map(|secs| ago(secs, Language::English))
            .into();
        assert_eq!(
            english,
            [
                "0 min ago",
                "50 min ago",
                "2 h ago",
                "yesterday",
                "4 days ago"
            ]
        );
        assert_eq!(ago(9_000, Language::Korean), "2시간 전");
    }
}
