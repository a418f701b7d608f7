//! The player on a pretended device that hears every sample.

use crate::support::loopback::{Device, Heard, Loopback, track};
use crate::support::signal::{as_float, tone, tone_share, write_wav};
use maeum::library::Track;
use maeum::playback::{DeviceState, PlayerCommand, Repeat, Status};
use std::sync::Arc;

const RATE: u32 = 8000;

/// Tracks of one tone each, `300, 400, …` Hz, so many frames long, and what they sound like.
fn tones(folder: &tempfile::TempDir, lengths: &[usize]) -> (Vec<Arc<Track>>, Vec<Vec<f32>>) {
    let made = lengths.iter().enumerate().map(|(index, &frames)| {
        let samples = tone(RATE, 300.0 + 100.0 * index as f64, frames);
        let path = folder.path().join(format!("{index}.wav"));
        write_wav(&path, RATE, 1, &samples);
        (track(index as i64, &path), as_float(&samples))
    });
    made.unzip()
}

fn setup(lengths: &[usize]) -> (tempfile::TempDir, Vec<Arc<Track>>, Vec<Vec<f32>>, Loopback) {
    let folder = tempfile::tempdir().unwrap();
    let (tracks, sounds) = tones(&folder, lengths);
    (folder, tracks, sounds, Loopback::start(Device::default()))
}

/// Which of the tones it is.
fn which(samples: &[f32]) -> Option<usize> {
    (0..10).find(|&index| tone_share(samples, RATE, 300.0 + 100.0 * index as f64) > 0.9)
}

#[test]
fn tracks_of_one_rate_join_without_a_gap_and_bit_for_bit() {
    let (_folder, tracks, sounds, mut player) = setup(&[5003, 20_001, 777]);
    player.play(&tracks, 0);
    let heard = player.listen(usize::MAX);
    assert!(heard == sounds.concat(), "{} frames", heard.len());
    assert_eq!(player.state.status, Status::Stopped);
    assert_eq!(player.state.index, None);
    let ids: Vec<_> = player.heard.iter().map(|heard| heard.track).collect();
    assert_eq!(ids, [0, 1, 2]);
    for (heard, sound) in player.heard.iter().zip(&sounds) {
        assert!(heard.finished);
        let secs = sound.len() as f32 / RATE as f32;
        assert!((heard.played_secs - secs).abs() < 0.01, "{heard:?}");
    }
}

#[test]
fn next_and_jump_play_the_right_track_and_tell_what_was_left() {
    let (_folder, tracks, sounds, mut player) = setup(&[80_000; 4]);
    player.play(&tracks, 1);
    assert_eq!(player.listen(8000), sounds[1][..8000]);
    player.send(PlayerCommand::Next);
    player.wait("next", |state| state.index == Some(2));
    // Ten milliseconds of the old track fade out before the new one starts.
    let heard = player.listen(8000);
    assert_eq!(which(&heard[400..]), Some(2));
    let start = heard.windows(2).position(|pair| pair == &sounds[2][1..3]);
    assert!(start.is_some_and(|start| start < 200), "{start:?}");
    player.send(PlayerCommand::JumpTo(0));
    player.wait("jumped", |state| state.index == Some(0));
    assert_eq!(which(&player.listen(8000)[400..]), Some(0));
    assert_eq!(player.heard[0].track, 1);
    assert!(!player.heard[0].finished);
    assert!((player.heard[0].played_secs - 1.0).abs() < 0.1);
    assert_eq!(player.heard[1].track, 2);
}

#[test]
fn seeking_lands_on_the_sample() {
    let (_folder, tracks, sounds, mut player) = setup(&[80_000]);
    player.play(&tracks, 0);
    player.listen(4000);
    player.send(PlayerCommand::Seek { position_secs: 7.5 });
    player.wait("there", |state| (7.4..7.6).contains(&state.position_secs));
    let heard = player.listen(usize::MAX);
    // Fades aside, what comes is the rest of the track to its end.
    let rest = &sounds[0][60_000..];
    assert!(heard.len() >= rest.len());
    assert_eq!(heard[heard.len() - rest.len() + 100..], rest[100..]);
    assert!(player.heard[0].finished);
    assert!(player.heard[0].played_secs < 3.2, "{:?}", player.heard);
}

