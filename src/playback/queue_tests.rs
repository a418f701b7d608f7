use super::*;
use crate::library::TrackId;

fn track(id: i64) -> Arc<Track> {
    Arc::new(Track {
        id: TrackId(id),
        path: format!("{id}.flac").into(),
        duration_secs: 100.0,
        codec: "FLAC".into(),
        ..Track::default()
    })
}

fn tracks(ids: impl IntoIterator<Item = i64>) -> Vec<Arc<Track>> {
    ids.into_iter().map(track).collect()
}

fn queue(count: i64, start: usize) -> Queue {
    let mut queue = Queue::new(1);
    queue.play(tracks(0..count), start);
    queue
}

fn order(queue: &Queue) -> Vec<i64> {
    let ids = queue.entries().iter().map(|entry| entry.track.id.0);
    ids.collect()
}

fn current(queue: &Queue) -> Option<i64> {
    queue.current().map(|entry| entry.track.id.0)
}

#[test]
fn play_replaces_the_queue_and_starts_where_asked() {
    let mut queue = queue(5, 2);
    assert_eq!(current(&queue), Some(2));
    queue.play(tracks([7, 8]), 9);
    assert_eq!(order(&queue), [7, 8]);
    assert_eq!(current(&queue), Some(8));
    queue.play(Vec::new(), 0);
    assert_eq!(current(&queue), None);
}

#[test]
fn tracks_are_queued_next_or_last() {
    let mut queue = queue(3, 1);
    queue.enqueue(tracks([10, 11]), true);
    queue.enqueue(tracks([20]), false);
    assert_eq!(order(&queue), [0, 1, 10, 11, 2, 20]);
    assert_eq!(current(&queue), Some(1));
}

#[test]
fn queueing_into_nothing_leaves_nothing_current() {
    let mut queue = Queue::new(1);
    queue.enqueue(tracks([1, 2]), true);
    assert_eq!(order(&queue), [1, 2]);
    assert_eq!(current(&queue), None);
}

#[test]
fn the_same_track_twice_has_two_places() {
    let mut queue = Queue::new(1);
    queue.play(tracks([4, 4]), 0);
    assert_ne!(queue.entries()[0].id, queue.entries()[1].id);
    queue.remove(1);
    assert_eq!(order(&queue), [4]);
}

#[test]
fn removing_keeps_the_current_track_or_hands_on_to_the_next() {
    let mut queue = queue(5, 2);
    queue.remove(0);
    assert_eq!((current(&queue), queue.index()), (Some(2), Some(1)));
    queue.remove(3);
    assert_eq!(current(&queue), Some(2));
    queue.remove(1);
    assert_eq!(current(&queue), Some(3));
    queue.remove(1);
    assert_eq!((order(&queue), current(&queue)), (vec![1], None));
    queue.remove(7);
}

#[test]
fn moving_keeps_the_current_track() {
    let mut queue = queue(5, 2);
    queue.reorder(0, 4);
    assert_eq!(order(&queue), [1, 2, 3, 4, 0]);
    assert_eq!(current(&queue), Some(2));
    queue.reorder(1, 3);
    assert_eq!(order(&queue), [1, 3, 4, 2, 0]);
    assert_eq!(current(&queue), Some(2));
    queue.reorder(9, 0);
    queue.reorder(0, 9);
    assert_eq!(order(&queue), [1, 3, 4, 2, 0]);
}

#[test]
fn the_end_comes_unless_the_queue_repeats() {
    let mut queue = queue(2, 1);
    assert_eq!((queue.next(), queue.following()), (None, None));
    queue.set_repeat(Repeat::All);
    assert_eq!((queue.next(), queue.following()), (Some(0), Some(0)));
    queue.jump_to(0);
    assert_eq!(queue.previous(), Some(1));
    queue.set_repeat(Repeat::Off);
    assert_eq!(queue.previous(), None);
}

#[test]
fn repeating_one_track_still_lets_the_listener_go_on() {
    let mut queue = queue(3, 1);
    queue.set_repeat(Repeat::One);
    assert_eq!(queue.following(), Some(1));
    assert_eq!((queue.next(), queue.previous()), (Some(2), Some(0)));
}

