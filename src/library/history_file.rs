//! What was heard, as files for other programs: JSON, CSV, and the lines that ListenBrainz
//! takes (<https://listenbrainz.readthedocs.io/en/latest/users/json.html>).

use super::{Heard, Library, Track};
use crate::mood::Mood;
use serde_json::{Value, json};
use std::sync::Arc;

/// A format of a history file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HistoryFormat {
    /// A JSON array.
    Json,
    /// Comma-separated values with a head line (RFC 4180).
    Csv,
    /// One listen a line, as ListenBrainz imports them: what was heard at least by half or
    /// for four minutes.
    ListenBrainz,
}

impl HistoryFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::ListenBrainz];

    /// What its files end in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::ListenBrainz => "jsonl",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::ListenBrainz => "ListenBrainz",
        }
    }
}

/// Heard so long, a listen counts whatever the track's length.
const LISTENED_SECS: f32 = 240.0;

/// The plays as a file, oldest first. Tracks that are in no library any more are left out:
/// nothing is known of them. `time` writes a moment in seconds since 1970 as ISO 8601.
#[must_use]
pub fn write_history(
    heard: &[Heard],
    library: &Library,
    format: HistoryFormat,
    time: &dyn Fn(i64) -> String,
) -> String {
    let mut rows: Vec<(&Heard, &Arc<Track>)> = heard
        .iter()
        .filter_map(|heard| Some((heard, library.get(heard.play.track)?)))
        .collect();
    rows.sort_by_key(|(heard, _)| heard.play.at_unix_secs);
    match format {
        HistoryFormat::Json => {
            let rows: Vec<Value> = rows
                .into_iter()
                .map(|(heard, track)| as_json(heard, track, time))
                .collect();
            // Strings and numbers always have a JSON form.
            serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
        }
        HistoryFormat::Csv => {
            let names = "time,artist,title,album,path,played_secs,finished,occasion,text,mood";
            std::iter::once(names.to_owned())
                .chain(
                    rows.into_iter()
                        .map(|(heard, track)| as_csv(heard, track, time)),
                )
                .map(|line| line + "\r\n")
                .collect()
        }
        HistoryFormat::ListenBrainz => rows
            .into_iter()
            .filter(|(heard, track)| listened(heard, track))
            .map(|(heard, track)| as_listen(heard, track).to_string() + "\n")
            .collect(),
    }
}

fn as_json(heard: &Heard, track: &Track, time: &dyn Fn(i64) -> String) -> Value {
    let occasion = heard.sitting.as_ref().map(|sitting| &sitting.occasion);
    json!({
        "time": time(heard.play.at_unix_secs),
        "at_unix_secs": heard.play.at_unix_secs,
        "artist": track.artist(),
        "title": track.title(),
        "album": track.tags.album,
        "path": track.path.to_string_lossy(),
        "played_secs": (f64::from(heard.play.played_secs) * 10.0).round() / 10.0,
        "finished": heard.play.finished,
        "occasion": occasion,
    })
}

fn as_csv(heard: &Heard, track: &Track, time: &dyn Fn(i64) -> String) -> String {
    let occasion = heard.sitting.as_ref().map(|sitting| &sitting.occasion);
    let mood = occasion.and_then(|occasion| occasion.mood);
    let path = track.path.to_string_lossy();
    let fields: [&str; 10] = [
        &time(heard.play.at_unix_secs),
        track.artist(),
        track.title(),
        &track.tags.album,
        &path,
        &format!("{:.1}", heard.play.played_secs),
        &heard.play.finished.to_string(),
        occasion.map_or("", |occasion| occasion.kind.key()),
        occasion.map_or("", |occasion| &occasion.text),
        mood.map_or("", Mood::key),
    ];
    fields.map(quoted).join(",")
}

/// A CSV field. What a spreadsheet would take for a formula is made plain text.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@']);
    let field = if formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

fn listened(heard: &Heard, track: &Track) -> bool {
    let half = track.duration_secs / 2.0;
    let enough = heard.play.played_secs >= half.min(LISTENED_SECS);
    // Without these it takes no listen.
    let named = !track.artist().is_empty() && !track.title().is_empty();
    named && (heard.play.finished || enough)
}

fn as_listen(heard: &Heard, track: &Track) -> Value {
    let mut facts = json!({
        "artist_name": track.artist(),
        "track_name": track.title(),
        "additional_info": {
            "media_player": "Maeum",
            "submission_client": "Maeum",
            "submission_client_version": env!("CARGO_PKG_VERSION"),
            "duration_ms": (f64::from(track.duration_secs) * 1e3).round() as i64,
        },
    });
    if !track.tags.album.is_empty() {
        facts["release_name"] = json!(track.tags.album);
    }
    json!({"listened_at": heard.play.at_unix_secs, "track_metadata": facts})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Occasion, OccasionKind, Play, Sitting, Tags, TrackId};

    fn library() -> Library {
        let track = |id, artist: &str, title: &str| {
            Arc::new(Track {
                id: TrackId(id),
                path: format!("/m/{id}.flac").into(),
                tags: Tags {
                    artist: artist.to_owned(),
                    title: title.to_owned(),
                    ..Tags::default()
                },
                duration_secs: 100.0,
                ..Track::default()
            })
        };
        Library::new(vec![track(1, "Duo", "Sea, \"Live\""), track(2, "", "=1+1")])
    }

    fn heard(track: i64, at: i64, played_secs: f32, finished: bool) -> Heard {
        Heard {
            play: Play {
                track: TrackId(track),
                at_unix_secs: at,
                played_secs,
                finished,
            },
            sitting: Some(Arc::new(Sitting {
                began_unix_us: 0,
                occasion: Occasion {
                    kind: OccasionKind::Feeling,
                    text: "비 오는 밤".to_owned(),
                    mood: Some(Mood::Sad),
                    picture: None,
                },
            })),
        }
    }

    fn written(format: HistoryFormat) -> String {
        let plays = [
            heard(2, 30, 100.0, true),
            heard(1, 20, 49.0, false),
            heard(1, 10, 51.0, false),
            heard(9, 5, 100.0, true),
        ];
        write_history(&plays, &library(), format, &|at| format!("T{at}"))
    }

    #[test]
    fn json_tells_all_and_what_led_to_it() {
        let all: Vec<Value> = serde_json::from_str(&written(HistoryFormat::Json)).unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(all[0]["time"], "T10");
        assert_eq!(all[0]["occasion"]["text"], "비 오는 밤");
        assert_eq!(all[0]["occasion"]["mood"], "sad");
    }

    #[test]
    fn csv_is_quoted_and_holds_no_formulas() {
        let text = written(HistoryFormat::Csv);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines[1],
            "T10,Duo,\"Sea, \"\"Live\"\"\",,/m/1.flac,51.0,false,feeling,비 오는 밤,sad"
        );
        assert!(lines[3].starts_with("T30,,'=1+1,"), "{}", lines[3]);
    }

    #[test]
    fn listens_are_what_was_heard_by_half_and_has_a_name() {
        let text = written(HistoryFormat::ListenBrainz);
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["listened_at"], 10);
        assert_eq!(lines[0]["track_metadata"]["artist_name"], "Duo");
    }

    #[test]
    fn an_occasion_of_a_later_version_is_read() {
        let later = r#"{"kind":"smell","text":"sea","strength":3}"#;
        let read: Occasion = serde_json::from_str(later).unwrap();
        assert_eq!(
            (read.kind, read.text.as_str()),
            (OccasionKind::Library, "sea")
        );
    }
}
