//! Chosen devices that go away and return.

use crate::support::loopback::{Device, Loopback, track};
use crate::support::signal::{tone, write_wav};
use maeum::config::{DeviceLost, Playback};
use maeum::library::Track;
use maeum::playback::{DeviceState, PlayerCommand, Status};
use std::sync::Arc;

fn long_tone(folder: &tempfile::TempDir) -> Vec<Arc<Track>> {
    let path = folder.path().join("long.wav");
    write_wav(&path, 8000, 1, &tone(8000, 300.0, 8000 * 120));
    vec![track(1, &path)]
}

fn on_headphones(device_lost: DeviceLost) -> Loopback {
    let player = Loopback::start(Device::default());
    player.send(PlayerCommand::Configure(Playback {
        device: Some("headphones".to_owned()),
        device_lost,
        ..Playback::default()
    }));
    player
}

#[test]
fn music_waits_for_headphones_rather_than_jump_to_loudspeakers() {
    let folder = tempfile::tempdir().unwrap();
    let mut player = on_headphones(DeviceLost::Wait);
    player.play(&long_tone(&folder), 0);
    player.listen(8000);
    assert_eq!(player.device_name(), "headphones");
    player.pull_out("headphones");
    player.wait("missing", |state| {
        matches!(state.device, DeviceState::Missing(_))
    });
    let reason = DeviceState::Missing("The chosen sound device is not connected".to_owned());
    player.wait("tried again", |state| state.device == reason);
    let left_at = player.state.position_secs;
    player.plug_in();
    player.wait("back", |state| state.device == DeviceState::Ready);
    player.listen(8000);
    assert_eq!(player.device_name(), "headphones");
    assert_eq!(player.state.status, Status::Playing);
    assert!(player.state.position_secs < left_at + 2.5);
}

#[test]
fn music_moves_to_another_device_and_back_if_wished() {
    let folder = tempfile::tempdir().unwrap();
    let mut player = on_headphones(DeviceLost::Move);
    player.play(&long_tone(&folder), 0);
    player.listen(8000);
    player.pull_out("headphones");
    player.listen(8000);
    assert_eq!(player.device_name(), "speakers");
    player.plug_in();
    let mut heard = 0;
    while player.device_name() != "headphones" {
        heard += player.listen(800).len();
        assert!(heard < 100 * 8000, "never moved back");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(player.state.status, Status::Playing);
}

#[test]
fn another_device_is_taken_at_once_when_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut player = Loopback::start(Device::default());
    player.play(&long_tone(&folder), 0);
    player.listen(8000);
    assert_eq!(player.device_name(), "speakers");
    player.send(PlayerCommand::Configure(Playback {
        device: Some("headphones".to_owned()),
        ..Playback::default()
    }));
    let mut heard = 0;
    while player.device_name() != "headphones" {
        heard += player.listen(80).len();
        assert!(heard < 100 * 8000, "never taken");
    }
    player.listen(8000);
    assert_eq!(player.device_name(), "headphones");
    player.wait("going on", |state| state.position_secs > 0.9);
}
