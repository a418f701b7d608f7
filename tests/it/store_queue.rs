//! The saved queue through restarts.

use crate::support::loopback::track_of;
use crate::support::music::{Collection, wav};
use maeum::library::{Repeat, SavedQueue, Tags, Track};
use std::path::Path;
use std::sync::Arc;

fn outside(number: i64) -> Arc<Track> {
    let tags = Tags {
        title: format!("Guest {number}"),
        artist: "마음".to_owned(),
        ..Tags::default()
    };
    track_of(-number, Path::new("/elsewhere/guest.flac"), 61.5, tags)
}

#[test]
fn a_queue_comes_back_as_it_was_with_tracks_of_the_library_and_others() {
    let mut collection = Collection::new();
    assert_eq!(collection.store().saved_queue().unwrap(), None);
    for number in 0..4 {
        collection.put(&format!("{number}.wav"), wav(number));
    }
    collection.scan();
    let mut tracks = collection.library().tracks().to_vec();
    tracks.insert(2, outside(1));
    let saved = SavedQueue {
        tracks: tracks.into(),
        ranks: [4, 0, 3, 1, 2].into(),
        current: Some(2),
        position_secs: 12.25,
        shuffled: true,
        repeat: Repeat::All,
    };
    collection.store().save_queue(saved.clone());
    // The place is told again and again; the last word counts.
    let later = SavedQueue {
        position_secs: 14.5,
        ..saved
    };
    collection.store().save_queue(later.clone());
    collection.reopen();
    let back = collection.store().saved_queue().unwrap().unwrap();
    let names = |queue: &SavedQueue| -> Vec<String> {
        queue
            .tracks
            .iter()
            .map(|track| track.title().to_owned())
            .collect()
    };
    assert_eq!(names(&back), names(&later));
    assert_eq!(back.tracks[2].tags, later.tracks[2].tags);
    assert_eq!(back.tracks[2].duration_secs, 61.5);
    assert!(back.tracks[2].id.0 < 0, "no track of the library");
    assert_eq!(back.tracks[0].id, later.tracks[0].id);
    assert_eq!(
        (
            back.ranks,
            back.current,
            back.position_secs,
            back.shuffled,
            back.repeat
        ),
        (later.ranks, Some(2), 14.5, true, Repeat::All)
    );
}

#[test]
fn a_track_that_left_the_library_stays_in_the_queue() {
    let mut collection = Collection::new();
    collection.put("0.wav", wav(0));
    collection.scan();
    let tracks = collection.library().tracks().to_vec();
    let path = tracks[0].path.clone();
    collection.store().save_queue(SavedQueue {
        tracks: tracks.into(),
        ranks: [0].into(),
        current: Some(0),
        ..SavedQueue::default()
    });
    let music = collection.music();
    collection.store().remove_folder(music).unwrap();
    collection.reopen();
    let back = collection.store().saved_queue().unwrap().unwrap();
    assert_eq!(back.tracks[0].path, path);
}

#[test]
fn an_emptied_queue_stays_empty() {
    let mut collection = Collection::new();
    let full = SavedQueue {
        tracks: [outside(1)].into(),
        ranks: [0].into(),
        ..SavedQueue::default()
    };
    collection.store().save_queue(full);
    collection.reopen();
    collection.store().save_queue(SavedQueue::default());
    collection.reopen();
    let back = collection.store().saved_queue().unwrap().unwrap();
    assert!(back.tracks.is_empty());
}