#[test]
fn pausing_holds_the_place() {
    let (_folder, tracks, sounds, mut player) = setup(&[40_000]);
    player.play(&tracks, 0);
    player.listen(8000);
    player.send(PlayerCommand::Toggle);
    player.wait("paused", |state| state.status == Status::Paused);
    let held = player.listen(4000);
    assert!(held[200..].iter().all(|&sample| sample == 0.0));
    player.send(PlayerCommand::Toggle);
    let heard = player.listen(usize::MAX);
    let rest = &sounds[0][16_000..];
    assert_eq!(heard[heard.len() - rest.len()..], *rest);
    let all = heard.iter().filter(|&&sample| sample != 0.0).count();
    assert!((31_000..=32_000).contains(&all), "{all}");
}

#[test]
fn previous_goes_back_to_the_start_first() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 3]);
    player.play(&tracks, 1);
    player.listen(4 * 8000);
    player.send(PlayerCommand::Previous);
    player.listen(800);
    player.wait("restarted", |state| state.position_secs < 1.0);
    assert_eq!(player.state.index, Some(1));
    player.send(PlayerCommand::Previous);
    player.wait("one back", |state| state.index == Some(0));
    assert_eq!(which(&player.listen(4000)[400..]), Some(0));
}

#[test]
fn what_was_decoded_ahead_gives_way_to_a_track_queued_next() {
    let (_folder, tracks, sounds, mut player) = setup(&[12_000, 8000, 8000]);
    player.play(&tracks[..2], 0);
    // By now the second track is in the ring already.
    let mut heard = player.listen(2000);
    player.send(PlayerCommand::Enqueue {
        tracks: vec![Arc::clone(&tracks[2])],
        next: true,
    });
    player.wait("queued", |state| state.queue.len() == 3);
    heard.extend(player.listen(usize::MAX));
    assert!(heard == [&sounds[0][..], &sounds[2], &sounds[1]].concat());
}

#[test]
fn repeating_one_track_goes_on_until_told_otherwise() {
    let (_folder, tracks, sounds, mut player) = setup(&[4000, 4000]);
    player.send(PlayerCommand::Repeat(Repeat::One));
    player.play(&tracks, 0);
    let heard = player.listen(12_000);
    assert!(heard == sounds[0].repeat(3));
    player.send(PlayerCommand::Next);
    player.wait("next", |state| state.index == Some(1));
    assert_eq!(which(&player.listen(4000)[400..]), Some(1));
}

#[test]
fn a_broken_track_is_told_and_passed_over() {
    let (folder, mut tracks, sounds, mut player) = setup(&[4000, 4000]);
    let broken = folder.path().join("broken.mp3");
    std::fs::write(&broken, b"no music at all").unwrap();
    tracks.insert(1, track(77, &broken));
    player.play(&tracks, 0);
    let heard = player.listen(usize::MAX);
    assert!(heard == sounds.concat(), "{}", heard.len());
    assert_eq!(player.failures.len(), 1);
    assert_eq!(player.failures[0].0.0, 77);
    assert_eq!(player.failures[0].1, "not an audio file");
    assert_eq!(player.state.failed, None);
}

#[test]
fn a_long_queue_of_tracks_that_are_gone_waits_where_they_went() {
    let mut player = Loopback::start(Device::default());
    let missing = std::path::Path::new("/nowhere/at/all.flac");
    let tracks: Vec<_> = (0..10_000).map(|id| track(id, missing)).collect();
    player.send(PlayerCommand::Repeat(Repeat::All));
    player.play(&tracks, 0);
    player.wait("gave up", |state| {
        state.status == Status::Paused && state.failed.is_some()
    });
    assert!(player.failures.len() <= 10, "{}", player.failures.len());
    assert_eq!(player.state.index, Some(0));
}

