//! Editing the queue while it plays, undoing that, and stopping by itself.

use crate::support::loopback::{Device, Loopback, track};
use crate::support::signal::{as_float, tone, tone_share, write_wav};
use maeum::library::{Library, Repeat, SavedQueue, Track};
use maeum::playback::{PlayerCommand, QueueEdit, Rearranged, Sleep, Status};
use std::sync::Arc;
use std::time::Duration;

const RATE: u32 = 8000;

/// Tracks of one tone each, `300, 400, …` Hz.
fn setup(lengths: &[usize]) -> (tempfile::TempDir, Vec<Arc<Track>>, Vec<Vec<f32>>, Loopback) {
    let folder = tempfile::tempdir().unwrap();
    let (mut tracks, mut sounds) = (Vec::new(), Vec::new());
    for (index, &frames) in lengths.iter().enumerate() {
        let samples = tone(RATE, 300.0 + 100.0 * index as f64, frames);
        let path = folder.path().join(format!("{index}.wav"));
        write_wav(&path, RATE, 1, &samples);
        tracks.push(track(index as i64, &path));
        sounds.push(as_float(&samples));
    }
    (folder, tracks, sounds, Loopback::start(Device::default()))
}

fn which(samples: &[f32]) -> Option<usize> {
    (0..10).find(|&index| tone_share(samples, RATE, 300.0 + 100.0 * index as f64) > 0.9)
}

#[test]
fn a_cleared_queue_comes_back_and_plays_on_where_it_was() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 3]);
    player.play(&tracks, 1);
    player.listen(24_000);
    player.wait("three seconds in", |state| state.position_secs > 2.9);
    player.send(PlayerCommand::Clear);
    player.wait("cleared", |state| state.queue.is_empty());
    assert_eq!(player.state.undoable, Some(QueueEdit::Cleared(3)));
    player.send(PlayerCommand::Undo);
    player.wait("back", |state| {
        state.index == Some(1) && state.status == Status::Playing
    });
    assert_eq!(player.state.queue.len(), 3);
    assert!((2.8..3.4).contains(&player.state.position_secs));
    assert_eq!(which(&player.listen(8000)[400..]), Some(1));
}

#[test]
fn what_an_edit_says_of_a_track_is_taken_back_with_it() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 4]);
    player.play(&tracks, 1);
    player.listen(16_000);
    player.send(PlayerCommand::Move { from: 2, to: 3 });
    player.send(PlayerCommand::Move { from: 3, to: 2 });
    player.send(PlayerCommand::Remove(3));
    player.send(PlayerCommand::Remove(0));
    player.send(PlayerCommand::Remove(0));
    player.wait("three removed", |state| state.queue.len() == 1);
    for _ in 0..5 {
        player.send(PlayerCommand::Undo);
    }
    player.wait("all back", |state| {
        state.queue.len() == 4 && state.undoable.is_none()
    });
    // What was moved down, or was played before, was not talked about.
    let said = [
        (2, Rearranged::Up),
        (3, Rearranged::Out),
        (3, Rearranged::Back),
        (2, Rearranged::Back),
    ];
    assert_eq!(player.rearranged, said);
    // The track that played was left when it was taken out.
    let left = player
        .heard
        .first()
        .map(|heard| (heard.track, heard.played_secs));
    let (track, played_secs) = left.unwrap();
    assert_eq!(player.returned, [(track, played_secs)]);
    assert!(track == 1 && played_secs > 1.5, "{track}: {played_secs} s");
}

#[test]
fn undoing_an_edit_leaves_what_plays_alone() {
    let (_folder, tracks, sounds, mut player) = setup(&[20_000, 8000, 8000]);
    player.play(&tracks, 0);
    let mut heard = player.listen(2000);
    player.send(PlayerCommand::Remove(1));
    player.wait("removed", |state| state.queue.len() == 2);
    player.send(PlayerCommand::Undo);
    player.wait("undone", |state| state.queue.len() == 3);
    heard.extend(player.listen(usize::MAX));
    assert!(heard == sounds.concat(), "{}", heard.len());
}

#[test]
fn undoing_a_new_queue_returns_to_the_old_one() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 3]);
    player.play(&tracks[..2], 0);
    player.listen(16_000);
    player.wait("two seconds in", |state| state.position_secs > 1.9);
    player.play(&tracks[2..], 0);
    player.listen(4000);
    player.send(PlayerCommand::Undo);
    player.wait("back", |state| state.queue.len() == 2);
    assert_eq!(player.state.index, Some(0));
    assert!((1.8..2.5).contains(&player.state.position_secs));
    player.listen(400);
    assert_eq!(which(&player.listen(8000)[400..]), Some(0));
}

#[test]
fn stop_after_this_track_waits_at_the_start_of_the_next() {
    let (_folder, tracks, sounds, mut player) = setup(&[12_000, 8000]);
    player.play(&tracks, 0);
    // By now the second track is in the ring already.
    let mut heard = player.listen(2000);
    player.send(PlayerCommand::Sleep(Some(Sleep::EndOfTrack)));
    player.wait("told", |state| state.sleep == Some(Sleep::EndOfTrack));
    heard.extend(player.listen(10_000));
    assert!(heard == sounds[0]);
    player.listen(0);
    for _ in 0..100 {
        player.play_silence();
    }
    player.wait("held", |state| state.status == Status::Paused);
    assert_eq!((player.state.index, player.state.sleep), (Some(1), None));
    assert_eq!(player.state.position_secs, 0.0);
    player.send(PlayerCommand::Toggle);
    assert!(player.listen(usize::MAX) == sounds[1]);
}

