//! The part of a track's menu that puts it into a playlist.

use super::PlaylistAction;
use crate::library::TrackId;
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::widgets::{menu_item, submenu};
use eframe::egui::{ScrollArea, Ui};

/// A submenu with the playlists that take tracks, and a new one.
pub fn add_to_playlist_ui(ui: &mut Ui, scene: &Scene<'_>, tracks: &dyn Fn() -> Vec<TrackId>) {
    let (text, theme) = (scene.text, scene.theme);
    submenu(ui, theme, icons::PLAYLIST, text.add_to_playlist, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_item(ui, theme, icons::PLUS, text.new_playlist) {
            scene.act(Action::Playlist(PlaylistAction::NewOf(tracks())));
        }
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for playlist in scene.state.lists.takers() {
                let name = scene.state.playlist_name(playlist);
                if menu_item(ui, theme, icons::PLAYLIST, name) {
                    let add = PlaylistAction::Add(playlist.id, tracks());
                    scene.act(Action::Playlist(add));
                }
            }
        });
    });
}
