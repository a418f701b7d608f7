//! The part of a track's menu that is about its file.

use super::action::Action;
use super::edit_tags::TagAction;
use super::icons;
use super::scene::Scene;
use super::widgets::menu_item;
use crate::library::{Track, TrackId};
use eframe::egui::Ui;

/// Lines that edit the tags of `chosen` tracks and show the file of `track`, or take those
/// whose files are gone out of the library.
pub fn file_items_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    track: &Track,
    chosen: &dyn Fn() -> Vec<TrackId>,
) {
    let (text, theme) = (scene.text, scene.theme);
    if menu_item(ui, theme, icons::PENCIL_SIMPLE, text.edit_tags) {
        scene.act(Action::Tags(TagAction::Open(chosen())));
    }
    if scene.state.may_undo_edit
        && menu_item(ui, theme, icons::ARROW_COUNTER_CLOCKWISE, text.undo_edit)
    {
        scene.act(Action::Tags(TagAction::Undo));
    }
    if menu_item(ui, theme, icons::FOLDER, text.show_in_folder) {
        scene.act(Action::ShowInFolder(track.path.clone()));
    }
    if track.missing && menu_item(ui, theme, icons::TRASH, text.leave_library) {
        scene.act(Action::Forget(chosen()));
    }
}
