//! Fading one track into the next. Pure.

use crate::library::{Track, is_continued_by};
use std::f32::consts::FRAC_PI_2;
use std::rc::Rc;

/// Shorter fades are none: they would only sound like a mistake, seconds.
const SHORTEST_SECS: f64 = 0.5;

/// How long one track fades into another that follows by itself: as long as wished, but no
/// longer than half of either; not at all within an album that plays through.
#[must_use]
pub fn crossfade_secs(wanted_secs: f64, from: &Track, to: &Track) -> f64 {
    if is_continued_by(from, to) {
        return 0.0;
    }
    let half = |track: &Track| match f64::from(track.duration_secs) {
        secs if secs > 0.0 => secs / 2.0,
        _ => wanted_secs,
    };
    let secs = wanted_secs.min(half(from)).min(half(to));
    if secs < SHORTEST_SECS { 0.0 } else { secs }
}

/// The end of a track on its way into the next, at equal power: the squares of both gains
/// add up to one, so that unlike music stays equally loud.
pub struct Blend {
    tail: Rc<[f32]>,
    channels: usize,
    /// Frames of the tail used up.
    done: usize,
}

impl Blend {
    /// Fades this tail, interleaved frames, over its whole length.
    #[must_use]
    pub fn new(tail: Rc<[f32]>, channels: usize) -> Self {
        Self {
            tail,
            channels,
            done: 0,
        }
    }

    /// Mixes the tail's next frames into those of the beginning track. Whether the tail is
    /// over.
    pub fn mix(&mut self, block: &mut [f32]) -> bool {
        let length = self.tail.len() / self.channels;
        let tail = self.tail[self.done * self.channels..].chunks_exact(self.channels);
        for (frame, old) in block.chunks_exact_mut(self.channels).zip(tail) {
            let (fade_out, fade_in) = gains(self.done, length);
            for (new, old) in frame.iter_mut().zip(old) {
                *new = *new * fade_in + old * fade_out;
            }
            self.done += 1;
        }
        self.done >= length
    }

    /// Appends what is left of the tail, when the beginning track was shorter than it.
    pub fn finish(mut self, out: &mut Vec<f32>) {
        let left = self.tail.len() - self.done * self.channels;
        let start = out.len();
        out.resize(start + left, 0.0);
        self.mix(&mut out[start..]);
    }
}

/// Gains of the ending and the beginning track at one frame of the fade.
fn gains(frame: usize, length: usize) -> (f32, f32) {
    let angle = (frame as f32 + 0.5) / length as f32 * FRAC_PI_2;
    (angle.cos(), angle.sin())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Tags, TrackId};

    fn track(album: &str, number: u32, secs: f32) -> Track {
        Track {
            id: TrackId(i64::from(number)),
            path: format!("{number}.flac").into(),
            tags: Tags {
                album: album.into(),
                artist: "A".into(),
                track_number: Some(number),
                ..Tags::default()
            },
            duration_secs: secs,
            ..Track::default()
        }
    }

    #[test]
    fn power_stays_equal_all_the_way() {
        for frame in 0..1000 {
            let (fade_out, fade_in) = gains(frame, 1000);
            assert!((fade_out * fade_out + fade_in * fade_in - 1.0).abs() < 1e-6);
        }
        let (first, last) = (gains(0, 1000), gains(999, 1000));
        assert!(first.0 > 0.999 && first.1 < 0.001, "{first:?}");
        assert!(last.0 < 0.001 && last.1 > 0.999, "{last:?}");
    }

    #[test]
    fn a_tail_fades_into_blocks_of_any_size_and_ends() {
        let mut blend = Blend::new(vec![1.0; 8].into(), 2);
        let mut first = [0.0; 2];
        assert!(!blend.mix(&mut first));
        let mut rest = [0.0; 10];
        assert!(blend.mix(&mut rest));
        let whole: Vec<f32> = first.into_iter().chain(rest).collect();
        assert!(whole[..8].windows(3).all(|w| w[2] < w[0]), "{whole:?}");
        assert_eq!(whole[8..], [0.0; 4]);
    }

    #[test]
    fn a_tail_longer_than_the_next_track_still_fades_out() {
        let mut blend = Blend::new(vec![1.0; 100].into(), 1);
        assert!(!blend.mix(&mut [0.0; 10]));
        let mut out = Vec::new();
        blend.finish(&mut out);
        assert_eq!(out.len(), 90);
        assert!(out[0] > 0.9 && out[89] < 0.01);
    }

    #[test]
    fn an_album_that_plays_through_is_not_faded() {
        let of = |album| move |number| track(album, number, 200.0);
        let (blue, red) = (of("Blue"), of("Red"));
        assert_eq!(crossfade_secs(6.0, &blue(1), &blue(2)), 0.0);
        assert_eq!(crossfade_secs(6.0, &blue(1), &blue(3)), 6.0);
        assert_eq!(crossfade_secs(6.0, &blue(1), &red(2)), 6.0);
        assert_eq!(
            crossfade_secs(6.0, &track("", 1, 200.0), &track("", 2, 200.0)),
            6.0
        );
        assert_eq!(crossfade_secs(0.0, &blue(1), &red(2)), 0.0);
    }

    #[test]
    fn short_tracks_are_faded_over_no_more_than_half_of_them() {
        let long = track("Blue", 1, 200.0);
        assert_eq!(crossfade_secs(12.0, &long, &track("Red", 1, 10.0)), 5.0);
        assert_eq!(crossfade_secs(12.0, &track("Red", 1, 0.8), &long), 0.0);
        assert_eq!(crossfade_secs(12.0, &track("Red", 1, 0.0), &long), 12.0);
    }
}
