//! `maeum history`

use super::args::{ExportFormat, HistoryArguments};
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event, LocalClock, Notice};
use crate::language::Language;
use crate::library::{EVERY_PLAY, Heard, HistoryFormat, Play, Track, write_history};
use anyhow::{Result, bail};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn run(context: &Context<'_>, arguments: &HistoryArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    if let Some(format) = arguments.export {
        export(&mut session, format, arguments.to.as_deref())?;
        session.close();
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(what) = &arguments.erase {
        erase(context, &mut session, what)?;
        session.close();
        return Ok(ExitCode::SUCCESS);
    }
    session.send(Command::History {
        limit: arguments.limit.into(),
    })?;
    let plays = session.wait_or_fail(|event| match event {
        Event::History(plays) => Some(plays),
        _ => None,
    })?;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs().cast_signed());
    for heard in plays.iter() {
        let play = &heard.play;
        // A track that has left the library is heard no more.
        let Some(track) = session.snapshot.library.get(play.track) else {
            continue;
        };
        if arguments.json {
            output::line(&in_json(heard, track).to_string())?;
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

fn export(session: &mut Session, format: ExportFormat, to: Option<&Path>) -> Result<()> {
    let format = match format {
        ExportFormat::Json => HistoryFormat::Json,
        ExportFormat::Csv => HistoryFormat::Csv,
        ExportFormat::Listenbrainz => HistoryFormat::ListenBrainz,
    };
    let Some(to) = to else {
        let limit = EVERY_PLAY;
        session.send(Command::History { limit })?;
        let heard = session.wait_or_fail(|event| match event {
            Event::History(heard) => Some(heard),
            _ => None,
        })?;
        let clock = LocalClock::of_system();
        let library = &session.snapshot.library;
        let text = write_history(&heard, library, format, &|at| clock.iso(at));
        return output::line(text.trim_end());
    };
    let path = super::absolute(to)?;
    session.send(Command::ExportHistory {
        format,
        path,
        replace: true,
    })?;
    session.wait_for_export()
}

fn erase(context: &Context<'_>, session: &mut Session, what: &str) -> Result<()> {
    let (first, last) = if what == "all" {
        (i64::MIN, i64::MAX)
    } else {
        day(session, what)?
    };
    session.send(Command::EraseHistory { first, last })?;
    session.wait_or_fail(|event| {
        matches!(event, Event::Notice(Notice::HistoryErased)).then_some(())
    })?;
    output::line(context.language.pick("erased", "지웠어요"))
}

/// When the plays of a day began, in seconds since 1970.
fn day(session: &mut Session, wanted: &str) -> Result<(i64, i64)> {
    session.send(Command::Diary { limit: EVERY_PLAY })?;
    let diary = session.wait_or_fail(|event| match event {
        Event::Diary(diary) => Some(diary),
        _ => None,
    })?;
    let found = diary.days.iter().find(|day| {
        let date = day.date;
        wanted == format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    });
    match found {
        Some(day) => Ok(day.span_unix_secs()),
        None => bail!("nothing was heard on {wanted}; days are written like 2026-05-12"),
    }
}

fn in_json(heard: &Heard, track: &Track) -> serde_json::Value {
    let play = heard.play;
    json!({
        "at_unix_secs": play.at_unix_secs,
        "path": track.path.to_string_lossy(),
        "title": track.title(),
        "artist": track.artist(),
        "played_secs": output::rounded(play.played_secs),
        "finished": play.finished,
        "occasion": heard.sitting.as_ref().map(|sitting| &sitting.occasion),
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
