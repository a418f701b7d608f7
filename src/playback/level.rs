//! At which gain a track plays, so that all tracks sound equally loud. Pure.

use crate::config::{Levelling, Playback};
use crate::library::{Level, Track, album_level, same_album, track_level};
use std::sync::Arc;

/// No peak is lifted above this, dBTP: lossy decoders and converters overshoot a little.
const HIGHEST_PEAK_DBTP: f32 = -1.0;

/// Farther from the target than this, a measurement is not to be trusted, dB.
const MOST_DB: f32 = 24.0;

/// The gain for a track. `neighbours` are the tracks before and after it in the queue;
/// `album` are all tracks of its album. What nothing is known of plays as it is.
///
/// The gain that leads to the target is cut to where the highest peak stays at −1 dBTP, and
/// to no lift at all when no peak is known: quiet music with high peaks stays a little
/// quieter rather than being squeezed.
#[must_use]
pub fn gain_db(
    settings: &Playback,
    track: &Track,
    neighbours: &[&Track],
    album: &[Arc<Track>],
) -> f32 {
    let by_album = match settings.levelling {
        Levelling::Off => return 0.0,
        Levelling::Track => false,
        Levelling::Album => true,
        Levelling::Auto => neighbours.iter().any(|other| same_album(track, other)),
    };
    let of_album = by_album.then(|| album_level(track, album)).flatten();
    let Some(level) = of_album.or_else(|| track_level(track)) else {
        return 0.0;
    };
    gain_to(
        settings
            .target_lufs
            .clamp(Playback::QUIETEST_LUFS, Playback::LOUDEST_LUFS),
        level,
    )
}

fn gain_to(target_lufs: f32, level: Level) -> f32 {
    let wanted_db = (target_lufs - level.lufs).clamp(-MOST_DB, MOST_DB);
    let room_db = match level.peak_dbtp {
        Some(peak_dbtp) => HIGHEST_PEAK_DBTP - peak_dbtp,
        None => 0.0,
    };
    // Peaks that are too high already are the record's own; lowering them is not asked for.
    wanted_db.min(room_db.max(0.0))
}

/// A gain as a factor; none is exactly one.
#[must_use]
pub fn factor(gain_db: f32) -> f32 {
    10_f32.powf(gain_db / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ReplayGain, Tags, TrackId};

    fn track(album: &str, tags: ReplayGain) -> Track {
        Track {
            id: TrackId(1),
            path: "1.flac".into(),
            tags: Tags {
                album: album.into(),
                artist: "A".into(),
                replay_gain: tags,
                ..Tags::default()
            },
            duration_secs: 100.0,
            ..Track::default()
        }
    }

    fn tagged(track_db: f32, album_db: f32) -> ReplayGain {
        ReplayGain {
            track_gain_db: Some(track_db),
            track_peak: Some(0.1),
            album_gain_db: Some(album_db),
            album_peak: Some(0.1),
        }
    }

    fn settings(levelling: Levelling) -> Playback {
        Playback {
            levelling,
            target_lufs: -18.0,
            ..Playback::default()
        }
    }

    #[test]
    fn the_mode_decides_between_track_and_album() {
        let of_album = track("Blue", tagged(-7.0, -4.0));
        let gain =
            |mode, neighbours: &[&Track]| gain_db(&settings(mode), &of_album, neighbours, &[]);
        let (same, other) = (
            track("Blue", tagged(0.0, 0.0)),
            track("Red", tagged(0.0, 0.0)),
        );
        assert_eq!(gain(Levelling::Off, &[]), 0.0);
        assert_eq!(gain(Levelling::Track, &[&same]), -7.0);
        assert_eq!(gain(Levelling::Album, &[&other]), -4.0);
        assert_eq!(gain(Levelling::Auto, &[&other]), -7.0);
        assert_eq!(gain(Levelling::Auto, &[&other, &same]), -4.0);
    }

    #[test]
    fn another_target_moves_every_gain() {
        let mut settings = settings(Levelling::Track);
        settings.target_lufs = -14.0;
        assert_eq!(
            gain_db(&settings, &track("", tagged(-7.0, 0.0)), &[], &[]),
            -3.0
        );
        // Nobody can ask for more than the range allows.
        settings.target_lufs = 10.0;
        assert_eq!(
            gain_db(&settings, &track("", tagged(-7.0, 0.0)), &[], &[]),
            -3.0
        );
    }

    #[test]
    fn no_peak_is_lifted_above_minus_one_decibel() {
        let quiet = |peak_dbtp| Level {
            lufs: -30.0,
            peak_dbtp,
        };
        assert_eq!(gain_to(-18.0, quiet(Some(-20.0))), 12.0);
        assert_eq!(gain_to(-18.0, quiet(Some(-6.0))), 5.0);
        assert_eq!(gain_to(-18.0, quiet(Some(0.5))), 0.0);
        assert_eq!(gain_to(-18.0, quiet(None)), 0.0);
        let loud = Level {
            lufs: -8.0,
            peak_dbtp: Some(0.5),
        };
        assert_eq!(gain_to(-18.0, loud), -10.0);
    }

    #[test]
    fn an_album_without_tags_is_as_loud_as_its_tracks_together() {
        let quiet = Arc::new(track(
            "Blue",
            ReplayGain {
                album_gain_db: None,
                ..tagged(10.0, 0.0)
            },
        ));
        let loud = Arc::new(track(
            "Blue",
            ReplayGain {
                album_gain_db: None,
                ..tagged(-10.0, 0.0)
            },
        ));
        let album = [Arc::clone(&quiet), Arc::clone(&loud)];
        let gain = gain_db(&settings(Levelling::Album), &quiet, &[], &album);
        // Half of the time at −8 LUFS is −11 LUFS on the whole, the rest adds next to nothing.
        assert!((gain + 7.0).abs() < 0.1, "{gain}");
        assert_eq!(
            gain,
            gain_db(&settings(Levelling::Album), &loud, &[], &album)
        );
    }

    #[test]
    fn what_nothing_is_known_of_plays_as_it_is() {
        let unknown = track("Blue", ReplayGain::default());
        for mode in [Levelling::Track, Levelling::Album, Levelling::Auto] {
            assert_eq!(gain_db(&settings(mode), &unknown, &[], &[]), 0.0);
        }
        assert_eq!(factor(0.0), 1.0);
    }
}
