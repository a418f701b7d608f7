//! The question before something is erased for good.

use super::fonts;
use super::icons;
use super::scene::Scene;
use super::theme::{CARD_RADIUS, size};
use super::widgets::{label, pill, single_line};
use eframe::egui::{Align, CornerRadius, Frame, Layout, Margin, Ui};

/// Room for the answers, points.
const ANSWERS: f32 = 220.0;

/// Asks `asked`; whether `yes` was said, once anything was.
pub fn question_ui(ui: &mut Ui, scene: &Scene<'_>, asked: &str, yes: &str) -> Option<bool> {
    let theme = scene.theme;
    let font = fonts::regular(size::BODY);
    Frame::NONE
        .fill(theme.tint(theme.warning))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let whole = single_line(ui, asked, font.clone()).size().x;
            let beside = whole + ANSWERS < ui.available_width();
            if !beside {
                label(ui, asked, font.clone(), theme.text);
            }
            ui.horizontal(|ui| {
                if beside {
                    label(ui, asked, font, theme.text);
                }
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
