//! How this library is spread, so that "very calm" asks for what is very calm *here*.

use crate::library::{Features, Library};
use crate::mood::MoodVector;

/// Standard deviation of valence and of arousal after matching. The same as that of
/// typed feelings, so that a feeling and a track of equal rank meet at the same point.
const REFERENCE_SPREAD: f32 = 0.45;
/// Matched coordinates stay this far inside the plane's edge.
const REFERENCE_LIMIT: f32 = 0.95;
/// So many tracks pull half-way from the stored mood to the matched one: a handful of
/// tracks says little about what is usual.
const HALF_TRUST_TRACKS: f32 = 20.0;
/// How much of the mood distribution is read anew at the matched point; the rest keeps
/// what the stored reading knew beyond valence and arousal.
const REREAD_SHARE: f32 = 0.7;
/// Numbers that describe a track's timbre.
pub(super) const TIMBRE_LEN: usize = 50;

/// How a library's moods and sounds are spread. Made once a snapshot.
#[derive(Debug, Clone)]
pub struct Calibration {
    valence: Spread,
    arousal: Spread,
    pub(super) tempo: Spread,
    pub(super) loudness: Spread,
    pub(super) brightness: Spread,
    pub(super) onsets: Spread,
    timbre_mean: [f32; TIMBRE_LEN],
    timbre_scale: [f32; TIMBRE_LEN],
}

impl Default for Calibration {
    /// That of an empty library: stored moods stand as they are.
    fn default() -> Self {
        Self::of(&Library::default())
    }
}

impl Calibration {
    /// Reads the spread of a library. O(n log n); done once a snapshot, off the UI thread.
    /// Missing tracks count, so that unplugging a drive moves nothing.
    #[must_use]
    pub fn of(library: &Library) -> Self {
        // Silence (confidence 0) has no mood and would only pile up in the middle.
        let analyses = || {
            library
                .tracks()
                .iter()
                .filter_map(|track| track.analysis.as_deref())
                .filter(|analysis| analysis.mood.confidence > 0.0)
        };
        let features = || analyses().map(|analysis| &analysis.features);
        let (timbre_mean, timbre_scale) = moments(features().map(timbre));
        Self {
            valence: Spread::of(analyses().map(|analysis| analysis.mood.valence)),
            arousal: Spread::of(analyses().map(|analysis| analysis.mood.arousal)),
            tempo: Spread::of(features().map(|f| f.tempo_bpm).filter(|bpm| *bpm > 0.0)),
            loudness: Spread::of(features().map(|f| f.loudness_lufs)),
            brightness: Spread::of(features().map(|f| f.centroid_hz)),
            onsets: Spread::of(features().map(|f| f.onset_rate_hz)),
            timbre_mean,
            timbre_scale,
        }
    }

    /// A track's stored mood matched to the library's spread: its rank among the library's
    /// tracks decides where it stands, the more so the larger the library is.
    #[must_use]
    pub fn matched(&self, raw: &MoodVector) -> MoodVector {
        if raw.confidence <= 0.0 || self.valence.sorted.is_empty() {
            return *raw;
        }
        let valence = self.valence.matched(raw.valence);
        let arousal = self.arousal.matched(raw.arousal);
        let reread = MoodVector::from_point(valence, arousal, raw.confidence);
        let mut moods = reread.moods;
        for (share, stored) in moods.iter_mut().zip(raw.moods) {
            *share = REREAD_SHARE * *share + (1.0 - REREAD_SHARE) * stored;
        }
        MoodVector::new(valence, arousal, moods, raw.confidence)
    }

    /// The moods of all tracks, aligned with [`Library::tracks`]; `None` until analyzed.
    #[must_use]
    pub fn moods(&self, library: &Library) -> Vec<Option<MoodVector>> {
        library
            .tracks()
            .iter()
            .map(|track| track.analysis.as_ref().map(|a| self.matched(&a.mood)))
            .collect()
    }

    /// A track's timbre in standard deviations of this library.
    pub(super) fn timbre(&self, features: &Features) -> [f32; TIMBRE_LEN] {
        let mut numbers = timbre(features);
        for ((number, mean), scale) in numbers
            .iter_mut()
            .zip(&self.timbre_mean)
            .zip(&self.timbre_scale)
        {
            *number = (*number - mean) * scale;
        }
        numbers
    }
}

