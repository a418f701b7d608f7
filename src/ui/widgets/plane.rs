//! The mood plane: valence to the right, arousal upwards, the library as dots, and a target
//! to drag.

use super::text::paint_icon;
use super::{focus_ring, mood_icon};
use crate::engine::JourneyEnd;
use crate::mood::{Mood, MoodVector};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::scene::{Scene, picture};
use crate::ui::state::Dot;
use crate::ui::theme::{CARD_RADIUS, blend, size};
use eframe::egui::{
    Align2, Color32, CursorIcon, EventFilter, Id, Key, Mesh, Painter, Pos2, Rect, Response, Role,
    Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// How far an arrow key moves the target.
const KEY_STEP: f32 = 0.05;
/// Points of a drawn way are at least so far apart.
const WAY_STEP: f32 = 0.03;
/// Room between the rim and ±1, points.
const MARGIN: f32 = 18.0;

/// The mood plane, as large as `size`. A click or drag moves the target.
pub fn mood_plane(ui: &mut Ui, scene: &Scene<'_>, size: Vec2) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let target = scene.state.feeling.target();
    describe(ui, scene, &response, target);
    act(ui, scene, &response, rect, target);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect.expand(4.0));
    painter.add(picture(
        rect,
        CARD_RADIUS,
        scene.art.plane(),
        Color32::WHITE,
    ));
    let inner = rect.shrink(MARGIN);
    let faint = Stroke::new(1.0, theme.hairline);
    painter.hline(inner.x_range(), rect.center().y, faint);
    painter.vline(rect.center().x, inner.y_range(), faint);
    painter.add(Shape::Mesh(dots(ui, scene, rect, response.id)));
    names(scene, &painter, rect, target);
    axes(scene, &painter, rect);
    way(ui, scene, &painter, rect, response.id);
    if let Some(target) = target {
        let motion = if response.dragged() {
            0.0
        } else {
            scene.motion_secs()
        };
        let ctx = ui.ctx();
        let valence =
            ctx.animate_value_with_time(response.id.with("valence"), target.valence, motion);
        let arousal =
            ctx.animate_value_with_time(response.id.with("arousal"), target.arousal, motion);
        let center = place(rect, valence, arousal);
        let color = theme.mood(target.top());
        let glow = Rect::from_center_size(center, vec2(88.0, 88.0));
        painter.add(picture(
            glow,
            0,
            scene.art.glow(),
            color.gamma_multiply(0.55),
        ));
        let ring = if theme.dark {
            Color32::WHITE
        } else {
            theme.text
        };
        painter.circle(center, 9.0, color, Stroke::new(2.5, ring));
    }
    focus_ring(ui, theme, &response, rect, CARD_RADIUS);
    response.on_hover_cursor(CursorIcon::Crosshair);
}

fn describe(ui: &Ui, scene: &Scene<'_>, response: &Response, target: Option<MoodVector>) {
    let text = scene.text;
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, text.mood_plane));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(text.plane_help);
        if let Some(target) = target {
            let side = |value: f32, low: &str, high: &str| {
                let name = if value < 0.0 { low } else { high };
                format!("{name} {:.0} %", value.abs() * 100.0)
            };
            node.set_value(format!(
                "{}, {}",
                side(target.valence, text.unpleasant, text.pleasant),
                side(target.arousal, text.calm, text.excited)
            ));
        }
    });
}

fn act(ui: &Ui, scene: &Scene<'_>, response: &Response, rect: Rect, target: Option<MoodVector>) {
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked() || response.drag_stopped())
        && !draw(ui, scene, response, rect, pointer)
        && !response.drag_stopped()
    {
        let (valence, arousal) = mood_at(rect, pointer);
        scene.act(if moves_start(ui, scene, response, rect) {
            Action::MoveJourneyStart(valence, arousal)
        } else {
            Action::PickPoint(valence, arousal)
        });
    }
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let (x, y) = ui.input(|input| {
        let presses = |key| {
            if input.modifiers.command {
                0.0
            } else {
                input.num_presses(key) as f32
            }
        };
        (
            presses(Key::ArrowRight) - presses(Key::ArrowLeft),
            presses(Key::ArrowUp) - presses(Key::ArrowDown),
        )
    });
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        scene.act(Action::PlaySuggestions);
    }
    if x != 0.0 || y != 0.0 {
        let (valence, arousal) =
            target.map_or((0.0, 0.0), |target| (target.valence, target.arousal));
        scene.act(Action::PickPoint(
            valence + x * KEY_STEP,
            arousal + y * KEY_STEP,
        ));
    }
}

