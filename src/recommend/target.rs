//! What a query asks for.

use super::calibrate::Calibration;
use super::feedback::ListenerModel;
use super::filter::{Filter, Mask};
use super::gather::{Nearest, chance_of, fold_seed};
use super::index::{Index, flag};
use super::signal::Purpose;
use crate::language::Language;
use crate::library::{Library, Play, TrackId};
use crate::mood::{Mood, MoodVector, Source};
use crate::photo::PhotoReading;
use crate::words::WordReading;
use std::collections::HashMap;

/// So many days ago counts half of today, for what was heard lately.
const LATELY_HALF_LIFE_DAYS: f32 = 10.0;
/// How many of the tracks last heard say what "lately" is.
const LATELY_TRACKS: usize = 50;
/// What was heard lately falls into at most so many kinds of mood.
const LATELY_PARTS: usize = 3;
/// Examples given for each of them.
const LATELY_EXAMPLES: usize = 4;
/// A surprise is the best liked of so many drawn.
const SURPRISES: usize = 5;
/// What a skip takes away, where a track heard to the end gives 1.
const SKIPPED: f32 = 0.7;
const SECS_A_DAY: f32 = 86_400.0;

/// What a query asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The mood asked for.
    pub mood: MoodVector,
    /// What it was read from.
    pub read: Vec<TargetReading>,
    /// Tracks to be near to, when examples were given; they are left out of the answer.
    pub seeds: Vec<TrackId>,
    /// How much each kind of likeness counts.
    pub purpose: Purpose,
    /// The kinds of mood that the answer is made of, when there are several.
    pub parts: Vec<TargetPart>,
    /// A way over the mood plane, as (valence, arousal), when the answer is a journey: two
    /// points or more, or none.
    pub way: Vec<(f32, f32)>,
}

/// One of several moods that share a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetPart {
    /// Its share of the tracks; the shares of all parts add up to 1.
    pub share: f32,
    /// The mood.
    pub mood: MoodVector,
    /// Tracks to be near to; they may be suggested again.
    pub like: Vec<TrackId>,
}

/// One source of a target with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetReading {
    /// Where it comes from.
    pub source: Source,
    /// Why it was read so, such as `"lonely", "rain"`; empty when there is nothing to say.
    pub why: Vec<String>,
}

impl Target {
    /// A typed feeling. Not understood: [`MoodVector::UNKNOWN`], without reasons.
    #[must_use]
    pub fn from_words(reading: &WordReading) -> Self {
        let why = reading.evidence.iter().map(|word| word.text.clone());
        Self::of(reading.mood, Source::Words, why.collect())
    }

    /// A mood picked by name.
    #[must_use]
    pub fn from_mood(mood: Mood) -> Self {
        Self::of(MoodVector::of_mood(mood), Source::Point, Vec::new())
    }

    /// A point of the mood plane, each coordinate in −1…1.
    #[must_use]
    pub fn from_point(valence: f32, arousal: f32) -> Self {
        let mood = MoodVector::from_point(valence, arousal, 1.0);
        Self::of(mood, Source::Point, Vec::new())
    }

    /// Photos: one is a mood, several are a journey from one to the next in this order. They
    /// are matched to the library, and made calmer or livelier by `energy`, −1…1. `None`
    /// without photos.
    #[must_use]
    pub fn from_photos(
        calibration: &Calibration,
        photos: &[&PhotoReading],
        energy: f32,
    ) -> Option<Self> {
        let matched = |photo: &&PhotoReading| {
            calibration
                .matched_photo(&photo.mood, photo.ranks)
                .with_energy(energy)
        };
        let moods: Vec<MoodVector> = photos.iter().map(matched).collect();
        let why = photos
            .iter()
            .map(|photo| photo.description(Language::English));
        let weighted: Vec<(MoodVector, f32)> = moods.iter().map(|mood| (*mood, 1.0)).collect();
        let mut target = Self::of(mood_of_tracks(&weighted), Source::Photo, why.collect());
        if moods.len() > 1 {
            target.way = moods
                .iter()
                .map(|mood| (mood.valence, mood.arousal))
                .collect();
        }
        (!moods.is_empty()).then_some(target)
    }

