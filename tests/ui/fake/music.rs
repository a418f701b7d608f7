//! A made-up library: titles in both languages, and sound that suits each mood.

use super::words::line_moods;
use maeum::library::{
    Analysis, EmotionArc, Features, Key, KeyMode, Library, Loudness, LyricsKind, Tags, Track,
    TrackId, Waveform, WholeTrack,
};
use maeum::mood::{Mood, MoodVector};
use std::path::PathBuf;
use std::sync::Arc;

/// Title, artist, album, genre and mood of made-up tracks.
const TRACKS: [(&str, &str, &str, &str, Mood); 28] = [
    (
        "Harbour Lights at Dusk",
        "The Paper Lanterns",
        "Slow Tides",
        "Ambient",
        Mood::Peaceful,
    ),
    (
        "바다가 들리는 방",
        "윤슬",
        "여름의 끝",
        "Indie",
        Mood::Peaceful,
    ),
    (
        "Letting the Kettle Sing",
        "Ida Marlowe",
        "Kitchen Window",
        "Folk",
        Mood::Peaceful,
    ),
    ("느린 저녁", "하루", "하루의 온도", "Jazz", Mood::Peaceful),
    (
        "Parade of Umbrellas",
        "Brass & Lemonade",
        "Sunday Shoes",
        "Pop",
        Mood::Happy,
    ),
    ("햇살이 좋아서", "오월", "산책", "Pop", Mood::Happy),
    (
        "Running Downhill",
        "Golden Hour Club",
        "Bright Side",
        "Dance",
        Mood::Happy,
    ),
    (
        "Confetti Weather",
        "Juno & the Kites",
        "Confetti Weather",
        "Pop",
        Mood::Happy,
    ),
    (
        "First Light on Your Shoulder",
        "Marin Vale",
        "Letters in Spring",
        "R&B",
        Mood::Romantic,
    ),
    ("너에게 가는 길", "은하", "봄밤", "Ballad", Mood::Romantic),
    (
        "Slow Dance in Socks",
        "Velvet Arcade",
        "Afterglow",
        "Soul",
        Mood::Romantic,
    ),
    (
        "The Long Way Around to Saying I Love You Without Ever Using the Word",
        "Ode & Ember",
        "Small Hours and Smaller Rooms",
        "Folk",
        Mood::Romantic,
    ),
    (
        "Empty Platform",
        "Grey Coats",
        "Last Train North",
        "Indie",
        Mood::Sad,
    ),
    ("비 오는 밤", "윤슬", "장마", "Ballad", Mood::Sad),
    (
        "What the Snow Covered",
        "Ida Marlowe",
        "Winterlong",
        "Folk",
        Mood::Sad,
    ),
    ("혼자 남은 카페", "서늘", "새벽 세 시", "Jazz", Mood::Sad),
    (
        "Unsent",
        "Marin Vale",
        "Letters in Autumn",
        "Piano",
        Mood::Sad,
    ),
    (
        "Corridor",
        "North Signal",
        "Static Bloom",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Seconds Before",
        "Halogen",
        "Countdown",
        "Score",
        Mood::Tense,
    ),
    (
        "불 꺼진 복도",
        "검은 강",
        "그림자극",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Glass Elevator",
        "North Signal",
        "Static Bloom",
        "Electronic",
        Mood::Tense,
    ),
    (
        "Break Every Plate",
        "Iron Orchard",
        "Rust",
        "Metal",
        Mood::Angry,
    ),
    (
        "Not Your Quiet Girl",
        "Riot Parlour",
        "Loud",
        "Punk",
        Mood::Angry,
    ),
    ("폭발 직전", "붉은 방", "소음", "Rock", Mood::Angry),
    (
        "Avalanche Engine",
        "Iron Orchard",
        "Rust",
        "Metal",
        Mood::Angry,
    ),
    (
        "Tuesday Inventory",
        "Office Plants",
        "Nine to Five",
        "Lo-fi",
        Mood::Neutral,
    ),
    ("도서관 소리", "하루", "하루의 온도", "Lo-fi", Mood::Neutral),
    (
        "Walking Pace",
        "Office Plants",
        "Nine to Five",
        "Lo-fi",
        Mood::Neutral,
    ),
];

