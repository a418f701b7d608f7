//! [`MoodVector`] and the distances between two of them.

use super::Mood;
use serde::{Deserialize, Serialize};

/// Width of the Gaussian around each mood's anchor when a point of the plane is turned
/// into a distribution. Anchors stand about .2 to .6 apart; .28 keeps neighbours
/// (happy, romantic) related and opposites apart.
const ANCHOR_WIDTH: f32 = 0.28;

/// How far a wish for more energy can lift arousal.
const MOST_ENERGY: f32 = 0.8;

/// A feeling: a point on the valence–arousal plane with a distribution over seven moods.
///
/// Invariants, kept by the constructors: `valence` and `arousal` are finite and in −1…1,
/// `moods` is non-negative and sums to 1, `confidence` is in 0…1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MoodVector {
    /// Unpleasant −1 … pleasant +1.
    pub valence: f32,
    /// Calm −1 … excited +1.
    pub arousal: f32,
    /// Share of each mood, in the order of [`Mood::ALL`].
    pub moods: [f32; Mood::COUNT],
    /// How far the reading may be trusted, 0…1.
    pub confidence: f32,
}

impl MoodVector {
    /// "No idea": the middle of the plane, no mood before another, confidence 0.
    pub const UNKNOWN: Self = Self {
        valence: 0.0,
        arousal: 0.0,
        moods: [1.0 / Mood::COUNT as f32; Mood::COUNT],
        confidence: 0.0,
    };

    /// A vector from its parts, brought into range: coordinates clamped, NaN read as 0,
    /// the distribution normalised (all zero reads as uniform).
    #[must_use]
    pub fn new(valence: f32, arousal: f32, moods: [f32; Mood::COUNT], confidence: f32) -> Self {
        Self {
            valence: finite(valence).clamp(-1.0, 1.0),
            arousal: finite(arousal).clamp(-1.0, 1.0),
            moods: normalised(moods),
            confidence: finite(confidence).clamp(0.0, 1.0),
        }
    }

    /// The mood of a point on the plane: each mood's share falls off with the squared
    /// distance to its [anchor](Mood::anchor).
    #[must_use]
    pub fn from_point(valence: f32, arousal: f32, confidence: f32) -> Self {
        let valence = finite(valence).clamp(-1.0, 1.0);
        let arousal = finite(arousal).clamp(-1.0, 1.0);
        let squared = Mood::ALL.map(|mood| {
            let (anchor_valence, anchor_arousal) = mood.anchor();
            (valence - anchor_valence).powi(2) + (arousal - anchor_arousal).powi(2)
        });
        // Measured from the nearest anchor, so that far corners do not underflow to nothing.
        let nearest = squared.iter().copied().fold(f32::INFINITY, f32::min);
        let moods = squared.map(|d| (-(d - nearest) / (2.0 * ANCHOR_WIDTH * ANCHOR_WIDTH)).exp());
        Self::new(valence, arousal, moods, confidence)
    }

    /// One pure mood at its anchor, with its neighbours' shares.
    #[must_use]
    pub fn of_mood(mood: Mood) -> Self {
        let (valence, arousal) = mood.anchor();
        let mut vector = Self::from_point(valence, arousal, 1.0);
        // Someone who points at "romantic" means romantic, not its brighter neighbour.
        vector.moods[mood.index()] += 0.5;
        vector.moods = normalised(vector.moods);
        vector
    }

    /// The same feeling calmer (`energy` −1) or livelier (1): arousal moves, and the moods
    /// follow the point the more the farther it is moved. 0 changes nothing.
    #[must_use]
    pub fn with_energy(&self, energy: f32) -> Self {
        let energy = finite(energy).clamp(-1.0, 1.0);
        let arousal = self.arousal + MOST_ENERGY * energy;
        let there = Self::from_point(self.valence, arousal, self.confidence);
        let mut moods = self.moods;
        for (share, moved) in moods.iter_mut().zip(there.moods) {
            *share += energy.abs() * (moved - *share);
        }
        Self::new(self.valence, arousal, moods, self.confidence)
    }

    /// The mood with the largest share. Of equals, neutral: who knows nothing claims
    /// nothing; else the first of [`Mood::ALL`].
    #[must_use]
    pub fn top(&self) -> Mood {
        let mut best = Mood::Neutral;
        for mood in Mood::ALL {
            if self.share(mood) > self.share(best) {
                best = mood;
            }
        }
        best
    }

    /// The share of one mood, 0…1.
    #[must_use]
    pub fn share(&self, mood: Mood) -> f32 {
        self.moods[mood.index()]
    }

    /// Cosine similarity of the two mood distributions, 0…1.
    #[must_use]
    pub fn mood_cosine(&self, other: &Self) -> f32 {
        let dot: f32 = self
            .moods
            .iter()
            .zip(&other.moods)
            .map(|(a, b)| a * b)
            .sum();
        let norm = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
        let product = norm(&self.moods) * norm(&other.moods);
        if product > 0.0 {
            (dot / product).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// Euclidean distance on the valence–arousal plane, 0…√8.
    #[must_use]
    pub fn plane_distance(&self, other: &Self) -> f32 {
        (self.valence - other.valence).hypot(self.arousal - other.arousal)
    }
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}

fn normalised(moods: [f32; Mood::COUNT]) -> [f32; Mood::COUNT] {
    let moods = moods.map(|share| finite(share).max(0.0));
    let sum: f32 = moods.iter().sum();
    if sum > 0.0 {
        moods.map(|share| share / sum)
    } else {
        MoodVector::UNKNOWN.moods
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_reads_as_its_own_mood() {
        for mood in Mood::ALL {
            let (valence, arousal) = mood.anchor();
            assert_eq!(MoodVector::from_point(valence, arousal, 1.0).top(), mood);
            assert_eq!(MoodVector::of_mood(mood).top(), mood);
        }
    }

    #[test]
    fn opposite_corners_share_little_and_neighbours_much() {
        let happy = MoodVector::of_mood(Mood::Happy);
        let romantic = MoodVector::of_mood(Mood::Romantic);
        let sad = MoodVector::of_mood(Mood::Sad);
        assert!(happy.mood_cosine(&romantic) > 3.0 * happy.mood_cosine(&sad));
    }

    #[test]
    fn energy_moves_arousal_and_nothing_else_at_zero() {
        let calm = MoodVector::of_mood(Mood::Peaceful);
        let same = calm.with_energy(0.0);
        assert!(same.plane_distance(&calm) < 1e-6 && same.top() == Mood::Peaceful);
        let lively = calm.with_energy(1.0);
        assert_eq!(lively.valence, calm.valence);
        assert!(lively.arousal > 0.3 && lively.top() != Mood::Peaceful);
        assert!(calm.with_energy(-1.0).arousal < calm.arousal);
        assert_eq!(calm.with_energy(f32::NAN).arousal, calm.arousal);
    }

    #[test]
    fn nonsense_numbers_become_a_valid_vector() {
        let vector = MoodVector::new(
            f32::NAN,
            9.0,
            [f32::NAN, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            -3.0,
        );
        assert_eq!(
            (vector.valence, vector.arousal, vector.confidence),
            (0.0, 1.0, 0.0)
        );
        assert!((vector.moods.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let corner = MoodVector::from_point(-1.0, 1.0, 1.0);
        assert!((corner.moods.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(corner.top(), Mood::Angry);
    }
}
