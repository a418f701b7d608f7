//! The queue: what plays and what comes next.

use super::action::Action;
use super::fonts;
use super::icons;
use super::keys;
use super::scene::Scene;
use super::sleep;
use super::strings;
use super::theme::{CONTROL_RADIUS, size};
use super::widgets::{
    Button, Walk, focus_ring, icon_button, label, paint_elided, paint_icon, place_at,
};
use crate::library::{Track, TrackId};
use crate::playback::{PlayerCommand, Status};
use eframe::egui::{
    Align, Align2, CursorIcon, Frame, Id, Key, Layout, Margin, Rect, Response, Role, ScrollArea,
    Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

const ROW: f32 = 56.0;
/// How the focus goes along with a row that moves.
const WALK: Walk = Walk::new("queue row", ROW, 1);

/// The queue.
pub fn queue_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(
        rect,
        0,
        theme
            .surface
            .gamma_multiply(if theme.dark { 0.70 } else { 0.80 }),
    );
    ui.painter().vline(
        rect.left(),
        rect.y_range(),
        Stroke::new(1.0, theme.hairline),
    );
    let player = &scene.state.player;
    Frame::NONE
        .inner_margin(Margin {
            left: 16,
            right: 8,
            top: 20,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                label(
                    ui,
                    scene.text.queue,
                    fonts::semibold(size::HEADING),
                    theme.text,
                );
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let button = Button {
                        key: "Ctrl+J",
                        ..Button::new(icons::X, scene.text.hide_queue)
                    };
                    if icon_button(ui, theme, &button).clicked() {
                        scene.act(Action::ToggleQueue);
                    }
                    if !player.queue.is_empty() {
                        sleep::sleep_ui(ui, scene);
                        let button = Button::new(icons::TRASH, scene.text.clear_queue);
                        if icon_button(ui, theme, &button).clicked() {
                            scene.act(Action::Player(PlayerCommand::Clear));
                        }
                    }
                });
            });
            if player.queue.is_empty() {
                ui.add_space(24.0);
                label(
                    ui,
                    scene.text.queue_empty,
                    fonts::semibold(size::BODY),
                    theme.soft,
                );
                label(
                    ui,
                    scene.text.queue_empty_help,
                    fonts::regular(size::SECONDARY),
                    theme.faint,
                );
                return;
            }
            let left = player.queue.len() - player.index.unwrap_or(0);
            let secs = scene.state.queue_left_secs;
            label(
                ui,
                &strings::tracks_and_time(scene.state.language, left, secs),
                fonts::regular(size::SECONDARY),
                theme.faint,
            );
            if let Some(told) = sleep::told(scene) {
                label(ui, &told, fonts::regular(size::SECONDARY), theme.accent);
            }
            ui.add_space(4.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            rows_ui(ui, scene);
        });
}

fn rows_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let queue = &scene.state.player.queue;
    let area = ScrollArea::vertical().auto_shrink(false);
    let area = follow(ui, scene, area);
    WALK.show(ui, area, queue.len(), |ui, rows| {
        for index in rows {
            row(ui, scene, index, &queue[index]);
        }
    });
}

/// Which track played when the queue was last painted, and in which pass that was.
#[derive(Clone, Copy, Default)]
struct Followed {
    track: Option<TrackId>,
    pass: u64,
}

/// Brings what plays into view when the queue unfolds, and each next track unless somebody is
/// at work in the queue.
fn follow(ui: &Ui, scene: &Scene<'_>, area: ScrollArea) -> ScrollArea {
    let player = &scene.state.player;
    let now = Followed {
        track: player.current().map(|track| track.id),
        pass: ui.ctx().cumulative_pass_nr(),
    };
    let id = Id::unique("queue follows");
    let last: Followed = ui.data_mut(|data| {
        let last = data.get_temp(id).unwrap_or_default();
        data.insert_temp(id, now);
        last
    });
    let unfolds = now.pass > last.pass + 1;
    let at_work = || {
        ui.rect_contains_pointer(ui.max_rect())
            || ui.ctx().dragged_id().is_some()
            || WALK.has_focus(ui.ctx())
    };
    match player.index {
        Some(index) if unfolds || (now.track != last.track && !at_work()) => {
            // The one before it stays in view.
            area.vertical_scroll_offset(index.saturating_sub(1) as f32 * ROW)
        }
        _ => area,
    }
}

