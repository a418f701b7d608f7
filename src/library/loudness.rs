//! How loud tracks and albums are, as far as it is known. Pure.

use super::Track;
use std::sync::Arc;

/// ReplayGain 2.0 gains lead to this loudness, LUFS.
const REPLAY_GAIN_LUFS: f32 = -18.0;

/// Nothing quieter is music to be levelled, LUFS.
const SILENCE_LUFS: f32 = -60.0;

/// What levelling has to know of a track or album.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Integrated loudness (EBU R128), LUFS.
    pub lufs: f32,
    /// Highest peak, dBTP; `None` if nobody measured it.
    pub peak_dbtp: Option<f32>,
}

/// Level of a track: from its tags, else as measured over the whole of it, else over what
/// was read for its features.
#[must_use]
pub fn track_level(track: &Track) -> Option<Level> {
    let tags = &track.tags.replay_gain;
    let measured = measured(track);
    match tags.track_gain_db {
        Some(gain_db) => Some(Level {
            lufs: REPLAY_GAIN_LUFS - gain_db,
            peak_dbtp: highest(tags.track_peak.map(decibels), measured),
        }),
        None => measured,
    }
}

/// Level of the album of `track`: from its tags, else the mean power over the tracks of
/// the album, weighted by their length. Measured only if all of them are.
#[must_use]
pub fn album_level(track: &Track, album: &[Arc<Track>]) -> Option<Level> {
    let tags = &track.tags.replay_gain;
    let measured = measured_together(album);
    match tags.album_gain_db {
        Some(gain_db) => Some(Level {
            lufs: REPLAY_GAIN_LUFS - gain_db,
            peak_dbtp: highest(tags.album_peak.map(decibels), measured),
        }),
        None => measured,
    }
}

fn measured_together(album: &[Arc<Track>]) -> Option<Level> {
    let (mut power, mut secs, mut peak_dbtp) = (0.0_f64, 0.0_f64, f32::NEG_INFINITY);
    for track in album {
        let level = track_level(track)?;
        let length = f64::from(track.duration_secs.max(1.0));
        power += length * 10_f64.powf(f64::from(level.lufs) / 10.0);
        secs += length;
        peak_dbtp = peak_dbtp.max(level.peak_dbtp?);
    }
    (secs > 0.0).then(|| Level {
        lufs: (10.0 * (power / secs).log10()) as f32,
        peak_dbtp: Some(peak_dbtp),
    })
}

fn measured(track: &Track) -> Option<Level> {
    let whole = track.loudness.map(|loudness| Level {
        lufs: loudness.lufs,
        peak_dbtp: Some(loudness.true_peak_dbtp),
    });
    let of_features = || {
        let analysis = track.analysis.as_ref()?;
        Some(Level {
            lufs: analysis.features.loudness_lufs,
            peak_dbtp: None,
        })
    };
    whole
        .or_else(of_features)
        .filter(|level| level.lufs > SILENCE_LUFS)
}

/// The higher of a tagged peak (of samples) and a measured one (between samples too).
fn highest(tagged_db: Option<f32>, measured: Option<Level>) -> Option<f32> {
    let measured_dbtp = measured.and_then(|measured| measured.peak_dbtp);
    match (tagged_db, measured_dbtp) {
        (Some(tagged), Some(measured)) => Some(tagged.max(measured)),
        (one, other) => one.or(other),
    }
}

fn decibels(peak: f32) -> f32 {
    20.0 * peak.max(1e-6).log10()
}

/// Whether two tracks are of one album.
#[must_use]
pub fn same_album(a: &Track, b: &Track) -> bool {
    !a.tags.album.is_empty() && a.tags.album == b.tags.album && a.album_artist() == b.album_artist()
}

/// Whether `next` is the track that comes after `track` on its album.
#[must_use]
pub fn is_continued_by(track: &Track, next: &Track) -> bool {
    let disc = |track: &Track| track.tags.disc_number.unwrap_or(1);
    let (Some(number), Some(next_number)) = (track.tags.track_number, next.tags.track_number)
    else {
        return false;
    };
    let consecutive = if disc(track) == disc(next) {
        next_number == number + 1
    } else {
        disc(next) == disc(track) + 1 && next_number == 1
    };
    consecutive && same_album(track, next)
}
