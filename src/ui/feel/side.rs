//! Beside the list: the mood plane, and what was understood.

use super::photo;
use super::why::{explained, why_ui};
use crate::engine::Wish;
use crate::mood::{Mood, MoodVector};
use crate::ui::fonts;
use crate::ui::scene::Scene;
use crate::ui::theme::size;
use crate::ui::widgets::{label, mood_bar, mood_plane, word_chip};
use eframe::egui::{ScrollArea, Ui, vec2};

/// Shares below this are noise and not shown.
const LEAST_SHARE: f32 = 0.03;

/// The mood plane, and what was understood.
pub fn side_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let width = ui.available_width();
    let height = (width * 0.94).min(ui.available_height() * 0.52);
    mood_plane(ui, scene, vec2(width, height));
    ui.add_space(10.0);
    let Some(target) = scene.state.feeling.target() else {
        label(
            ui,
            scene.text.plane_help,
            fonts::regular(size::SECONDARY),
            theme.faint,
        );
        return;
    };
    ScrollArea::vertical()
        .id_salt("understood")
        .auto_shrink(false)
        .show(ui, |ui| {
            if let Some(suggestion) = explained(scene) {
                why_ui(ui, scene, suggestion);
            }
            understood_ui(ui, scene, &target);
        });
}

fn understood_ui(ui: &mut Ui, scene: &Scene<'_>, target: &MoodVector) {
    let theme = scene.theme;
    ui.add_space(6.0);
    label(
        ui,
        scene.text.understood,
        fonts::semibold(size::BODY),
        theme.text,
    );
    ui.add_space(2.0);
    label(
        ui,
        &in_words(scene, target),
        fonts::regular(size::SECONDARY),
        theme.soft,
    );
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut moods = Mood::ALL.map(|mood| (mood, target.share(mood)));
    moods.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (mood, share) in moods.into_iter().filter(|(_, share)| *share >= LEAST_SHARE) {
        mood_bar(ui, theme, scene.state.language, mood, share);
    }
    evidence_ui(ui, scene);
    if let Some(photo) = scene.state.feeling.photo() {
        photo::understood_ui(ui, scene, photo);
    }
    ui.add_space(16.0);
}

/// "pleasant 42 % · calm 61 %".
fn in_words(scene: &Scene<'_>, target: &MoodVector) -> String {
    let text = scene.text;
    let side = |value: f32, low: &str, high: &str| {
        let name = if value < 0.0 { low } else { high };
        format!("{name} {:.0} %", value.abs() * 100.0)
    };
    format!(
        "{} · {}",
        side(target.valence, text.unpleasant, text.pleasant),
        side(target.arousal, text.calm, text.excited)
    )
}

/// The words that decided.
fn evidence_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let feeling = &scene.state.feeling;
    if !matches!(feeling.wish, Some(Wish::Text(_))) {
        return;
    }
    let Some(answer) = &feeling.answer else {
        return;
    };
    let words: Vec<&str> = answer
        .target
        .read
        .iter()
        .flat_map(|reading| reading.why.iter().map(String::as_str))
        .take(8)
        .collect();
    if words.is_empty() {
        return;
    }
    ui.add_space(10.0);
    label(
        ui,
        scene.text.because_of,
        fonts::regular(size::SECONDARY),
        theme.soft,
    );
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for word in words {
            word_chip(ui, theme, word);
        }
    });
}
