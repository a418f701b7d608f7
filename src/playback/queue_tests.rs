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
    assert!(!queue.remove(1));
    assert_eq!(order(&queue), [4]);
}

#[test]
fn removing_keeps_the_current_track_or_hands_on_to_the_next() {
    let mut queue = queue(5, 2);
    assert!(!queue.remove(0));
    assert_eq!((current(&queue), queue.index()), (Some(2), Some(1)));
    assert!(!queue.remove(3));
    assert_eq!(current(&queue), Some(2));
    assert!(queue.remove(1));
    assert_eq!(current(&queue), Some(3));
    assert!(queue.remove(1));
    assert_eq!((order(&queue), current(&queue)), (vec![1], None));
    assert!(!queue.remove(7));
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
