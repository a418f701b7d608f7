//! Samples that nobody can have meant.

/// Larger samples come from damaged or lying files. Music in floating point may pass full
/// scale, by this much never.
const LARGEST_SAMPLE: f32 = 16.0;

/// Brings samples that are out of all range, or no numbers, back into it. One of the latter
/// would silence a filter for good, and one of the former is a blow to the ears.
pub fn mend(samples: &mut [f32]) {
    // No short circuit, so that the check runs as vector code.
    let damaged = samples.iter().fold(false, |bad, x| {
        bad | x.is_nan() | (x.abs() > LARGEST_SAMPLE)
    });
    if damaged {
        for x in samples {
            *x = if x.is_nan() {
                0.0
            } else {
                x.clamp(-LARGEST_SAMPLE, LARGEST_SAMPLE)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_meant_is_changed() {
        let mut samples = [0.5, -1.0, 3.0];
        mend(&mut samples);
        assert_eq!(samples, [0.5, -1.0, 3.0]);
        let mut samples = [f32::NAN, 1e30, -0.5, f32::NEG_INFINITY];
        mend(&mut samples);
        assert_eq!(samples, [0.0, LARGEST_SAMPLE, -0.5, -LARGEST_SAMPLE]);
    }
}
