//! Joining what several sources say about the same thing.

use super::{Mood, MoodVector};
use serde::{Deserialize, Serialize};

/// Where a reading comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The sound itself.
    Audio,
    /// The lines of the lyrics.
    Lyrics,
    /// The genre tag, a weak prior.
    Genre,
    /// What was typed.
    Words,
    /// A point or a mood picked by hand.
    Point,
    /// Tracks given as examples.
    Tracks,
    /// What was listened to lately.
    History,
    /// What a photo shows.
    Photo,
}

/// How much each source counts at equal confidence: `(valence, arousal, moods)`.
///
/// Audio alone carries arousal and hardly valence; lyrics help valence most
/// (published results agree; see the model card).
const fn weight(source: Source) -> (f32, f32, f32) {
    match source {
        Source::Audio => (0.6, 1.0, 0.8),
        Source::Lyrics => (1.0, 0.3, 0.8),
        Source::Genre => (0.2, 0.2, 0.2),
        Source::Words | Source::Point | Source::Tracks | Source::History | Source::Photo => {
            (1.0, 1.0, 1.0)
        }
    }
}

/// The confidence-weighted mean of the readings, per part of the vector. The confidence
/// of the result is that of its weightiest parts. `None` when nothing has any confidence.
#[must_use]
pub fn fuse(readings: &[(Source, MoodVector)]) -> Option<MoodVector> {
    let (mut valence, mut valence_weight) = (0.0, 0.0);
    let (mut arousal, mut arousal_weight) = (0.0, 0.0);
    let mut moods = [0.0; Mood::COUNT];
    let (mut confidence, mut confidence_weight) = (0.0, 0.0);
    for (source, reading) in readings {
        let (for_valence, for_arousal, for_moods) = weight(*source);
        let trust = reading.confidence;
        valence += reading.valence * for_valence * trust;
        valence_weight += for_valence * trust;
        arousal += reading.arousal * for_arousal * trust;
        arousal_weight += for_arousal * trust;
        for (sum, share) in moods.iter_mut().zip(reading.moods) {
            *sum += share * for_moods * trust;
        }
        confidence += trust * trust * for_moods;
        confidence_weight += trust * for_moods;
    }
    (confidence_weight > 0.0).then(|| {
        MoodVector::new(
            valence / valence_weight,
            arousal / arousal_weight,
            moods,
            confidence / confidence_weight,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(valence: f32, arousal: f32, confidence: f32) -> MoodVector {
        MoodVector::from_point(valence, arousal, confidence)
    }

    #[test]
    fn one_source_alone_is_taken_as_it_is() {
        let only = at(0.4, -0.2, 0.7);
        let fused = fuse(&[(Source::Audio, only)]).expect("a confident source");
        assert!(fused.plane_distance(&only) < 1e-6);
        assert!((fused.confidence - 0.7).abs() < 1e-6);
    }

    #[test]
    fn lyrics_pull_valence_and_audio_holds_arousal() {
        let fused = fuse(&[
            (Source::Audio, at(0.6, 0.6, 0.8)),
            (Source::Lyrics, at(-0.6, -0.6, 0.8)),
        ])
        .expect("two confident sources");
        assert!(fused.valence < 0.0, "valence {}", fused.valence);
        assert!(fused.arousal > 0.0, "arousal {}", fused.arousal);
    }

    #[test]
    fn a_source_without_confidence_does_not_count() {
        assert_eq!(fuse(&[(Source::Genre, MoodVector::UNKNOWN)]), None);
        let fused = fuse(&[
            (Source::Audio, at(0.5, 0.5, 0.5)),
            (Source::Lyrics, MoodVector::UNKNOWN),
        ]);
        assert!((fused.expect("audio counts").valence - 0.5).abs() < 1e-6);
    }
}
