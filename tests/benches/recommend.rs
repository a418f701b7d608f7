//! Prints milliseconds per text reading and per playlist, on synthetic libraries.
#![allow(missing_docs, clippy::print_stdout)]

use maeum::library::{Analysis, Features, Key, KeyMode, Library, LyricsKind, Tags, Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{Calibration, Options, Target, suggest};
use maeum::words;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

const FEELINGS: [&str; 4] = [
    "calm evening by the sea",
    "비 오는 밤, 혼자라 슬프다",
    "I'm not sad anymore, just a little tired after a very long day at work",
    "시험이 끝나서 친구들이랑 신나게 놀러 갈 거야!!",
];

fn main() {
    measure("first reading (norms are built)", 1, || {
        words::read(FEELINGS[0])
    });
    for feeling in FEELINGS {
        measure(&format!("reading “{feeling}”"), 1_000, || {
            words::read(feeling)
        });
    }
    let long = "슬프다 and alone ".repeat(10_000);
    measure("reading 160,000 characters", 20, || words::read(&long));
    for count in [10_000, 100_000] {
        println!("\n{count} tracks");
        let library = library(count);
        measure("calibrating", 5, || Calibration::of(&library));
        let calibration = Calibration::of(&library);
        measure("matching all moods", 5, || calibration.moods(&library));
        let moods = calibration.moods(&library);
        let options = Options::default();
        let ask = |target: &Target| suggest(&library, &calibration, &moods, target, &options);
        for mood in [Mood::Happy, Mood::Neutral] {
            let target = Target::from_mood(mood);
            measure(&format!("playlist for {}", mood.key()), 20, || ask(&target));
        }
        measure("reading and playlist", 20, || {
            ask(&Target::from_words(&words::read(FEELINGS[1])))
        });
        let seeds: Vec<TrackId> = (0..5).map(TrackId).collect();
        if let Some(target) = Target::from_tracks(&library, &moods, &seeds) {
            measure("playlist like five tracks", 20, || ask(&target));
        }
    }
}

fn measure<T>(name: &str, times: u32, mut work: impl FnMut() -> T) {
    let start = Instant::now();
    for _ in 0..times {
        black_box(work());
    }
    let millis = start.elapsed().as_secs_f64() * 1_000.0 / f64::from(times);
    println!("{millis:>10.3} ms  {name}");
}

fn library(count: i64) -> Library {
    let mut rng = fastrand::Rng::with_seed(1);
    let tracks = (0..count).map(|id| Arc::new(track(&mut rng, id))).collect();
    Library::new(tracks)
}

fn track(rng: &mut fastrand::Rng, id: i64) -> Track {
    let features = Features {
        loudness_lufs: -24.0 + 16.0 * rng.f32(),
        true_peak_dbtp: -1.0,
        rms_db: -18.0,
        rms_spread_db: 4.0,
        tempo_bpm: 60.0 + 120.0 * rng.f32(),
        onset_rate_hz: 6.0 * rng.f32(),
        key: Key {
            tonic: 0,
            mode: KeyMode::Minor,
        },
        mode_strength: rng.f32() - 0.5,
        centroid_hz: 500.0 + 3_000.0 * rng.f32(),
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.1,
        contrast_db: std::array::from_fn(|_| 30.0 * rng.f32()),
        flux: 1.0,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|_| 40.0 * rng.f32()),
        mfcc_spread: std::array::from_fn(|_| 10.0 * rng.f32()),
        chroma: std::array::from_fn(|_| rng.f32()),
        percussive_share: rng.f32(),
    };
    let mood = MoodVector::from_point(2.0 * rng.f32() - 1.0, 2.0 * rng.f32() - 1.0, 0.5);
    Track {
        id: TrackId(id),
        path: PathBuf::from(format!("/music/{id}.flac")),
        tags: Tags {
            title: format!("Title {id}"),
            artist: format!("Artist {}", rng.u32(0..3_000)),
            genre: ["Jazz", "Rock", "발라드"][rng.usize(0..3)].to_owned(),
            ..Tags::default()
        },
        duration_secs: 60.0 + 300.0 * rng.f32(),
        codec: "FLAC".to_owned(),
        has_cover: false,
        lyrics: LyricsKind::None,
        missing: false,
        added_unix_secs: 0,
        play_count: 0,
        skip_count: 0,
        last_played_unix_secs: None,
        analysis: Some(Arc::new(Analysis { features, mood })),
        lyric_mood: None,
    }
}
