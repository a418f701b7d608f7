//! When the music stops by itself: a menu, and a line that tells it.

use super::action::Action;
use super::icons;
use super::scene::Scene;
use super::strings;
use super::widgets::{Button, icon_button, menu_item};
use crate::playback::{PlayerCommand, Sleep};
use eframe::egui::{Popup, Ui};
use std::time::Duration;

/// Times to choose from, minutes.
const MINUTES: [u64; 3] = [15, 30, 60];

/// A button with the menu.
pub fn sleep_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let now = scene.state.player.sleep;
    let told = told(scene);
    let button = Button {
        on: Some(now.is_some()),
        ..Button::new(
            icons::MOON_STARS,
            told.as_deref().unwrap_or(text.sleep_timer),
        )
    };
    let response = icon_button(ui, scene.theme, &button);
    let tell = |wish| scene.act(Action::Player(PlayerCommand::Sleep(wish)));
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (wish, icon, name) in [
            (
                Sleep::EndOfTrack,
                icons::MUSIC_NOTES,
                text.sleep_after_track,
            ),
            (Sleep::EndOfQueue, icons::QUEUE, text.sleep_after_queue),
        ] {
            if menu_item(ui, scene.theme, icon, name) {
                tell(Some(wish));
            }
        }
        for minutes in MINUTES {
            let name = strings::sleep_in(scene.state.language, minutes);
            if menu_item(ui, scene.theme, icons::CLOCK, &name) {
                tell(Some(Sleep::In(Duration::from_mins(minutes))));
            }
        }
        if now.is_some() && menu_item(ui, scene.theme, icons::X, text.sleep_off) {
            tell(None);
        }
    });
}

/// When the music stops, if it does so by itself.
#[must_use]
pub fn told(scene: &Scene<'_>) -> Option<String> {
    Some(match scene.state.player.sleep? {
        Sleep::EndOfTrack => scene.text.stops_after_track.to_owned(),
        Sleep::EndOfQueue => scene.text.stops_after_queue.to_owned(),
        Sleep::In(left) => strings::stops_in(scene.state.language, left.as_secs_f32()),
    })
}
