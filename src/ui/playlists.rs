//! The Playlists screen: all of them on the left, one of them on the right.

mod action;
mod cover;
mod detail;
mod menu;
mod rules;

pub use action::{FileLine, PlaylistAction};
pub use menu::add_to_playlist_ui;

use super::action::Action;
use super::file_field::{FileAnswer, FileField};
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::strings;
use super::theme::{CONTROL_RADIUS, size};
use super::widgets::{
    Button, Walk, focus_ring, icon_button, label, menu_item, paint_elided, paint_icon, pill,
};
use crate::library::{Playlist, PlaylistChange, PlaylistId};
use cover::paint_cover;
use eframe::egui::{
    Align, Align2, CursorIcon, Frame, Id, Key, Layout, Margin, Popup, Rect, Response, Role,
    ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

/// Width of the column with all playlists, points.
const COLUMN: f32 = 272.0;
/// Height of a row there, points.
const ROW: f32 = 64.0;
/// How the focus goes along with a row that moves.
const WALK: Walk = Walk::new("playlist row", ROW, 1);

/// The Playlists screen.
pub fn playlists_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let column = COLUMN.min(whole.width() * 0.42);
    let (left, right) = whole.split_left_right_at_x(whole.left() + column);
    inside(ui, "all", left, |ui| column_ui(ui, scene));
    ui.painter().vline(
        right.left(),
        right.y_range(),
        Stroke::new(1.0, scene.theme.hairline),
    );
    inside(ui, "one", right, |ui| {
        if let Some(playlist) = scene.state.lists.shown() {
            detail::detail_ui(ui, scene, playlist);
        } else {
            empty_ui(ui, scene);
        }
    });
}

fn inside(ui: &mut Ui, name: &'static str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ui.shrink_clip_rect(rect);
        add(ui);
    });
}

fn act(scene: &Scene<'_>, action: PlaylistAction) {
    scene.act(Action::Playlist(action));
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>) {
    ui.add_space(96.0);
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 36.0, scene.theme.hover);
        let center = rect.center();
        paint_icon(
            ui.painter(),
            center,
            icons::PLAYLIST,
            34.0,
            scene.theme.soft,
        );
        ui.add_space(16.0);
        let font = fonts::semibold(size::HEADING);
        label(ui, scene.text.no_playlists, font, scene.theme.text);
        ui.add_space(6.0);
        let font = fonts::regular(size::BODY);
        label(ui, scene.text.no_playlists_help, font, scene.theme.soft);
        ui.add_space(16.0);
        let icon = Some(icons::PLUS);
        if pill(ui, scene.theme, icon, scene.text.new_playlist, true).clicked() {
            act(scene, PlaylistAction::New { smart: false });
        }
    });
}

/// All playlists.
fn column_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    Frame::NONE
        .inner_margin(Margin {
            left: 20,
            right: 8,
            top: 24,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let font = fonts::semibold(size::TITLE);
                label(ui, scene.text.playlists, font, theme.text);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| new_ui(ui, scene));
            });
            ui.add_space(8.0);
            if scene.state.lists.file == Some(FileLine::Import) {
                file_ui(ui, scene, FileLine::Import);
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            let all = &scene.state.lists.all.0;
            let area = ScrollArea::vertical()
                .id_salt("playlists")
                .auto_shrink(false);
            WALK.show(ui, area, all.len(), |ui, rows| {
                for index in rows {
                    row(ui, scene, index, &all[index]);
                }
            });
        });
}

fn new_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let response = icon_button(ui, theme, &Button::new(icons::PLUS, text.new_or_import));
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_item(ui, theme, icons::PLAYLIST, text.new_playlist) {
            act(scene, PlaylistAction::New { smart: false });
        }
        if menu_item(ui, theme, icons::SPARKLE, text.new_smart) {
            act(scene, PlaylistAction::New { smart: true });
        }
        if menu_item(ui, theme, icons::TRAY_ARROW_DOWN, text.import) {
            act(scene, PlaylistAction::AskFile(Some(FileLine::Import)));
        }
    });
}

/// The line that asks for a file.
fn file_ui(ui: &mut Ui, scene: &Scene<'_>, line: FileLine) {
    let text = scene.text;
    let (hint, done, extension) = match line {
        FileLine::Import => (text.import_path, text.import_short, None),
        FileLine::Export(_) => (text.export_path, text.save, Some("m3u8")),
    };
    let file = FileField {
        id: Id::unique(("playlist file", line)),
        hint,
        done,
        dialog_hint: "",
        extension,
    };
    let width = (ui.available_width() - 44.0).max(80.0);
    ui.add_space(4.0);
    let entered = file.path_ui(ui, scene, width);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        match file.buttons_ui(ui, scene, entered) {
            Some(FileAnswer::File(path)) => {
                act(scene, PlaylistAction::File(line, path));
            }
            Some(FileAnswer::Dialog) => act(scene, PlaylistAction::FileDialog(line)),
            Some(FileAnswer::Cancel) => act(scene, PlaylistAction::AskFile(None)),
            None => {}
        }
    });
    ui.add_space(8.0);
}

