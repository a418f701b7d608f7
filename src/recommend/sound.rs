//! The vector that says how a track sounds: the audio model's embedding where most of a
//! library has been heard by it, else the features.

use super::Calibration;
use super::calibrate::TIMBRE_LEN;
use super::vectors::Vectors;
use crate::library::{EMBEDDING_LEN, Library, StyleTag, Track};

/// So many tracks make half of a mean that can be trusted.
const HALF_TRUST_TRACKS: f32 = 30.0;
/// A style that is this likely counts as one of a track's styles.
const PRESENT: f32 = 0.5;

/// The sound of every track. Two kinds of vectors cannot be compared, so that all tracks
/// have the kind that most of the analyzed ones have; the others are unknown meanwhile.
pub(super) fn vectors(library: &Library, calibration: &Calibration) -> Vectors {
    let tracks = || library.tracks().iter().map(|track| &**track);
    let analyzed = tracks().filter(|track| track.analysis.is_some()).count();
    let heard = tracks().filter_map(direction).count();
    let rows = library.len();
    if heard == 0 || 2 * heard < analyzed {
        let mut sound = Vectors::new(rows, TIMBRE_LEN);
        for (row, track) in tracks().enumerate() {
            if let Some(analysis) = track.analysis.as_deref() {
                sound.set(row, &calibration.timbre(&analysis.features));
            }
        }
        return sound;
    }
    // What all tracks of a library share tells none from another; without it, two tracks
    // drawn at random have a cosine of about 0, as with the features.
    let mut middle = [0.0; EMBEDDING_LEN];
    for own in tracks().filter_map(direction) {
        for (sum, number) in middle.iter_mut().zip(own) {
            *sum += number;
        }
    }
    let scale = 1.0 / (heard as f32 + HALF_TRUST_TRACKS);
    let mut sound = Vectors::new(rows, EMBEDDING_LEN);
    for (row, track) in tracks().enumerate() {
        if let Some(mut own) = direction(track) {
            for (number, sum) in own.iter_mut().zip(&middle) {
                *number -= scale * sum;
            }
            sound.set(row, &own);
        }
    }
    sound
}

/// The embedding as a unit vector.
fn direction(track: &Track) -> Option<[f32; EMBEDDING_LEN]> {
    let own = track.audio.as_deref()?.embedding().map(f32::from);
    let length = own.iter().map(|number| number * number).sum::<f32>().sqrt();
    (length > 0.0).then(|| own.map(|number| number / length))
}

/// The styles of a track, one bit each; 0 while nothing is known.
pub(super) fn styles(track: &Track) -> u64 {
    const { assert!(StyleTag::COUNT <= 64) };
    let Some(audio) = track.audio.as_deref() else {
        return 0;
    };
    let shares = audio.tags().into_iter().enumerate();
    shares.fold(0, |bits, (place, share)| {
        bits | (u64::from(share >= PRESENT) << place)
    })
}

/// How many styles two tracks share of those that either has, 0…1.
pub(super) fn shared_styles(a: u64, b: u64) -> f32 {
    let either = (a | b).count_ones();
    if either == 0 {
        return 0.0;
    }
    (a & b).count_ones() as f32 / either as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_compared_by_what_either_has() {
        assert_eq!(shared_styles(0b0110, 0b0010), 0.5);
        assert_eq!(shared_styles(0b0110, 0b0110), 1.0);
        assert_eq!(shared_styles(0b0110, 0b1001), 0.0);
        assert_eq!(shared_styles(0, 0), 0.0);
    }
}
