//! Home: a feeling becomes a playlist. One field, the moods, the mood plane; all three say
//! the same wish.

mod filters;
mod journey;
mod photo;
mod rearrange;
mod results;
mod side;
mod starters;
pub mod why;

pub use rearrange::dragging;

use super::action::Action;
use super::fonts;
use super::icons;
use super::keys;
use super::scene::Scene;
use super::state::AppState;
use super::strings;
use super::theme::size;
use super::widgets::{
    Button, chip, composed, focus_ring, icon_button, mood_icon, paint_icon, place_at,
};
use crate::engine::Wish;
use crate::mood::Mood;
use crate::scan::is_photo_name;
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, Color32, CornerRadius, Frame, Id, InputState, Key, Layout, Margin, Modifiers, Rect,
    RichText, Stroke, TextEdit, Ui, UiBuilder, pos2, vec2,
};
use std::path::Path;

/// Height of the feeling field, points.
const FIELD_HEIGHT: f32 = 72.0;
/// In a window lower than this the list needs the room more than the question, points.
const LOW: f32 = 688.0;
/// Lines longer than this are hard to read.
const MAX_WIDTH: f32 = 1_400.0;
const GAP: f32 = 32.0;

/// The Feel screen.
pub fn feel_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let pad = if whole.width() < 700.0 { 20.0 } else { 32.0 };
    let width = (whole.width() - 2.0 * pad).min(MAX_WIDTH);
    let left = whole.center().x - width / 2.0;
    let side_width = if width >= 620.0 {
        (width * 0.34).clamp(240.0, 440.0)
    } else {
        0.0
    };
    let main_width = if side_width > 0.0 {
        width - side_width - GAP
    } else {
        width
    };
    let asked = scene.state.feeling.wish.is_some();
    let low = asked && is_low(ui);
    let top = whole.top() + if low { 16.0 } else { 24.0 };
    let main = Rect::from_min_max(pos2(left, top), pos2(left + main_width, whole.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(main).id_salt("ask"), |ui| {
        ask_ui(ui, scene, low);
        if asked {
            results::results_ui(ui, scene);
        } else {
            starters::starters_ui(ui, scene);
        }
    });
    if side_width > 0.0 {
        let side = Rect::from_min_max(
            pos2(left + width - side_width, top),
            pos2(left + width, whole.bottom()),
        );
        ui.scope_builder(UiBuilder::new().max_rect(side).id_salt("side"), |ui| {
            side::side_ui(ui, scene);
        });
    }
}

/// Whether the window is so low that the list needs all the room there is.
fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < LOW
}

/// The question, the field and the mood buttons; `low` where they are to take little room.
fn ask_ui(ui: &mut Ui, scene: &Scene<'_>, low: bool) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = 0.0;
    field_ui(ui, scene, if low { 56.0 } else { FIELD_HEIGHT });
    journey::journey_ui(ui, scene);
    ui.add_space(if low { 10.0 } else { 16.0 });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for mood in Mood::ALL {
            let on = scene.state.feeling.wish == Some(Wish::Mood(mood));
            let name = mood.name(scene.state.language);
            let color = theme.mood(mood);
            let shown = if low { "" } else { name };
            let mut response = chip(ui, theme, Some(mood_icon(mood)), shown, color, on);
            if low {
                response = response.accessible_name(name).on_hover_text(name);
            }
            if response.clicked() {
                scene.act(if on {
                    Action::ClearFeeling
                } else {
                    Action::PickMood(mood)
                });
            }
        }
    });
}

fn field_ui(ui: &mut Ui, scene: &Scene<'_>, height: f32) {
    let theme = scene.theme;
    let feeling = &scene.state.feeling;
    let id = keys::feeling_field();
    focus_when_shown(ui, id);
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), eframe::egui::Sense::hover());
    let focused = ui.memory(|memory| memory.has_focus(id));
    let glow = ui.ctx().animate_bool(id.with("glow"), focused);
    let painter = ui.painter();
    painter.rect(
        rect,
        16,
        theme
            .raised
            .gamma_multiply(if theme.dark { 0.82 } else { 0.92 }),
        Stroke::new(
            1.0 + 0.5 * glow,
            super::theme::blend(theme.hairline, theme.accent, glow * 0.8),
        ),
        eframe::egui::StrokeKind::Inside,
    );
    paint_icon(
        painter,
        pos2(rect.left() + 32.0, rect.center().y),
        icons::HEART_FILL,
        26.0,
        theme.accent,
    );
    let asked_otherwise = feeling.text.is_empty() && feeling.wish.is_some();
    let clearable = !feeling.text.is_empty() || asked_otherwise;
    let inner = Rect::from_min_max(
        pos2(rect.left() + 60.0, rect.top() + 6.0),
        pos2(
            rect.right() - if clearable { 104.0 } else { 64.0 },
            rect.bottom() - 6.0,
        ),
    );
    let mut text = feeling.text.clone();
    let long = is_long(ui, &text, inner.width());
    let font = fonts::regular(if long { size::BODY } else { size::FIELD });
    let hint = wish_in_words(scene.state).unwrap_or_else(|| scene.text.question_hint.to_owned());
    let hint = RichText::new(composed(&hint))
        .font(fonts::regular(size::FIELD))
        .color(if asked_otherwise {
            theme.soft
        } else {
            theme.faint
        });
    let response = place_at(ui, inner, Layout::default(), |ui| {
        ui.add_sized(
            inner.size(),
            TextEdit::singleline(&mut text)
                .id(id)
                .font(font)
                .text_color(if long && !focused {
                    Color32::TRANSPARENT
                } else {
                    theme.text
                })
                .hint_text(hint)
                .align(eframe::egui::Align2::LEFT_CENTER)
                .char_limit(500)
                .frame(
                    Frame::NONE
                        .corner_radius(CornerRadius::ZERO)
                        .inner_margin(Margin::ZERO),
                ),
        )
    })
    .accessible_name(scene.text.question);
    if long && !focused {
        paragraph(ui, scene, inner, &text);
    }
    if text != feeling.text {
        scene.act(Action::Feel(text));
    }
    if response.lost_focus() {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            scene.act(Action::PlaySuggestions);
        } else if ui.input(|input| input.key_pressed(Key::Escape)) && !dragging(ui.ctx()) {
            scene.act(Action::ClearFeeling);
        }
    }
    let found = feeling
        .answer
        .as_ref()
        .is_some_and(|answer| !answer.tracks.is_empty());
    // Taken, so that the first row does not hand it on to the second.
    let down = |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::ArrowDown);
    if found && response.has_focus() && ui.input_mut(down) {
        results::WALK.focus(ui.ctx(), 0);
    }
    focus_ring(ui, theme, &response, rect, 16);
    buttons_ui(ui, scene, rect, clearable, id);
}

