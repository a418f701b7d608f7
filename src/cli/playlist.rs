//! `maeum feel`, `photo`, `like`, `lately`, `journey` and `surprise`

use super::args::{
    FeelArguments, JourneyArguments, LikeArguments, LyricsLanguage, ModeArgument, PhotoArguments,
    PlaylistArguments,
};
use super::session::Session;
use super::{Context, absolute, find_track, output, photo, play};
use crate::engine::{
    Command, Event, FeelAnswer, FeelRequest, JourneyEnd, Length, PhotoAnswer, PhotoSource, Wish,
};
use crate::language::Language;
use crate::library::write_m3u;
use crate::mood::{Mood, Source};
use crate::recommend::{Filter, Mode, Suggestion, Why};
use crate::scan;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

pub(super) fn feel(context: &Context<'_>, arguments: &FeelArguments) -> Result<ExitCode> {
    let text = arguments.text.join(" ");
    if text.trim().is_empty() {
        bail!("the feeling is empty");
    }
    let session = Session::open(context)?;
    let asked = Asked {
        called: text.clone(),
        wish: Wish::Text(text),
    };
    answer(context, session, asked, &arguments.playlist)
}

pub(super) fn photo(context: &Context<'_>, arguments: &PhotoArguments) -> Result<ExitCode> {
    let mut photos = Vec::new();
    for file in &arguments.files {
        photos.push(PhotoSource::File(absolute(file)?));
    }
    let session = Session::open(context)?;
    let names: Vec<String> = photos.iter().map(PhotoSource::name).collect();
    let asked = Asked {
        called: names.join(", "),
        wish: Wish::Photos {
            photos,
            energy: arguments.energy,
        },
    };
    answer(context, session, asked, &arguments.playlist)
}

pub(super) fn like(context: &Context<'_>, arguments: &LikeArguments) -> Result<ExitCode> {
    let session = Session::open(context)?;
    let (mut tracks, mut titles) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let track = find_track(&session.snapshot, file)?;
        tracks.push(track.id);
        titles.push(track.title().to_owned());
    }
    let asked = Asked {
        called: titles.join(", "),
        wish: Wish::Like(tracks),
    };
    answer(context, session, asked, &arguments.playlist)
}

pub(super) fn lately(context: &Context<'_>, arguments: &PlaylistArguments) -> Result<ExitCode> {
    let session = Session::open(context)?;
    answer(context, session, Asked::wordless(Wish::Lately), arguments)
}

pub(super) fn surprise(context: &Context<'_>, arguments: &PlaylistArguments) -> Result<ExitCode> {
    let session = Session::open(context)?;
    answer(context, session, Asked::wordless(Wish::Surprise), arguments)
}

pub(super) fn journey(context: &Context<'_>, arguments: &JourneyArguments) -> Result<ExitCode> {
    let (from, to) = (end(&arguments.from)?, end(&arguments.to)?);
    let session = Session::open(context)?;
    let asked = Asked {
        called: arguments.to.clone(),
        wish: Wish::Journey { from, to },
    };
    answer(context, session, asked, &arguments.playlist)
}

/// What is asked, and the words that the diary has for it.
struct Asked {
    wish: Wish,
    called: String,
}

impl Asked {
    fn wordless(wish: Wish) -> Self {
        Self {
            wish,
            called: String::new(),
        }
    }

    /// Plays what was found, and says what led to it.
    fn play(self, mood: Mood, tracks: &[Suggestion]) -> [Command; 2] {
        let tracks = tracks.iter().map(|each| each.track.id).collect();
        [
            Command::LedBy(self.wish.occasion(self.called, Some(mood))),
            Command::Play { tracks, start: 0 },
        ]
    }
}

