//! How one track follows another: without a gap, whatever the format, or faded.

use crate::support::fixtures;
use crate::support::loopback::{Device, Loopback, track, track_of};
use crate::support::signal::{tone, write_wav};
use crate::support::sound_server::SoundHost;
use maeum::config::Playback;
use maeum::library::{Tags, Track};
use maeum::playback::PlayerCommand;
use std::f64::consts::TAU;
use std::path::Path;
use std::sync::Arc;

/// Pitch of the halves of `tests/fixtures/make.sh`.
const PITCH_HZ: f64 = 110.0;

/// How far each sample is from where a pure tone would go on from the two before it: nothing
/// for any tone of this pitch, however loud, but the size of the step where it breaks.
fn breaks(samples: &[f32], rate_hz: u32) -> Vec<f64> {
    let turn = 2.0 * (TAU * PITCH_HZ / f64::from(rate_hz)).cos();
    let value = |index: usize| f64::from(samples[index]);
    (2..samples.len())
        .map(|index| (value(index) - turn * value(index - 1) + value(index - 2)).abs())
        .collect()
}

fn worst_db(breaks: &[f64]) -> f64 {
    20.0 * breaks
        .iter()
        .fold(0.0_f64, |worst, &step| worst.max(step))
        .log10()
}

/// Plays the two halves of a format and returns all that was heard.
fn halves(kind: &str, device: Device) -> Vec<f32> {
    let mut player = Loopback::start(device);
    let files = [1, 2].map(|half| fixtures::path(&format!("half-{half}.{kind}")));
    let tracks = [track(1, &files[0]), track(2, &files[1])];
    player.play(&tracks, 0);
    player.listen(usize::MAX)
}

#[test]
fn halves_of_a_sine_join_without_a_gap_or_click_in_every_format() {
    for (kind, rate_hz) in [("flac", 44_100), ("mp3", 44_100), ("opus", 48_000)] {
        let heard = halves(kind, Device::default());
        let frames = 2 * rate_hz as usize;
        println!("{kind}: {} of {frames} frames", heard.len());
        assert_eq!(heard.len(), frames, "{kind}: frames missing or doubled");
        // Around the join; the very first and last samples of all begin and end abruptly.
        let join = rate_hz as usize;
        let worst = worst_db(&breaks(&heard[join - 2000..join + 2000], rate_hz));
        println!("{kind}: largest break at the join {worst:.1} dBFS");
        assert!(worst < -60.0, "{kind}: {worst:.1} dBFS");
    }
}

#[test]
fn halves_join_as_well_on_a_device_of_another_rate() {
    for (kind, only_rate_hz) in [("flac", 48_000), ("mp3", 96_000), ("opus", 44_100)] {
        let heard = halves(
            kind,
            Device {
                only_rate_hz: Some(only_rate_hz),
                ..Device::default()
            },
        );
        let frames = 2 * only_rate_hz as usize;
        assert!(heard.len().abs_diff(frames) <= 1, "{kind}: {}", heard.len());
        let join = only_rate_hz as usize;
        let worst = worst_db(&breaks(&heard[join - 2000..join + 2000], only_rate_hz));
        println!("{kind} at {only_rate_hz} Hz: largest break at the join {worst:.1} dBFS");
        assert!(worst < -60.0, "{kind}: {worst:.1} dBFS");
    }
}

#[test]
fn a_recording_of_a_real_sink_has_no_click_where_halves_join() {
    let host = SoundHost::new();
    let _server = host.serve();
    let recording = host.record();
    let folder = tempfile::tempdir().unwrap();
    // A busy null sink may swallow the first moments of a new stream: a lead of silence.
    let lead = folder.path().join("lead.wav");
    write_wav(&lead, 44_100, 1, &vec![0; 44_100]);
    let halves = [1, 2].map(|half| fixtures::path(&format!("half-{half}.flac")));
    let mut player = host.player();
    player.play(&[&lead, &halves[0], &halves[1]]);
    player.wait("the end", |words, _| {
        words[0] == "Stopped" && words[3] == "Ready"
    });
    let is_sound = |sample: &f32| sample.abs() > 0.001;
    recording.wait("both halves", |samples| {
        let left: Vec<f32> = samples.iter().step_by(2).copied().collect();
        let last = left.iter().rposition(is_sound);
        last.is_some_and(|last| left.len() > last + 4410)
    });
    let recorded = recording.left();
    let first = recorded.iter().position(is_sound).unwrap();
    let last = recorded.iter().rposition(is_sound).unwrap();
    let frames = last + 1 - first;
    let worst = worst_db(&breaks(&recorded[first + 100..last - 100], 44_100));
    println!("recorded {frames} frames, largest break {worst:.1} dBFS");
    // The sine crosses zero at both ends: a few samples there are too quiet to be told.
    assert!(frames.abs_diff(88_200) <= 24, "{frames}");
    assert!(worst < -60.0, "{worst:.1} dBFS");
}

