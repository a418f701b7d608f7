//! Settings: folders, analysis, language, looks, and what this program is.

mod models;
mod sound;
mod taste;

use super::action::Action;
use super::first_start::path_ui;
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::strings;
use super::theme::{CARD_RADIUS, size};
use super::widgets::{
    Button, Slider, SliderChange, chip, icon_button, label, paint_icon, pill, toggle_switch,
};
use crate::config::{Settings, Theme};
use crate::desktop::HAS_NOTIFICATIONS;
use crate::engine::Folder;
use crate::language::Language;
use eframe::egui::{
    Align, CollapsingHeader, CornerRadius, Frame, Layout, Margin, Rect, RichText, ScrollArea,
    Sense, Stroke, Ui, UiBuilder, pos2, vec2,
};

const MAX_WIDTH: f32 = 760.0;
/// A list longer than this helps nobody; the command line tells all.
const MAX_PROBLEMS: usize = 500;

/// The Settings screen.
pub fn settings_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let width = (whole.width() - 56.0).min(MAX_WIDTH);
    let left = (whole.center().x - width / 2.0).max(whole.left() + 28.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let column = Rect::from_min_size(
            pos2(left, ui.max_rect().top() + 24.0),
            vec2(width, f32::INFINITY),
        );
        ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 8.0;
            label(
                ui,
                scene.text.settings,
                fonts::semibold(size::TITLE),
                scene.theme.text,
            );
            ui.add_space(8.0);
            folders_ui(ui, scene);
            analysis_ui(ui, scene);
            looks_ui(ui, scene);
            sound::sound_ui(ui, scene);
            taste::taste_ui(ui, scene);
            models::models_ui(ui, scene);
            desktop_ui(ui, scene);
            about_ui(ui, scene);
            ui.add_space(32.0);
        });
    });
}

fn card(ui: &mut Ui, scene: &Scene<'_>, title: &str, add: impl FnOnce(&mut Ui)) {
    let theme = scene.theme;
    Frame::NONE
        .fill(
            theme
                .raised
                .gamma_multiply(if theme.dark { 0.55 } else { 0.80 }),
        )
        .stroke(Stroke::new(1.0, theme.hairline))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .inner_margin(Margin::same(20))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            label(ui, title, fonts::semibold(size::HEADING), theme.text);
            add(ui);
        });
    ui.add_space(8.0);
}

fn help(ui: &mut Ui, scene: &Scene<'_>, text: &str) {
    label(ui, text, fonts::regular(size::SECONDARY), scene.theme.soft);
}

/// A name on the left, its control on the right.
fn line(ui: &mut Ui, scene: &Scene<'_>, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        label(ui, name, fonts::regular(size::BODY), scene.theme.text);
        ui.with_layout(Layout::right_to_left(Align::Center), add);
    });
}

fn folders_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    card(ui, scene, text.folders, |ui| {
        help(ui, scene, text.folders_help);
        ui.add_space(4.0);
        match scene.state.folders.as_deref() {
            None | Some([]) => help(ui, scene, text.no_folders),
            Some(folders) => {
                for folder in folders {
                    folder_ui(ui, scene, folder);
                }
            }
        }
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let icon = Some(icons::FOLDER_PLUS);
            if pill(ui, scene.theme, icon, text.choose_folder, true).clicked() {
                scene.act(Action::ChooseFolder);
            }
            let icon = Some(icons::ARROW_CLOCKWISE);
            if pill(ui, scene.theme, icon, text.rescan, false).clicked() {
                scene.act(Action::Rescan);
            }
        });
        ui.add_space(4.0);
        path_ui(ui, scene, text.paste_path);
        problems_ui(ui, scene);
    });
}

fn folder_ui(ui: &mut Ui, scene: &Scene<'_>, folder: &Folder) {
    let theme = scene.theme;
    let path = folder.path.display().to_string();
    ui.horizontal(|ui| {
        ui.set_min_height(40.0);
        let (rect, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
        let (icon, color) = if folder.reachable {
            (icons::FOLDER, theme.accent)
        } else {
            (icons::WARNING_CIRCLE, theme.warning)
        };
        paint_icon(ui.painter(), rect.center(), icon, 22.0, color);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = format!("{}: {path}", scene.text.remove_folder);
            if icon_button(ui, theme, &Button::new(icons::TRASH, &name)).clicked() {
                scene.act(Action::RemoveFolder(folder.path.clone()));
            }
            let lines = if folder.reachable { 20.0 } else { 38.0 };
            let width = ui.available_width();
            ui.allocate_ui_with_layout(vec2(width, lines), Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let shown = RichText::new(&path)
                    .font(fonts::regular(size::BODY))
                    .color(theme.text);
                ui.add(eframe::egui::Label::new(shown).truncate());
                if !folder.reachable {
                    let font = fonts::regular(size::SECONDARY);
                    label(ui, scene.text.unreachable, font, theme.warning);
                }
            });
        });
    });
}

