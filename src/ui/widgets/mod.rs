//! The window's own controls. Each has an accessible name, a focus ring, and its key in
//! the tooltip.

mod arrows;
mod button;
mod mood;
mod plane;
mod slider;
mod stars;
mod text;
mod walk;
mod wave;

pub use button::{Button, chip, icon_button, menu_item, pill, submenu, toggle_switch, word_chip};
pub use mood::{mood_bar, mood_icon, paint_mood_chip, paint_mood_chip_before};
pub use plane::mood_plane;
pub use slider::{Slider, SliderChange};
pub use stars::{STARS_WIDTH, Stars};
pub use text::{composed, field, label, low_field, paint_elided, paint_icon, single_line};
pub use walk::Walk;
pub use wave::{mood_at, paint_arc, paint_wave};

use super::theme::Theme;
use eframe::egui::{Layout, Rect, Response, Stroke, StrokeKind, Ui, UiBuilder};

/// The ring around whatever has the keyboard's focus.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            radius.saturating_add(2),
            Stroke::new(2.0, theme.accent),
            StrokeKind::Outside,
        );
    }
}

/// Shows something at a place of its own, without moving what comes next.
pub fn place_at<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    add(&mut child)
}
