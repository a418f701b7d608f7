//! From a track's channels to the device's, and from a volume knob to a gain.

/// −3 dB: what a centre or surround channel gives to each side (ITU-R BS.775).
const HALF_POWER: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// Appends frames to `out` with the device's number of channels. Equal numbers pass
/// unchanged; one channel goes to both sides; more than two are folded down to two without
/// clipping; further channels of the device stay silent.
pub fn mix(samples: &[f32], channels: usize, device_channels: usize, out: &mut Vec<f32>) {
    if channels == device_channels {
        out.extend_from_slice(samples);
        return;
    }
    for frame in samples.chunks_exact(channels) {
        let (left, right) = stereo(frame);
        if device_channels == 1 {
            out.push(left.midpoint(right));
        } else {
            out.extend([left, right]);
            out.extend(std::iter::repeat_n(0.0, device_channels - 2));
        }
    }
}

/// One frame folded to two sides. Orders are those of WAV and FLAC: left, right, centre,
/// bass effects (left out, as BS.775 has it), then the surrounds in pairs.
fn stereo(frame: &[f32]) -> (f32, f32) {
    // Shares add up to one, so that full scale everywhere stays full scale.
    let fold = |sides: &[(f32, f32)], centres: &[f32]| {
        let share = 1.0 + HALF_POWER * (sides.len() - 1 + centres.len()) as f32;
        let centre: f32 = centres.iter().sum::<f32>() * HALF_POWER;
        let (mut left, mut right) = sides[0];
        for (more_left, more_right) in &sides[1..] {
            left += HALF_POWER * more_left;
            right += HALF_POWER * more_right;
        }
        ((left + centre) / share, (right + centre) / share)
    };
    match *frame {
        [] => (0.0, 0.0),
        [mono] => (mono, mono),
        [left, right] => (left, right),
        [left, right, centre] => fold(&[(left, right)], &[centre]),
        [left, right, back_left, back_right] => {
            fold(&[(left, right), (back_left, back_right)], &[])
        }
        [left, right, centre, back_left, back_right]
        | [left, right, centre, _, back_left, back_right] => {
            fold(&[(left, right), (back_left, back_right)], &[centre])
        }
        [left, right, centre, _, back_centre, side_left, side_right] => fold(
            &[(left, right), (side_left, side_right)],
            &[centre, back_centre],
        ),
        [left, right, centre, _, a, b, c, d, ..] => {
            fold(&[(left, right), (a, b), (c, d)], &[centre])
        }
    }
}

/// The gain for a volume of 0…1. Loudness follows the cube of the knob's position closely
/// enough that half way sounds half as loud; full is exactly unchanged.
pub fn gain_of_volume(volume: f32) -> f32 {
    let volume = if volume.is_nan() {
        0.0
    } else {
        volume.clamp(0.0, 1.0)
    };
    volume * volume * volume
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed(frame: &[f32], device_channels: usize) -> Vec<f32> {
        let mut out = Vec::new();
        mix(frame, frame.len(), device_channels, &mut out);
        out
    }

    #[test]
    fn equal_channels_pass_unchanged() {
        let mut out = Vec::new();
        mix(&[0.1, 0.2, 0.3, 0.4], 2, 2, &mut out);
        assert_eq!(out, [0.1, 0.2, 0.3, 0.4]);
    }

    #[test]
    fn mono_goes_to_both_sides_and_stereo_to_one() {
        assert_eq!(mixed(&[0.5], 2), [0.5, 0.5]);
        assert_eq!(mixed(&[0.5, 0.25], 1), [0.375]);
        assert_eq!(mixed(&[0.5, 0.25], 4), [0.5, 0.25, 0.0, 0.0]);
    }

    #[test]
    fn surround_folds_to_its_sides_without_clipping() {
        let left_behind = mixed(&[0.0, 0.0, 0.0, 0.0, 1.0, 0.0], 2);
        assert!(left_behind[0] > 0.2 && left_behind[1] == 0.0);
        for channels in 3..=8 {
            let full = mixed(&vec![1.0; channels], 2);
            assert!((full[0] - 1.0).abs() < 1e-6, "{channels}: {full:?}");
        }
    }

    #[test]
    fn full_volume_changes_nothing_and_none_is_silence() {
        assert_eq!(gain_of_volume(1.0), 1.0);
        assert_eq!(gain_of_volume(0.0), 0.0);
        assert_eq!(gain_of_volume(7.0), 1.0);
        assert_eq!(gain_of_volume(f32::NAN), 0.0);
        assert!((gain_of_volume(0.5) - 0.125).abs() < 1e-6);
    }
}