fn row(ui: &mut Ui, scene: &Scene<'_>, index: usize, track: &Track) {
    let theme = scene.theme;
    let width = ui.available_width() - 8.0;
    let (_, rect) = ui.allocate_space(vec2(width, ROW));
    // Its own id: what appears in the rows above would shift the automatic ones.
    let response = ui.interact(rect, WALK.item(index), Sense::click_and_drag());
    let current = scene.state.player.index == Some(index);
    response.widget_info(|| {
        let now = if current {
            scene.text.now_playing
        } else {
            scene.text.queue
        };
        WidgetInfo::selected(
            Role::ListItem,
            true,
            current,
            format!("{now}: {}, {}", track.title(), track.artist()),
        )
    });
    let over = ui.rect_contains_pointer(rect);
    if over || current {
        let fill = if current { theme.selected } else { theme.hover };
        ui.painter()
            .rect_filled(rect.shrink2(vec2(0.0, 2.0)), CONTROL_RADIUS, fill);
    }
    let painter = ui.painter();
    let cover = Rect::from_center_size(pos2(rect.left() + 28.0, rect.center().y), vec2(40.0, 40.0));
    scene.cover(painter, cover, track, 6);
    if current {
        painter.rect_filled(cover, 6, eframe::egui::Color32::from_black_alpha(120));
        let icon = if scene.state.player.status == Status::Playing {
            icons::SPEAKER_HIGH
        } else {
            icons::PAUSE_FILL
        };
        paint_icon(
            painter,
            cover.center(),
            icon,
            20.0,
            eframe::egui::Color32::WHITE,
        );
    }
    let past = scene
        .state
        .player
        .index
        .is_some_and(|current| index < current);
    let (ink, soft) = if past {
        (theme.faint, theme.faint)
    } else {
        (theme.text, theme.soft)
    };
    let x = cover.right() + 12.0;
    let room = rect.right() - x - if over { 44.0 } else { 52.0 };
    let artist = scene.artist(track);
    for (dy, line, font, color) in [
        (-9.0, track.title(), fonts::regular(14.0), ink),
        (10.0, artist, fonts::regular(12.0), soft),
    ] {
        paint_elided(
            painter,
            pos2(x, rect.center().y + dy),
            Align2::LEFT_CENTER,
            line,
            font,
            color,
            room,
        );
    }
    if over {
        let at =
            Rect::from_center_size(pos2(rect.right() - 20.0, rect.center().y), vec2(28.0, 28.0));
        place_at(ui, at, Layout::default(), |ui| {
            let name = format!("{}: {}", scene.text.remove, track.title());
            let button = Button {
                size: 28.0,
                ..Button::new(icons::X, &name)
            };
            if icon_button(ui, theme, &button).clicked() {
                scene.act(Action::TakeOut(index));
            }
        });
    } else {
        painter.text(
            pos2(rect.right() - 8.0, rect.center().y),
            Align2::RIGHT_CENTER,
            strings::clock(track.duration_secs),
            fonts::tabular(12.0),
            theme.faint,
        );
    }
    focus_ring(ui, theme, &response, rect.shrink(3.0), CONTROL_RADIUS);
    if response.has_focus() {
        keys::focus_on_track(ui.ctx(), &response, track.id);
        row_keys(ui, scene, index);
    }
    dragged(ui, scene, index, rect, &response);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        scene.act(Action::Player(PlayerCommand::JumpTo(index)));
    }
}

/// The keys of a row that has the focus.
fn row_keys(ui: &Ui, scene: &Scene<'_>, index: usize) {
    let pressed = |key| ui.input(|input| input.modifiers.alt && input.key_pressed(key));
    let last = scene.state.player.queue.len().saturating_sub(1);
    if pressed(Key::PageUp) && index > 0 {
        let to = index - 1;
        WALK.focus(ui.ctx(), to);
        scene.act(Action::MoveInQueue { from: index, to });
    }
    if pressed(Key::PageDown) && index < last {
        let to = index + 1;
        WALK.focus(ui.ctx(), to);
        scene.act(Action::MoveInQueue { from: index, to });
    }
    if ui.input(|input| input.key_pressed(Key::Delete)) {
        scene.act(Action::TakeOut(index));
    }
}

/// A row dragged up or down moves in the queue, one dragged out of it leaves it.
fn dragged(ui: &Ui, scene: &Scene<'_>, index: usize, rect: Rect, response: &Response) {
    let Some(pointer) = response.interact_pointer_pos() else {
        return;
    };
    if !response.dragged() && !response.drag_stopped() {
        return;
    }
    let rows = ((pointer.y - rect.center().y) / ROW).round() as isize;
    let last = scene.state.player.queue.len().saturating_sub(1);
    let to = index.saturating_add_signed(rows).min(last);
    let outside = pointer.x < rect.left() - 40.0;
    if response.drag_stopped() {
        if outside {
            scene.act(Action::TakeOut(index));
        } else if to != index {
            scene.act(Action::MoveInQueue { from: index, to });
        }
        return;
    }
    // Where it would land.
    if !outside && to != index {
        let below = if to > index { ROW } else { 0.0 };
        let y = rect.top() + (to as f32 - index as f32) * ROW + below;
        let line = Stroke::new(2.0, scene.theme.accent);
        ui.painter().hline(rect.x_range(), y, line);
    }
}