#[test]
fn a_long_queue_of_broken_tracks_ends_soon() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.mp3");
    std::fs::write(&broken, b"no music at all").unwrap();
    let mut player = Loopback::start(Device::default());
    let tracks: Vec<_> = (0..10_000).map(|id| track(id, &broken)).collect();
    player.send(PlayerCommand::Repeat(Repeat::All));
    player.play(&tracks, 0);
    player.wait("gave up", |state| {
        state.status == Status::Stopped && state.failed.is_some()
    });
    assert!(player.failures.len() <= 10, "{}", player.failures.len());
}

#[test]
fn music_on_a_drive_that_went_goes_on_where_it_was_when_the_drive_is_back() {
    let (folder, tracks, sounds, mut player) = setup(&[20_000, 4000, 4000]);
    let (music, away) = (folder.path().join("music"), folder.path().join("away"));
    std::fs::create_dir(&music).unwrap();
    let tracks: Vec<_> = (0..)
        .zip(&tracks)
        .map(|(id, there)| {
            let path = music.join(there.path.file_name().unwrap());
            std::fs::rename(&there.path, &path).unwrap();
            track(id, &path)
        })
        .collect();
    player.play(&tracks, 0);
    player.listen(4000);
    std::fs::rename(&music, &away).unwrap();
    player.send(PlayerCommand::Seek { position_secs: 1.5 });
    player.wait("given up", |state| state.status == Status::Paused);
    assert_eq!(player.state.index, Some(0));
    assert!((1.4..1.6).contains(&player.state.position_secs));
    std::fs::rename(&away, &music).unwrap();
    player.send(PlayerCommand::Resume);
    player.wait("playing", |state| {
        state.status == Status::Playing && state.failed.is_none()
    });
    let heard = player.listen(usize::MAX);
    let expected = [&sounds[0][12_000..], &sounds[1], &sounds[2]].concat();
    // It fades in after a jump.
    assert!(heard.ends_with(&expected[400..]), "{}", heard.len());
}

#[test]
fn without_a_device_the_queue_still_works_and_sound_comes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (tracks, sounds) = tones(&folder, &[40_000, 4000, 4000]);
    let mut player = Loopback::start(Device {
        missing: true,
        ..Device::default()
    });
    player.play(&tracks[..2], 0);
    player.wait("missing", |state| {
        state.device == DeviceState::Missing("No sound device was found".to_owned())
    });
    player.send(PlayerCommand::Enqueue {
        tracks: vec![Arc::clone(&tracks[2])],
        next: false,
    });
    player.send(PlayerCommand::JumpTo(1));
    player.wait("queued", |state| {
        state.queue.len() == 3 && state.index == Some(1)
    });
    assert_eq!(player.state.status, Status::Playing);
    player.device.lock().unwrap().missing = false;
    let heard = player.listen(usize::MAX);
    assert!(heard == sounds[1..].concat(), "{}", heard.len());
    assert_eq!(player.state.device, DeviceState::Ready);
}

#[test]
fn a_device_that_goes_while_nothing_plays_is_not_missed() {
    let (_folder, tracks, _sounds, mut player) = setup(&[80_000]);
    player.play(&tracks, 0);
    player.listen(20_000);
    player.send(PlayerCommand::Toggle);
    player.wait("paused", |state| state.status == Status::Paused);
    player.unplug();
    player.wait("given up", |state| state.device == DeviceState::Unopened);
    assert_eq!(player.state.status, Status::Paused);
    player.send(PlayerCommand::Toggle);
    player.wait("missed now", |state| {
        matches!(state.device, DeviceState::Missing(_))
    });
    player.device.lock().unwrap().missing = false;
    player.wait("back", |state| state.device == DeviceState::Ready);
    assert!((2.3..2.7).contains(&player.state.position_secs));
}

