//! Prints milliseconds per text reading and per playlist, on synthetic libraries.
#![allow(missing_docs, clippy::print_stdout)]

use maeum::library::{Analysis, Features, Key, KeyMode, Library, Play, Tags, Track, TrackId};
use maeum::mood::{Mood, MoodVector};
use maeum::recommend::{
    Feedback, Filter, Index, Learned, ListenerModel, Mode, Options, Reaction, Target, suggest,
};
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
    for count in [10_000, 100_000, 1_000_000] {
        playlists(count);
    }
}

/// Every kind of playlist from a library of this size.
fn playlists(count: i64) {
    println!("\n{count} tracks");
    let library = Arc::new(library(count));
    let start = Instant::now();
    let mut index = Index::of(&library);
    println!("{:>10.3} s   laying out", start.elapsed().as_secs_f64());
    // Sessions of ten tracks by neighbouring artists.
    let mut rng = fastrand::Rng::with_seed(2);
    let plays: Vec<Play> = (0..2_000)
        .map(|number| Play {
            track: TrackId(number / 10 * 7 % count + rng.i64(0..30).min(count - 1)),
            at_unix_secs: number * 200 + number / 10 * 10_000,
            played_secs: 200.0,
            finished: rng.f32() < 0.8,
        })
        .collect();
    let start = Instant::now();
    let learned = Learned::from_listening(&index.material(), &plays, &[], 1, &|| false);
    println!(
        "{:>10.3} s   learning from listening, in the background",
        start.elapsed().as_secs_f64()
    );
    if let Some(learned) = learned {
        let start = Instant::now();
        index.learn(Arc::new(learned));
        println!(
            "{:>10.3} s   placing what was learned",
            start.elapsed().as_secs_f64()
        );
    }
    println!(
        "{:>10.1} MiB index, {:.0} bytes a track",
        index.bytes() as f64 / f64::from(1 << 20),
        index.bytes() as f64 / count as f64
    );
    let mut listener = ListenerModel::default();
    for play in &plays {
        let feedback = Feedback {
            track: play.track,
            reaction: if play.finished {
                Reaction::Finished
            } else {
                Reaction::Skipped
            },
            at_unix_secs: play.at_unix_secs,
            setting: None,
        };
        let artist = index
            .library()
            .get(play.track)
            .map_or("", |track| track.artist());
        listener.learn(&feedback, &artist.to_lowercase(), Mood::Happy);
    }
    questions(&index, &listener, &plays);
}

/// The milliseconds of every kind of question.
fn questions(index: &Index, listener: &ListenerModel, plays: &[Play]) {
    let ask = |name: &str, target: &Target, options: &Options| {
        measure(name, 10, || suggest(index, listener, target, options));
    };
    let usual = Options::default();
    for mood in [Mood::Happy, Mood::Neutral] {
        let target = Target::from_mood(mood);
        ask(&format!("playlist for {}", mood.key()), &target, &usual);
    }
    let words = Target::from_words(&words::read(FEELINGS[1]));
    ask("playlist for words", &words, &usual);
    let (library, moods) = (index.library(), index.moods());
    for seeds in [1, 5, 8] {
        let seeds: Vec<TrackId> = (0..seeds).map(TrackId).collect();
        if let Some(target) = Target::from_tracks(library, moods, &seeds) {
            let name = format!("playlist like {} tracks", seeds.len());
            ask(&name, &target, &usual);
            let each = Options {
                mode: Mode::EachTop,
                ..usual.clone()
            };
            ask(&format!("{name}, each signal's top"), &target, &each);
        }
    }
    if let Some(target) = Target::lately(library, moods, plays, 1 << 30) {
        ask("playlist like lately", &target, &usual);
    }
    if let Some(target) = Target::surprise(index, listener, &usual.filter, 1) {
        ask("a surprise", &target, &usual);
    }
    measure("drawing a surprise", 10, || {
        Target::surprise(index, listener, &usual.filter, 1)
    });
    if let Some(target) = Target::journey(&[(-0.6, -0.4), (0.6, 0.5)], Vec::new()) {
        ask("a journey of thirty tracks", &target, &usual);
    }
    let narrow = Options {
        filter: Filter {
            genre: "jazz".to_owned(),
            hidden_gems: true,
            ..Filter::default()
        },
        max_minutes: Some(120.0),
        max_tracks: Options::MOST_TRACKS,
        ..usual.clone()
    };
    ask("two hours of hidden gems in jazz", &words, &narrow);
    let long = Options {
        max_tracks: 1_000,
        ..usual
    };
    ask("a thousand tracks", &words, &long);
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
        path: PathBuf::from(format!("/music/{}/{}/{id}.flac", id / 100, id / 12)),
        tags: Tags {
            title: format!("Title {id}"),
            artist: format!("Artist {}", rng.u32(0..3_000)),
            album: format!("Album {}", id / 12),
            genre: ["Jazz", "Rock", "발라드"][rng.usize(0..3)].to_owned(),
            year: Some(rng.i32(1960..2025)),
            ..Tags::default()
        },
        duration_secs: 60.0 + 300.0 * rng.f32(),
        codec: "FLAC".to_owned(),
        analysis: Some(Arc::new(Analysis { features, mood })),
        ..Track::default()
    }
}