    /// More like these tracks. `None` when none of them is in the library and analyzed.
    /// `moods` is aligned with [`Library::tracks`].
    #[must_use]
    pub fn from_tracks(
        library: &Library,
        moods: &[Option<MoodVector>],
        ids: &[TrackId],
    ) -> Option<Self> {
        let mut known = Vec::new();
        let mut why = Vec::new();
        for position in ids.iter().filter_map(|id| library.position(*id)) {
            if let Some(mood) = moods.get(position).copied().flatten() {
                known.push((mood, 1.0));
                why.push(library.tracks()[position].title().to_owned());
            }
        }
        (!known.is_empty()).then(|| Self {
            seeds: ids.to_vec(),
            purpose: Purpose::Like,
            ..Self::of(mood_of_tracks(&known), Source::Tracks, why)
        })
    }

    /// Like what was heard lately: tracks heard to the end speak for themselves, the more
    /// so the more recently; skipped ones speak against. The parts have the shares that
    /// moods had in what was heard, so that the playlist's moods follow it. `None` when
    /// nothing analyzed was heard yet. `plays` need no order; `moods` is aligned with
    /// [`Library::tracks`].
    #[must_use]
    pub fn lately(
        library: &Library,
        moods: &[Option<MoodVector>],
        plays: &[Play],
        now_unix_secs: i64,
    ) -> Option<Self> {
        let heard = heard(library, moods, plays, now_unix_secs);
        let mut kinds: HashMap<Mood, Vec<&Heard>> = HashMap::new();
        for track in &heard {
            kinds.entry(track.mood.top()).or_default().push(track);
        }
        let weight = |kind: &[&Heard]| kind.iter().map(|track| track.weight).sum::<f32>();
        let mut kinds: Vec<(Mood, Vec<&Heard>)> = kinds.into_iter().collect();
        kinds.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
        kinds.truncate(LATELY_PARTS);
        let whole: f32 = kinds.iter().map(|(_, kind)| weight(kind)).sum();
        let parts = kinds
            .iter()
            .map(|(_, kind)| TargetPart {
                share: weight(kind) / whole,
                mood: mean_mood(kind.iter().copied()),
                like: kind
                    .iter()
                    .take(LATELY_EXAMPLES)
                    .map(|track| track.id)
                    .collect(),
            })
            .collect();
        (!heard.is_empty()).then(|| Self {
            purpose: Purpose::Lately,
            parts,
            ..Self::of(mean_mood(heard.iter()), Source::History, Vec::new())
        })
    }

    /// A walk over the mood plane through these points (valence, arousal), each coordinate
    /// in −1…1; `read` says where they came from. `None` for fewer than two points.
    #[must_use]
    pub fn journey(way: &[(f32, f32)], read: Vec<TargetReading>) -> Option<Self> {
        let (valence, arousal) = *way.last()?;
        (way.len() > 1).then(|| Self {
            way: way
                .iter()
                .map(|(valence, arousal)| (valence.clamp(-1.0, 1.0), arousal.clamp(-1.0, 1.0)))
                .collect(),
            read,
            ..Self::from_point(valence, arousal)
        })
    }