/// A steady pseudo-random number in 0…1 for two keys.
pub fn noise(a: usize, b: usize) -> f32 {
    let mut x = (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (b as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 29;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 32;
    (x % 10_000) as f32 / 10_000.0
}

fn features(mood: &MoodVector, index: usize) -> Features {
    Features {
        loudness_lufs: -14.0,
        rms_db: -18.0 + 6.0 * mood.arousal,
        rms_spread_db: 4.0,
        tempo_bpm: (96.0 + 44.0 * mood.arousal + 20.0 * noise(index, 7)).round(),
        onset_rate_hz: 2.0 + 1.5 * mood.arousal,
        key: Key {
            tonic: (index % 12) as u8,
            mode: if mood.valence > 0.0 {
                KeyMode::Major
            } else {
                KeyMode::Minor
            },
        },
        mode_strength: 0.3 * mood.valence,
        centroid_hz: 1_800.0 + 900.0 * mood.arousal,
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.02,
        contrast_db: [20.0; 7],
        flux: 1.0 + 0.5 * mood.arousal,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|coefficient| noise(index, 100 + coefficient)),
        mfcc_spread: [1.0; 20],
        chroma: std::array::from_fn(|class| noise(index, 200 + class)),
        percussive_share: 0.4,
    }
}

fn track(index: usize, analyzed: bool) -> Track {
    let (title, artist, album, genre, mood) = TRACKS[index % TRACKS.len()];
    let round = index / TRACKS.len();
    // Large libraries have many albums and artists, too.
    let numbered = |name: &str, each: usize| match round / each {
        0 => name.to_owned(),
        more => format!("{name} {}", more + 1),
    };
    let (artist, album) = (numbered(artist, 48), numbered(album, 12));
    let (valence, arousal) = mood.anchor();
    let mood = MoodVector::from_point(
        valence + 0.5 * (noise(index, 1) + noise(index, 2) - 1.0),
        arousal + 0.5 * (noise(index, 3) + noise(index, 4) - 1.0),
        0.8,
    );
    let title = if round == 0 {
        title.to_owned()
    } else {
        format!("{title} {}", round + 1)
    };
    Track {
        id: TrackId(index as i64 + 1),
        path: PathBuf::from(format!(
            "/home/listener/Music/{artist}/{album}/{title}.flac"
        )),
        tags: Tags {
            title,
            artist,
            album,
            genre: genre.to_owned(),
            track_number: Some(round as u32 % 12 + 1),
            year: Some(1_990 + (noise(index % TRACKS.len(), 8) * 35.0) as i32),
            ..Tags::default()
        },
        duration_secs: 150.0 + 140.0 * noise(index, 5),
        codec: "FLAC".to_owned(),
        has_cover: index % 9 != 8,
        lyrics: match index % 3 {
            0 => LyricsKind::Synced,
            1 => LyricsKind::Plain,
            _ => LyricsKind::None,
        },
        missing: index == 17,
        added_unix_secs: 1_700_000_000,
        play_count: (noise(index, 6) * 30.0) as u32,
        last_played_unix_secs: index.is_multiple_of(3).then_some(1_750_000_000),
        analysis: analyzed.then(|| {
            Arc::new(Analysis {
                features: features(&mood, index),
                mood,
            })
        }),
        rating: (index % 6) as u8,
        lyric_mood: (index % 3 < 2).then(|| Arc::new(line_moods())),
        ..Track::default()
    }
}

/// A library of `tracks` tracks, the first `analyzed` of them analyzed.
pub fn library(tracks: usize, analyzed: usize) -> Arc<Library> {
    let tracks = (0..tracks).map(|index| Arc::new(track(index, index < analyzed)));
    Arc::new(Library::new(tracks.collect()))
}

/// A track heard from end to end: two calm verses, two choruses that rise, a quiet end.
pub fn whole(seed: usize) -> WholeTrack {
    let part = |share: f32| match share {
        share if share < 0.06 => (0.25, Mood::Peaceful),
        share if share < 0.30 => (0.5, Mood::Sad),
        share if share < 0.48 => (0.85, Mood::Romantic),
        share if share < 0.66 => (0.5, Mood::Tense),
        share if share < 0.88 => (0.95, Mood::Happy),
        _ => (0.2, Mood::Peaceful),
    };
    let mut levels = [(0.0, 0.0); Waveform::COLUMNS];
    for (column, level) in levels.iter_mut().enumerate() {
        let (loud, _) = part(column as f32 / Waveform::COLUMNS as f32);
        let peak = loud * (0.65 + 0.35 * noise(seed, 300 + column));
        *level = (peak, peak * (0.35 + 0.3 * noise(seed, 900 + column)));
    }
    let steps = 22;
    let points: Vec<_> = (0..steps)
        .map(|step| Some(part(step as f32 / steps as f32).1.anchor()))
        .collect();
    WholeTrack {
        loudness: Loudness {
            lufs: -14.0,
            true_peak_dbtp: -1.0,
        },
        waveform: Waveform::new(&levels),
        arc: EmotionArc::new(&points),
    }
}
