//! Before there is music: one question.

use super::action::Action;
use super::fonts;
use super::icons;
use super::scene::{Scene, picture};
use super::strings;
use super::theme::size;
use super::widgets::{field, label, paint_icon, pill, place_at};
use crate::mood::Mood;
use eframe::egui::{Align, Align2, Color32, Id, Key, Layout, Rect, Stroke, Ui, pos2, vec2};

/// While the engine opens the library.
pub fn opening_ui(ui: &Ui, scene: &Scene<'_>, whole: Rect) {
    ui.painter().text(
        whole.center(),
        Align2::CENTER_CENTER,
        scene.text.opening,
        fonts::regular(size::BODY),
        scene.theme.faint,
    );
}

/// The library cannot be used; why.
pub fn unusable_ui(ui: &mut Ui, scene: &Scene<'_>, whole: Rect, reason: &str) {
    let area = Rect::from_center_size(whole.center(), vec2(560.0, 200.0));
    place_at(ui, area, Layout::default(), |ui| {
        ui.vertical_centered(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(56.0, 56.0), eframe::egui::Sense::hover());
            paint_icon(
                ui.painter(),
                rect.center(),
                icons::WARNING_CIRCLE,
                48.0,
                scene.theme.warning,
            );
            label(
                ui,
                scene.text.unusable,
                fonts::semibold(size::HEADING),
                scene.theme.text,
            );
            let reason = strings::reason(scene.state.language, reason);
            label(ui, &reason, fonts::regular(size::BODY), scene.theme.soft);
        });
    });
}

/// Where is your music?
pub fn first_start_ui(ui: &mut Ui, scene: &Scene<'_>, whole: Rect) {
    let theme = scene.theme;
    let width = (whole.width() - 64.0).min(560.0);
    let height = 450.0_f32.min(whole.height());
    let area = Rect::from_center_size(whole.center(), vec2(width, height));
    place_at(ui, area, Layout::default(), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.vertical_centered(|ui| {
            moods_ui(ui, scene);
            ui.add_space(28.0);
            label(ui, scene.text.welcome, fonts::semibold(34.0), theme.text);
            ui.add_space(12.0);
            label(
                ui,
                scene.text.welcome_help,
                fonts::regular(size::BODY),
                theme.soft,
            );
            ui.add_space(28.0);
            let icon = Some(icons::FOLDER);
            if pill(ui, theme, icon, scene.text.choose_folder, true).clicked() {
                scene.act(Action::ChooseFolder);
            }
        });
        ui.add_space(24.0);
        path_ui(ui, scene, scene.text.paste_path);
        ui.add_space(14.0);
        ui.vertical_centered(|ui| {
            label(
                ui,
                scene.text.drop_hint,
                fonts::regular(size::SECONDARY),
                theme.faint,
            );
            ui.add_space(24.0);
            let icon = Some(icons::SPARKLE);
            if pill(ui, theme, icon, scene.text.try_demo, false).clicked() {
                scene.act(Action::OpenDemo(true));
            }
        });
    });
}

/// A field to type or paste a folder's path, and its button.
pub fn path_ui(ui: &mut Ui, scene: &Scene<'_>, hint: &str) {
    let path = &scene.state.path_entry;
    let ready = !path.trim().is_empty();
    let size = vec2(ui.available_width(), 36.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let icon = Some(icons::PLUS);
        let clicked = ui
            .add_enabled_ui(ready, |ui| {
                pill(ui, scene.theme, icon, scene.text.add, false)
            })
            .inner
            .clicked();
        let width = ui.available_width();
        let id = Id::unique("folder path");
        let (response, changed) = field(ui, scene.theme, id, path, hint, width);
        if let Some(path) = changed {
            scene.act(Action::TypePath(path));
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        response.accessible_name(hint);
        if ready && (clicked || entered) {
            scene.act(Action::AddTypedPath);
        }
    });
}

/// The program's sign: the seven moods as overlapping lights.
fn moods_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(320.0, 56.0), eframe::egui::Sense::hover());
    let painter = ui.painter();
    for (index, mood) in Mood::ALL.into_iter().enumerate() {
        let x = rect.center().x + (index as f32 - 3.0) * 40.0;
        let dot = Rect::from_center_size(pos2(x, rect.center().y), vec2(52.0, 52.0));
        painter.add(picture(
            dot,
            26,
            scene.art.gradient(Some(mood)),
            Color32::WHITE.gamma_multiply(0.92),
        ));
        painter.circle_stroke(dot.center(), 26.0, Stroke::new(2.0, scene.theme.background));
        paint_icon(
            painter,
            dot.center(),
            super::widgets::mood_icon(mood),
            20.0,
            Color32::WHITE,
        );
    }
}
