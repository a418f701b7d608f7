use super::*;
use crate::engine::{FeelAnswer, Length};
use crate::playback::QueueEdit;
use crate::recommend::{Suggestion, Target, Why};

pub(super) fn state() -> AppState {
    AppState::new(
        Settings {
            language: Some(Language::English),
            ..Settings::default()
        },
        PathBuf::from("/data"),
    )
}

pub(super) fn generation(commands: &[Command]) -> u64 {
    match commands {
        [Command::Feel { generation, .. }] => *generation,
        other => panic!("not one question: {other:?}"),
    }
}

fn answer(generation: u64, mood: Mood) -> Event {
    answer_of(generation, mood, 0..0)
}

/// An answer with the tracks of these ids.
pub(super) fn answer_of(generation: u64, mood: Mood, ids: std::ops::Range<i64>) -> Event {
    let suggestion = |id| Suggestion {
        track: Arc::new(Track {
            id: TrackId(id),
            ..Track::default()
        }),
        match_score: 1.0,
        mood: MoodVector::of_mood(mood),
        why: Why::default(),
    };
    Event::Playlist {
        generation,
        answer: Arc::new(FeelAnswer {
            photos: None,
            lessons: Vec::new(),
            target: Target::from_mood(mood),
            tracks: ids.map(suggestion).collect(),
            considered: 100,
        }),
    }
}

#[test]
fn typing_waits_for_a_rest_between_two_keys() {
    let mut state = state();
    state.act(Action::Feel("s".into()), 10.0);
    state.act(Action::Feel("sa".into()), 10.05);
    assert!(state.tick(10.1).is_empty(), "10.05 was the last key");
    let due = state.next_tick_secs().expect("a question is due");
    assert_eq!(generation(&state.tick(due)), 1);
    assert!(state.tick(due + 1.0).is_empty(), "asked once");
}

#[test]
fn a_drag_is_answered_while_it_goes_on() {
    let mut state = state();
    let mut asked = 0;
    for step in 0..60 {
        let now = f64::from(step) / 60.0;
        state.act(Action::PickPoint(0.01 * now as f32, 0.0), now);
        asked += state.tick(now).len();
    }
    assert!(
        (10..=20).contains(&asked),
        "asked {asked} times in a second"
    );
}

#[test]
fn what_comes_too_late_is_dropped() {
    let mut state = state();
    let first = generation(&state.act(Action::PickMood(Mood::Sad), 0.0));
    let second = generation(&state.act(Action::PickMood(Mood::Happy), 0.1));
    state.apply(answer(second, Mood::Happy), 0.2);
    state.apply(answer(first, Mood::Sad), 0.3);
    let shown = state.feeling.answer.as_ref().expect("an answer");
    assert_eq!(shown.target.mood.top(), Mood::Happy);
    state.act(Action::ClearFeeling, 0.4);
    state.apply(answer(second, Mood::Happy), 0.5);
    assert!(state.feeling.answer.is_none(), "nothing is asked any more");
}

#[test]
fn the_last_touched_of_field_moods_and_plane_is_the_wish() {
    let mut state = state();
    state.act(Action::Feel("lonely".into()), 0.0);
    state.act(Action::PickMood(Mood::Angry), 1.0);
    assert_eq!(state.feeling.wish, Some(Wish::Mood(Mood::Angry)));
    assert!(state.feeling.text.is_empty());
    state.act(Action::PickPoint(3.0, -0.5), 2.0);
    let point = Wish::Point {
        valence: 1.0,
        arousal: -0.5,
    };
    assert_eq!(state.feeling.wish, Some(point));
}

#[test]
fn a_finished_analysis_asks_again_for_what_was_made_from_a_part() {
    let mut state = state();
    let progress = |analyzed| {
        Event::Progress(Progress {
            analyzed,
            to_analyze: 10,
            ..Progress::default()
        })
    };
    state.apply(progress(3), 0.0);
    state.act(Action::PickMood(Mood::Sad), 0.0);
    assert!(state.apply(progress(9), 1.0).is_empty());
    assert_eq!(generation(&state.apply(progress(10), 2.0)), 2);
    assert!(state.apply(progress(10), 3.0).is_empty(), "once");
}