/// All values of one quantity in a library, in order.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    sorted: Vec<f32>,
}

impl Spread {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        let mut sorted: Vec<f32> = values.filter(|value| value.is_finite()).collect();
        sorted.sort_unstable_by(f32::total_cmp);
        Self { sorted }
    }

    /// The share of values below `value`, counting equals half; 0.5 when there are none.
    pub(super) fn quantile(&self, value: f32) -> f32 {
        if self.sorted.is_empty() {
            return 0.5;
        }
        let below = self.sorted.partition_point(|other| *other < value);
        let equal = self.sorted[below..].partition_point(|other| *other <= value);
        (below as f32 + 0.5 * equal as f32) / self.sorted.len() as f32
    }

    fn matched(&self, value: f32) -> f32 {
        let count = self.sorted.len() as f32;
        let trust = count / (count + HALF_TRUST_TRACKS);
        let by_rank = (REFERENCE_SPREAD * normal_quantile(self.quantile(value)))
            .clamp(-REFERENCE_LIMIT, REFERENCE_LIMIT);
        trust * by_rank + (1.0 - trust) * value
    }
}

/// The numbers that describe how a track sounds, whatever its mood.
fn timbre(features: &Features) -> [f32; TIMBRE_LEN] {
    let mut numbers = [0.0; TIMBRE_LEN];
    numbers[..20].copy_from_slice(&features.mfcc_mean);
    numbers[20..40].copy_from_slice(&features.mfcc_spread);
    numbers[40..47].copy_from_slice(&features.contrast_db);
    numbers[47] = features.tempo_bpm.max(40.0).log2();
    numbers[48] = features.mode_strength;
    numbers[49] = features.centroid_hz.max(20.0).log2();
    numbers
}

/// Means and inverse standard deviations, each 0 where nothing varies.
fn moments(
    rows: impl Iterator<Item = [f32; TIMBRE_LEN]>,
) -> ([f32; TIMBRE_LEN], [f32; TIMBRE_LEN]) {
    let mut count = 0.0_f64;
    let mut sum = [0.0_f64; TIMBRE_LEN];
    let mut squares = [0.0_f64; TIMBRE_LEN];
    for row in rows {
        count += 1.0;
        for ((sum, square), value) in sum.iter_mut().zip(&mut squares).zip(row) {
            *sum += f64::from(value);
            *square += f64::from(value).powi(2);
        }
    }
    let mut mean = [0.0; TIMBRE_LEN];
    let mut scale = [0.0; TIMBRE_LEN];
    if count > 0.0 {
        for (index, (sum, square)) in sum.into_iter().zip(squares).enumerate() {
            let centre = sum / count;
            let deviation = (square / count - centre * centre).max(0.0).sqrt();
            mean[index] = centre as f32;
            if deviation > 1e-6 {
                scale[index] = (1.0 / deviation) as f32;
            }
        }
    }
    (mean, scale)
}

/// The standard normal distribution's quantile of `share` (Acklam's rational
/// approximation, relative error below 1.2e-9 in exact arithmetic).
fn normal_quantile(share: f32) -> f32 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 6] = [
        -5.447609879822406e1,
        1.615858368580409e2,
        -1.556989798598866e2,
        6.680131188771972e1,
        -1.328068155288572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 5] = [
        7.784695709041462e-3,
        3.224671290700398e-1,
        2.445134137142996,
        3.754408661907416,
        1.0,
    ];
    let horner = |coefficients: &[f64], x: f64| coefficients.iter().fold(0.0, |sum, c| sum * x + c);
    let p = f64::from(share).clamp(1e-9, 1.0 - 1e-9);
    let tail = |p: f64| {
        let q = (-2.0 * p.ln()).sqrt();
        horner(&C, q) / horner(&D, q)
    };
    let z = if p < 0.02425 {
        tail(p)
    } else if p > 1.0 - 0.02425 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        q * horner(&A, q * q) / horner(&B, q * q)
    };
    z as f32
}