#[test]
fn shuffling_leaves_what_was_heard_and_the_current_track() {
    let mut queue = queue(50, 10);
    queue.shuffle(true);
    let shuffled = order(&queue);
    assert_eq!(shuffled[..11], (0..11).collect::<Vec<_>>());
    assert_ne!(shuffled[11..], (11..50).collect::<Vec<_>>());
    let mut sorted = shuffled.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    assert_eq!(current(&queue), Some(10));
}

#[test]
fn unshuffling_restores_the_order_with_what_was_changed_meanwhile() {
    let mut queue = queue(20, 3);
    queue.shuffle(true);
    let next = queue.next().unwrap();
    queue.jump_to(next);
    let here = current(&queue).unwrap();
    queue.enqueue(tracks([100]), true);
    queue.enqueue(tracks([200]), false);
    let gone = order(&queue).iter().position(|&id| id == 15);
    queue.remove(gone.unwrap());
    queue.shuffle(false);
    let mut expected: Vec<i64> = (0..20).filter(|&id| id != 15).collect();
    let place = expected.iter().position(|&id| id == here);
    if let Some(place) = place {
        expected.insert(place + 1, 100);
    }
    expected.push(200);
    let rest = order(&queue);
    if place.is_some() {
        assert_eq!(rest, expected);
    }
    assert!(!queue.shuffled());
}

#[test]
fn a_new_queue_under_shuffle_starts_where_asked_and_mixes_all_the_rest() {
    let mut queue = Queue::new(5);
    queue.shuffle(true);
    queue.play(tracks(0..30), 12);
    assert_eq!((current(&queue), queue.index()), (Some(12), Some(0)));
    assert_ne!(order(&queue)[1..4], [0, 1, 2]);
    queue.shuffle(false);
    assert_eq!(order(&queue), (0..30).collect::<Vec<_>>());
    assert_eq!(queue.index(), Some(12));
}

/// Every order of the rest should come up about equally often.
#[test]
fn shuffling_is_fair() {
    let mut counts = std::collections::HashMap::new();
    for seed in 0..6000 {
        let mut queue = Queue::new(seed);
        queue.play(tracks(0..4), 0);
        queue.shuffle(true);
        *counts.entry(order(&queue)).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 6);
    for (order, count) in counts {
        assert!((850..1150).contains(&count), "{order:?}: {count}");
    }
}

#[test]
fn clearing_leaves_nothing() {
    let mut queue = queue(4, 1);
    queue.clear();
    assert!(queue.entries().is_empty());
    assert_eq!(
        (queue.next(), queue.following(), queue.previous()),
        (None, None, None)
    );
    assert!(!queue.jump_to(0));
}

fn edits() -> [fn(&mut Queue); 6] {
    [
        |queue| queue.play(tracks([70, 71]), 1),
        |queue| queue.enqueue(tracks([80, 81]), true),
        |queue| {
            queue.remove(2);
        },
        |queue| {
            queue.reorder(0, 3);
        },
        |queue| queue.clear(),
        |queue| queue.shuffle(true),
    ]
}

#[test]
fn every_edit_can_be_undone_and_all_of_them_in_turn() {
    let before: Vec<i64> = (0..6).collect();
    for edit in edits() {
        let mut queue = queue(6, 1);
        edit(&mut queue);
        assert_ne!(order(&queue), before);
        assert!(queue.undo().is_some());
        assert_eq!(order(&queue), before);
        assert_eq!((current(&queue), queue.shuffled()), (Some(1), false));
        assert_eq!(queue.undo(), None);
    }
    let mut queue = queue(6, 1);
    for edit in edits() {
        edit(&mut queue);
    }
    while queue.undo().is_some() {}
    assert_eq!(order(&queue), before);
    queue.shuffle(true);
    queue.shuffle(false);
    assert_eq!(order(&queue), before);
}

#[test]
fn edits_of_nothing_are_not_undone() {
    let mut queue = queue(3, 0);
    queue.enqueue(Vec::new(), true);
    queue.reorder(1, 1);
    queue.reorder(0, 9);
    queue.remove(9);
    queue.shuffle(false);
    assert_eq!(queue.undoable(), None);
    queue.remove(1);
    assert_eq!(queue.undoable(), Some(QueueEdit::Removed(1)));
}