    /// Something the listener does not expect: more like a track drawn at random from what
    /// the filter lets through, rather one that was hardly played and whose artist is not
    /// disliked. The same seed draws the same track. `None` when the library has nothing to
    /// suggest.
    #[must_use]
    pub fn surprise(
        index: &Index,
        listener: &ListenerModel,
        filter: &Filter,
        seed: u64,
    ) -> Option<Self> {
        let mask = Mask::new(index, filter, listener, None, &[]);
        // The largest of u^(1/w) is a draw with weights w (Efraimidis & Spirakis 2006).
        let mut drawn = Nearest::new(SURPRISES);
        for (row, flags) in (0_u32..).zip(&index.flags) {
            if !mask.admits(index, row as usize) {
                continue;
            }
            let even = (chance_of(fold_seed(seed), index.salts[row as usize]) >> 8) as f32
                / (1 << 24) as f32;
            let is_rare = flags & flag::RARELY_PLAYED != 0;
            // For w of 1 and 3: u and its cube root, by their logarithm's order.
            drawn.offer(if is_rare { even.cbrt() } else { even }, row);
        }
        // Of a handful, the one that the listener leans to most.
        let leaning = |row: u32| {
            let artist = &index.artists[index.artist[row as usize] as usize];
            listener.leaning(index.track(row).id, artist, None).factor()
        };
        let mut best: Option<(f32, u32)> = None;
        for (_, row) in drawn.into_pairs() {
            let leaning = leaning(row);
            if best.is_none_or(|(most, _)| leaning > most) {
                best = Some((leaning, row));
            }
        }
        let (_, row) = best?;
        let id = index.track(row).id;
        Self::from_tracks(index.library(), index.moods(), &[id])
    }

    fn of(mood: MoodVector, source: Source, why: Vec<String>) -> Self {
        Self {
            mood,
            read: vec![TargetReading { source, why }],
            seeds: Vec::new(),
            purpose: Purpose::Feeling,
            parts: Vec::new(),
            way: Vec::new(),
        }
    }

    /// Nothing that is known here; gets no tracks.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            read: Vec::new(),
            ..Self::of(MoodVector::UNKNOWN, Source::Words, Vec::new())
        }
    }
}

/// A track heard lately.
struct Heard {
    id: TrackId,
    weight: f32,
    mood: MoodVector,
}

/// What was heard lately, weightiest first.
fn heard(
    library: &Library,
    moods: &[Option<MoodVector>],
    plays: &[Play],
    now_unix_secs: i64,
) -> Vec<Heard> {
    // A year-old history still has a mood: only the ratio of the weights matters.
    let latest = plays.iter().map(|play| play.at_unix_secs).max();
    let now = latest.unwrap_or(now_unix_secs).min(now_unix_secs);
    let mut weights: HashMap<TrackId, f32> = HashMap::new();
    for play in plays {
        let days = now.saturating_sub(play.at_unix_secs).max(0) as f32 / SECS_A_DAY;
        let recent = 0.5_f32.powf(days / LATELY_HALF_LIFE_DAYS);
        let counts = if play.finished { 1.0 } else { -SKIPPED };
        *weights.entry(play.track).or_default() += counts * recent;
    }
    let mut heard: Vec<Heard> = weights
        .into_iter()
        .filter_map(|(id, weight)| {
            let mood = moods.get(library.position(id)?).copied().flatten()?;
            (weight > 0.0 && mood.confidence > 0.0).then_some(Heard { id, weight, mood })
        })
        .collect();
    heard.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    heard.truncate(LATELY_TRACKS);
    heard
}

fn mean_mood<'a>(heard: impl Iterator<Item = &'a Heard>) -> MoodVector {
    let moods: Vec<_> = heard.map(|track| (track.mood, track.weight)).collect();
    mood_of_tracks(&moods)
}

/// The mood of some tracks taken together, for "more like these" and "lately": the mean,
/// each track weighing its number (0 or more) times its confidence. [`MoodVector::UNKNOWN`]
/// when nothing weighs anything.
#[must_use]
pub fn mood_of_tracks(moods: &[(MoodVector, f32)]) -> MoodVector {
    let (mut valence, mut arousal, mut confidence, mut total) = (0.0, 0.0, 0.0, 0.0);
    let mut shares = [0.0; Mood::COUNT];
    for (mood, weight) in moods {
        let weight = if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        };
        let trust = weight * mood.confidence;
        valence += mood.valence * trust;
        arousal += mood.arousal * trust;
        for (sum, share) in shares.iter_mut().zip(mood.moods) {
            *sum += share * trust;
        }
        confidence += mood.confidence * trust;
        total += trust;
    }
    if total <= 0.0 {
        return MoodVector::UNKNOWN;
    }
    MoodVector::new(valence / total, arousal / total, shares, confidence / total)
}
