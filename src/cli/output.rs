//! Standard output. A reader that has had enough (`maeum feel … | head`) is no error.

use crate::mood::{Mood, MoodVector};
use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use std::io::{ErrorKind, Write};

/// Prints one line.
pub(super) fn line(text: &str) -> Result<()> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.context("cannot write to standard output"),
    }
}

/// `{"valence", "arousal", "moods", "top", "confidence"}`, rounded to what is meant.
pub(super) fn mood_json(mood: &MoodVector) -> Map<String, Value> {
    let shares: Map<String, Value> = Mood::ALL
        .into_iter()
        .map(|each| (each.key().to_owned(), rounded(mood.share(each))))
        .collect();
    let mut object = Map::new();
    object.insert("valence".into(), rounded(mood.valence));
    object.insert("arousal".into(), rounded(mood.arousal));
    object.insert("moods".into(), Value::Object(shares));
    object.insert("top".into(), mood.top().key().into());
    object.insert("confidence".into(), rounded(mood.confidence));
    object
}

/// Four digits: more would pretend to a precision that no reading has.
pub(super) fn rounded(value: f32) -> Value {
    json!((f64::from(value) * 1e4).round() / 1e4)
}

/// `3:05`, or `1:02:03` from an hour on.
pub(super) fn clock(secs: f32) -> String {
    let secs = secs.round().max(0.0) as u64;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{secs:02}")
    } else {
        format!("{minutes}:{secs:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_like_on_a_player() {
        assert_eq!(clock(185.4), "3:05");
        assert_eq!(clock(3723.0), "1:02:03");
        assert_eq!(clock(-1.0), "0:00");
    }

    #[test]
    fn a_mood_is_told_with_its_seven_shares_in_order() {
        let object = mood_json(&MoodVector::of_mood(Mood::Sad));
        assert_eq!(object["top"], "sad");
        assert_eq!(object["moods"].as_object().map(Map::len), Some(7));
        assert_eq!(object["valence"], json!(-0.6));
    }
}
