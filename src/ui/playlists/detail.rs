//! One playlist: its head with what can be done, and its places.

use super::cover::paint_cover;
use super::{FileLine, PlaylistAction, act, facts, file_ui, rules, wanted_place};
use crate::library::{Playlist, PlaylistChange, PlaylistContent, PlaylistEdit, PlaylistEntry};
use crate::library::{Track, TrackId};
use crate::ui::action::Action;
use crate::ui::file_menu::file_items_ui;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::keys::focus_on_track;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CARD_RADIUS, CONTROL_RADIUS, size};
use crate::ui::widgets::{
    Button, Walk, field, focus_ring, icon_button, label, menu_item, paint_elided, paint_icon,
    paint_mood_chip, pill, place_at, single_line,
};
use eframe::egui::{
    Align2, Color32, CursorIcon, Frame, Id, Key, Layout, Margin, Rect, Response, Role, ScrollArea,
    Sense, Ui, WidgetInfo, pos2, vec2,
};

const COVER: f32 = 132.0;
const ROW: f32 = 56.0;
/// How the focus goes along with a place that moves.
const WALK: Walk = Walk::new("playlist place", ROW, 1);

/// One playlist.
pub fn detail_ui(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    Frame::NONE
        .inner_margin(Margin {
            left: 24,
            right: 12,
            top: 24,
            bottom: 0,
        })
        .show(ui, |ui| {
            head_ui(ui, scene, playlist);
            if scene.state.lists.file == Some(FileLine::Export(playlist.id)) {
                file_ui(ui, scene, FileLine::Export(playlist.id));
            }
            if let PlaylistContent::Smart(smart) = &playlist.content {
                let smart = scene.state.lists.rules(playlist.id, smart);
                rules::rules_ui(ui, scene, playlist.id, &smart);
            }
            ui.add_space(12.0);
            rows_ui(ui, scene, playlist);
        });
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(COVER, COVER), Sense::hover());
        paint_cover(ui.painter(), scene, rect, CARD_RADIUS, playlist);
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.add_space(6.0);
            let kind = if playlist.rules().is_some() {
                scene.text.smart_playlist
            } else {
                scene.text.playlist
            };
            let font = fonts::semibold(size::CAPTION);
            label(ui, kind, font, theme.faint);
            name_ui(ui, scene, playlist);
            let font = fonts::regular(size::SECONDARY);
            label(ui, &facts(scene, playlist), font, theme.soft);
            ui.add_space(10.0);
            buttons_ui(ui, scene, playlist);
        });
    });
}

/// The name; a click, or the pencil, lets it be changed.
fn name_ui(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    let theme = scene.theme;
    let name = scene.state.playlist_name(playlist);
    let Some(typed) = &scene.state.lists.name else {
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 56.0).max(0.0);
            let font = fonts::semibold(size::TITLE);
            let whole = single_line(ui, name, font.clone()).size().x;
            let width = whole.min(room);
            let (rect, _) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
            let at = rect.left_center();
            let painter = ui.painter();
            paint_elided(
                painter,
                at,
                Align2::LEFT_CENTER,
                name,
                font,
                theme.text,
                width + 1.0,
            );
            let called = format!("{}: {name}", scene.text.rename);
            if icon_button(ui, theme, &Button::new(icons::PENCIL_SIMPLE, &called)).clicked() {
                act(scene, PlaylistAction::TypeName(Some(name.to_owned())));
            }
        });
        return;
    };
    let id = Id::unique("playlist name");
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 120.0).clamp(120.0, 360.0);
        let (response, changed) = field(ui, theme, id, typed, scene.text.name, width);
        let fresh = Id::unique("playlist name is open");
        if ui.data(|data| data.get_temp(fresh)) != Some(playlist.id) {
            ui.data_mut(|data| data.insert_temp(fresh, playlist.id));
            response.request_focus();
        }
        if let Some(name) = changed {
            act(scene, PlaylistAction::TypeName(Some(name)));
        }
        let (enter, escape) = ui.input(|input| {
            (
                input.key_pressed(Key::Enter),
                input.key_pressed(Key::Escape),
            )
        });
        let left = response.lost_focus();
        response.accessible_name(scene.text.name);
        let button = Button {
            strong: true,
            ..Button::new(icons::CHECK, scene.text.save)
        };
        let done = icon_button(ui, theme, &button).clicked();
        let closed = if done || (left && enter) {
            act(scene, PlaylistAction::Rename(playlist.id));
            true
        } else if left && escape {
            act(scene, PlaylistAction::TypeName(None));
            true
        } else {
            false
        };
        if closed {
            ui.data_mut(|data| data.remove::<crate::library::PlaylistId>(fresh));
        }
    });
}

fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    let (text, theme, id) = (scene.text, scene.theme, playlist.id);
    let summary = scene.state.lists.summaries.get(&id);
    let some = summary.is_some_and(|summary| summary.tracks > 0);
    let play = |shuffled| {
        let start = 0;
        act(
            scene,
            PlaylistAction::Play {
                id,
                start,
                shuffled,
            },
        );
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_enabled_ui(some, |ui| {
            if pill(ui, theme, Some(icons::PLAY_FILL), text.play, true)
                .accessible_name(text.play_all)
                .clicked()
            {
                play(false);
            }
        });
        ui.add_enabled_ui(some, |ui| {
            if icon_button(ui, theme, &Button::new(icons::SHUFFLE, text.shuffle)).clicked() {
                play(true);
            }
            if icon_button(ui, theme, &Button::new(icons::LIST_PLUS, text.add_to_queue)).clicked() {
                let tracks = scene.state.lists.tracks(playlist);
                let next = false;
                scene.act(Action::Enqueue { tracks, next });
            }
            let open = scene.state.lists.file == Some(FileLine::Export(id));
            let button = Button {
                on: open.then_some(true),
                ..Button::new(icons::EXPORT, text.export)
            };
            if icon_button(ui, theme, &button).clicked() {
                let line = (!open).then_some(FileLine::Export(id));
                act(scene, PlaylistAction::AskFile(line));
            }
        });
        if icon_button(ui, theme, &Button::new(icons::TRASH, text.delete_playlist)).clicked() {
            act(scene, PlaylistAction::Delete(id));
        }
    });
}

fn rows_ui(ui: &mut Ui, scene: &Scene<'_>, playlist: &Playlist) {
    let (entries, found) = (playlist.entries(), scene.state.lists.found(playlist.id));
    let rows = entries.len().max(found.len());
    if rows == 0 {
        let (title, help) = if playlist.rules().is_some() {
            (scene.text.smart_empty, scene.text.smart_empty_help)
        } else {
            (scene.text.playlist_empty, scene.text.playlist_empty_help)
        };
        ui.add_space(24.0);
        let theme = scene.theme;
        label(ui, title, fonts::semibold(size::BODY), theme.soft);
        label(ui, help, fonts::regular(size::SECONDARY), theme.faint);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical()
        .id_salt(("playlist", playlist.id))
        .auto_shrink(false);
    WALK.show(ui, area, rows, |ui, range| {
        for index in range {
            let entry = entries.get(index);
            let id = found.get(index).copied();
            let place = Place {
                playlist,
                index,
                rows,
                entry,
                track: entry.and_then(PlaylistEntry::track).or(id),
            };
            place.ui(ui, scene);
        }
    });
}

/// One place of a playlist.
struct Place<'a> {
    playlist: &'a Playlist,
    index: usize,
    rows: usize,
    /// `None` in a smart playlist.
    entry: Option<&'a PlaylistEntry>,
    track: Option<TrackId>,
}

