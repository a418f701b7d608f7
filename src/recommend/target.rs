//! What a query asks for.

use crate::library::{Library, TrackId};
use crate::mood::{Mood, MoodVector, Source};
use crate::words::WordReading;

/// So many days ago counts half of today, for what was heard lately.
const LATELY_HALF_LIFE_DAYS: f32 = 10.0;
/// How many of the tracks last heard say what "lately" is.
const LATELY_TRACKS: usize = 50;
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
            ..Self::of(mood_of_tracks(&known), Source::Tracks, why)
        })
    }

    /// Like what was heard lately: the tracks last heard, weighted by how recently and how
    /// often. `None` when nothing analyzed was heard yet. They may be suggested again.
    #[must_use]
    pub fn lately(
        library: &Library,
        moods: &[Option<MoodVector>],
        now_unix_secs: i64,
    ) -> Option<Self> {
        let mut heard: Vec<(i64, f32, MoodVector)> = library
            .tracks()
            .iter()
            .zip(moods)
            .filter_map(|(track, mood)| {
                let last = track.last_played_unix_secs?;
                let mood = (*mood)?;
                let days = now_unix_secs.saturating_sub(last).max(0) as f32 / SECS_A_DAY;
                let often = (1.0 + track.play_count as f32).sqrt();
                Some((
                    last,
                    often * 0.5_f32.powf(days / LATELY_HALF_LIFE_DAYS),
                    mood,
                ))
            })
            .collect();
        heard.sort_unstable_by_key(|(last, ..)| std::cmp::Reverse(*last));
        heard.truncate(LATELY_TRACKS);
        // A year-old history still has a mood: only the ratio of the weights matters.
        let largest = heard
            .iter()
            .map(|(_, weight, _)| *weight)
            .fold(0.0, f32::max);
        let weighted: Vec<_> = heard
            .into_iter()
            .map(|(_, weight, mood)| (mood, if largest > 0.0 { weight / largest } else { 1.0 }))
            .collect();
        (!weighted.is_empty())
            .then(|| Self::of(mood_of_tracks(&weighted), Source::History, Vec::new()))
    }

    fn of(mood: MoodVector, source: Source, why: Vec<String>) -> Self {
        Self {
            mood,
            read: vec![TargetReading { source, why }],
            seeds: Vec::new(),
        }
    }
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