fn problems_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let problems = &scene.state.problems;
    if problems.is_empty() {
        return;
    }
    let theme = scene.theme;
    let title = format!(
        "{} ({})",
        scene.text.problems,
        strings::count(problems.len())
    );
    ui.add_space(4.0);
    CollapsingHeader::new(RichText::new(title).color(theme.warning))
        .id_salt("problems")
        .show(ui, |ui| {
            help(ui, scene, scene.text.problems_help);
            for problem in problems.iter().take(MAX_PROBLEMS) {
                let reason = strings::reason(scene.state.language, &problem.reason);
                ui.add_space(8.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                let path = problem.path.display().to_string();
                label(ui, &path, fonts::regular(size::SECONDARY), theme.text);
                label(ui, &reason, fonts::regular(size::SECONDARY), theme.faint);
            }
        });
}

fn change(scene: &Scene<'_>, edit: impl FnOnce(&mut Settings)) {
    let mut settings = scene.state.settings.clone();
    edit(&mut settings);
    scene.act(Action::Change(settings));
}

fn analysis_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    card(ui, scene, text.analysis, |ui| {
        help(ui, scene, text.effort_help);
        line(ui, scene, text.effort, |ui| {
            let caption = |ui: &mut Ui, text| {
                label(ui, text, fonts::regular(size::SECONDARY), scene.theme.faint);
            };
            caption(ui, text.full);
            let id = ui.scope_id().with("effort");
            let moving = ui.data(|data| data.get_temp::<f32>(id));
            let slider = Slider {
                name: text.effort,
                value: moving.unwrap_or(scene.state.settings.analysis_effort),
                step: 0.1,
                width: 220.0,
                says: &|value| format!("{:.0} %", value * 100.0),
            };
            match slider.show(ui, scene.theme) {
                Some(SliderChange::Moving(value)) => {
                    ui.data_mut(|data| data.insert_temp(id, value));
                }
                Some(SliderChange::Done(value)) => {
                    ui.data_mut(|data| data.remove::<f32>(id));
                    change(scene, |settings| settings.analysis_effort = value);
                }
                None => {}
            }
            caption(ui, text.gentle);
        });
    });
}

fn desktop_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    card(ui, scene, text.desktop, |ui| {
        help(ui, scene, text.desktop_help);
        if HAS_NOTIFICATIONS {
            line(ui, scene, text.notify, |ui| {
                let on = scene.state.settings.notify;
                if toggle_switch(ui, scene.theme, text.notify, on).clicked() {
                    change(scene, |settings| settings.notify = !on);
                }
            });
        }
        line(ui, scene, text.ratings_in_tags, |ui| {
            let on = scene.state.settings.ratings_in_tags;
            if toggle_switch(ui, scene.theme, text.ratings_in_tags, on).clicked() {
                change(scene, |settings| settings.ratings_in_tags = !on);
            }
        });
    });
}

fn looks_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let settings = &scene.state.settings;
    let theme = scene.theme;
    card(ui, scene, text.appearance, |ui| {
        line(ui, scene, text.language, |ui| {
            for (choice, name) in [
                (None, text.follow_system),
                (Some(Language::English), "English"),
                (Some(Language::Korean), "한국어"),
            ] {
                let on = settings.language == choice;
                let named = if choice.is_none() {
                    format!("{}: {name}", text.language)
                } else {
                    name.to_owned()
                };
                if chip(ui, theme, None, name, theme.accent, on)
                    .accessible_name(named)
                    .clicked()
                {
                    change(scene, |settings| settings.language = choice);
                }
            }
        });
        line(ui, scene, text.theme, |ui| {
            for (choice, icon, name) in [
                (Theme::System, None, text.follow_system),
                (Theme::Light, Some(icons::SUN_FILL), text.light),
                (Theme::Dark, Some(icons::MOON_STARS), text.dark),
            ] {
                let on = settings.theme == choice;
                if chip(ui, theme, icon, name, theme.accent, on)
                    .accessible_name(format!("{}: {name}", text.theme))
                    .clicked()
                {
                    change(scene, |settings| settings.theme = choice);
                }
            }
        });
        line(ui, scene, text.motion, |ui| {
            if toggle_switch(ui, theme, text.motion, settings.motion).clicked() {
                change(scene, |settings| settings.motion = !settings.motion);
            }
            label(
                ui,
                text.motion_help,
                fonts::regular(size::SECONDARY),
                theme.faint,
            );
        });
    });
}

fn about_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    card(ui, scene, text.about, |ui| {
        let version = format!(
            "{} {}",
            scene.state.language.pick("Maeum", "마음"),
            env!("CARGO_PKG_VERSION")
        );
        label(ui, &version, fonts::semibold(size::BODY), scene.theme.text);
        help(ui, scene, text.about_text);
        help(ui, scene, text.licences);
        let folder = scene.state.data_folder.display().to_string();
        line(ui, scene, text.data_folder, |ui| {
            if pill(ui, scene.theme, None, text.copy_path, false).clicked() {
                ui.ctx().copy_text(folder.clone());
            }
            let shown = RichText::new(&folder)
                .font(fonts::regular(size::SECONDARY))
                .color(scene.theme.soft);
            ui.add(eframe::egui::Label::new(shown).truncate());
        });
    });
}