impl Place<'_> {
    fn ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let theme = scene.theme;
        let width = (ui.available_width() - 12.0).max(0.0);
        let (_, rect) = ui.allocate_space(vec2(width, ROW));
        // Its own id: what appears in the rows above would shift the automatic ones.
        let response = ui.interact(rect, WALK.item(self.index), Sense::click_and_drag());
        let track = self.track.and_then(|id| scene.state.track(id));
        let (title, by) = self.said(scene, track.map(AsRef::as_ref));
        let current = scene.state.player.current().map(|playing| playing.id);
        let current = current.is_some() && current == self.track;
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListItem, true, current, format!("{title}, {by}"))
        });
        let over = ui.rect_contains_pointer(rect);
        let body = rect.shrink2(vec2(0.0, 1.0));
        let painter = ui.painter().clone();
        if over || current || response.has_focus() {
            let fill = if current { theme.selected } else { theme.hover };
            painter.rect_filled(body, CONTROL_RADIUS, fill);
        }
        let cover =
            Rect::from_center_size(pos2(rect.left() + 28.0, rect.center().y), vec2(40.0, 40.0));
        if let Some(track) = track {
            scene.cover(&painter, cover, track, 6);
        } else {
            painter.rect_filled(cover, 6, theme.hover);
            let icon = icons::WARNING_CIRCLE;
            paint_icon(&painter, cover.center(), icon, 20.0, theme.warning);
        }
        if current {
            painter.rect_filled(cover, 6, Color32::from_black_alpha(120));
            let icon = icons::SPEAKER_HIGH;
            paint_icon(&painter, cover.center(), icon, 20.0, Color32::WHITE);
        }
        let right = self.right_ui(ui, scene, rect, track.map(AsRef::as_ref), over);
        let x = cover.right() + 12.0;
        let gone = track.is_none_or(|track| track.missing);
        let ink = match (current, gone) {
            (true, _) => theme.accent,
            (_, true) => theme.faint,
            _ => theme.text,
        };
        let soft = if gone { theme.warning } else { theme.soft };
        for (dy, line, font, color) in [
            (-9.0, &title, fonts::semibold(14.0), ink),
            (10.0, &by, fonts::regular(12.0), soft),
        ] {
            let at = pos2(x, rect.center().y + dy);
            let room = right - x - 12.0;
            paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, room);
        }
        focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
        self.respond(ui, scene, rect, response);
    }

    /// Two lines about it.
    fn said(&self, scene: &Scene<'_>, track: Option<&Track>) -> (String, String) {
        let text = scene.text;
        if let Some(track) = track {
            let artist = scene.artist(track);
            let by = if track.missing {
                text.missing.to_owned()
            } else if track.tags.album.is_empty() {
                artist.to_owned()
            } else {
                format!("{artist} · {}", track.tags.album)
            };
            return (track.title().to_owned(), by);
        }
        match self.entry {
            Some(PlaylistEntry::Unmatched(entry)) => {
                let by = format!("{} · {}", text.not_in_library, entry.path.display());
                (entry.title(), by)
            }
            _ => (text.missing.to_owned(), text.not_in_library.to_owned()),
        }
    }

    /// Mood and length, or taking it out while the pointer is there; where that begins.
    fn right_ui(
        &self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        rect: Rect,
        track: Option<&Track>,
        over: bool,
    ) -> f32 {
        let theme = scene.theme;
        let middle = rect.center().y;
        let mut x = rect.right() - 12.0;
        if over && self.entry.is_some() {
            let at = Rect::from_center_size(pos2(x - 12.0, middle), vec2(30.0, 30.0));
            place_at(ui, at, Layout::default(), |ui| {
                let (title, _) = self.said(scene, track);
                let name = format!("{}: {title}", scene.text.remove);
                let button = Button {
                    size: 30.0,
                    ..Button::new(icons::X, &name)
                };
                if icon_button(ui, theme, &button).clicked() {
                    act(scene, PlaylistAction::TakeOut(self.playlist.id, self.index));
                }
            });
        } else if let Some(track) = track {
            ui.painter().text(
                pos2(x, middle),
                Align2::RIGHT_CENTER,
                strings::clock(track.duration_secs),
                fonts::tabular(12.0),
                theme.faint,
            );
        }
        x -= 56.0;
        let mood = track.and_then(|track| scene.state.mood(track.id));
        if let Some(mood) = mood.filter(|_| rect.width() > 420.0) {
            let left = x - 92.0;
            let (painter, at) = (ui.painter(), pos2(left, middle));
            paint_mood_chip(painter, theme, scene.state.language, at, mood.top());
            x = left;
        }
        x
    }

    fn respond(&self, ui: &Ui, scene: &Scene<'_>, rect: Rect, response: Response) {
        let id = self.playlist.id;
        let take_out = || PlaylistAction::TakeOut(id, self.index);
        if self.entry.is_some() {
            let place = (self.index, self.rows);
            if let Some(to) = wanted_place(ui, scene, &WALK, place, rect, &response) {
                let from = self.index;
                let edit = PlaylistEdit::Move { from, to };
                act(
                    scene,
                    PlaylistAction::Change(PlaylistChange::Edit(id, edit)),
                );
            }
            if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
                act(scene, take_out());
            }
        }
        if let Some(track) = self.track {
            if response.has_focus() {
                focus_on_track(ui.ctx(), &response, track);
            }
            response.context_menu(|ui| self.menu(ui, scene, track));
        }
        let clicked = response.on_hover_cursor(CursorIcon::PointingHand).clicked();
        if clicked && self.track.is_some() {
            act(
                scene,
                PlaylistAction::Play {
                    id,
                    start: self.index,
                    shuffled: false,
                },
            );
        }
    }

    fn menu(&self, ui: &mut Ui, scene: &Scene<'_>, track: TrackId) {
        let (text, theme) = (scene.text, scene.theme);
        ui.spacing_mut().item_spacing.y = 0.0;
        for (icon, name, next) in [
            (icons::QUEUE, text.play_next, true),
            (icons::LIST_PLUS, text.add_to_queue, false),
        ] {
            if menu_item(ui, theme, icon, name) {
                let tracks = vec![track];
                scene.act(Action::Enqueue { tracks, next });
            }
        }
        if menu_item(ui, theme, icons::SPARKLE, text.more_like_this) {
            scene.act(Action::Like(vec![track]));
        }
        super::add_to_playlist_ui(ui, scene, &|| vec![track]);
        if let Some(shown) = scene.state.track(track) {
            file_items_ui(ui, scene, shown, &|| vec![track]);
        }
        if self.entry.is_some() && menu_item(ui, theme, icons::X, text.remove) {
            act(scene, PlaylistAction::TakeOut(self.playlist.id, self.index));
        }
    }
}
