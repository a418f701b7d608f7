//! The first mood reading: a fixed rule from features to valence and arousal.
//!
//! Each term is a z-score against reference statistics that ship with the program
//! (`models/reference/`), so a track's stored mood never depends on the listener's library.
//! The rule was found on human-rated phrases; `models/reference/README.md` says how well it
//! does.

use super::dsp::Extracted;
use crate::library::Features;
use crate::mood::MoodVector;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// One number the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Onsets a second.
    OnsetRate,
    /// Mean level, dBFS.
    RmsDb,
    /// Natural logarithm of the spectral centroid in Hz.
    LogCentroid,
    /// Spectral flux, dB a frame.
    Flux,
    /// Binary logarithm of the tempo in beats a minute; unknown without a beat.
    Log2Tempo,
    /// Best major minus best minor key correlation.
    Mode,
    /// Natural logarithm of the spectral flatness.
    LogFlatness,
}

impl Term {
    /// All terms.
    pub const ALL: [Self; 7] = [
        Self::OnsetRate,
        Self::RmsDb,
        Self::LogCentroid,
        Self::Flux,
        Self::Log2Tempo,
        Self::Mode,
        Self::LogFlatness,
    ];

    /// The term's value for a track; `None` when the track does not have it.
    #[must_use]
    pub fn value(self, features: &Features) -> Option<f32> {
        let value = match self {
            Self::OnsetRate => features.onset_rate_hz,
            Self::RmsDb => features.rms_db,
            Self::LogCentroid => features.centroid_hz.ln(),
            Self::Flux => features.flux,
            Self::Log2Tempo => features.tempo_bpm.log2(),
            Self::Mode => features.mode_strength,
            Self::LogFlatness => features.flatness.ln(),
        };
        value.is_finite().then_some(value)
    }
}

/// What arousal is made of. The weights sum to 1.10.
const AROUSAL: [(Term, f32); 5] = [
    (Term::OnsetRate, 0.40),
    (Term::RmsDb, 0.25),
    (Term::LogCentroid, 0.20),
    (Term::Flux, 0.15),
    (Term::Log2Tempo, 0.10),
];

/// What valence is made of.
const VALENCE: [(Term, f32); 6] = [
    (Term::Mode, 0.55),
    (Term::OnsetRate, 0.20),
    (Term::Log2Tempo, 0.15),
    (Term::LogCentroid, 0.10),
    (Term::RmsDb, -0.10),
    (Term::LogFlatness, -0.10),
];

/// A single term counts for no more than this many standard deviations.
const LARGEST_Z: f32 = 3.0;

/// Where one standard deviation of the reference music lies on the −1…1 axes, before the
/// squash. Chosen so that the reference music reaches the anchors of all seven moods: at .4,
/// two of its 250 tracks stand nearest to angry and 77 to neutral; at .6, 22 and 53.
const ONE_DEVIATION: f32 = 0.6;

/// How far the rule may be trusted at best: it tells high from low arousal in about four
/// pairs of five, valence in fewer.
const BEST_CONFIDENCE: f32 = 0.5;

/// Music shorter than this is half heard.
const FULL_CONFIDENCE_SECS: f32 = 15.0;

/// Flatness of white noise is about .56, of music rarely above .1.
const NOISE_FLATNESS: f32 = 0.4;

/// Speech has no beat, and its timbre changes with every sound: the spread of its third to
/// fifth cepstral coefficient is 29 to 45 for synthetic voices in four languages, and above
/// 24 for hardly one in a hundred tracks of the reference music.
const SPOKEN_SPREAD: std::ops::Range<f32> = 24.0..30.0;

/// What is left of the confidence in the mood of speech: its words have one, not its sound.
const SPOKEN_TRUST: f32 = 0.3;

/// Mean and standard deviation over the reference music.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Mean.
    pub mean: f32,
    /// Standard deviation, above 0.
    pub sd: f32,
}

impl Spread {
    /// Of some values; `None` when they do not spread.
    #[must_use]
    pub fn of(values: &[f32]) -> Option<Self> {
        let count = values.len() as f32;
        let mean = values.iter().sum::<f32>() / count;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / count;
        let sd = variance.sqrt();
        (sd > 0.0).then_some(Self { mean, sd })
    }

