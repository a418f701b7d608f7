//! The seek bar: the outline of the track that plays, tinted by how its mood moves; a plain
//! bar until the track was read from end to end.

use super::action::Action;
use super::scene::Scene;
use super::strings;
use super::widgets::{Slider, SliderChange, mood_at, paint_wave, place_at};
use crate::playback::PlayerCommand;
use eframe::egui::{Id, Layout, Rect, Ui};

/// Seconds that an arrow key jumps on the focused seek bar.
const SEEK_STEP_SECS: f32 = 5.0;

fn dragged_id() -> Id {
    Id::unique("seek dragged")
}

/// The position to show, seconds: where a seek bar is being dragged to, or else where the
/// player is.
pub fn shown_secs(ui: &Ui, scene: &Scene<'_>) -> f32 {
    let dragged = ui.data(|data| data.get_temp::<f32>(dragged_id()));
    dragged.unwrap_or_else(|| scene.state.position_secs(scene.now_secs))
}

/// A seek bar called `name` that fills `bar`.
pub fn seek_bar(ui: &mut Ui, scene: &Scene<'_>, name: &'static str, bar: Rect) {
    let player = &scene.state.player;
    let duration = player.duration_secs.max(0.0);
    let enabled = player.current().is_some() && duration > 0.0;
    let shown = shown_secs(ui, scene);
    let whole = scene.state.playing.whole.as_deref().filter(|_| enabled);
    let says = |share: f32| {
        let time = strings::clock(share * duration);
        match whole.and_then(|whole| mood_at(&whole.arc, share)) {
            Some(mood) => format!("{time} · {}", mood.top().name(scene.state.language)),
            None => time,
        }
    };
    let slider_id = ui.scope_id().with(("dragging", name));
    let was_mine = ui.data(|data| data.get_temp(slider_id)).unwrap_or(false);
    place_at(ui, bar, Layout::default(), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            let slider = Slider {
                name,
                value: if enabled { shown / duration } else { 0.0 },
                step: if enabled {
                    SEEK_STEP_SECS / duration
                } else {
                    0.0
                },
                width: bar.width(),
                says: &says,
            };
            let change = match whole {
                Some(whole) => slider.show_on(
                    ui,
                    scene.theme,
                    bar.height(),
                    Some(&|painter, rect, share| {
                        paint_wave(painter, scene.theme, rect, whole, share);
                    }),
                ),
                None => slider.show_on(ui, scene.theme, bar.height(), None),
            };
            let dragged = match change {
                Some(SliderChange::Moving(value)) => Some(value * duration),
                Some(SliderChange::Done(value)) => {
                    scene.act(Action::Player(PlayerCommand::Seek {
                        position_secs: value * duration,
                    }));
                    None
                }
                None => None,
            };
            // Two seek bars may be on the screen; only the one in hand lets go.
            ui.data_mut(|data| {
                data.insert_temp(slider_id, dragged.is_some());
                if let Some(secs) = dragged {
                    data.insert_temp(dragged_id(), secs);
                } else if was_mine {
                    data.remove::<f32>(dragged_id());
                }
            });
        });
    });
}
