//! Above the tracks of an open album, artist or folder: what it is, what can be done with it,
//! and the way back.

use super::action::LibraryAction;
use super::group::{enqueue, like, paint_group, play};
use crate::library::{Group, GroupKey};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::playlists::add_to_playlist_ui;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CARD_RADIUS, size};
use crate::ui::widgets::{
    Button, focus_ring, icon_button, label, paint_elided, paint_icon, paint_mood_chip, pill,
    single_line,
};
use eframe::egui::{Align, Align2, CursorIcon, Layout, Popup, Role, Sense, Ui, WidgetInfo, vec2};
use std::sync::Arc;

const COVER: f32 = 148.0;

/// An open album or artist.
pub fn head_ui(ui: &mut Ui, scene: &Scene<'_>, group: &Arc<Group>) {
    let (theme, text) = (scene.theme, scene.text);
    let artist = matches!(group.key, GroupKey::Artist(_));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(COVER, COVER), Sense::hover());
        let radius = if artist { 74 } else { CARD_RADIUS };
        paint_group(ui.painter(), scene, rect, radius, group);
        ui.add_space(24.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.add_space(14.0);
            let kind = if artist {
                text.one_artist
            } else {
                text.one_album
            };
            label(ui, kind, fonts::semibold(size::CAPTION), theme.faint);
            name_ui(ui, scene, &scene.state.group_name(group));
            let facts = strings::group_facts(scene.state.language, group);
            ui.horizontal(|ui| {
                label(ui, &facts, fonts::regular(size::SECONDARY), theme.soft);
                if let Some(mood) = group.mood {
                    let (rect, _) = ui.allocate_exact_size(vec2(100.0, 24.0), Sense::hover());
                    let at = rect.left_center() + vec2(12.0, 0.0);
                    paint_mood_chip(ui.painter(), theme, scene.state.language, at, mood);
                }
            });
            ui.add_space(6.0);
            buttons_ui(ui, scene, group);
        });
    });
    ui.add_space(16.0);
}

fn name_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    let width = (ui.available_width() - 16.0).max(0.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 34.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let font = fonts::semibold(size::TITLE);
    let at = rect.left_center();
    let ink = scene.theme.text;
    let painter = ui.painter();
    paint_elided(painter, at, Align2::LEFT_CENTER, name, font, ink, width);
}

fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, group: &Arc<Group>) {
    let (theme, text) = (scene.theme, scene.text);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if pill(ui, theme, Some(icons::PLAY_FILL), text.play, true)
            .accessible_name(text.play_all)
            .on_hover_text(text.play_all)
            .clicked()
        {
            play(scene, group, false);
        }
        if icon_button(ui, theme, &Button::new(icons::SHUFFLE, text.shuffle)).clicked() {
            play(scene, group, true);
        }
        if icon_button(ui, theme, &Button::new(icons::QUEUE, text.play_next)).clicked() {
            enqueue(scene, group, true);
        }
        if icon_button(ui, theme, &Button::new(icons::LIST_PLUS, text.add_to_queue)).clicked() {
            enqueue(scene, group, false);
        }
        let button = Button::new(icons::PLAYLIST, text.add_to_playlist);
        let response = icon_button(ui, theme, &button);
        Popup::menu(&response).show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            add_to_playlist_ui(ui, scene, &|| group.tracks.clone());
        });
        let similar = Button::new(icons::SPARKLE, text.more_like_this);
        if icon_button(ui, theme, &similar).clicked() {
            like(scene, group);
        }
    });
}

/// The way to the open folder, each step of it a button, and what can be done with it.
pub fn way_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (theme, text) = (scene.theme, scene.text);
    let opened = &scene.state.browsing.opened;
    let Some(open) = scene.state.browsing.open() else {
        return;
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut steps = opened.len();
        step_ui(ui, scene, text.music_in_folders, steps);
        for folder in opened {
            steps -= 1;
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 32.0), Sense::hover());
            let (center, icon) = (rect.center(), icons::CARET_RIGHT);
            paint_icon(ui.painter(), center, icon, 13.0, theme.faint);
            step_ui(ui, scene, &folder.group.name, steps);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let similar = Button::new(icons::SPARKLE, text.more_like_this);
            if icon_button(ui, theme, &similar).clicked() {
                like(scene, open);
            }
            let add = Button::new(icons::LIST_PLUS, text.add_to_queue);
            if icon_button(ui, theme, &add).clicked() {
                enqueue(scene, open, false);
            }
            let next = Button::new(icons::QUEUE, text.play_next);
            if icon_button(ui, theme, &next).clicked() {
                enqueue(scene, open, true);
            }
            let all = Button::new(icons::PLAY_FILL, text.play_all);
            if icon_button(ui, theme, &all).clicked() {
                play(scene, open, false);
            }
        });
    });
    ui.add_space(8.0);
}

/// Back to where it was opened.
pub fn back_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let button = Button {
        key: "Esc",
        ..Button::new(icons::ARROW_LEFT, scene.text.back)
    };
    if icon_button(ui, scene.theme, &button).clicked() {
        scene.act(Action::Library(LibraryAction::Back(1)));
    }
}

/// One folder of the way; `steps` lead back to it, 0 from itself.
fn step_ui(ui: &mut Ui, scene: &Scene<'_>, name: &str, steps: usize) {
    let theme = scene.theme;
    let here = steps == 0;
    let font = if here {
        fonts::semibold(size::BODY)
    } else {
        fonts::regular(size::BODY)
    };
    let whole = single_line(ui, name, font.clone()).size().x;
    let width = whole.min(ui.available_width() * 0.5).max(24.0);
    let sense = if here { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(width + 12.0, 32.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, !here, name));
    let ink = if here || response.hovered() {
        theme.text
    } else {
        theme.soft
    };
    let (painter, at) = (ui.painter(), rect.center());
    paint_elided(
        painter,
        at,
        Align2::CENTER_CENTER,
        name,
        font,
        ink,
        width + 1.0,
    );
    focus_ring(ui, theme, &response, rect, 8);
    if !here && response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        scene.act(Action::Library(LibraryAction::Back(steps)));
    }
}