    fn z(self, value: f32) -> f32 {
        ((value - self.mean) / self.sd).clamp(-LARGEST_Z, LARGEST_Z)
    }
}

/// Statistics of the reference music, as kept in `models/reference/statistics.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// [`FEATURES_VERSION`](super::FEATURES_VERSION) they were made with.
    pub features_version: u32,
    /// How many tracks they were made from.
    pub tracks: usize,
    /// The terms' spreads, in the order of [`Term::ALL`].
    pub terms: Vec<(Term, Spread)>,
    /// Spread of the rule's weighted sum for arousal.
    pub arousal: Spread,
    /// Spread of the rule's weighted sum for valence.
    pub valence: Spread,
}

static SHIPPED: LazyLock<Reference> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../models/reference/statistics.json"))
        .expect("the shipped statistics are valid; a test reads them")
});

impl Reference {
    /// The statistics that ship with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The statistics of some tracks; `None` when they are too alike to have any.
    #[must_use]
    pub fn of(tracks: &[Features]) -> Option<Self> {
        let terms = Term::ALL
            .into_iter()
            .map(|term| {
                let values: Vec<f32> = tracks.iter().filter_map(|t| term.value(t)).collect();
                Some((term, Spread::of(&values)?))
            })
            .collect::<Option<Vec<_>>>()?;
        let neutral = Spread { mean: 0.0, sd: 1.0 };
        let mut reference = Self {
            features_version: super::FEATURES_VERSION,
            tracks: tracks.len(),
            terms,
            arousal: neutral,
            valence: neutral,
        };
        let sums = |rule: &[(Term, f32)]| -> Vec<f32> {
            tracks.iter().map(|t| reference.sum(rule, t)).collect()
        };
        let (arousal, valence) = (Spread::of(&sums(&AROUSAL))?, Spread::of(&sums(&VALENCE))?);
        reference.arousal = arousal;
        reference.valence = valence;
        Some(reference)
    }

    /// Valence and arousal of a track, each −1…1.
    #[must_use]
    pub fn place(&self, features: &Features) -> (f32, f32) {
        let squash = |z: f32| (ONE_DEVIATION * z).tanh();
        (
            squash(self.valence.z(self.sum(&VALENCE, features))),
            squash(self.arousal.z(self.sum(&AROUSAL, features))),
        )
    }

    /// The weighted sum of z-scores. A term that the track does not have counts as average.
    fn sum(&self, rule: &[(Term, f32)], features: &Features) -> f32 {
        rule.iter()
            .filter_map(|(term, weight)| {
                let (_, spread) = self.terms.iter().find(|(known, _)| known == term)?;
                Some(weight * spread.z(term.value(features)?))
            })
            .sum()
    }
}

/// The mood of a track against the shipped reference. Silence reads as
/// [`MoodVector::UNKNOWN`]; short or noisy sound with less confidence.
#[must_use]
pub fn read(extracted: &Extracted) -> MoodVector {
    let confidence = confidence(extracted);
    if confidence <= 0.0 {
        return MoodVector::UNKNOWN;
    }
    let (valence, arousal) = Reference::shipped().place(&extracted.features);
    MoodVector::from_point(valence, arousal, confidence)
}

fn confidence(extracted: &Extracted) -> f32 {
    let heard = (extracted.sounding_secs / FULL_CONFIDENCE_SECS).clamp(0.0, 1.0);
    let tonal = (1.0 - extracted.features.flatness / NOISE_FLATNESS).clamp(0.1, 1.0);
    let spoken = spoken(&extracted.features);
    BEST_CONFIDENCE * heard.sqrt() * tonal.sqrt() * (1.0 - (1.0 - SPOKEN_TRUST) * spoken)
}