/// Whether a text does not fit the field at its usual size.
fn is_long(ui: &Ui, text: &str, width: f32) -> bool {
    let font = fonts::regular(size::FIELD);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    galley.size().x > width
}

/// What was written at length, to read while nobody writes.
fn paragraph(ui: &Ui, scene: &Scene<'_>, area: Rect, text: &str) {
    let font = fonts::regular(size::BODY);
    let mut job = LayoutJob::simple(text.to_owned(), font, scene.theme.text, area.width());
    job.wrap.max_rows = 3;
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(area.left_center(), galley.size());
    ui.painter().galley(at.min, galley, scene.theme.text);
}

/// In the field: choosing photos, and clearing what is asked.
fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, clearable: bool, field: Id) {
    let theme = scene.theme;
    let right = rect.right() - if clearable { 76.0 } else { 34.0 };
    let at = Rect::from_center_size(pos2(right, rect.center().y), vec2(36.0, 36.0));
    place_at(ui, at, Layout::default(), |ui| {
        let button = Button {
            key: "Ctrl+O",
            ..Button::new(icons::IMAGE, scene.text.choose_photos)
        };
        if icon_button(ui, theme, &button).clicked() {
            scene.act(Action::ChoosePhotos);
        }
    });
    if clearable {
        let at =
            Rect::from_center_size(pos2(rect.right() - 34.0, rect.center().y), vec2(36.0, 36.0));
        place_at(ui, at, Layout::default(), |ui| {
            let button = Button {
                key: "Esc",
                ..Button::new(icons::X, scene.text.clear)
            };
            if icon_button(ui, theme, &button).clicked() {
                scene.act(Action::ClearFeeling);
                ui.memory_mut(|memory| memory.request_focus(field));
            }
        });
    }
}

/// A wish that was not typed, in words, to stand where typed ones stand.
fn wish_in_words(state: &AppState) -> Option<String> {
    let feeling = &state.feeling;
    let words = match feeling.wish.as_ref()? {
        Wish::Text(_) => return None,
        Wish::Mood(mood) => mood.name(state.language).to_owned(),
        Wish::Point { .. } => feeling.target()?.top().name(state.language).to_owned(),
        Wish::Like(_) => super::strings::like(state.language, feeling.like_title.as_deref()?),
        Wish::Lately => state.text().lately.to_owned(),
        Wish::Surprise => surprise_in_words(state),
        Wish::Journey { .. } => state.text().journey.to_owned(),
        Wish::Photos { photos, .. } => strings::photos(state.language, photos),
        Wish::Way(_) => state.text().drawn_way.to_owned(),
    };
    Some(words)
}

/// A surprise with the track it set out from.
fn surprise_in_words(state: &AppState) -> String {
    let from = state
        .feeling
        .answer
        .as_ref()
        .and_then(|answer| answer.target.read.first()?.why.first());
    let name = state.text().surprise;
    from.map_or_else(|| name.to_owned(), |title| format!("{name}: {title}"))
}

/// Puts the cursor into the field when the screen comes up, so that one can just type.
fn focus_when_shown(ui: &Ui, field: Id) {
    let id = Id::unique("feel last shown");
    let pass = ui.ctx().cumulative_pass_nr();
    let last = ui.data_mut(|data| data.get_temp_mut_or(id, 0_u64).to_owned());
    ui.data_mut(|data| data.insert_temp(id, pass));
    if last == 0 || pass > last + 1 {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
}

/// What was asked, as a name.
#[must_use]
pub fn wish_name(state: &AppState) -> String {
    let words = wish_in_words(state).unwrap_or_default();
    match &state.feeling.wish {
        Some(Wish::Text(text)) => text.clone(),
        // A playlist is no picture file.
        Some(Wish::Photos { .. }) if is_photo_name(Path::new(&words)) => {
            let stem = Path::new(&words).file_stem();
            stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
        }
        _ => words,
    }
}

/// A file name for the playlist shown.
#[must_use]
pub fn export_name(state: &AppState) -> String {
    file_name(&wish_name(state))
}

/// A name for a playlist file that every file system takes.
#[must_use]
pub fn file_name(wish: &str) -> String {
    let clean: String = wish
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || " ,'-".contains(c) {
                c
            } else {
                ' '
            }
        })
        .take(60)
        .collect();
    format!(
        "Maeum {}.m3u8",
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
