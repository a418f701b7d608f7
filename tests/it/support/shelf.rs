//! Made-up libraries to ask for playlists.

use fastrand::Rng;
use maeum::library::{Analysis, Features, Key, KeyMode, Library, Tags, Track, TrackId};
use maeum::mood::MoodVector;
use maeum::recommend::{Index, ListenerModel, Options, Suggestion, Target, suggest};
use std::path::PathBuf;
use std::sync::Arc;

const GENRES: [&str; 5] = ["Jazz", "Rock", "발라드", "Electronic", ""];

/// A track whose sound fits its mood: the more excited, the faster, louder and busier.
pub fn random_track(rng: &mut Rng, id: i64, artists: usize) -> Track {
    let valence = rng.f32() * 1.2 - 0.6;
    let arousal = rng.f32() * 1.2 - 0.6;
    let near = |rng: &mut Rng, centre: f32, width: f32| centre + width * (rng.f32() - 0.5);
    let features = Features {
        loudness_lufs: near(rng, -16.0 + 10.0 * arousal, 4.0),
        rms_db: near(rng, -20.0 + 10.0 * arousal, 4.0),
        rms_spread_db: 4.0,
        tempo_bpm: near(rng, 110.0 + 60.0 * arousal, 20.0),
        onset_rate_hz: near(rng, 3.0 + 3.0 * arousal, 1.0).max(0.1),
        key: Key {
            tonic: rng.u8(0..12),
            mode: if valence > 0.0 {
                KeyMode::Major
            } else {
                KeyMode::Minor
            },
        },
        mode_strength: valence,
        centroid_hz: near(rng, 1_800.0 + 1_000.0 * arousal, 300.0),
        bandwidth_hz: 1_500.0,
        rolloff_hz: 4_000.0,
        flatness: 0.1,
        contrast_db: std::array::from_fn(|_| near(rng, 20.0, 6.0)),
        flux: 1.0,
        zero_crossing_rate: 0.05,
        mfcc_mean: std::array::from_fn(|_| near(rng, 0.0, 40.0)),
        mfcc_spread: std::array::from_fn(|_| near(rng, 10.0, 6.0)),
        chroma: std::array::from_fn(|_| rng.f32()),
        percussive_share: rng.f32(),
    };
    let analyzed = rng.f32() < 0.9;
    Track {
        id: TrackId(id),
        path: PathBuf::from(format!("/music/{id}.flac")),
        tags: Tags {
            title: match rng.u8(0..12) {
                0 => format!("Christmas {id}"),
                1 => format!("Title {id} (Inst.)"),
                2..5 => format!("노래 {id}"),
                _ => format!("Title {id}"),
            },
            artist: format!("Artist {}", rng.usize(0..artists)),
            genre: GENRES[rng.usize(0..GENRES.len())].to_owned(),
            ..Tags::default()
        },
        duration_secs: if rng.u8(0..40) == 0 {
            7_200.0
        } else {
            60.0 + 300.0 * rng.f32()
        },
        codec: "FLAC".to_owned(),
        missing: rng.f32() < 0.05,
        play_count: rng.u32(0..4),
        analysis: analyzed.then(|| {
            Arc::new(Analysis {
                features,
                mood: MoodVector::from_point(valence, arousal, 0.5),
            })
        }),
        ..Track::default()
    }
}

pub struct Shelf {
    pub index: Index,
    pub listener: ListenerModel,
}

impl Shelf {
    pub fn new(tracks: Vec<Track>) -> Self {
        let library = Library::new(tracks.into_iter().map(Arc::new).collect());
        Self {
            index: Index::of(&Arc::new(library)),
            listener: ListenerModel::default(),
        }
    }

    pub fn random(seed: u64, tracks: i64, artists: usize) -> Self {
        let mut rng = Rng::with_seed(seed);
        Self::new(
            (0..tracks)
                .map(|id| random_track(&mut rng, id, artists))
                .collect(),
        )
    }

    pub fn ask(&self, target: &Target, options: &Options) -> Vec<Suggestion> {
        suggest(&self.index, &self.listener, target, options).tracks
    }

    pub fn like(&self, ids: &[TrackId]) -> Option<Target> {
        Target::from_tracks(self.index.library(), self.index.moods(), ids)
    }
}

pub fn ids(list: &[Suggestion]) -> Vec<TrackId> {
    list.iter().map(|suggestion| suggestion.track.id).collect()
}

pub fn mean_arousal(list: &[Suggestion]) -> f32 {
    list.iter()
        .map(|suggestion| suggestion.mood.arousal)
        .sum::<f32>()
        / list.len() as f32
}

pub fn random_analysis(seed: u64) -> Analysis {
    let mut rng = Rng::with_seed(seed);
    loop {
        if let Some(analysis) = random_track(&mut rng, 0, 1).analysis {
            return (*analysis).clone();
        }
    }
}