#[test]
fn only_what_was_moved_up_or_had_yet_to_play_is_talked_about() {
    let mut queue = queue(5, 2);
    assert_eq!(queue.reorder(3, 4), None);
    assert_eq!(queue.reorder(4, 3), Some(TrackId(3)));
    assert_eq!(queue.remove(4), Some(TrackId(4)));
    assert_eq!(queue.undoable_about(), Some(TrackId(4)));
    assert_eq!((queue.remove(0), queue.remove(9)), (None, None));
    assert!(queue.undoable_leave().is_none());
    queue.note(42.0, 21.0, true);
    assert_eq!(queue.remove(1), None);
    let (left, heard_secs) = queue.undoable_leave().unwrap();
    assert_eq!((left.track.id, heard_secs), (TrackId(2), 21.0));
}

#[test]
fn undoing_lets_what_plays_go_on_where_it_can() {
    let mut queue = queue(4, 1);
    queue.note(42.0, 21.0, true);
    queue.remove(3);
    queue.jump_to(2);
    assert_eq!(queue.undo(), Some(Undone::GoesOn));
    assert_eq!(current(&queue), Some(2));
}

#[test]
fn undoing_a_clear_returns_to_where_the_listener_was() {
    let mut queue = queue(4, 1);
    queue.note(42.0, 21.0, true);
    queue.clear();
    queue.note(0.0, 0.0, false);
    let returns = Undone::Returns {
        position_secs: 42.0,
        playing: true,
    };
    assert_eq!(queue.undo(), Some(returns));
    assert_eq!(current(&queue), Some(1));
}

#[test]
fn undoing_an_edit_after_the_end_brings_nothing_back_to_play() {
    let mut queue = queue(3, 0);
    queue.remove(2);
    queue.jump_to(1);
    queue.finish();
    assert_eq!(queue.undo(), Some(Undone::GoesOn));
    assert_eq!((order(&queue), current(&queue)), (vec![0, 1, 2], None));
    // The last one was taken out while it played: that itself was the end.
    queue.jump_to(2);
    queue.note(42.0, 21.0, true);
    queue.remove(2);
    assert_eq!(current(&queue), None);
    assert!(matches!(queue.undo(), Some(Undone::Returns { .. })));
    assert_eq!(current(&queue), Some(2));
}

#[test]
fn the_oldest_edits_are_forgotten() {
    let mut queue = queue(100, 0);
    for _ in 0..80 {
        queue.remove(1);
    }
    let mut undone = 0;
    while queue.undo().is_some() {
        undone += 1;
    }
    assert_eq!((undone, queue.entries().len()), (MAX_UNDO, 70));
}

#[test]
fn a_saved_queue_comes_back_with_its_order_before_the_shuffle() {
    let mut before = queue(20, 4);
    before.set_repeat(Repeat::All);
    before.shuffle(true);
    before.jump_to(7);
    let saved = SavedQueue {
        tracks: before.entries().iter().map(|e| e.track.clone()).collect(),
        ranks: before.ranks().into(),
        current: before.index(),
        position_secs: 1.0,
        shuffled: before.shuffled(),
        repeat: before.repeat(),
    };
    let mut after = Queue::new(9);
    after.restore(&saved);
    assert_eq!(order(&after), order(&before));
    assert_eq!(
        (current(&after), after.index()),
        (current(&before), Some(7))
    );
    assert_eq!((after.shuffled(), after.repeat()), (true, Repeat::All));
    after.shuffle(false);
    assert_eq!(order(&after), (0..20).collect::<Vec<_>>());
}

#[test]
fn a_saved_queue_that_makes_no_sense_still_opens() {
    let saved = SavedQueue {
        tracks: tracks(0..3).into(),
        ranks: [7, 7].into(),
        current: Some(99),
        shuffled: true,
        ..SavedQueue::default()
    };
    let mut queue = Queue::new(1);
    queue.restore(&saved);
    assert_eq!((queue.entries().len(), queue.index()), (3, None));
    queue.shuffle(false);
    assert_eq!(queue.entries().len(), 3);
}