fn noise(folder: &Path, name: &str, seed: u64, secs: usize) -> std::path::PathBuf {
    let mut random = fastrand::Rng::with_seed(seed);
    let samples: Vec<i16> = (0..secs * 8000).map(|_| random.i16(-8000..8000)).collect();
    let path = folder.join(name);
    write_wav(&path, 8000, 1, &samples);
    path
}

fn of_album(id: i64, path: &Path, album: &str, number: u32, secs: f32) -> Arc<Track> {
    track_of(
        id,
        path,
        secs,
        Tags {
            album: album.to_owned(),
            artist: "A".to_owned(),
            track_number: Some(number),
            ..Tags::default()
        },
    )
}

fn faded_player(crossfade_secs: f32) -> Loopback {
    let player = Loopback::start(Device::default());
    player.send(PlayerCommand::Configure(Playback {
        crossfade_secs,
        ..Playback::default()
    }));
    player
}

fn power(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum();
    10.0 * (sum / samples.len() as f64).log10()
}

#[test]
fn tracks_fade_into_each_other_at_even_power() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        noise(folder.path(), "a.wav", 1, 10),
        noise(folder.path(), "b.wav", 2, 10),
    ];
    let tracks = [
        of_album(1, &files[0], "Blue", 1, 10.0),
        of_album(2, &files[1], "Red", 1, 10.0),
    ];
    let mut player = faded_player(3.0);
    player.play(&tracks, 0);
    let heard = player.listen(usize::MAX);
    assert_eq!(heard.len(), 17 * 8000);
    let steady = power(&heard[..8000]);
    for (index, part) in heard.chunks_exact(2000).enumerate() {
        let off = power(part) - steady;
        assert!(
            off.abs() < 0.6,
            "{off:.2} dB at {:.2} s",
            index as f32 / 4.0
        );
    }
    assert_eq!(
        player
            .heard
            .iter()
            .map(|heard| heard.track)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert!(player.heard.iter().all(|heard| heard.finished));
}

#[test]
fn an_album_that_plays_through_joins_without_a_fade() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        noise(folder.path(), "a.wav", 1, 5),
        noise(folder.path(), "b.wav", 2, 5),
    ];
    let tracks = [
        of_album(1, &files[0], "Blue", 1, 5.0),
        of_album(2, &files[1], "Blue", 2, 5.0),
    ];
    let mut player = faded_player(2.0);
    player.play(&tracks, 0);
    let expected = [
        fixtures::decode_all(&files[0]),
        fixtures::decode_all(&files[1]),
    ]
    .concat();
    assert!(player.listen(usize::MAX) == expected);
}

#[test]
fn the_last_track_plays_to_its_end_and_a_skip_does_not_fade() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        noise(folder.path(), "a.wav", 1, 20),
        noise(folder.path(), "b.wav", 2, 5),
    ];
    let tracks = [
        of_album(1, &files[0], "Blue", 1, 20.0),
        of_album(2, &files[1], "Red", 1, 5.0),
    ];
    let mut player = faded_player(2.0);
    player.play(&tracks, 0);
    player.listen(8000);
    player.send(PlayerCommand::Next);
    player.wait("next", |state| state.index == Some(1));
    let heard = player.listen(usize::MAX);
    let whole = fixtures::decode_all(&files[1]);
    assert!(heard.len() < whole.len() + 200, "{}", heard.len());
    assert!(heard[heard.len() - whole.len()..] == whole);
}

#[test]
fn what_was_to_fade_in_gives_way_and_nothing_of_the_first_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        noise(folder.path(), "a.wav", 1, 6),
        noise(folder.path(), "b.wav", 2, 6),
    ];
    let tracks = [
        of_album(1, &files[0], "Blue", 1, 6.0),
        of_album(2, &files[1], "Red", 1, 6.0),
    ];
    let mut player = faded_player(2.0);
    player.play(&tracks, 0);
    // By now the fade is in the ring, but not yet heard.
    let mut heard = player.listen(3 * 8000);
    player.send(PlayerCommand::Remove(1));
    player.wait("removed", |state| state.queue.len() == 1);
    heard.extend(player.listen(usize::MAX));
    assert!(heard == fixtures::decode_all(&files[0]), "{}", heard.len());
}

#[test]
fn tracks_of_different_rates_join_on_one_stream_if_wished() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a.wav", "b.wav"].map(|name| folder.path().join(name));
    write_wav(&paths[0], 8000, 1, &tone(8000, PITCH_HZ, 16_000));
    write_wav(&paths[1], 16_000, 1, &tone(16_000, PITCH_HZ, 32_000));
    let mut player = Loopback::start(Device::default());
    player.send(PlayerCommand::Configure(Playback {
        join_rates: true,
        ..Playback::default()
    }));
    player.play(&[track(1, &paths[0]), track(2, &paths[1])], 0);
    let heard = player.listen(usize::MAX);
    assert_eq!(player.format().sample_rate_hz, 8000);
    assert!(heard.len().abs_diff(32_000) <= 1, "{}", heard.len());
    let silent = heard[1000..31_000]
        .windows(20)
        .any(|part| part.iter().all(|s| *s == 0.0));
    assert!(!silent, "a gap");
}
