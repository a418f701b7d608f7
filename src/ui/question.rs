//! The question before something is erased for good.

use super::fonts;
use super::icons;
use super::scene::Scene;
use super::theme::{CARD_RADIUS, size};
use super::widgets::{label, pill};
use eframe::egui::{Align, CornerRadius, Frame, Layout, Margin, Ui};

/// Asks `asked`; whether `yes` was said, once anything was.
pub fn question_ui(ui: &mut Ui, scene: &Scene<'_>, asked: &str, yes: &str) -> Option<bool> {
    let theme = scene.theme;
    Frame::NONE
        .fill(theme.tint(theme.warning))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                label(ui, asked, fonts::regular(size::BODY), theme.text);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let no = pill(ui, theme, None, scene.text.cancel, false).clicked();
                    let yes = pill(ui, theme, Some(icons::TRASH), yes, true).clicked();
                    (yes || no).then_some(yes)
                })
                .inner
            })
            .inner
        })
        .inner
}
