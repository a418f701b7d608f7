//! The words of the made-up songs.

use maeum::language::Language;
use maeum::library::{LineMood, LyricLine, LyricMood, Lyrics, LyricsKind, WordTime};
use maeum::mood::{Mood, MoodVector};
use std::sync::Arc;

/// The words of every made-up song: when each line is sung, in which mood, and what.
const SONG: [(f32, Option<Mood>, &str); 20] = [
    (
        8.0,
        Some(Mood::Peaceful),
        "The kettle hums, the window is a lake",
    ),
    (13.5, Some(Mood::Peaceful), "고요한 물 위에 아침이 내려앉고"),
    (19.0, Some(Mood::Romantic), "I keep your cup beside my own"),
    (
        24.0,
        Some(Mood::Sad),
        "though nobody has asked for it in weeks",
    ),
    (30.0, None, ""),
    (36.0, Some(Mood::Sad), "비가 오면 자꾸 네 쪽으로 기울어"),
    (
        41.5,
        Some(Mood::Sad),
        "and every street I know is one of yours",
    ),
    (
        47.0,
        Some(Mood::Tense),
        "what if the letter never found the door",
    ),
    (
        52.0,
        Some(Mood::Angry),
        "what if you read it twice and laughed",
    ),
    (58.0, None, ""),
    (
        64.0,
        Some(Mood::Happy),
        "So open every curtain in the house",
    ),
    (69.0, Some(Mood::Happy), "햇살이 방 안 가득 쏟아지게"),
    (
        74.0,
        Some(Mood::Romantic),
        "and dance with me in socks across the floor",
    ),
    (79.5, None, "na na, na na"),
    (85.0, Some(Mood::Romantic), "네 이름을 부르면 봄이 와"),
    (
        91.0,
        Some(Mood::Peaceful),
        "the lake is quiet now, the kettle too",
    ),
    (98.0, None, ""),
    (
        104.0,
        Some(Mood::Happy),
        "So open every curtain in the house",
    ),
    (
        110.0,
        Some(Mood::Romantic),
        "and dance with me in socks across the floor",
    ),
    (118.0, Some(Mood::Peaceful), "조용히, 아주 천천히"),
];

pub fn line_moods() -> LyricMood {
    let line = |(_, mood, _): &(f32, Option<Mood>, &str)| {
        mood.map_or(LineMood::NOT_SUNG, |mood| {
            let mood = MoodVector {
                confidence: 0.6,
                ..MoodVector::of_mood(mood)
            };
            LineMood::new(&mood, 1)
        })
    };
    LyricMood::new(SONG.iter().map(line).collect(), Some(Language::English))
}

/// The words of a made-up track. Those of its third line have times.
pub fn lyrics(kind: LyricsKind) -> Option<Arc<Lyrics>> {
    let lines = SONG
        .iter()
        .enumerate()
        .map(|(index, (start_secs, _, text))| {
            let synced = kind == LyricsKind::Synced;
            let mut line = LyricLine::new(synced.then_some(*start_secs), (*text).to_owned());
            if synced && index == 12 {
                line.words = (0_u8..)
                    .zip(std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)))
                    .map(|(word, at)| WordTime {
                        start_secs: start_secs + 0.5 * f32::from(word),
                        at,
                    })
                    .collect();
            }
            line
        });
    (kind != LyricsKind::None).then(|| {
        Arc::new(Lyrics {
            lines: lines.collect(),
        })
    })
}
