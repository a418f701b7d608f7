//! The player on a real sound server, by what a recording of it holds.

use crate::support::fixtures;
use crate::support::loopback::track;
use crate::support::signal::{tone, tone_share, write_wav};
use crate::support::sound_server::{PLAYER_VARIABLE, RATE_HZ, SoundHost};
use maeum::playback::{DeviceOutput, DeviceState, Player, PlayerCommand, PlayerEvent, Status};
use std::path::{Path, PathBuf};

/// Not a test: the process that plays, told by lines of input.
#[test]
#[ignore = "run by the other tests"]
fn player_process() {
    if std::env::var_os(PLAYER_VARIABLE).is_none() {
        return;
    }
    let player = Player::spawn(1.0, DeviceOutput::default, |event| {
        if let PlayerEvent::State(state) = event {
            let index = state.index.map_or(-1, |index| index as i64);
            let device = match &state.device {
                DeviceState::Missing(reason) => format!("Missing {reason}"),
                other => format!("{other:?}"),
            };
            let status = state.status;
            println!("STATE {status:?} {index} {} {device}", state.position_secs);
        }
    });
    let mut player = player.unwrap();
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let mut words = line.split('\t');
        let command = match words.next().unwrap() {
            "play" => {
                let tracks = (0..)
                    .zip(words)
                    .map(|(id, file)| track(id, Path::new(file)));
                PlayerCommand::Play {
                    tracks: tracks.collect(),
                    start: 0,
                }
            }
            "next" => PlayerCommand::Next,
            "toggle" => PlayerCommand::Toggle,
            "seek" => PlayerCommand::Seek {
                position_secs: words.next().unwrap().parse().unwrap(),
            },
            other => panic!("no command {other}"),
        };
        player.send(command);
    }
    player.shutdown();
}

/// Noise, so that every place of it is unmistakable; stereo with equal sides.
fn noise_file(folder: &Path, secs: f64) -> (PathBuf, Vec<f32>) {
    let mut random = fastrand::Rng::with_seed(42);
    let frames = (secs * f64::from(RATE_HZ)) as usize;
    let noise: Vec<i16> = (0..frames).map(|_| random.i16(-12_000..12_000)).collect();
    let path = folder.join("noise.wav");
    let both: Vec<i16> = noise.iter().flat_map(|&sample| [sample, sample]).collect();
    write_wav(&path, RATE_HZ, 2, &both);
    let sound = noise.iter().map(|&s| f32::from(s) / 32_768.0).collect();
    (path, sound)
}

fn tone_file(folder: &Path, pitch_hz: f64, secs: f64) -> PathBuf {
    let path = folder.join(format!("{pitch_hz}.wav"));
    let frames = (secs * f64::from(RATE_HZ)) as usize;
    write_wav(&path, RATE_HZ, 1, &tone(RATE_HZ, pitch_hz, frames));
    path
}

/// Where `sound` starts in `recorded`, found by its own middle.
fn find(recorded: &[f32], sound: &[f32]) -> Option<usize> {
    let needle = &sound[sound.len() / 2..sound.len() / 2 + 64];
    let close = |a: &f32, b: &f32| (a - b).abs() < 0.002;
    let place = recorded
        .windows(needle.len())
        .position(|window| window.iter().zip(needle).all(|(a, b)| close(a, b)))?;
    place.checked_sub(sound.len() / 2)
}

fn contains_tone(recorded: &[f32], pitch_hz: f64) -> bool {
    recorded
        .chunks_exact(RATE_HZ as usize / 5)
        .any(|chunk| tone_share(chunk, RATE_HZ, pitch_hz) > 0.95)
}

