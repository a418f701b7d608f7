//! Hours of listening in a hurry: a listener who skips, jumps and edits, on a device that
//! comes and goes.

use crate::support::fixtures;
use crate::support::loopback::{Device, Loopback, track_of};
use crate::support::signal::{tone, write_wav};
use fastrand::Rng;
use maeum::config::{Levelling, Playback};
use maeum::library::{Repeat, ReplayGain, Tags, Track};
use maeum::playback::{DeviceState, PlayerCommand, Sleep, Status};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// As many edits as the queue remembers.
const MAX_UNDO: usize = 50;

/// Longest without any sound; only reached when the player is stuck.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tracks of a few albums, rates, codecs and loudnesses.
fn shelf(folder: &std::path::Path, random: &mut Rng) -> Vec<Arc<Track>> {
    let mut tracks = Vec::new();
    for id in 0..12 {
        let path = folder.join(format!("{id}.wav"));
        let secs = random.usize(4..120);
        let rate = if id % 5 == 4 { 11_025 } else { 8000 };
        write_wav(&path, rate, 1, &tone(rate, 300.0, rate as usize * secs));
        let tags = Tags {
            album: format!("Album {}", id / 4),
            artist: "A".into(),
            track_number: Some(id % 4 + 1),
            replay_gain: ReplayGain {
                track_gain_db: Some(random.f32() * 12.0 - 9.0),
                ..ReplayGain::default()
            },
            ..Tags::default()
        };
        tracks.push(track_of(i64::from(id), &path, secs as f32, tags));
    }
    for (id, file) in (12..).zip(["mp3-vbr.mp3", "opus.opus", "half-1.flac", "aac.m4a"]) {
        tracks.push(track_of(id, &fixtures::path(file), 1.0, Tags::default()));
    }
    let broken = folder.join("broken.mp3");
    std::fs::write(&broken, b"no music").unwrap();
    tracks.push(track_of(99, &broken, 60.0, Tags::default()));
    tracks
}

/// What the queue must hold: ids in no order, because shuffling is the player's secret.
#[derive(Default)]
struct Model {
    ids: Vec<i64>,
    undo: VecDeque<Vec<i64>>,
}

impl Model {
    fn edit(&mut self, edit: impl FnOnce(&mut Vec<i64>)) {
        if self.undo.len() == MAX_UNDO {
            self.undo.pop_front();
        }
        self.undo.push_back(self.ids.clone());
        edit(&mut self.ids);
        self.ids.sort_unstable();
    }
}

struct Listener {
    random: Rng,
    shelf: Vec<Arc<Track>>,
    player: Loopback,
    model: Model,
    shuffled: bool,
    commands: u64,
    edits: u64,
    losses: u64,
    heard_secs: f64,
    last_sound: Instant,
}

impl Listener {
    fn new(seed: u64, folder: &std::path::Path) -> Self {
        let mut random = Rng::with_seed(seed);
        let shelf = shelf(folder, &mut random);
        Self {
            random,
            shelf,
            player: Loopback::start(Device::default()),
            model: Model::default(),
            shuffled: false,
            commands: 0,
            edits: 0,
            losses: 0,
            heard_secs: 0.0,
            last_sound: Instant::now(),
        }
    }

    /// Waits until the player has done all that it was told.
    fn settle(&mut self) {
        self.commands += 1;
        let volume = 0.5 + (self.commands % 1000) as f32 / 4000.0;
        self.player.send(PlayerCommand::Volume(volume));
        self.player
            .wait("the command is done", |state| state.volume == volume);
        self.player.heard.clear();
        self.player.failures.clear();
    }

    fn some_tracks(&mut self) -> Vec<Arc<Track>> {
        let count = self.random.usize(1..8);
        (0..count)
            .map(|_| Arc::clone(&self.shelf[self.random.usize(..self.shelf.len())]))
            .collect()
    }

    /// One thing a listener does to the queue.
    fn edit(&mut self) {
        self.edits += 1;
        let count = self.model.ids.len();
        let ids = |tracks: &[Arc<Track>]| tracks.iter().map(|track| track.id.0).collect::<Vec<_>>();
        let command = match self.random.u8(..100) {
            0..5 => {
                let tracks = self.some_tracks();
                let new = ids(&tracks);
                if count == 0 {
                    self.model.ids = new;
                    self.model.ids.sort_unstable();
                } else {
                    self.model.edit(|ids| *ids = new);
                }
                PlayerCommand::Play { tracks, start: 0 }
            }
            5..35 if count < 60 => {
                let tracks = self.some_tracks();
                let mut new = ids(&tracks);
                self.model.edit(|ids| ids.append(&mut new));
                let next = self.random.bool();
                PlayerCommand::Enqueue { tracks, next }
            }
            35..55 if count > 2 => {
                let place = self.random.usize(..count);
                let id = self.player.state.queue[place].id.0;
                self.model.edit(|ids| {
                    let found = ids.iter().position(|&other| other == id);
                    ids.remove(found.unwrap());
                });
                PlayerCommand::Remove(place)
            }
            55..70 if count > 1 => {
                let from = self.random.usize(..count);
                let to = (from + self.random.usize(1..count)) % count;
                self.model.edit(|_| {});
                PlayerCommand::Move { from, to }
            }
            70..78 => {
                self.shuffled = !self.player.state.shuffled;
                self.model.edit(|_| {});
                PlayerCommand::Shuffle(self.shuffled)
            }
            78..80 if count > 0 => {
                self.model.edit(Vec::clear);
                PlayerCommand::Clear
            }
            _ => {
                if let Some(before) = self.model.undo.pop_back() {
                    self.model.ids = before;
                }
                PlayerCommand::Undo
            }
        };
        let told = format!("{command:?}");
        self.player.send(command);
        self.settle();
        let queue = &self.player.state.queue;
        let mut ids: Vec<i64> = queue.iter().map(|track| track.id.0).collect();
        ids.sort_unstable();
        assert_eq!(ids, self.model.ids, "after {told:.60}");
        let index = self.player.state.index;
        assert!(index.is_none_or(|index| index < queue.len()));
    }