/// One end of a journey, as typed.
fn end(text: &str) -> Result<JourneyEnd> {
    let text = text.trim();
    if text.is_empty() {
        bail!("one end of the journey is empty");
    }
    if ["here", "여기", "지금"].contains(&text) {
        return Ok(JourneyEnd::Here);
    }
    if let Some(mood) = Mood::from_key(text) {
        return Ok(JourneyEnd::Mood(mood));
    }
    let numbers = text.split_once(',').and_then(|(valence, arousal)| {
        let number = |text: &str| text.trim().parse::<f32>().ok();
        Some((number(valence)?, number(arousal)?))
    });
    match numbers {
        Some((valence, arousal)) if valence.abs() <= 1.0 && arousal.abs() <= 1.0 => {
            Ok(JourneyEnd::Point { valence, arousal })
        }
        Some(_) => bail!("{text} lies outside the mood plane; both numbers go from -1 to 1"),
        None if scan::is_photo_name(Path::new(text)) && Path::new(text).is_file() => {
            Ok(JourneyEnd::Photo(PhotoSource::File(text.into())))
        }
        None => Ok(JourneyEnd::Text(text.to_owned())),
    }
}

fn filter(arguments: &PlaylistArguments) -> Filter {
    Filter {
        genre: arguments.genre.clone(),
        language: arguments.language.map(|language| match language {
            LyricsLanguage::En => Language::English,
            LyricsLanguage::Ko => Language::Korean,
        }),
        instrumental: arguments.instrumental,
        hidden_gems: arguments.hidden_gems,
        any_length: arguments.any_length,
        christmas: false,
    }
}