#[test]
fn what_is_played_is_what_is_heard() {
    let host = SoundHost::new();
    let _server = host.serve();
    let recording = host.record();
    let folder = tempfile::tempdir().unwrap();
    let (path, sound) = noise_file(folder.path(), 2.5);
    // A busy null sink may swallow the first moments of a new stream.
    let sound = &sound[RATE_HZ as usize..];
    let mut player = host.player();
    player.play(&[&path]);
    player.wait("music", |words, _| {
        words[0] == "Playing" && words[3] == "Ready"
    });
    player.wait("the end", |words, _| words[0] == "Stopped");
    recording.wait("all of it", |samples| {
        let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
        find(&left, sound).is_some_and(|start| left.len() > start + sound.len())
    });
    let recorded = recording.left();
    let start = find(&recorded, sound).unwrap();
    let heard = &recorded[start..start + sound.len()];
    let worst = heard.iter().zip(sound).map(|(a, b)| (a - b).abs());
    let worst = worst.fold(0.0, f32::max);
    assert!(worst < 1e-4, "off by {worst}");
    println!("largest difference to what was decoded: {worst}");
}

#[test]
fn every_codec_reaches_the_ear() {
    let host = SoundHost::new();
    let _server = host.serve();
    let recording = host.record();
    let mut player = host.player();
    let files = ["mp3-vbr.mp3", "aac.m4a", "opus.opus"];
    let files = files.map(fixtures::path);
    player.play(&files.each_ref().map(PathBuf::as_path));
    player.wait("music", |words, _| {
        words[0] == "Playing" && words[3] == "Ready"
    });
    player.wait("the end", |words, _| words[0] == "Stopped");
    for pitch_hz in [470.0, 590.0, 830.0] {
        recording.wait(&format!("{pitch_hz} Hz"), |samples| {
            let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
            contains_tone(&left, pitch_hz)
        });
    }
}

#[test]
fn next_and_seek_sound_right_and_soon() {
    let host = SoundHost::new();
    let _server = host.serve();
    let recording = host.record();
    let folder = tempfile::tempdir().unwrap();
    let first = tone_file(folder.path(), 440.0, 30.0);
    let (second, sound) = noise_file(folder.path(), 20.0);
    let mut player = host.player();
    player.play(&[&first, &second]);
    recording.wait("the first", |samples| {
        contains_tone(
            &samples.iter().step_by(2).copied().collect::<Vec<_>>(),
            440.0,
        )
    });
    player.send("next");
    player.wait("the second", |words, _| words[1] == "1");
    player.send("seek\t15.0");
    player.wait("there", |_, position_secs| position_secs > 15.5);
    let place = 15 * RATE_HZ as usize + 4000;
    recording.wait("the sixteenth second", |samples| {
        let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
        find(&left, &sound[place..place + 8000]).is_some()
    });
}

#[test]
fn a_killed_server_is_told_and_its_return_heard() {
    let host = SoundHost::new();
    let server = host.serve();
    let recording = host.record();
    let folder = tempfile::tempdir().unwrap();
    let (path, sound) = noise_file(folder.path(), 60.0);
    let mut player = host.player();
    player.play(&[&path]);
    player.wait("a second", |_, position_secs| position_secs > 1.0);
    drop(server);
    drop(recording);
    let left_at = player.wait("missing", |words, _| words[3].starts_with("Missing"));
    assert!(left_at < 10.0, "{left_at}");
    let server = host.serve();
    let recording = host.record();
    player.wait("ready", |words, _| words[3] == "Ready");
    // What comes next was not heard before, and nothing much was left out.
    let place = ((left_at + 1.0) * RATE_HZ as f32) as usize;
    recording.wait("the rest", |samples| {
        let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
        find(&left, &sound[place..place + 8000]).is_some()
    });
    let resumed = player.wait("going on", |words, _| {
        words[0] == format!("{:?}", Status::Playing)
    });
    assert!(resumed >= left_at - 0.5, "{resumed} after {left_at}");
    drop(server);
}

#[test]
fn without_any_server_the_player_says_so() {
    let host = SoundHost::new();
    let mut player = host.player();
    player.play(&[&fixtures::path("flac.flac")]);
    player.wait("missing", |words, _| {
        words[0] == "Playing" && words[3].starts_with("Missing ")
    });
}
