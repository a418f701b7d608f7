//! `maeum taste`: what was learned about the listener, and how to forget it.

use super::args::TasteArguments;
use super::session::Session;
use super::{Context, output};
use crate::engine::{Command, Event};
use crate::language::Language;
use crate::library::TrackId;
use crate::mood::Mood;
use crate::recommend::{ListenerModel, Opinion, Signal};
use anyhow::Result;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::sync::Arc;

/// At most so many artists and tracks are shown.
const MOST_SHOWN: usize = 20;
/// A signal multiplied by less than this, up or down, is as it was.
const NOTABLE: f32 = 1.05;

pub(super) fn run(context: &Context<'_>, arguments: &TasteArguments) -> Result<ExitCode> {
    let mut session = Session::open(context)?;
    if arguments.reset {
        session.send(Command::ForgetReactions)?;
        session.wait_or_fail(|event| matches!(event, Event::Listener(_)).then_some(()))?;
        session.listener = Arc::default();
    }
    if arguments.json {
        output::line(&in_json(&session).to_string())?;
    } else {
        for line in in_words(&session, context.language) {
            output::line(&line)?;
        }
    }
    session.close();
    Ok(ExitCode::SUCCESS)
}

fn title(session: &Session, track: TrackId) -> String {
    let track = session.snapshot.library.get(track);
    track.map_or_else(|| "?".to_owned(), |track| track.title().to_owned())
}

fn in_json(session: &Session) -> Value {
    let model = &session.listener;
    let path = |id: TrackId| {
        let track = session.snapshot.library.get(id);
        track.map_or(Value::Null, |track| track.path.to_string_lossy().into())
    };
    let signals = |region| -> Value {
        let multiplier = |signal: Signal| {
            let multiplier = model.multiplier(signal, region);
            (signal.key().to_owned(), output::rounded(multiplier))
        };
        Value::Object(Signal::ALL.into_iter().map(multiplier).collect())
    };
    let moods: serde_json::Map<String, Value> = Mood::ALL
        .into_iter()
        .map(|mood| (mood.key().to_owned(), signals(Some(mood))))
        .collect();
    let opinion = |opinion: &Opinion| {
        json!({
            "thumbs_up": opinion.ups,
            "thumbs_down": opinion.downs,
            "finished": opinion.finished,
            "skipped": opinion.skipped,
        })
    };
    let artists: Vec<Value> = model
        .artists()
        .into_iter()
        .map(|(name, leaning, own)| {
            json!({"artist": name, "leaning": output::rounded(leaning), "because": opinion(own)})
        })
        .collect();
    let tracks: Vec<Value> = model
        .tracks()
        .into_iter()
        .map(|(id, leaning, own)| {
            json!({"path": path(id), "leaning": output::rounded(leaning), "because": opinion(own)})
        })
        .collect();
    let (never_tracks, never_artists, never_in_mood) = model.never();
    json!({
        "reactions": model.reactions(),
        "signals": signals(None),
        "signals_by_mood": moods,
        "artists": artists,
        "tracks": tracks,
        "never": {
            "tracks": never_tracks.into_iter().map(path).collect::<Vec<_>>(),
            "artists": never_artists,
            "in_mood": never_in_mood
                .into_iter()
                .map(|(id, mood)| json!({"path": path(id), "mood": mood.key()}))
                .collect::<Vec<_>>(),
        },
    })
}

fn in_words(session: &Session, language: Language) -> Vec<String> {
    let model: &ListenerModel = &session.listener;
    let reactions = model.reactions();
    let mut lines = vec![match language {
        Language::English => format!("learned from {reactions} reactions"),
        Language::Korean => format!("반응 {reactions}번에서 배웠어요"),
    }];
    for signal in Signal::ALL {
        let multiplier = model.multiplier(signal, None);
        if multiplier.max(1.0 / multiplier) >= NOTABLE {
            lines.push(format!("  {} ×{multiplier:.2}", signal.name(language)));
        }
    }
    for (name, leaning, opinion) in model.artists().into_iter().take(MOST_SHOWN) {
        lines.push(format!(
            "  {leaning:+.2}  {name}  ({})",
            opinion.in_words(language)
        ));
    }
    for (id, leaning, opinion) in model.tracks().into_iter().take(MOST_SHOWN) {
        lines.push(format!(
            "  {leaning:+.2}  “{}”  ({})",
            title(session, id),
            opinion.in_words(language)
        ));
    }
    let never = language.pick("never", "고르지 않음");
    let (tracks, artists, in_mood) = model.never();
    lines.extend(
        tracks
            .into_iter()
            .map(|id| format!("  {never}: “{}”", title(session, id))),
    );
    lines.extend(
        artists
            .into_iter()
            .map(|artist| format!("  {never}: {artist}")),
    );
    lines.extend(in_mood.into_iter().map(|(id, mood)| {
        let title = title(session, id);
        format!("  {never} ({}): “{title}”", mood.name(language))
    }));
    lines
}
