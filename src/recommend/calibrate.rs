//! How this library is spread, so that "very calm" asks for what is very calm *here*.

use crate::library::{Features, Library, Track};
use crate::mood::{MoodVector, Source, fuse, genre_mood};
use std::collections::HashMap;

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
/// The same for a photo, whose moods were read from much more than the point.
const PHOTO_REREAD_SHARE: f32 = 0.4;
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
        let count = library.tracks().len();
        let mut columns: [Vec<f32>; 6] = std::array::from_fn(|_| Vec::with_capacity(count));
        let mut timbres = Moments::default();
        for track in library.tracks() {
            // Silence (confidence 0) has no mood and would only pile up in the middle.
            let mood = track.sound_mood().filter(|mood| mood.confidence > 0.0);
            let (Some(mood), Some(analysis)) = (mood, track.analysis.as_deref()) else {
                continue;
            };
            let features = &analysis.features;
            for (column, value) in columns.iter_mut().zip([
                mood.valence,
                mood.arousal,
                // A tempo of 0 means that no beat was found.
                if features.tempo_bpm > 0.0 {
                    features.tempo_bpm
                } else {
                    f32::NAN
                },
                features.loudness_lufs,
                features.centroid_hz,
                features.onset_rate_hz,
            ]) {
                column.push(value);
            }
            timbres.add(&timbre(features));
        }
        let (timbre_mean, timbre_scale) = timbres.mean_and_scale();
        let [valence, arousal, tempo, loudness, brightness, onsets] = columns.map(Spread::of);
        Self {
            valence,
            arousal,
            tempo,
            loudness,
            brightness,
            onsets,
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

    /// A photo's mood matched to the library: a photo that is calmer than nine of ten photos
    /// asks for what is calmer than nine of ten tracks. `ranks` are its shares of photos with
    /// a lower valence and a lower arousal, 0…1; without them its own numbers are taken to be
    /// spread as moods here are.
    #[must_use]
    pub fn matched_photo(&self, mood: &MoodVector, ranks: Option<(f32, f32)>) -> MoodVector {
        if mood.confidence <= 0.0 || self.valence.sorted.is_empty() {
            return *mood;
        }
        let (for_valence, for_arousal) = ranks.unwrap_or_else(|| {
            let share = |value: f32| normal_share(value / REFERENCE_SPREAD);
            (share(mood.valence), share(mood.arousal))
        });
        let valence = self.valence.at(for_valence);
        let arousal = self.arousal.at(for_arousal);
        let there = MoodVector::from_point(valence, arousal, mood.confidence);
        let mut moods = there.moods;
        for (share, read) in moods.iter_mut().zip(mood.moods) {
            *share = PHOTO_REREAD_SHARE * *share + (1.0 - PHOTO_REREAD_SHARE) * read;
        }
        MoodVector::new(valence, arousal, moods, mood.confidence)
    }

    /// The moods of all tracks, aligned with [`Library::tracks`]; `None` until analyzed.
    #[must_use]
    pub fn moods(&self, library: &Library) -> Vec<Option<MoodVector>> {
        // A library has many tracks and few genres.
        let mut genres: HashMap<&str, MoodVector> = HashMap::new();
        let tracks = library.tracks().iter();
        let moods = tracks.map(|track| {
            let tag = track.tags.genre.as_str();
            let genre = genres
                .entry(tag)
                .or_insert_with(|| genre_mood(tag).unwrap_or(MoodVector::UNKNOWN));
            self.mood(track, *genre)
        });
        moods.collect()
    }

    /// The mood of a track: of its sound as matched to the library, of its words and of its
    /// genre, each by its confidence. What is stored of them stays as it is. Silence has no
    /// mood, whatever words are filed with it.
    fn mood(&self, track: &Track, genre: MoodVector) -> Option<MoodVector> {
        let sound = self.matched(track.sound_mood()?);
        if sound.confidence <= 0.0 {
            return Some(sound);
        }
        let words = track.lyric_mood.as_ref().map(|words| words.mood);
        let words = words.unwrap_or(MoodVector::UNKNOWN);
        fuse(&[
            (Source::Audio, sound),
            (Source::Lyrics, words),
            (Source::Genre, genre),
        ])
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
    fn of(mut sorted: Vec<f32>) -> Self {
        sorted.retain(|value| value.is_finite());
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

    /// Where a share of the library lies lower, after matching; in a small library nearer to
    /// where that share of all music lies lower.
    fn at(&self, share: f32) -> f32 {
        let share = share.clamp(0.0, 1.0);
        let usual =
            (REFERENCE_SPREAD * normal_quantile(share)).clamp(-REFERENCE_LIMIT, REFERENCE_LIMIT);
        let Some(last) = self.sorted.len().checked_sub(1) else {
            return usual;
        };
        let place = share * last as f32;
        let (below, part) = (place.floor() as usize, place.fract());
        let (low, high) = (self.sorted[below], self.sorted[(below + 1).min(last)]);
        let count = self.sorted.len() as f32;
        let trust = count / (count + HALF_TRUST_TRACKS);
        trust * self.matched(low + part * (high - low)) + (1.0 - trust) * usual
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

/// Running sums of timbres.
struct Moments {
    count: f64,
    sum: [f64; TIMBRE_LEN],
    squares: [f64; TIMBRE_LEN],
}

impl Default for Moments {
    fn default() -> Self {
        Self {
            count: 0.0,
            sum: [0.0; TIMBRE_LEN],
            squares: [0.0; TIMBRE_LEN],
        }
    }
}

impl Moments {
    fn add(&mut self, timbre: &[f32; TIMBRE_LEN]) {
        self.count += 1.0;
        for ((sum, square), value) in self.sum.iter_mut().zip(&mut self.squares).zip(timbre) {
            *sum += f64::from(*value);
            *square += f64::from(*value) * f64::from(*value);
        }
    }

    /// Means and inverse standard deviations; a scale is 0 where nothing varies.
    fn mean_and_scale(&self) -> ([f32; TIMBRE_LEN], [f32; TIMBRE_LEN]) {
        let count = self.count.max(1.0);
        let mean = self.sum.map(|sum| sum / count);
        let scale = std::array::from_fn(|index| {
            let variance = self.squares[index] / count - mean[index] * mean[index];
            let deviation = variance.max(0.0).sqrt();
            if deviation > 1e-6 {
                (1.0 / deviation) as f32
            } else {
                0.0
            }
        });
        (mean.map(|mean| mean as f32), scale)
    }
}

/// The standard normal distribution's share below `z` (Abramowitz & Stegun 1964, 26.2.17:
/// error below 7.5e-8 in exact arithmetic).
fn normal_share(z: f32) -> f32 {
    const B: [f64; 5] = [
        0.319381530,
        -0.356563782,
        1.781477937,
        -1.821255978,
        1.330274429,
    ];
    let x = f64::from(z.abs());
    let t = 1.0 / (1.0 + 0.2316419 * x);
    let polynomial = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let density = (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let above = density * polynomial;
    (if z < 0.0 { above } else { 1.0 - above }) as f32
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_is_the_tabled_one() {
        for (share, z) in [
            (0.5, 0.0),
            (0.841345, 1.0),
            (0.158655, -1.0),
            (0.975, 1.959964),
            (0.01, -2.326348),
        ] {
            assert!((normal_quantile(share) - z).abs() < 1e-4, "{share}");
        }
    }

    #[test]
    fn share_and_quantile_undo_each_other() {
        for z in [-2.5, -1.0, -0.2, 0.0, 0.7, 2.0] {
            assert!((normal_quantile(normal_share(z)) - z).abs() < 1e-3, "{z}");
        }
    }

    #[test]
    fn a_rank_among_photos_asks_for_that_rank_among_the_tracks() {
        // All tracks are calm; the liveliest photo asks for the liveliest of them.
        let calm = Spread::of(
            (0..2_000)
                .map(|n| -0.9 + 0.2 * n as f32 / 2_000.0)
                .collect(),
        );
        for share in [0.05, 0.5, 0.95] {
            let matched = calm.at(share);
            let track = calm.matched(-0.9 + 0.2 * share);
            assert!(
                (matched - track).abs() < 0.03,
                "{share}: {matched}, {track}"
            );
        }
        assert_eq!(Spread::of(Vec::new()).at(0.5), 0.0);
        assert!(Spread::of(vec![0.3]).at(0.99) > Spread::of(vec![0.3]).at(0.01));
    }

    #[test]
    fn equals_share_the_middle_of_their_ranks() {
        let spread = Spread::of(vec![3.0, 1.0, 2.0, 2.0, f32::NAN]);
        assert_eq!(spread.quantile(2.0), 0.5);
        assert_eq!(spread.quantile(0.0), 0.0);
        assert_eq!(spread.quantile(9.0), 1.0);
        assert_eq!(Spread::of(Vec::new()).quantile(1.0), 0.5);
    }

    #[test]
    fn a_large_library_decides_by_rank_and_a_small_one_hardly() {
        let crowded = |count: usize| {
            Spread::of(
                (0..count)
                    .map(|n| 0.6 + 0.1 * n as f32 / count as f32)
                    .collect(),
            )
        };
        let large = crowded(2_000);
        assert!(large.matched(0.65).abs() < 0.02);
        assert!(large.matched(0.7) > 0.9 && large.matched(0.6) < -0.9);
        assert!(crowded(2).matched(0.65) > 0.5);
    }

    #[test]
    fn matching_keeps_the_order() {
        let spread = Spread::of((0..50).map(|n| (n as f32 / 10.0).sin()).collect());
        let matched: Vec<f32> = (-10..=10)
            .map(|n| spread.matched(n as f32 / 10.0))
            .collect();
        assert!(
            matched.windows(2).all(|pair| pair[0] <= pair[1]),
            "{matched:?}"
        );
    }

    #[test]
    fn an_empty_library_leaves_moods_as_they_are() {
        let mood = MoodVector::from_point(0.3, -0.4, 0.5);
        assert_eq!(Calibration::default().matched(&mood), mood);
    }
}
