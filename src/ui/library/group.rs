//! What albums, artists and folders have in common: how they look and what can be done.

use super::action::LibraryAction;
use crate::library::{Group, GroupKey};
use crate::ui::action::Action;
use crate::ui::edit_tags::TagAction;
use crate::ui::icons;
use crate::ui::playlists::add_to_playlist_ui;
use crate::ui::scene::{Scene, picture};
use crate::ui::widgets::{Walk, menu_item, paint_icon};
use eframe::egui::{Color32, CursorIcon, Key, Modifiers, Painter, Rect, Response, Ui, pos2};
use std::sync::Arc;

/// Paints what stands for a group: its cover, or a gradient in its mood's colour.
pub fn paint_group(painter: &Painter, scene: &Scene<'_>, rect: Rect, radius: u8, group: &Group) {
    let track = scene.state.track(group.cover);
    if let Some(track) = track.filter(|track| track.has_cover) {
        scene.cover(painter, rect, track, radius);
        return;
    }
    let gradient = scene.art.gradient(group.mood);
    painter.add(picture(rect, radius, gradient, Color32::WHITE));
    // A light that falls elsewhere on each, so that they can be told apart.
    let light = light(&group.name);
    let at = rect.min + rect.size() * light;
    let glow = Rect::from_center_size(at, rect.size() * 1.1);
    let inside = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    // Round corners must not be lit.
    if f32::from(radius) < rect.width() / 2.0 {
        let glow = picture(glow, 0, scene.art.glow(), Color32::from_white_alpha(46));
        inside.add(glow);
    }
    let icon = match group.key {
        GroupKey::Album { .. } => icons::VINYL_RECORD_FILL,
        GroupKey::Artist(_) => icons::USER_FILL,
        GroupKey::Folder(_) => icons::FOLDER_FILL,
    };
    let ink = Color32::from_white_alpha(190);
    paint_icon(painter, rect.center(), icon, rect.width() * 0.4, ink);
}

/// A place in the middle of a picture, always the same for a name.
fn light(name: &str) -> eframe::egui::Vec2 {
    let sum = name.chars().fold(7_u32, |sum, c| {
        sum.wrapping_mul(31).wrapping_add(u32::from(c))
    });
    let part = |shift: u32| 0.2 + 0.6 * ((sum >> shift) % 97) as f32 / 96.0;
    pos2(part(3), part(11)).to_vec2()
}

/// What can be done with a group, as lines of a menu.
fn menu(ui: &mut Ui, scene: &Scene<'_>, group: &Arc<Group>) {
    let (text, theme) = (scene.text, scene.theme);
    let tracks = || group.tracks.clone();
    ui.spacing_mut().item_spacing.y = 0.0;
    for (icon, name, shuffled) in [
        (icons::PLAY_FILL, text.play, false),
        (icons::SHUFFLE, text.shuffle, true),
    ] {
        if menu_item(ui, theme, icon, name) {
            play(scene, group, shuffled);
        }
    }
    for (icon, name, next) in [
        (icons::QUEUE, text.play_next, true),
        (icons::LIST_PLUS, text.add_to_queue, false),
    ] {
        if menu_item(ui, theme, icon, name) {
            enqueue(scene, group, next);
        }
    }
    add_to_playlist_ui(ui, scene, &tracks);
    if menu_item(ui, theme, icons::SPARKLE, text.more_like_this) {
        like(scene, group);
    }
    if menu_item(ui, theme, icons::PENCIL_SIMPLE, text.edit_tags) {
        scene.act(Action::Tags(TagAction::Open(tracks())));
    }
}

pub fn play(scene: &Scene<'_>, group: &Group, shuffled: bool) {
    let tracks = group.tracks.clone();
    scene.act(Action::Library(LibraryAction::Play { tracks, shuffled }));
}

pub fn enqueue(scene: &Scene<'_>, group: &Group, next: bool) {
    let tracks = group.tracks.clone();
    scene.act(Action::Enqueue { tracks, next });
}

pub fn like(scene: &Scene<'_>, group: &Arc<Group>) {
    scene.act(Action::Library(LibraryAction::Like(Arc::clone(group))));
}

/// The item at `at` (of so many) answers to keys and clicks: arrows walk on, Ctrl+Enter
/// plays, a click or Enter opens, and the other button shows what can be done.
pub fn answer(
    ui: &mut Ui,
    scene: &Scene<'_>,
    walk: &Walk,
    response: Response,
    (index, items): (usize, usize),
    group: &Arc<Group>,
) {
    if response.has_focus() {
        if let Some(next) = walk.step(ui, &response, index, items) {
            walk.focus(ui.ctx(), next);
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::CTRL, Key::Enter)) {
            play(scene, group, false);
        }
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        open(ui, scene, group);
    }
    response.context_menu(|ui| menu(ui, scene, group));
}

/// Opens a group; by keyboard, the focus goes in with it.
fn open(ui: &Ui, scene: &Scene<'_>, group: &Arc<Group>) {
    if ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space)) {
        super::seek(ui.ctx(), None);
    }
    scene.act(Action::Library(LibraryAction::Open(Arc::clone(group))));
}
