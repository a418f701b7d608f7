//! The keyboard: every action has a key.

use super::action::{Action, Place};
use super::edit_tags::TagAction;
use super::feel::dragging;
use super::library::DuplicateAction;
use super::scene::Scene;
use crate::library::{Track, TrackId};
use crate::playback::PlayerCommand;
use crate::recommend::Reaction;
use eframe::egui::{Context, Id, Key, Memory, Modifiers, Popup, Response};
use std::sync::Arc;

/// The feeling field.
#[must_use]
pub fn feeling_field() -> Id {
    Id::unique("feeling field")
}

/// The field of a journey's beginning.
#[must_use]
pub fn journey_field() -> Id {
    Id::unique("journey field")
}

/// The library's search field.
#[must_use]
pub fn search_field() -> Id {
    Id::unique("search field")
}

/// The keys of places and ratings.
const DIGITS: [Key; 10] = [
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// The number of stars whose key was pressed with these modifiers.
pub fn stars_pressed(ctx: &Context, modifiers: Modifiers) -> Option<u8> {
    let keys = (0..=Track::MOST_STARS).zip(DIGITS);
    keys.into_iter()
        .find(|(_, key)| ctx.input_mut(|input| input.consume_key(modifiers, *key)))
        .map(|(stars, _)| stars)
}

/// Turns keys that work everywhere into actions.
pub fn handle(ctx: &Context, scene: &Scene<'_>) {
    // A dialog has its own keys.
    if scene.state.snapshot.is_none() || scene.state.editing.is_some() {
        return;
    }
    let command = |key| ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
    for (key, place) in DIGITS.into_iter().skip(1).zip(Place::ALL) {
        if command(key) {
            scene.act(Action::Go(place));
            if place == Place::Feel {
                focus(ctx, feeling_field());
            }
        }
    }
    if command(Key::F) {
        scene.act(Action::Go(Place::Library));
        focus(ctx, search_field());
    }
    // In a text field Ctrl with an arrow jumps over a word.
    if !ctx.text_edit_focused() {
        if command(Key::ArrowRight) {
            scene.act(Action::Player(PlayerCommand::Next));
        }
        if command(Key::ArrowLeft) {
            scene.act(Action::Player(PlayerCommand::Previous));
        }
        // A text field undoes typing.
        if let Some(undo) = scene.state.undoable()
            && command(Key::Z)
        {
            scene.act(undo);
        }
    }
    if command(Key::D) {
        scene.act(Action::Duplicates(DuplicateAction::Open));
    }
    // Before its namesake without Shift, which would take it.
    let shifted = Modifiers::COMMAND | Modifiers::SHIFT;
    if ctx.input_mut(|input| input.consume_key(shifted, Key::O))
        && let Some(track) = track_in_hand(ctx, scene)
    {
        scene.act(Action::ShowInFolder(track.path.clone()));
    }
    if command(Key::O) {
        scene.act(Action::ChoosePhotos);
    }
    if command(Key::R) {
        scene.act(Action::Surprise);
    }
    if command(Key::G) {
        scene.act(Action::ToggleHiddenGems);
    }
    if command(Key::I) {
        let feeling = &scene.state.feeling;
        let first = feeling.track_ids().first().copied();
        scene.act(Action::Explain(
            first.filter(|_| feeling.explained.is_none()),
        ));
    }
    if let Some(track) = scene.state.player.current() {
        let alt = |key| ctx.input_mut(|input| input.consume_key(Modifiers::ALT, key));
        for (key, reaction) in [
            (Key::ArrowUp, Reaction::ThumbUp),
            (Key::ArrowDown, Reaction::ThumbDown),
        ] {
            if alt(key) {
                scene.act(Action::React(track.id, reaction));
            }
        }
        if let Some(stars) = stars_pressed(ctx, Modifiers::ALT) {
            scene.act(Action::Rate(vec![track.id], stars));
        }
    }
    let f2 = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F2));
    if f2 || command(Key::E) {
        scene.act(Action::Tags(TagAction::Open(in_hand(ctx, scene))));
    }
    if command(Key::J) {
        scene.act(Action::ToggleQueue);
    }
    let left = focus_left(ctx);
    if ctx.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ctx) {
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if scene.state.place == Place::Feel && pressed(Key::Enter) {
            scene.act(Action::PlaySuggestions);
        }
        // The field clears itself, and a row in hand goes back to its place.
        let taken = left == Some(feeling_field()) || dragging(ctx);
        if scene.state.place == Place::Feel && !taken && pressed(Key::Escape) {
            step_back(ctx, scene, left);
        }
    }
    // A focused control takes the space bar for itself, a text field types it.
    let nothing_focused = ctx.memory(|memory| memory.focused().is_none());
    if nothing_focused
        && !Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space))
    {
        scene.act(Action::Player(PlayerCommand::Toggle));
    }
}

/// What had the focus until now: Escape takes it away before anybody sees the key.
fn focus_left(ctx: &Context) -> Option<Id> {
    let now = ctx.memory(Memory::focused);
    let id = Id::unique("focus before");
    ctx.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<Id>>(id), now))
}

/// Escape on the Feel screen: one step back at a time. `left` has just lost the focus to it.
fn step_back(ctx: &Context, scene: &Scene<'_>, left: Option<Id>) {
    let feeling = &scene.state.feeling;
    if feeling.from_open {
        scene.act(Action::JourneyFrom(None));
    } else if feeling.explained.is_some() {
        scene.act(Action::Explain(None));
        if let Some(left) = left {
            focus(ctx, left);
        }
    } else if left.is_some() {
        focus(ctx, feeling_field());
    } else if feeling.wish.is_some() {
        scene.act(Action::ClearFeeling);
    }
}

fn focused_track_id() -> Id {
    Id::unique("track of the focused row")
}

/// A row that has the focus is about this track, and so are the keys that are about a track.
pub fn focus_on_track(ctx: &Context, row: &Response, track: TrackId) {
    ctx.data_mut(|data| data.insert_temp(focused_track_id(), (row.id, track)));
}

/// The track of the row that has the focus.
fn focused_track(ctx: &Context) -> Option<TrackId> {
    let (row, track): (Id, TrackId) = ctx.data(|data| data.get_temp(focused_track_id()))?;
    (ctx.memory(Memory::focused) == Some(row)).then_some(track)
}

/// Whether the library's tracks are what one sees.
fn browses(scene: &Scene<'_>) -> bool {
    scene.state.place == Place::Library && !scene.state.duplicates.open
}

/// The tracks that a key is about: that of the focused row, those chosen in the library, or
/// else what plays.
fn in_hand(ctx: &Context, scene: &Scene<'_>) -> Vec<TrackId> {
    if let Some(track) = focused_track(ctx) {
        return vec![track];
    }
    if browses(scene) {
        return scene.state.browsing.in_hand();
    }
    let current = scene.state.player.current();
    current.map(|track| track.id).into_iter().collect()
}

/// The track that a key is about which is about one.
fn track_in_hand<'a>(ctx: &Context, scene: &'a Scene<'_>) -> Option<&'a Arc<Track>> {
    let state = scene.state;
    if let Some(track) = focused_track(ctx) {
        return state.track(track);
    }
    if browses(scene) {
        let browsing = &state.browsing;
        let at_cursor = browsing.cursor.and_then(|row| browsing.track(row));
        return at_cursor.or_else(|| state.track(*browsing.in_hand().first()?));
    }
    state.player.current()
}

/// Puts the keyboard's focus on a field, also one that is only shown from the next frame on.
fn focus(ctx: &Context, field: Id) {
    ctx.memory_mut(|memory| memory.request_focus(field));
}