#[test]
fn a_device_that_returns_goes_on_where_it_left() {
    let (_folder, tracks, sounds, mut player) = setup(&[80_000]);
    player.play(&tracks, 0);
    player.listen(20_000);
    player.wait("two seconds in", |state| state.position_secs > 2.4);
    player.unplug();
    player.wait("missing", |state| {
        matches!(state.device, DeviceState::Missing(_))
    });
    assert_eq!(player.state.status, Status::Playing);
    assert!((2.4..2.6).contains(&player.state.position_secs));
    player.device.lock().unwrap().missing = false;
    let heard = player.listen(usize::MAX);
    assert!(heard.len().abs_diff(60_000) < 800, "{}", heard.len());
    let rest = &sounds[0][40_000..];
    assert_eq!(heard[heard.len() - rest.len()..], *rest);
}

#[test]
fn a_rate_that_the_device_refuses_is_resampled() {
    let folder = tempfile::tempdir().unwrap();
    let (tracks, _) = tones(&folder, &[16_000]);
    let mut player = Loopback::start(Device {
        only_rate_hz: Some(48_000),
        ..Device::default()
    });
    player.play(&tracks, 0);
    let heard = player.listen(usize::MAX);
    assert_eq!(player.format().sample_rate_hz, 48_000);
    assert_eq!(heard.len(), 96_000);
    assert!(tone_share(&heard, 48_000, 300.0) > 0.999);
}

#[test]
fn a_track_of_another_rate_reopens_the_device_after_the_last_frame() {
    let (folder, mut tracks, sounds, mut player) = setup(&[4000]);
    let samples = tone(11_025, 500.0, 5000);
    let path = folder.path().join("other.wav");
    write_wav(&path, 11_025, 1, &samples);
    tracks.push(track(9, &path));
    player.play(&tracks, 0);
    let heard = player.listen(usize::MAX);
    assert_eq!(player.format().sample_rate_hz, 11_025);
    let audible: Vec<f32> = [&sounds[0][..], &as_float(&samples)].concat();
    assert!(heard == audible, "{} of {}", heard.len(), audible.len());
}

#[test]
fn removing_the_current_track_goes_on_with_the_next() {
    let (_folder, tracks, _, mut player) = setup(&[40_000; 3]);
    player.play(&tracks, 0);
    player.listen(4000);
    player.send(PlayerCommand::Remove(0));
    player.wait("removed", |state| state.queue.len() == 2);
    assert_eq!(which(&player.listen(4000)[400..]), Some(1));
    player.send(PlayerCommand::Clear);
    player.wait("cleared", |state| state.queue.is_empty());
    assert_eq!(player.state.status, Status::Stopped);
    assert_eq!(player.state.current(), None);
}

#[test]
fn ending_the_player_reports_what_was_playing() {
    let (_folder, tracks, _, mut player) = setup(&[40_000]);
    player.play(&tracks, 0);
    player.listen(8000);
    player.player.take().unwrap().shutdown();
    player.listen(0);
    player.drain();
    assert_eq!(
        player.heard,
        [Heard {
            track: 0,
            played_secs: 1.0,
            finished: false,
        }]
    );
}

#[test]
fn a_long_pause_gives_the_device_back_and_goes_on() {
    let (_folder, tracks, sounds, mut player) = setup(&[40_000]);
    player.play(&tracks, 0);
    player.listen(8000);
    player.send(PlayerCommand::Toggle);
    player.wait("paused", |state| state.status == Status::Paused);
    player.wait("given back", |state| state.device == DeviceState::Unopened);
    let at = player.state.position_secs;
    assert!((0.95..1.1).contains(&at), "{at}");
    player.send(PlayerCommand::Toggle);
    let heard = player.listen(usize::MAX);
    let rest = &sounds[0][16_000..];
    assert_eq!(heard[heard.len() - rest.len()..], *rest);
    assert_eq!(player.heard.len(), 1);
    assert!(
        (player.heard[0].played_secs - 5.0).abs() < 0.1,
        "{:?}",
        player.heard
    );
}
