//! Walking down the ranking under the listener's limits.

use super::Options;
use super::rank::{Candidate, Ranking};
use crate::library::{Library, Track, fold};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The artist limit holds in any row of so many tracks.
const ARTIST_WINDOW: usize = 10;
/// Two files with the same title and artist this close in length are one recording.
const SAME_RECORDING_SECS: f32 = 3.0;
/// A list by length is full when less than this is left.
const FULL_SECS: f32 = 60.0;
/// So many tracks in a row too long for what is left also end it, rather than filling the
/// last minute with whatever is short.
const MOST_TOO_LONG: usize = 25;

/// The tracks to suggest, in order.
pub(super) fn pick(library: &Library, ranking: &Ranking, options: &Options) -> Vec<Candidate> {
    let wanted = options.max_tracks.min(Options::MOST_TRACKS);
    if wanted == 0 {
        return Vec::new();
    }
    // Nearly always the list fills from the first few hundred. Only when the limits turn
    // most of those away is it worth ordering more of the library.
    let mut depth = (wanted * 4).max(200);
    loop {
        let everything = depth >= ranking.len();
        let walk = Walk::down(library, ranking.best(depth), wanted, options, everything);
        if walk.full || everything {
            return walk.picked;
        }
        depth *= 8;
    }
}

struct Walk {
    picked: Vec<Candidate>,
    full: bool,
}

impl Walk {
    /// `relax` lets an artist exceed the limit when nobody else is left.
    fn down(
        library: &Library,
        candidates: Vec<Candidate>,
        wanted: usize,
        options: &Options,
        relax: bool,
    ) -> Self {
        let track_of = |candidate: &Candidate| &*library.tracks()[candidate.row as usize];
        let artists: Vec<Option<u64>> = candidates
            .iter()
            .map(|candidate| artist_id(track_of(candidate)))
            .collect();
        let mut waiting: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
        let mut first = 0;
        let mut picked: Vec<Candidate> = Vec::new();
        let mut picked_artists: Vec<Option<u64>> = Vec::new();
        let mut recordings = Recordings::default();
        let mut clock = Clock::new(options.max_minutes);
        while picked.len() < wanted && !clock.full() {
            while waiting.get(first).is_some_and(Option::is_none) {
                first += 1;
            }
            let recent = &picked_artists[picked_artists.len().saturating_sub(ARTIST_WINDOW - 1)..];
            let may_follow = |place: &usize| {
                waiting[*place].is_some()
                    && artists[*place].is_none_or(|artist| {
                        let times = recent.iter().filter(|other| **other == Some(artist));
                        times.count() < options.per_artist.max(1)
                    })
            };
            let next = (first..waiting.len()).find(may_follow);
            let Some(place) = next.or_else(|| (relax && first < waiting.len()).then_some(first))
            else {
                break;
            };
            let Some(candidate) = waiting[place].take() else {
                break;
            };
            let track = track_of(&candidate);
            if clock.admits(track) && recordings.is_new(track) {
                clock.add(track);
                picked_artists.push(artists[place]);
                picked.push(candidate);
            }
        }
        let full = picked.len() >= wanted || clock.full();
        Self { picked, full }
    }
}

/// How much music may still come.
struct Clock {
    left_secs: f32,
    too_long: usize,
}

impl Clock {
    fn new(max_minutes: Option<f32>) -> Self {
        let left_secs = max_minutes.map_or(f32::INFINITY, |minutes| minutes.max(0.0) * 60.0);
        Self {
            left_secs,
            too_long: 0,
        }
    }

    fn full(&self) -> bool {
        self.left_secs <= 0.0
            || self.too_long >= MOST_TOO_LONG
            || (self.too_long > 0 && self.left_secs < FULL_SECS)
    }

    /// Half a track over is "about so much"; more is not.
    fn admits(&mut self, track: &Track) -> bool {
        let fits = length_secs(track) / 2.0 <= self.left_secs;
        self.too_long = if fits { 0 } else { self.too_long + 1 };
        fits
    }

    fn add(&mut self, track: &Track) {
        self.left_secs -= length_secs(track);
    }
}

fn length_secs(track: &Track) -> f32 {
    if track.duration_secs.is_finite() {
        track.duration_secs.max(0.0)
    } else {
        0.0
    }
}

/// Which recordings are in the list already.
#[derive(Default)]
struct Recordings {
    by_name: HashMap<(u64, String), Vec<f32>>,
    by_sound: Vec<u64>,
}

impl Recordings {
    /// Whether this is no second copy of a recording seen before, which it then counts as.
    fn is_new(&mut self, track: &Track) -> bool {
        let sound = sound_id(track);
        if sound.is_some_and(|sound| self.by_sound.contains(&sound)) {
            return false;
        }
        // Names from tags only: a thousand albums have a file "01".
        if let Some(artist) = artist_id(track)
            && !track.tags.title.is_empty()
        {
            let lengths = self
                .by_name
                .entry((artist, fold(&track.tags.title)))
                .or_default();
            if lengths
                .iter()
                .any(|secs| (secs - track.duration_secs).abs() <= SAME_RECORDING_SECS)
            {
                return false;
            }
            lengths.push(track.duration_secs);
        }
        self.by_sound.extend(sound);
        true
    }
}

fn artist_id(track: &Track) -> Option<u64> {
    let artist = track.artist().trim();
    (!artist.is_empty()).then(|| {
        let mut hasher = DefaultHasher::new();
        fold(artist).hash(&mut hasher);
        hasher.finish()
    })
}

/// Equal only for files whose decoded audio gave exactly the same numbers.
fn sound_id(track: &Track) -> Option<u64> {
    let analysis = track.analysis.as_deref()?;
    let mut hasher = DefaultHasher::new();
    let features = &analysis.features;
    for number in features
        .mfcc_mean
        .iter()
        .chain(&features.mfcc_spread)
        .chain(&features.chroma)
        .chain([
            &features.loudness_lufs,
            &features.centroid_hz,
            &analysis.mood.valence,
            &analysis.mood.arousal,
            &track.duration_secs,
        ])
    {
        number.to_bits().hash(&mut hasher);
    }
    Some(hasher.finish())
}