    /// One thing a listener does to what plays.
    fn operate(&mut self) {
        let count = self.model.ids.len().max(1);
        let command = match self.random.u8(..100) {
            0..20 => PlayerCommand::Next,
            20..28 => PlayerCommand::Previous,
            28..55 => PlayerCommand::Seek {
                position_secs: self.random.f32() * 130.0 - 5.0,
            },
            55..65 => PlayerCommand::JumpTo(self.random.usize(..count)),
            65..75 => PlayerCommand::Toggle,
            75..82 => {
                let all = [Repeat::Off, Repeat::All, Repeat::One];
                PlayerCommand::Repeat(all[self.random.usize(..3)])
            }
            82..88 => {
                let all = [
                    None,
                    Some(Sleep::EndOfTrack),
                    Some(Sleep::EndOfQueue),
                    Some(Sleep::In(Duration::from_millis(50))),
                ];
                PlayerCommand::Sleep(all[self.random.usize(..4)])
            }
            _ => {
                let levels = [Levelling::Off, Levelling::Track, Levelling::Auto];
                PlayerCommand::Configure(Playback {
                    crossfade_secs: [0.0, 0.0, 3.0, 12.0][self.random.usize(..4)],
                    levelling: levels[self.random.usize(..3)],
                    join_rates: self.random.bool(),
                    ..Playback::default()
                })
            }
        };
        self.player.send(command);
        self.settle();
    }

    fn lose_device(&mut self) {
        // What was heard is done with, so that nothing moves on to another device meanwhile.
        self.settle();
        self.settle();
        self.player.notice_device();
        let ready = self.player.state.device == DeviceState::Ready;
        if self.player.state.status != Status::Playing || !ready {
            return;
        }
        self.losses += 1;
        let before = self.player.state.position_secs;
        let track = self.player.state.current().map(|track| track.id);
        self.player.unplug();
        self.player.wait("missing", |state| {
            matches!(state.device, DeviceState::Missing(_))
        });
        if self.player.state.current().map(|track| track.id) == track {
            let after = self.player.state.position_secs;
            assert!(after >= before - 0.1, "{after} after {before}");
        }
        self.player.device.lock().unwrap().missing = false;
    }

    /// Hears what there is; sees to it that something plays.
    fn listen(&mut self) {
        let (frames, rate_hz) = self.player.swallow();
        if frames > 0 {
            self.heard_secs += frames as f64 / f64::from(rate_hz);
            self.last_sound = Instant::now();
        }
        assert!(
            self.last_sound.elapsed() < PATIENCE,
            "stuck: {:?}",
            self.player.state
        );
        self.settle();
        match self.player.state.status {
            Status::Playing => {}
            Status::Paused => self.player.send(PlayerCommand::Resume),
            Status::Stopped if self.model.ids.is_empty() => {
                let tracks = self.some_tracks();
                let mut new: Vec<i64> = tracks.iter().map(|track| track.id.0).collect();
                self.model.edit(|ids| ids.append(&mut new));
                self.player.send(PlayerCommand::Enqueue {
                    tracks,
                    next: false,
                });
                self.settle();
            }
            Status::Stopped => self.player.send(PlayerCommand::JumpTo(0)),
        }
    }

    fn for_hours(&mut self, hours: f64, loss_every_secs: f64) {
        let until = self.heard_secs + hours * 3600.0;
        let mut next_loss = self.heard_secs + loss_every_secs;
        while self.heard_secs < until {
            self.listen();
            match self.random.u8(..100) {
                0..8 => self.edit(),
                8..14 => self.operate(),
                _ => {}
            }
            if self.heard_secs > next_loss {
                next_loss += loss_every_secs;
                self.lose_device();
            }
        }
    }

    fn summary(&self) -> String {
        format!(
            "{:.1} h heard, {} commands, {} edits, {} device losses",
            self.heard_secs / 3600.0,
            self.commands,
            self.edits,
            self.losses
        )
    }
}

/// Memory that is really in use, bytes.
fn resident_bytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    kilobytes.parse::<f64>().unwrap() * 1024.0
}

#[test]
fn half_an_hour_of_restless_listening_leaves_the_queue_intact() {
    let folder = tempfile::tempdir().unwrap();
    let seed = Rng::new().u64(..);
    println!("seed {seed}");
    let mut listener = Listener::new(seed, folder.path());
    listener.for_hours(0.5, 600.0);
    println!("{}", listener.summary());
    assert!(listener.edits > 5 && listener.losses > 0);
}

#[test]
#[ignore = "24 hours in several minutes"]
fn a_day_of_restless_listening_needs_no_more_memory() {
    let folder = tempfile::tempdir().unwrap();
    let seed = std::env::var("MAEUM_TEST_SEED").map_or(24, |seed| seed.parse().unwrap());
    println!("seed {seed}");
    let mut listener = Listener::new(seed, folder.path());
    listener.for_hours(4.0, 1800.0);
    let before = resident_bytes();
    for _ in 0..20 {
        listener.for_hours(1.0, 1800.0);
        println!("{}, {:.1} MB", listener.summary(), resident_bytes() / 1e6);
    }
    let growth = resident_bytes() / before - 1.0;
    println!("memory {:+.2} % over 20 hours", growth * 100.0);
    assert!(growth < 0.05, "{growth}");
}
