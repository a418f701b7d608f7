//! The models that read moods: what they are, whose, and what they learned from.

use super::{card, help};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::ui::theme::size;
use crate::ui::widgets::label;
use eframe::egui::Ui;

/// The card of the shipped models.
pub fn models_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let name_of = |name: &str| match name {
        "text" => Some(text.model_words),
        "photo" => Some(text.model_photos),
        "audio" => Some(text.model_sound),
        // What only checks the machine reads no mood.
        _ => None,
    };
    card(ui, scene, text.models, |ui| {
        help(ui, scene, text.models_help);
        let mut any = false;
        for model in scene.state.models.iter() {
            let Some(name) = name_of(&model.name) else {
                continue;
            };
            any = true;
            ui.add_space(6.0);
            let heading = format!("{name} · {} {}", text.version, model.version);
            label(ui, &heading, fonts::semibold(size::BODY), scene.theme.text);
            help(ui, scene, &model.licence);
            help(ui, scene, &format!("{}: {}", text.learned_from, model.data));
        }
        if !any {
            help(ui, scene, text.no_models);
        }
    });
}