#[test]
fn stop_after_the_queue_ends_what_repeats() {
    let (_folder, tracks, sounds, mut player) = setup(&[4000, 4000]);
    player.send(PlayerCommand::Repeat(Repeat::All));
    player.send(PlayerCommand::Sleep(Some(Sleep::EndOfQueue)));
    player.play(&tracks, 0);
    assert!(player.listen(usize::MAX) == sounds.concat());
    assert_eq!(player.state.status, Status::Stopped);
    assert_eq!(player.state.sleep, None);
}

#[test]
fn a_sleep_timer_fades_out_and_holds() {
    let (_folder, tracks, _, mut player) = setup(&[800_000]);
    player.play(&tracks, 0);
    player.listen(4000);
    player.send(PlayerCommand::Sleep(Some(Sleep::In(
        Duration::from_millis(400),
    ))));
    player.wait("asleep", |state| state.status == Status::Paused);
    assert_eq!(player.state.sleep, None);
    let at = player.state.position_secs;
    player.send(PlayerCommand::Toggle);
    player.wait("awake", |state| state.status == Status::Playing);
    let heard = player.listen(8000);
    // As loud as ever.
    let highest = heard[4000..]
        .iter()
        .fold(0.0_f32, |most, s| most.max(s.abs()));
    assert!(highest > 0.49, "{highest}");
    assert!((player.state.position_secs - at).abs() < 2.5);
}

#[test]
fn a_sleep_timer_that_ran_out_in_silence_lets_the_next_music_play() {
    let (_folder, tracks, sounds, mut player) = setup(&[8000]);
    let in_a_moment = Some(Sleep::In(Duration::from_millis(50)));
    player.send(PlayerCommand::Sleep(in_a_moment));
    player.wait("told", |state| state.sleep.is_some());
    player.wait("over", |state| state.sleep.is_none());
    // Over already when the music is asked for.
    player.send(PlayerCommand::Sleep(Some(Sleep::In(Duration::ZERO))));
    player.play(&tracks, 0);
    assert!(player.listen(usize::MAX) == sounds[0]);
}

#[test]
fn a_queue_that_is_left_was_heard_and_is_kept_as_it_stood() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 2]);
    player.send(PlayerCommand::Restore {
        saved: Arc::default(),
        owner: 7,
    });
    player.play(&tracks, 0);
    player.listen(16_000);
    let (left, told) = crossbeam_channel::bounded(1);
    player.send(PlayerCommand::Leave(left));
    told.recv().unwrap();
    // All of it was told by now.
    player.drain();
    let heard: Vec<i64> = player.heard.iter().map(|heard| heard.track).collect();
    assert_eq!(heard, [0]);
    let kept = player.kept.take().unwrap();
    assert_eq!((kept.tracks.len(), kept.current), (2, Some(0)));
    assert!(kept.position_secs > 1.5, "{}", kept.position_secs);
    player.wait("nothing", |state| {
        state.queue.is_empty() && state.undoable.is_none()
    });
    assert_eq!(player.state.status, Status::Stopped);
    player.play(&tracks, 1);
    player.wait("played", |state| state.index == Some(1));
    assert!(player.kept.is_none(), "nobody owns it");
    assert_eq!(player.heard.len(), 1);
}

#[test]
fn a_saved_queue_is_taken_up_paused_and_what_changes_is_kept() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 3]);
    let saved = SavedQueue {
        tracks: tracks.clone().into(),
        ranks: [0, 1, 2].into(),
        current: Some(1),
        position_secs: 4.0,
        ..SavedQueue::default()
    };
    player.send(PlayerCommand::Restore {
        saved: Arc::new(saved),
        owner: 7,
    });
    player.wait("taken up", |state| state.index == Some(1));
    assert_eq!(player.state.status, Status::Paused);
    assert_eq!(player.state.position_secs, 4.0);
    assert_eq!(player.state.undoable, None);
    player.send(PlayerCommand::Toggle);
    player.listen(400);
    assert_eq!(which(&player.listen(24_000)[400..]), Some(1));
    player.wait("played", |state| state.position_secs > 6.5);
    player.player.take().unwrap().shutdown();
    player.drain();
    let kept = player.kept.clone().unwrap();
    assert_eq!((kept.tracks.len(), kept.current), (3, Some(1)));
    assert!(
        (4.9..7.1).contains(&kept.position_secs),
        "{}",
        kept.position_secs
    );
}

#[test]
fn newer_knowledge_of_tracks_reaches_the_queue() {
    let (_folder, tracks, _, mut player) = setup(&[80_000; 2]);
    player.play(&tracks, 0);
    player.listen(4000);
    let mut retagged = (*tracks[1]).clone();
    retagged.tags.title = "A better title".to_owned();
    let library = Library::new(vec![Arc::clone(&tracks[0]), Arc::new(retagged)]);
    player.send(PlayerCommand::Library(Arc::new(library)));
    player.wait("told", |state| state.queue[1].title() == "A better title");
    assert_eq!(player.state.status, Status::Playing);
}
