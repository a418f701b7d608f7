//! One track of the table.

use super::columns::{COVER, Column, Kind};
use crate::library::Track;
use crate::ui::action::Action;
use crate::ui::edit_tags::TagAction;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::keys::stars_pressed;
use crate::ui::playlists::add_to_playlist_ui;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::{Stars, focus_ring, menu_item, paint_elided, paint_icon, paint_mood_chip};
use eframe::egui::{
    Align2, Color32, Context, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea,
    Sense, Ui, WidgetInfo, pos2, vec2,
};

/// Height of a row, points.
pub const HEIGHT: f32 = 52.0;

fn wanted_id() -> Id {
    Id::unique("wanted row")
}

fn view_id() -> Id {
    Id::unique("table view")
}

fn row_id(index: usize) -> Id {
    Id::unique(("track row", index))
}

/// Moves the keyboard's focus to a row, scrolling there if need be.
pub fn focus(ctx: &Context, index: usize) {
    ctx.data_mut(|data| data.insert_temp(wanted_id(), index));
    ctx.request_repaint();
}

/// The row that is to be focused in this frame.
pub fn wanted(ctx: &Context) -> Option<usize> {
    ctx.data_mut(|data| data.remove_temp(wanted_id()))
        .inspect(|index| ctx.memory_mut(|memory| memory.request_focus(row_id(*index))))
}

/// Scrolls so that a row is in view.
pub fn reveal(ui: &Ui, area: ScrollArea, index: usize) -> ScrollArea {
    let Some((offset, height)) = ui.data(|data| data.get_temp::<(f32, f32)>(view_id())) else {
        return area;
    };
    let top = index as f32 * HEIGHT;
    let bottom = top + HEIGHT;
    if top < offset {
        area.vertical_scroll_offset(top)
    } else if bottom > offset + height {
        area.vertical_scroll_offset(bottom - height)
    } else {
        area
    }
}

/// Keeps what part of the table is in view, for [`reveal`].
pub fn remember(ctx: &Context, offset: f32, height: f32) {
    ctx.data_mut(|data| data.insert_temp(view_id(), (offset, height)));
}

/// One row.
pub fn row_ui(ui: &mut Ui, scene: &Scene<'_>, columns: &[Column], index: usize, track: &Track) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - super::GUTTER, HEIGHT));
    let response = ui.interact(rect, row_id(index), Sense::click());
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
    scene.cover(&painter, cover, track, 6);
    if current {
        painter.rect_filled(cover, 6, Color32::from_black_alpha(120));
        let icon = icons::SPEAKER_HIGH;
        paint_icon(&painter, cover.center(), icon, 20.0, Color32::WHITE);
    } else if track.missing {
        let veil = theme.background.gamma_multiply(0.6);
        painter.rect_filled(cover, 6, veil);
    }
    for column in columns {
        if column.kind == Kind::Rating {
            stars(ui, scene, column, rect, index, track);
        } else {
            cell(scene, &painter, column, rect, track, current);
        }
    }
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    if response.has_focus() {
        keys(ui, scene, &response, index);
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
fn keys(ui: &Ui, scene: &Scene<'_>, response: &Response, index: usize) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (down, up, extend) = ui.input(|input| {
        (
            input.num_presses(Key::ArrowDown),
            input.num_presses(Key::ArrowUp),
            input.modifiers.shift,
        )
    });
    let last = scene.state.browsing.len().saturating_sub(1);
    let next = (index + down).saturating_sub(up).min(last);
    if next != index {
        focus(ui.ctx(), next);
        scene.act(Action::SelectRow {
            row: next,
            toggle: false,
            extend,
        });
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        scene.act(Action::PlayRows { start: index });
    }
    if let Some(stars) = stars_pressed(ui.ctx(), Modifiers::NONE) {
        scene.act(Action::Rate(scene.state.browsing.chosen_with(index), stars));
    }
}

fn stars(ui: &Ui, scene: &Scene<'_>, column: &Column, rect: Rect, index: usize, track: &Track) {
    let at = Rect::from_min_max(
        pos2(rect.left() + column.left, rect.top()),
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
    if let Some(stars) = stars.show_at(ui, scene.theme, row_id(index).with("stars"), at) {
        scene.act(Action::Rate(vec![track.id], stars));
    }
}

fn cell(
    scene: &Scene<'_>,
    painter: &eframe::egui::Painter,
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
    if menu_item(ui, theme, icons::PENCIL_SIMPLE, text.edit_tags) {
        scene.act(Action::Tags(TagAction::Open(chosen())));
    }
    if scene.state.may_undo_edit
        && menu_item(ui, theme, icons::ARROW_COUNTER_CLOCKWISE, text.undo_edit)
    {
        scene.act(Action::Tags(TagAction::Undo));
    }
}
