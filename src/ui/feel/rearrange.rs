//! Rearranging the suggestions by dragging them, or by keys.

use crate::library::TrackId;
use crate::recommend::Suggestion;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::{CARD_RADIUS, size};
use crate::ui::widgets::{Walk, paint_elided, paint_icon};
use eframe::egui::{
    Align2, Context, CursorIcon, Id, Key, LayerId, Order, Rect, Response, Shadow, Stroke,
    StrokeKind, Ui, pos2, vec2,
};

/// A row dragged this far beyond the list's side leaves it, points.
const OUT: f32 = 32.0;
/// So near to the list's upper or lower edge, the list moves along, points.
const EDGE: f32 = 48.0;
/// How fast it does, points a second.
const SPEED: f32 = 900.0;

/// Width of the row in hand, points.
const WIDTH: f32 = 280.0;

/// A row that is being dragged. Kept beside the list, which lays out only what is in view.
#[derive(Debug, Clone, Copy)]
struct Drag {
    track: TrackId,
    from: usize,
}

fn drag_id() -> Id {
    Id::unique("dragged suggestion")
}

/// A row begins to be dragged.
pub fn take_up(ui: &Ui, response: &Response, index: usize, suggestion: &Suggestion) {
    if response.drag_started() {
        let track = suggestion.track.id;
        let from = index;
        ui.data_mut(|data| data.insert_temp(drag_id(), Drag { track, from }));
    }
}

/// Whether any row is being dragged.
pub fn dragging(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<Drag>(drag_id()).is_some())
        && ctx.input(|input| input.pointer.primary_down())
}

/// Whether this track is being dragged.
pub fn in_hand(ui: &Ui, track: TrackId) -> bool {
    let drag: Option<Drag> = ui.data(|data| data.get_temp(drag_id()));
    drag.is_some_and(|drag| drag.track == track)
}

/// Follows the row that is dragged, if one is, over the list whose rows begin at `top`.
pub fn drag_ui(ui: &Ui, scene: &Scene<'_>, top: f32, height: f32, suggestions: &[Suggestion]) {
    let Some(drag) = ui.data(|data| data.get_temp::<Drag>(drag_id())) else {
        return;
    };
    let (pointer, down, over) = ui.input(|input| {
        let down = input.pointer.primary_down();
        // A button let go while the list was not shown moves nothing.
        let lost = !down && !input.pointer.primary_released();
        let over = lost || input.key_pressed(Key::Escape);
        (input.pointer.interact_pos(), down, over)
    });
    let held = suggestions.get(drag.from);
    let held = held.filter(|held| held.track.id == drag.track);
    let (Some(pointer), Some(held), false) = (pointer, held, over) else {
        ui.data_mut(|data| data.remove::<Drag>(drag_id()));
        return;
    };
    let list = Rect::from_x_y_ranges(ui.max_rect().x_range(), ui.clip_rect().y_range());
    let out = pointer.x < list.left() - OUT || pointer.x > list.right() + OUT;
    let place = ((pointer.y - top) / height).floor().max(0.0) as usize;
    let to = place.min(suggestions.len().saturating_sub(1));
    if !down {
        ui.data_mut(|data| data.remove::<Drag>(drag_id()));
        if out {
            scene.act(Action::TakeOutSuggestion(drag.from));
        } else if to != drag.from {
            let from = drag.from;
            scene.act(Action::MoveSuggestion { from, to });
        }
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if out {
        ghost(ui, scene, pointer.y, held, true);
        return;
    }
    // Beyond the edge the list comes along.
    let secs = ui.input(|input| input.stable_dt).min(0.1);
    let above = (list.top() + EDGE - pointer.y).clamp(0.0, EDGE) / EDGE;
    let below = (pointer.y - list.bottom() + EDGE).clamp(0.0, EDGE) / EDGE;
    if above > 0.0 || below > 0.0 {
        ui.scroll_with_delta(vec2(0.0, (above - below) * SPEED * secs));
        ui.ctx().request_repaint();
    }
    // Where it would land.
    if to != drag.from {
        let below = if to > drag.from { height } else { 0.0 };
        let y = top + to as f32 * height + below;
        let line = Stroke::new(2.0, scene.theme.accent);
        ui.painter().hline(list.x_range(), y, line);
    }
    ghost(ui, scene, pointer.y, held, false);
}

/// The dragged row at the pointer.
fn ghost(ui: &Ui, scene: &Scene<'_>, y: f32, held: &Suggestion, out: bool) {
    let theme = scene.theme;
    let Some(x) = ui.input(|input| input.pointer.interact_pos().map(|pos| pos.x)) else {
        return;
    };
    let layer = LayerId::new(Order::Tooltip, drag_id());
    let painter = ui.ctx().layer_painter(layer);
    let most = ui.ctx().content_rect().right() - WIDTH - 8.0;
    let corner = pos2((x + 12.0).min(most), y - 28.0);
    let rect = Rect::from_min_size(corner, vec2(WIDTH, 56.0));
    let shadow = Shadow {
        offset: [0, 6],
        blur: 20,
        spread: 0,
        color: eframe::egui::Color32::from_black_alpha(90),
    };
    painter.add(shadow.as_shape(rect, CARD_RADIUS));
    let line = if out { theme.warning } else { theme.accent };
    painter.rect(
        rect,
        CARD_RADIUS,
        theme.raised,
        Stroke::new(1.0, line),
        StrokeKind::Inside,
    );
    let cover = Rect::from_min_size(rect.min + vec2(8.0, 8.0), vec2(40.0, 40.0));
    scene.cover(&painter, cover, &held.track, 6);
    if out {
        painter.rect_filled(cover, 6, eframe::egui::Color32::from_black_alpha(130));
        let white = eframe::egui::Color32::WHITE;
        paint_icon(&painter, cover.center(), icons::X, 20.0, white);
    }
    let second = if out {
        scene.text.drop_takes_out
    } else {
        held.track.artist()
    };
    let color = if out { theme.warning } else { theme.soft };
    for (dy, line, font, color) in [
        (-9.0, held.track.title(), fonts::semibold(14.0), theme.text),
        (10.0, second, fonts::regular(size::SECONDARY), color),
    ] {
        let at = pos2(cover.right() + 12.0, rect.center().y + dy);
        let room = rect.right() - at.x - 12.0;
        paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, room);
    }
}

/// The keys that rearrange, for a row that has the focus; the focus goes along.
pub fn keys(ui: &Ui, scene: &Scene<'_>, walk: &Walk, index: usize, count: usize) {
    let alt = |key| ui.input(|input| input.modifiers.alt && input.key_pressed(key));
    let last = count.saturating_sub(1);
    let to = if alt(Key::PageUp) {
        index.checked_sub(1)
    } else if alt(Key::PageDown) {
        (index < last).then_some(index + 1)
    } else if alt(Key::Home) {
        (index > 0).then_some(0)
    } else {
        None
    };
    if let Some(to) = to {
        walk.focus(ui.ctx(), to);
        scene.act(Action::MoveSuggestion { from: index, to });
    }
    let delete =
        |input: &eframe::egui::InputState| input.key_pressed(Key::Delete) && !input.modifiers.shift;
    if ui.input(delete) {
        walk.focus(ui.ctx(), index.min(last.saturating_sub(1)));
        scene.act(Action::TakeOutSuggestion(index));
    }
}
