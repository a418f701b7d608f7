//! The real window on a real screen with a real keyboard, heard through a real sound server.

use crate::support::desktop::{Screen, Window};
use crate::support::program::{Program, errors};
use crate::support::signal::{tone_share, write_wav};
use crate::support::sound_server::{RATE_HZ, SoundHost};
use std::f64::consts::TAU;
use std::path::Path;

/// Pitches of a calm chord that swells slowly, C major.
const CALM_HZ: [f64; 3] = [261.63, 329.63, 392.0];
/// Pitches of a hard minor chord with a fast beat.
const HARD_HZ: [f64; 3] = [220.0, 261.63, 330.0];

fn write_piece(path: &Path, pitches_hz: [f64; 3], loudness: f64, beats_a_second: f64) {
    let frames = RATE_HZ as usize * 12;
    let mut random = fastrand::Rng::with_seed(7);
    let samples: Vec<i16> = (0..frames)
        .map(|frame| {
            let t = frame as f64 / f64::from(RATE_HZ);
            let beat = (1.0 - (t * beats_a_second).fract()).powf(beats_a_second);
            let chord: f64 = pitches_hz.iter().map(|pitch| (t * pitch * TAU).sin()).sum();
            // The faster, the harder: noise on the beat.
            let noise = (random.f64() - 0.5) * (beats_a_second - 0.25) * 0.5;
            ((chord / 3.0 + noise) * beat * loudness * 20_000.0) as i16
        })
        .collect();
    write_wav(path, RATE_HZ, 1, &samples);
}

#[test]
fn a_typed_feeling_and_enter_play_the_track_that_fits() {
    let music = tempfile::tempdir().unwrap();
    write_piece(&music.path().join("1.wav"), HARD_HZ, 1.0, 4.0);
    write_piece(&music.path().join("2.wav"), CALM_HZ, 0.1, 0.25);
    let program = Program::new();
    let scanned = program.run(&["scan", music.path().to_str().unwrap()]);
    assert!(scanned.status.success(), "{}", errors(&scanned));

    let screen = Screen::open();
    let sound = SoundHost::new();
    let _server = sound.serve();
    let recording = sound.record();
    let mut command = program.command(&[]);
    sound.sound_for(&mut command);
    screen.show(&mut command);
    let _window = Window::open(&mut command);

    screen.focus_window("Maeum");
    // The field for the feeling has the keyboard from the start.
    screen.type_text("calm evening by the sea");
    screen.press("Return");
    recording.wait("the calm chord, and not the hard one", |samples| {
        let heard = last_half_second(samples);
        let calm =
            tone_share(&heard, RATE_HZ, CALM_HZ[1]) + tone_share(&heard, RATE_HZ, CALM_HZ[2]);
        let beating = tone_share(&heard, RATE_HZ, HARD_HZ[0]);
        calm > 0.5 && beating < 0.05
    });
}

/// One channel of it.
fn last_half_second(samples: &[f32]) -> Vec<f32> {
    let first = samples.len().saturating_sub(RATE_HZ as usize) / 2 * 2;
    samples[first..].iter().step_by(2).copied().collect()
}
