//! One track of the table.

use super::columns::{COVER, Column, Kind};
use super::table::{GUTTER, Table};
use crate::library::{Group, Track};
use crate::ui::action::Action;
use crate::ui::file_menu::file_items_ui;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::keys::stars_pressed;
use crate::ui::playlists::add_to_playlist_ui;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::Walk;
use crate::ui::widgets::{Stars, focus_ring, menu_item, paint_elided, paint_icon, paint_mood_chip};
use eframe::egui::{
    Align2, Color32, Key, Modifiers, Painter, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2,
    vec2,
};

/// Height of a row, points.
pub const HEIGHT: f32 = 52.0;

/// How the focus walks over the table.
pub const WALK: Walk = Walk::new("track row", HEIGHT, 1);

/// One row.
pub fn row_ui(ui: &mut Ui, scene: &Scene<'_>, table: &Table<'_>, index: usize, track: &Track) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - GUTTER, HEIGHT));
    let id = WALK.item(table.folders.len() + index);
    let response = ui.interact(rect, id, Sense::click());
    let browsing = &scene.state.browsing;
    let chosen = browsing.chosen.contains(&track.id);
    response.widget_info(|| {
        let mut name = format!("{}, {}", track.title(), track.artist());
        if track.missing {
            name = format!("{name}, {}", scene.text.missing);
        }
        WidgetInfo::selected(Role::Row, true, chosen, name)
    });
    let current = scene
        .state
        .player
        .current()
        .is_some_and(|playing| playing.id == track.id);
    let body = rect.shrink2(vec2(0.0, 1.0));
    let painter = ui.painter().clone();
    if chosen || response.hovered() {
        let fill = if chosen { theme.selected } else { theme.hover };
        painter.rect_filled(body, CONTROL_RADIUS, fill);
    }
    let cover = Rect::from_center_size(
        pos2(rect.left() + COVER / 2.0 - 4.0, rect.center().y),
        vec2(40.0, 40.0),
    );
    if let Some(album) = table.album {
        number(scene, &painter, cover, album, track, current);
    } else {
        scene.cover(&painter, cover, track, 6);
    }
    if table.album.is_some() {
        // The cover is above, once.
    } else if current {
        painter.rect_filled(cover, 6, Color32::from_black_alpha(120));
        let icon = icons::SPEAKER_HIGH;
        paint_icon(&painter, cover.center(), icon, 20.0, Color32::WHITE);
    } else if track.missing {
        let veil = theme.background.gamma_multiply(0.6);
        painter.rect_filled(cover, 6, veil);
    }
    for column in &table.columns {
        if column.kind == Kind::Rating {
            stars(ui, scene, column, rect, track);
        } else {
            cell(scene, &painter, column, rect, track, current);
        }
    }
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    if response.has_focus() {
        // What the keys are about is what one sees in their ring.
        if response.gained_focus() && browsing.cursor != Some(index) {
            scene.act(Action::SelectRow {
                row: index,
                toggle: false,
                extend: false,
            });
        }
        keys(ui, scene, &response, table, index);
    }
    if response.double_clicked() {
        scene.act(Action::PlayRows { start: index });
    } else if response.clicked() && !enter(ui) {
        let modifiers = ui.input(|input| input.modifiers);
        scene.act(Action::SelectRow {
            row: index,
            toggle: modifiers.command,
            extend: modifiers.shift,
        });
    }
    if response.secondary_clicked() && !chosen {
        scene.act(Action::SelectRow {
            row: index,
            toggle: false,
            extend: false,
        });
    }
    response.context_menu(|ui| menu(ui, scene, index));
}

fn enter(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Enter))
}