fn answer(
    context: &Context<'_>,
    mut session: Session,
    asked: Asked,
    arguments: &PlaylistArguments,
) -> Result<ExitCode> {
    if session.snapshot.library.analyzed_len() == 0 {
        bail!("no track of the library is analyzed yet; run `maeum scan DIR` first");
    }
    let request = FeelRequest {
        wish: asked.wish.clone(),
        length: arguments.minutes.map_or_else(
            || Length::Tracks(arguments.limit.into()),
            |minutes| Length::Minutes(minutes.into()),
        ),
        seed: arguments.seed,
        filter: filter(arguments),
        mode: match arguments.mode {
            ModeArgument::Total => Mode::ScoreTotal,
            ModeArgument::Each => Mode::EachTop,
        },
        patient: true,
    };
    session.send(Command::Feel {
        generation: 1,
        request,
    })?;
    let answer = session.wait_for(|event| match event {
        Event::Playlist { answer, .. } => Some(answer),
        _ => None,
    })?;
    for (name, problem) in answer.photos.iter().flat_map(|photos| &photos.unread) {
        if answer.target.mood.confidence <= 0.0 {
            bail!("{name}: {problem}");
        }
        tracing::warn!("{name}: {problem}");
    }
    if answer.target.mood.confidence <= 0.0 {
        bail!(not_understood(&asked.wish));
    }
    if answer.tracks.is_empty() {
        bail!("no track of the library matches");
    }
    if arguments.json {
        output::line(&json(&answer, context.language).to_string())?;
    } else if let Some(file) = &arguments.m3u {
        write_playlist(&answer.tracks, file)?;
    } else if arguments.play {
        for command in asked.play(answer.target.mood.top(), &answer.tracks) {
            session.send(command)?;
        }
        play::until_the_end(&mut session, None)?;
    } else {
        table(&answer, context.language)?;
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

fn not_understood(wish: &Wish) -> &'static str {
    match wish {
        Wish::Text(_) => "none of these words says a feeling that is known here; try others",
        Wish::Lately => "nothing was listened to yet",
        Wish::Like(_) => "these tracks are not analyzed yet; run `maeum scan` first",
        Wish::Surprise => "no track can be suggested yet; run `maeum scan DIR` first",
        Wish::Journey {
            from: JourneyEnd::Here,
            ..
        } => {
            "nothing was listened to yet, so nobody knows where you are, or the end is not understood"
        }
        Wish::Journey { .. } => "one end of the journey is not understood; try other words",
        Wish::Photos { .. } => "none of these photos can be read",
        Wish::Mood(_) | Wish::Point { .. } | Wish::Way(_) => "this says no mood",
    }
}

fn json(answer: &FeelAnswer, language: Language) -> Value {
    let read: Vec<_> = answer
        .target
        .read
        .iter()
        .map(|reading| json!({"source": reading.source, "why": reading.why}))
        .collect();
    let tracks: Vec<_> = answer
        .tracks
        .iter()
        .map(|each| {
            json!({
                "path": each.track.path.to_string_lossy(),
                "title": each.track.title(),
                "artist": each.track.artist(),
                "album": each.track.tags.album,
                "duration_secs": output::rounded(each.track.duration_secs),
                "match": output::rounded(each.match_score),
                "mood": output::mood_json(&each.mood),
                "why": each.why.line(language),
                "signals": signals(&each.why),
            })
        })
        .collect();
    let learned: Vec<_> = answer
        .lessons
        .iter()
        .map(|lesson| lesson.line(language))
        .collect();
    let mut told = json!({
        "target": output::mood_json(&answer.target.mood),
        "read": read,
        "learned": learned,
        "tracks": tracks,
    });
    if let Some(photos) = &answer.photos {
        told["photos"] = photos_json(photos);
    }
    told
}

/// What was understood of each photo, in the order in which they are followed.
fn photos_json(photos: &PhotoAnswer) -> Value {
    let read = photos.photos.iter().map(|photo| {
        let mut told = photo::reading_json(&photo.reading);
        told.insert("name".into(), photo.name.as_str().into());
        told.insert("taken".into(), json!(photo.taken));
        Value::Object(told)
    });
    read.collect()
}

/// Each signal's share of the choice, and how near the track is by it.
fn signals(why: &Why) -> Value {
    let signals = why.signals().into_iter().map(|(signal, share)| {
        let closeness = why.closeness[signal.index()];
        let told = json!({
            "share": output::rounded(share),
            "closeness": output::rounded(closeness),
        });
        (signal.key().to_owned(), told)
    });
    Value::Object(signals.collect())
}

fn write_playlist(tracks: &[Suggestion], file: &Path) -> Result<()> {
    let tracks: Vec<_> = tracks.iter().map(|each| Arc::clone(&each.track)).collect();
    if file == Path::new("-") {
        return output::line(write_m3u(&tracks, None).trim_end());
    }
    let file = absolute(file)?;
    std::fs::write(&file, write_m3u(&tracks, file.parent()))
        .with_context(|| format!("cannot write {}", file.display()))
}

fn table(answer: &FeelAnswer, language: Language) -> Result<()> {
    let mood = &answer.target.mood;
    let words: Vec<_> = answer
        .target
        .read
        .iter()
        .filter(|reading| reading.source == Source::Words)
        .flat_map(|reading| reading.why.iter().map(String::as_str))
        .collect();
    output::line(&format!(
        "{} (valence {:+.2}, arousal {:+.2}){}{}",
        mood.top().name(language),
        mood.valence,
        mood.arousal,
        if words.is_empty() { "" } else { ": " },
        words.join(", ")
    ))?;
    for photo in answer.photos.iter().flat_map(|photos| &photos.photos) {
        output::line(&format!(
            "  {}: {}",
            photo.name,
            photo.reading.why(language)
        ))?;
    }
    for lesson in &answer.lessons {
        output::line(&format!("  {}", lesson.line(language)))?;
    }
    for (number, each) in (1..).zip(&answer.tracks) {
        let artist = each.track.artist();
        output::line(&format!(
            "{number:>3}. {}{}{}  {}  {:>3.0} %  {}",
            each.track.title(),
            if artist.is_empty() { "" } else { " · " },
            artist,
            output::clock(each.track.duration_secs),
            each.match_score * 100.0,
            each.why.line(language),
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Occasion, OccasionKind};

    #[test]
    fn what_is_played_is_led_to_by_what_was_asked() {
        let asked = Asked {
            called: "비 오는 밤".to_owned(),
            wish: Wish::Text("비 오는 밤".to_owned()),
        };
        let [led, play] = asked.play(Mood::Sad, &[]);
        let expected = Occasion {
            kind: OccasionKind::Feeling,
            text: "비 오는 밤".to_owned(),
            mood: Some(Mood::Sad),
            picture: None,
        };
        assert!(matches!(led, Command::LedBy(occasion) if occasion == expected));
        assert!(matches!(play, Command::Play { start: 0, .. }));
    }
}