fn row(ui: &mut Ui, scene: &Scene<'_>, index: usize, playlist: &Playlist) {
    let theme = scene.theme;
    let width = (ui.available_width() - 8.0).max(0.0);
    let (_, rect) = ui.allocate_space(vec2(width, ROW));
    let response = ui.interact(rect, WALK.item(index), Sense::click_and_drag());
    let shown = scene.state.lists.shown().map(|shown| shown.id);
    let on = shown == Some(playlist.id);
    let name = scene.state.playlist_name(playlist);
    let facts = facts(scene, playlist);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListItem, true, on, format!("{name}, {facts}")));
    let body = rect.shrink2(vec2(0.0, 2.0));
    let painter = ui.painter().clone();
    if on || response.hovered() {
        let fill = if on { theme.selected } else { theme.hover };
        painter.rect_filled(body, CONTROL_RADIUS, fill);
    }
    let cover = Rect::from_center_size(pos2(rect.left() + 32.0, rect.center().y), vec2(48.0, 48.0));
    paint_cover(&painter, scene, cover, 8, playlist);
    let x = cover.right() + 12.0;
    let room = rect.right() - x - 8.0;
    let ink = if on { theme.text } else { theme.soft };
    for (dy, line, font, color) in [
        (-9.0, name, fonts::semibold(14.0), ink),
        (10.0, &facts, fonts::regular(12.0), theme.faint),
    ] {
        let at = pos2(x, rect.center().y + dy);
        paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, room);
    }
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    let rows = scene.state.lists.all.0.len();
    if let Some(to) = wanted_place(ui, scene, &WALK, (index, rows), rect, &response) {
        let id = playlist.id;
        act(
            scene,
            PlaylistAction::Change(PlaylistChange::Move { id, to }),
        );
    }
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
        act(scene, PlaylistAction::Delete(playlist.id));
    }
    if response.double_clicked() {
        play(scene, playlist.id);
    }
    response.context_menu(|ui| row_menu(ui, scene, playlist));
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        act(scene, PlaylistAction::Open(playlist.id));
    }
}

fn row_menu(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    let (text, theme, id) = (scene.text, scene.theme, playlist.id);
    ui.spacing_mut().item_spacing.y = 0.0;
    if menu_item(ui, theme, icons::PLAY_FILL, text.play) {
        play(scene, id);
    }
    if menu_item(ui, theme, icons::LIST_PLUS, text.add_to_queue) {
        let tracks = scene.state.lists.tracks(playlist);
        scene.act(Action::Enqueue {
            tracks,
            next: false,
        });
    }
    if menu_item(ui, theme, icons::PENCIL_SIMPLE, text.rename) {
        act(scene, PlaylistAction::Open(id));
        let name = scene.state.playlist_name(playlist).to_owned();
        act(scene, PlaylistAction::TypeName(Some(name)));
    }
    if menu_item(ui, theme, icons::EXPORT, text.export) {
        act(scene, PlaylistAction::Open(id));
        act(scene, PlaylistAction::AskFile(Some(FileLine::Export(id))));
    }
    if menu_item(ui, theme, icons::TRASH, text.delete) {
        act(scene, PlaylistAction::Delete(id));
    }
}

fn play(scene: &Scene<'_>, id: PlaylistId) {
    act(
        scene,
        PlaylistAction::Play {
            id,
            start: 0,
            shuffled: false,
        },
    );
}

/// "20 tracks · 1 h 12 min", and what is missing.
fn facts(scene: &Scene<'_>, playlist: &Playlist) -> String {
    let language = scene.state.language;
    let Some(summary) = scene.state.lists.summaries.get(&playlist.id) else {
        return String::new();
    };
    let mut facts = strings::tracks_and_time(language, summary.tracks, summary.secs);
    if summary.unmatched > 0 {
        facts.push_str(" · ");
        facts.push_str(&strings::unmatched(language, summary.unmatched));
    }
    facts
}

/// Where a row, the `index`th of `rows`, is to go: dragged there, or by Alt with Page Up and
/// Page Down; the focus goes along.
fn wanted_place(
    ui: &Ui,
    scene: &Scene<'_>,
    walk: &Walk,
    (index, rows): (usize, usize),
    rect: Rect,
    response: &Response,
) -> Option<usize> {
    let last = rows.saturating_sub(1);
    if response.has_focus() {
        let pressed = |key| ui.input(|input| input.modifiers.alt && input.key_pressed(key));
        let to = if pressed(Key::PageUp) {
            index.checked_sub(1)
        } else {
            (pressed(Key::PageDown) && index < last).then_some(index + 1)
        };
        if let Some(to) = to {
            walk.focus(ui.ctx(), to);
            return Some(to);
        }
    }
    let pointer = response.interact_pointer_pos()?;
    if !response.dragged() && !response.drag_stopped() {
        return None;
    }
    let steps = ((pointer.y - rect.center().y) / rect.height()).round() as isize;
    let to = index.saturating_add_signed(steps).min(last);
    if to == index {
        return None;
    }
    if response.drag_stopped() {
        return Some(to);
    }
    // Where it would land.
    let below = if to > index { rect.height() } else { 0.0 };
    let y = rect.top() + (to as f32 - index as f32) * rect.height() + below;
    let line = Stroke::new(2.0, scene.theme.accent);
    ui.painter().hline(rect.x_range(), y, line);
    None
}