#[test]
fn a_new_length_keeps_the_wish() {
    let mut state = state();
    assert!(
        state
            .act(Action::SetLength(Length::Tracks(50)), 0.0)
            .is_empty()
    );
    state.act(Action::PickMood(Mood::Sad), 0.0);
    let commands = state.act(Action::SetLength(Length::Minutes(60.0)), 1.0);
    let [Command::Feel { request, .. }] = &commands[..] else {
        panic!("{commands:?}");
    };
    assert_eq!(request.length, Length::Minutes(60.0));
    assert_eq!(request.wish, Wish::Mood(Mood::Sad));
}

#[test]
fn muting_comes_back_to_the_volume_before() {
    let mut state = state();
    let player = PlayerState {
        volume: 0.3,
        ..PlayerState::default()
    };
    state.apply(Event::Player(Arc::new(player)), 0.0);
    state.act(Action::ToggleMute, 0.0);
    assert_eq!(state.player.volume, 0.0);
    state.act(Action::ToggleMute, 0.0);
    assert_eq!(state.player.volume, 0.3);
}

#[test]
fn the_position_runs_only_while_sound_comes_out() {
    let mut state = state();
    let player = |status, device| {
        Event::Player(Arc::new(PlayerState {
            status,
            device,
            position_secs: 10.0,
            duration_secs: 60.0,
            ..PlayerState::default()
        }))
    };
    state.apply(player(Status::Playing, DeviceState::Ready), 100.0);
    assert_eq!(state.position_secs(102.0), 12.0);
    assert_eq!(state.position_secs(999.0), 60.0, "never past the end");
    state.apply(player(Status::Paused, DeviceState::Ready), 100.0);
    assert_eq!(state.position_secs(102.0), 10.0);
    let gone = DeviceState::Missing("unplugged".into());
    state.apply(player(Status::Playing, gone), 100.0);
    assert_eq!(state.position_secs(102.0), 10.0);
}

#[test]
fn empty_paths_are_nothing() {
    let mut state = state();
    state.act(Action::TypePath("  ".into()), 0.0);
    assert!(state.act(Action::AddTypedPath, 0.0).is_empty());
    assert!(
        state
            .act(Action::AddPaths(vec![PathBuf::new()]), 0.0)
            .is_empty()
    );
}

#[test]
fn notices_go_by_themselves_and_do_not_pile_up() {
    let mut state = state();
    for number in 0..5 {
        state.say(ToastKind::Good, format!("news {number}"), 0.0);
    }
    assert_eq!(state.toasts().len(), 3);
    state.tick(60.0);
    assert!(state.toasts().is_empty());
    assert_eq!(state.next_tick_secs(), None, "an idle window sleeps");
}

#[test]
fn a_path_that_leads_nowhere_can_be_mended() {
    let mut state = state();
    state.act(Action::TypePath("/musik".into()), 0.0);
    state.act(Action::AddTypedPath, 0.0);
    assert_eq!(state.path_entry, "");
    let nowhere = Notice::NotThere(PathBuf::from("/musik"));
    state.apply(Event::Notice(nowhere), 0.1);
    assert_eq!(state.path_entry, "/musik");
    assert_eq!(state.toasts()[0].text, "There is nothing at /musik");
}

#[test]
fn a_notice_no_longer_offers_to_undo_what_another_queue_came_after() {
    let mut state = state();
    let player = |undoable| {
        let player = PlayerState {
            undoable,
            ..PlayerState::default()
        };
        Event::Player(Arc::new(player))
    };
    state.apply(player(Some(QueueEdit::Replaced(12))), 0.0);
    for edit in [QueueEdit::Replaced(9), QueueEdit::Shuffled] {
        state.act(Action::TakeOut(3), 1.0);
        state.apply(player(Some(QueueEdit::Removed(1))), 1.1);
        assert_eq!(state.toasts().len(), 1, "it is offered while it can be");
        state.apply(player(Some(edit)), 2.0);
        assert!(state.toasts().is_empty());
        state.act(Action::TakeOut(3), 3.0);
        assert_eq!(state.toasts()[0].undo, 1, "and not counted on");
        state.act(Action::UndoQueue { edits: 1 }, 3.1);
    }
}