/// Whether a click or drag is about where a journey begins: it is awaited, or its mark is what
/// was taken hold of.
fn moves_start(ui: &Ui, scene: &Scene<'_>, response: &Response, rect: Rect) -> bool {
    let id = response.id.with("moves start");
    if response.drag_started() || response.clicked() {
        let origin = ui.input(|input| input.pointer.press_origin());
        let on_mark = origin
            .zip(start(scene, rect))
            .is_some_and(|(origin, mark)| origin.distance(mark) < 14.0);
        let moves = scene.state.feeling.beginning_awaited() || on_mark;
        ui.data_mut(|data| data.insert_temp(id, moves));
        return moves;
    }
    ui.data(|data| data.get_temp(id)).unwrap_or(false)
}

/// Where the journey that is wanted begins, as far as that is known.
fn start(scene: &Scene<'_>, rect: Rect) -> Option<Pos2> {
    let feeling = &scene.state.feeling;
    let (valence, arousal) = match feeling.from.as_ref()? {
        JourneyEnd::Point { valence, arousal } => (*valence, *arousal),
        JourneyEnd::Mood(mood) => mood.anchor(),
        _ => *feeling.answer.as_ref()?.target.way.first()?,
    };
    Some(place(rect, valence, arousal))
}

/// A drag with Shift draws a way; whether it is one.
fn draw(ui: &Ui, scene: &Scene<'_>, response: &Response, rect: Rect, pointer: Pos2) -> bool {
    let id = response.id.with("way");
    let mut way: Vec<(f32, f32)> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if way.is_empty() && !(response.drag_started() && ui.input(|input| input.modifiers.shift)) {
        return false;
    }
    let here = mood_at(rect, pointer);
    let far = |from: &(f32, f32)| (from.0 - here.0).hypot(from.1 - here.1) >= WAY_STEP;
    if way.last().is_none_or(far) {
        way.push(here);
    }
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove::<Vec<(f32, f32)>>(id));
        if way.len() > 1 {
            scene.act(Action::DrawWay(way));
        }
    } else {
        ui.data_mut(|data| data.insert_temp(id, way));
    }
    true
}

/// The way being drawn, or else the way of the journey that is shown.
fn way(ui: &Ui, scene: &Scene<'_>, painter: &Painter, rect: Rect, id: Id) {
    let drawn: Option<Vec<(f32, f32)>> = ui.data(|data| data.get_temp(id.with("way")));
    let drawn_none = drawn.is_none();
    let answer = scene.state.feeling.answer.as_ref();
    let points = drawn.or_else(|| answer.map(|answer| answer.target.way.clone()));
    let start = start(scene, rect).filter(|_| drawn_none);
    let mut points: Vec<Pos2> = points
        .unwrap_or_default()
        .into_iter()
        .map(|(valence, arousal)| place(rect, valence, arousal))
        .collect();
    // The beginning is where the listener holds it, also before the answer has come.
    if let (Some(first), Some(start)) = (points.first_mut(), start) {
        *first = start;
    }
    let Some(first) = points.first().copied().or(start) else {
        return;
    };
    let color = scene.theme.accent;
    painter.add(Shape::line(points, Stroke::new(3.0, color)));
    if start.is_some() {
        let ground = scene.theme.background;
        painter.circle(first, 7.0, ground, Stroke::new(3.0, color));
    } else {
        painter.circle_filled(first, 5.0, color);
    }
}

fn mood_at(rect: Rect, at: Pos2) -> (f32, f32) {
    let inner = rect.shrink(MARGIN);
    let valence = (at.x - inner.center().x) / inner.width() * 2.0;
    let arousal = (inner.center().y - at.y) / inner.height() * 2.0;
    (valence.clamp(-1.0, 1.0), arousal.clamp(-1.0, 1.0))
}

fn place(rect: Rect, valence: f32, arousal: f32) -> Pos2 {
    let inner = rect.shrink(MARGIN);
    pos2(
        inner.center().x + valence * inner.width() / 2.0,
        inner.center().y - arousal * inner.height() / 2.0,
    )
}

