//! All music equally loud, measured on what comes out.

use crate::support::loopback::{Device, Loopback, track_of};
use crate::support::signal::write_wav;
use maeum::analysis::{Analyzer, Control};
use maeum::config::{Levelling, Playback};
use maeum::library::{ReplayGain, Tags, Track};
use maeum::playback::{PlayerCommand, Status};
use std::f64::consts::TAU;
use std::path::Path;
use std::sync::Arc;

const RATE: u32 = 48_000;
const SECS: usize = 4;

#[derive(Debug, Clone, Copy)]
enum Sound {
    Tone,
    Noise,
}

/// Stereo samples at about this loudness.
fn sound(kind: Sound, lufs: f64) -> Vec<i16> {
    let mut random = fastrand::Rng::with_seed(3);
    // A tone in both channels is as loud as its level; white noise by 3.2 dB louder than a
    // sine of its height, most of it from the filter's treble.
    let height = match kind {
        Sound::Tone => 10_f64.powf(lufs / 20.0),
        Sound::Noise => 10_f64.powf((lufs - 1.5) / 20.0),
    };
    (0..RATE as usize * SECS)
        .flat_map(|frame| match kind {
            Sound::Tone => {
                let step = TAU * 997.0 / f64::from(RATE);
                [(step * frame as f64).sin(); 2]
            }
            Sound::Noise => [(); 2].map(|()| random.f64() * 2.0 - 1.0),
        })
        .map(|value| (value * height * 32_767.0).clamp(-32_768.0, 32_767.0) as i16)
        .collect()
}

/// A file with these samples, and its track as it stands in the library once it was read
/// from end to end.
fn analyzed(folder: &Path, id: i64, samples: &[i16]) -> Arc<Track> {
    let path = folder.join(format!("{id}.wav"));
    write_wav(&path, RATE, 2, samples);
    let mut analyzer = Analyzer::new(Path::new("/no/models"));
    let whole = analyzer
        .read_whole(&path, &Control::new(), || false)
        .unwrap();
    let mut track = Arc::unwrap_or_clone(track_of(id, &path, SECS as f32, Tags::default()));
    track.loudness = Some(whole.loudness);
    Arc::new(track)
}

struct Measured {
    lufs: f64,
    peak_dbtp: f64,
}

/// By another meter than our own.
fn measure(samples: &[f32]) -> Measured {
    use ebur128::{EbuR128, Mode};
    let mut meter = EbuR128::new(2, RATE, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.add_frames_f32(samples).unwrap();
    let peak = (0..2).map(|channel| meter.true_peak(channel).unwrap());
    Measured {
        lufs: meter.loudness_global().unwrap(),
        peak_dbtp: 20.0 * peak.fold(0.0, f64::max).log10(),
    }
}

fn played(track: &Arc<Track>, settings: Playback) -> Vec<f32> {
    let mut player = Loopback::start(Device {
        channels: Some(2),
        ..Device::default()
    });
    player.send(PlayerCommand::Configure(settings));
    player.play(std::slice::from_ref(track), 0);
    player.listen(usize::MAX)
}

fn by_track(target_lufs: f32) -> Playback {
    Playback {
        levelling: Levelling::Track,
        target_lufs,
        ..Playback::default()
    }
}

#[test]
fn tones_and_noise_of_any_loudness_come_out_at_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let levels = [-30.0, -24.0, -18.0, -12.0, -6.0];
    for (kind, first_id) in [(Sound::Tone, 0), (Sound::Noise, 100)] {
        for (id, level) in (first_id..).zip(levels) {
            let track = analyzed(folder.path(), id, &sound(kind, level));
            let before = measure(&played(
                &track,
                Playback {
                    levelling: Levelling::Off,
                    ..Playback::default()
                },
            ));
            for target_lufs in [-23.0_f32, -18.0] {
                let after = measure(&played(&track, by_track(target_lufs)));
                println!(
                    "{kind:?} {:.1} LUFS to {target_lufs}: {:.2} LUFS, {:.1} dBTP",
                    before.lufs, after.lufs, after.peak_dbtp
                );
                let off = after.lufs - f64::from(target_lufs);
                assert!(
                    off.abs() < 0.5,
                    "{kind:?} at {level} LUFS is off by {off:.2} LU"
                );
                assert!(after.peak_dbtp <= -0.9, "{:.2} dBTP", after.peak_dbtp);
            }
        }
    }
}

#[test]
fn quiet_music_with_high_peaks_is_lifted_only_as_far_as_they_allow() {
    let folder = tempfile::tempdir().unwrap();
    let mut samples = sound(Sound::Tone, -30.0);
    // Single strokes at half of full scale.
    for stroke in samples.chunks_exact_mut(RATE as usize) {
        stroke[..40].fill(16_384);
    }
    let track = analyzed(folder.path(), 1, &samples);
    let after = measure(&played(&track, by_track(-14.0)));
    println!("{:.2} LUFS, {:.2} dBTP", after.lufs, after.peak_dbtp);
    assert!(
        (-2.5..=-0.9).contains(&after.peak_dbtp),
        "{}",
        after.peak_dbtp
    );
    assert!(after.lufs < -20.0, "{}", after.lufs);
}

#[test]
fn tags_say_more_than_our_own_measurement() {
    let folder = tempfile::tempdir().unwrap();
    let mut track = Arc::unwrap_or_clone(analyzed(folder.path(), 1, &sound(Sound::Tone, -12.0)));
    track.tags.replay_gain = ReplayGain {
        track_gain_db: Some(-10.0),
        track_peak: Some(0.3),
        ..ReplayGain::default()
    };
    let after = measure(&played(&Arc::new(track), by_track(-18.0)));
    assert!((after.lufs + 22.0).abs() < 0.5, "{}", after.lufs);
}

#[test]
fn what_is_not_measured_plays_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let samples = sound(Sound::Noise, -20.0);
    let path = folder.path().join("unknown.wav");
    write_wav(&path, RATE, 2, &samples);
    let track = track_of(1, &path, SECS as f32, Tags::default());
    let heard = played(&track, by_track(-14.0));
    assert!(heard == crate::support::signal::as_float(&samples));
}

#[test]
fn switching_levelling_is_heard_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let track = analyzed(folder.path(), 1, &sound(Sound::Tone, -6.0));
    let mut player = Loopback::start(Device {
        channels: Some(2),
        ..Device::default()
    });
    player.send(PlayerCommand::Configure(Playback {
        levelling: Levelling::Off,
        ..Playback::default()
    }));
    player.play(&[track], 0);
    let loud = player.listen(48_000);
    player.send(PlayerCommand::Configure(by_track(-18.0)));
    // Told once the command was carried out.
    player.send(PlayerCommand::Volume(0.999_999));
    player.wait("configured", |state| state.volume < 1.0);
    assert_eq!(player.state.status, Status::Playing);
    let quiet = player.listen(48_000);
    let highest = |samples: &[f32]| samples.iter().fold(0.0_f32, |most, s| most.max(s.abs()));
    let change_db = 20.0 * (highest(&quiet[24_000..]) / highest(&loud[24_000..])).log10();
    assert!((change_db + 12.0).abs() < 0.6, "{change_db}");
}