/// How far it sounds like somebody who speaks, 0…1.
fn spoken(features: &Features) -> f32 {
    if features.tempo_bpm > 0.0 {
        return 0.0;
    }
    let spread = features.mfcc_spread[3..6].iter().sum::<f32>() / 3.0;
    let width = SPOKEN_SPREAD.end - SPOKEN_SPREAD.start;
    ((spread - SPOKEN_SPREAD.start) / width).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::dsp::silent;
    use crate::mood::Mood;

    /// A track in the middle of the reference music.
    fn average() -> Features {
        let mut features = silent();
        let mean = |wanted: Term| {
            let terms = &Reference::shipped().terms;
            terms
                .iter()
                .find(|(term, _)| *term == wanted)
                .unwrap()
                .1
                .mean
        };
        features.onset_rate_hz = mean(Term::OnsetRate);
        features.rms_db = mean(Term::RmsDb);
        features.centroid_hz = mean(Term::LogCentroid).exp();
        features.flux = mean(Term::Flux);
        features.tempo_bpm = mean(Term::Log2Tempo).exp2();
        features.mode_strength = mean(Term::Mode);
        features.flatness = mean(Term::LogFlatness).exp();
        features
    }

    fn heard(features: Features) -> Extracted {
        Extracted {
            features,
            duration_secs: 180.0,
            sounding_secs: 180.0,
        }
    }

    #[test]
    fn the_shipped_statistics_cover_every_term() {
        let reference = Reference::shipped();
        let terms: Vec<Term> = reference.terms.iter().map(|(term, _)| *term).collect();
        assert_eq!(terms, Term::ALL);
        assert!(reference.terms.iter().all(|(_, spread)| spread.sd > 0.0));
        assert_eq!(
            reference.features_version,
            crate::analysis::FEATURES_VERSION
        );
    }

    #[test]
    fn average_music_stands_in_the_middle() {
        let mood = read(&heard(average()));
        assert!(
            mood.valence.abs() < 0.05 && mood.arousal.abs() < 0.05,
            "{mood:?}"
        );
    }

    #[test]
    fn fast_loud_major_is_happy_and_slow_quiet_minor_is_sad() {
        let mut lively = average();
        lively.onset_rate_hz *= 1.6;
        lively.rms_db += 5.0;
        lively.tempo_bpm *= 1.3;
        lively.mode_strength = 0.25;
        let mood = read(&heard(lively));
        assert_eq!(mood.top(), Mood::Happy, "{mood:?}");
        let mut gloomy = average();
        gloomy.onset_rate_hz *= 0.4;
        gloomy.rms_db -= 6.0;
        gloomy.tempo_bpm *= 0.7;
        gloomy.mode_strength = -0.25;
        let mood = read(&heard(gloomy));
        assert_eq!(mood.top(), Mood::Sad, "{mood:?}");
    }

    #[test]
    fn silence_is_unknown_and_scraps_and_noise_are_doubtful() {
        let silence = Extracted {
            features: silent(),
            duration_secs: 60.0,
            sounding_secs: 0.0,
        };
        assert_eq!(read(&silence), MoodVector::UNKNOWN);
        let full = read(&heard(average())).confidence;
        let mut scrap = heard(average());
        scrap.sounding_secs = 0.5;
        assert!(read(&scrap).confidence < 0.5 * full);
        let mut noise = heard(average());
        noise.features.flatness = 0.56;
        assert!(read(&noise).confidence < 0.5 * full);
    }

    #[test]
    fn speech_is_told_by_its_changing_timbre_without_a_beat() {
        let mut speech = average();
        speech.tempo_bpm = 0.0;
        speech.mfcc_spread[3..6].fill(33.0);
        let full = read(&heard(average())).confidence;
        assert!(read(&heard(speech.clone())).confidence < 0.4 * full);
        // Rap has a beat.
        speech.tempo_bpm = 90.0;
        assert_eq!(read(&heard(speech)).confidence, full);
    }

    #[test]
    fn a_missing_beat_or_an_extreme_term_does_not_tip_the_reading() {
        let mut beatless = average();
        beatless.tempo_bpm = 0.0;
        assert!(read(&heard(beatless)).arousal.abs() < 0.05);
        let mut extreme = average();
        extreme.flux = 1e9;
        let mood = read(&heard(extreme));
        assert!(mood.arousal < 0.7, "{mood:?}");
    }

    #[test]
    fn statistics_of_tracks_are_their_means_and_spreads() {
        let mut low = average();
        low.rms_db = -30.0;
        let mut high = average();
        high.rms_db = -10.0;
        // All other terms are the same: too alike.
        assert_eq!(Reference::of(&[low, high]), None);
        assert_eq!(
            Spread::of(&[-30.0, -10.0]),
            Some(Spread {
                mean: -20.0,
                sd: 10.0
            })
        );
    }
}