/// All dots as one mesh, made anew only when the library, the size or the theme changes.
fn dots(ui: &Ui, scene: &Scene<'_>, rect: Rect, id: Id) -> Arc<Mesh> {
    #[derive(Clone, PartialEq)]
    struct Made {
        snapshot: u64,
        rect: Rect,
        dark: bool,
    }
    let now = Made {
        snapshot: scene.state.snapshot_number,
        rect,
        dark: scene.theme.dark,
    };
    if let Some((made, mesh)) = ui.data(|data| data.get_temp::<(Made, Arc<Mesh>)>(id))
        && made == now
    {
        return mesh;
    }
    let mesh = Arc::new(dot_mesh(scene, rect, &scene.state.dots));
    ui.data_mut(|data| data.insert_temp(id, (now, Arc::clone(&mesh))));
    mesh
}

fn dot_mesh(scene: &Scene<'_>, rect: Rect, dots: &[Dot]) -> Mesh {
    // Few tracks are shown large, thousands as a fine dust.
    let side = (16.0 - (dots.len() as f32).max(1.0).log2()).clamp(4.0, 9.0);
    let strength = if dots.len() > 800 { 0.5 } else { 0.7 };
    let mut mesh = Mesh::with_texture(scene.art.dot());
    mesh.reserve_triangles(dots.len() * 2);
    mesh.reserve_vertices(dots.len() * 4);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    for dot in dots {
        let center = place(rect, dot.valence, dot.arousal);
        let color = scene.theme.mood(dot.mood).gamma_multiply(strength);
        mesh.add_rect_with_uv(
            Rect::from_center_size(center, vec2(side, side)),
            whole,
            color,
        );
    }
    mesh
}

/// The moods' names at their anchors, on plates that keep them readable over the dots.
fn names(scene: &Scene<'_>, painter: &Painter, rect: Rect, target: Option<MoodVector>) {
    let theme = scene.theme;
    let aim = target.map(|target| place(rect, target.valence, target.arousal));
    for mood in Mood::ALL {
        let (valence, arousal) = mood.anchor();
        let mut at = place(rect, valence, arousal);
        if aim.is_some_and(|aim| aim.distance(at) < 30.0) {
            // Away from the neighbour's name.
            let below = matches!(mood, Mood::Romantic | Mood::Tense | Mood::Sad);
            at.y += if below { 26.0 } else { -26.0 };
        }
        let color = theme.mood(mood);
        let galley = painter.layout_no_wrap(
            mood.name(scene.state.language).to_owned(),
            fonts::semibold(size::CAPTION),
            blend(color, theme.text, 0.3),
        );
        let width = galley.size().x + 32.0;
        let plate = Rect::from_center_size(at, vec2(width, 20.0));
        // Anchors near the rim must not push their names over it.
        let inside = rect.shrink(6.0);
        let plate = plate.translate(vec2(
            (inside.left() - plate.left()).max(0.0) + (inside.right() - plate.right()).min(0.0),
            0.0,
        ));
        let strength = if theme.dark { 0.72 } else { 0.88 };
        painter.rect_filled(plate, 10, theme.background.gamma_multiply(strength));
        let icon = pos2(plate.left() + 13.0, plate.center().y);
        paint_icon(painter, icon, mood_icon(mood), 12.0, color);
        let text = Align2::LEFT_CENTER
            .anchor_size(pos2(plate.left() + 23.0, plate.center().y), galley.size());
        painter.galley(text.min, galley, color);
    }
}

fn axes(scene: &Scene<'_>, painter: &Painter, rect: Rect) {
    let text = scene.text;
    let font = fonts::regular(size::CAPTION);
    let edge = rect.shrink(5.0);
    for (pos, anchor, word) in [
        (edge.left_center(), Align2::LEFT_CENTER, text.unpleasant),
        (edge.right_center(), Align2::RIGHT_CENTER, text.pleasant),
        (edge.center_top(), Align2::CENTER_TOP, text.excited),
        (edge.center_bottom(), Align2::CENTER_BOTTOM, text.calm),
    ] {
        let galley = painter.layout_no_wrap(word.to_owned(), font.clone(), scene.theme.soft);
        let text = anchor.anchor_size(pos, galley.size() + vec2(10.0, 4.0));
        let strength = if scene.theme.dark { 0.5 } else { 0.75 };
        let plate = scene.theme.background.gamma_multiply(strength);
        painter.rect_filled(text, 8, plate);
        painter.galley(text.min + vec2(5.0, 2.0), galley, scene.theme.soft);
    }
}