/// Arrow keys walk over the rows, Enter plays.
fn keys(ui: &Ui, scene: &Scene<'_>, response: &Response, table: &Table<'_>, index: usize) {
    let before = table.folders.len();
    if let Some(next) = WALK.step(ui, response, before + index, table.len(scene)) {
        WALK.focus(ui.ctx(), next);
        if let Some(row) = next.checked_sub(before) {
            scene.act(Action::SelectRow {
                row,
                toggle: false,
                extend: ui.input(|input| input.modifiers.shift),
            });
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        scene.act(Action::PlayRows { start: index });
    }
    if let Some(stars) = stars_pressed(ui.ctx(), Modifiers::NONE) {
        scene.act(Action::Rate(scene.state.browsing.chosen_with(index), stars));
    }
}

/// In place of the cover: a track's number on its album.
fn number(
    scene: &Scene<'_>,
    painter: &Painter,
    at: Rect,
    album: &Group,
    track: &Track,
    current: bool,
) {
    let theme = scene.theme;
    if current {
        paint_icon(
            painter,
            at.center(),
            icons::SPEAKER_HIGH,
            18.0,
            theme.accent,
        );
        return;
    }
    let Some(number) = track.tags.track_number else {
        return;
    };
    let number = match track.tags.disc_number {
        Some(disc) if album.discs > 1 => format!("{disc}-{number}"),
        _ => number.to_string(),
    };
    let font = fonts::tabular(size::SECONDARY);
    painter.text(
        at.center(),
        Align2::CENTER_CENTER,
        number,
        font,
        theme.faint,
    );
}

fn stars(ui: &Ui, scene: &Scene<'_>, column: &Column, rect: Rect, track: &Track) {
    let at = Rect::from_min_max(
        pos2(rect.left() + column.inner_left(), rect.top()),
        pos2(rect.left() + column.right, rect.bottom()),
    );
    // The rows are asked for anew a while after the library has changed.
    let known = scene.state.track(track.id).map(|track| track.rating);
    let stars = Stars {
        name: &strings::rating_of(scene.state.language, track.title()),
        given: known.unwrap_or(track.rating),
        quiet: !ui.rect_contains_pointer(rect),
        focusable: false,
    };
    if let Some(stars) = stars.show_at(ui, scene.theme, ui.scope_id().with(("stars", track.id)), at)
    {
        scene.act(Action::Rate(vec![track.id], stars));
    }
}

fn cell(
    scene: &Scene<'_>,
    painter: &Painter,
    column: &Column,
    rect: Rect,
    track: &Track,
    current: bool,
) {
    let theme = scene.theme;
    let middle = rect.center().y;
    let (anchor, x) = column.anchor(rect.left());
    let room = column.right - column.left - 16.0;
    let (ink, soft) = if track.missing {
        (theme.faint, theme.faint)
    } else if current {
        (theme.accent, theme.soft)
    } else {
        (theme.text, theme.soft)
    };
    let regular = fonts::regular(14.0);
    let tabular = fonts::tabular(size::SECONDARY);
    let write = |text: &str, font, color| {
        paint_elided(painter, pos2(x, middle), anchor, text, font, color, room);
    };
    let analysis = track.analysis.as_ref();
    match column.kind {
        Kind::Title if track.missing => {
            let width = paint_elided(
                painter,
                pos2(x, middle),
                anchor,
                track.title(),
                regular,
                ink,
                room * 0.7,
            );
            paint_elided(
                painter,
                pos2(x + width + 10.0, middle),
                Align2::LEFT_CENTER,
                scene.text.missing,
                fonts::regular(size::CAPTION),
                theme.warning,
                room - width - 10.0,
            );
        }
        Kind::Title => write(track.title(), fonts::semibold(14.0), ink),
        Kind::Artist => write(track.artist(), regular, soft),
        Kind::Album => write(&track.tags.album, regular, soft),
        Kind::Mood => match scene.state.mood(track.id) {
            Some(mood) => {
                let at = pos2(x - 4.0, middle);
                paint_mood_chip(painter, theme, scene.state.language, at, mood.top());
            }
            None => write(
                scene.text.not_analyzed,
                fonts::regular(size::CAPTION),
                theme.faint,
            ),
        },
        Kind::Tempo => {
            let tempo = analysis.map_or(0.0, |analysis| analysis.features.tempo_bpm);
            if tempo > 0.0 {
                write(&format!("{tempo:.0}"), tabular, soft);
            }
        }
        // A control of its own.
        Kind::Rating => {}
        Kind::Plays => {
            if track.play_count > 0 {
                write(&strings::count(track.play_count as usize), tabular, soft);
            }
        }
        Kind::Time => write(&strings::clock(track.duration_secs), tabular, soft),
    }
}

fn menu(ui: &mut Ui, scene: &Scene<'_>, index: usize) {
    let (text, theme) = (scene.text, scene.theme);
    let chosen = || scene.state.browsing.chosen_with(index);
    ui.spacing_mut().item_spacing.y = 0.0;
    if menu_item(ui, theme, icons::PLAY_FILL, text.play) {
        scene.act(Action::Play(chosen()));
    }
    for (icon, name, next) in [
        (icons::QUEUE, text.play_next, true),
        (icons::LIST_PLUS, text.add_to_queue, false),
    ] {
        if menu_item(ui, theme, icon, name) {
            let tracks = chosen();
            scene.act(Action::Enqueue { tracks, next });
        }
    }
    add_to_playlist_ui(ui, scene, &chosen);
    if menu_item(ui, theme, icons::SPARKLE, text.more_like_this) {
        scene.act(Action::Like(chosen()));
    }
    if let Some(track) = scene.state.browsing.track(index) {
        file_items_ui(ui, scene, track, &chosen);
    }
}
