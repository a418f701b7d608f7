//! A photo as a wish: the picture over its playlist, what was understood of it, and how
//! energetic the music should be.

use super::is_low;
use crate::engine::{PhotoAnswer, ReadPhoto};
use crate::photo::{Opinion, PhotoReading, moods};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::{Scene, cropped};
use crate::ui::strings;
use crate::ui::theme::{CARD_RADIUS, CONTROL_RADIUS, size};
use crate::ui::widgets::{
    Slider, SliderChange, focus_ring, label, paint_elided, paint_icon, word_chip,
};
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, Color32, CursorIcon, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Side of the playlist's cover, points.
const COVER: f32 = 112.0;
/// The same where the list needs the room, points.
const LOW_COVER: f32 = 80.0;
/// Side of the pictures of an album, points.
const SMALL: f32 = 52.0;
/// Side of a colour of the palette, points.
const SWATCH: f32 = 18.0;
const SLIDER: f32 = 150.0;

/// Over the list: the photo, what it shows, its colours, the energy; of several photos the
/// others too; and what could not be read.
pub fn header_ui(ui: &mut Ui, scene: &Scene<'_>, answer: &PhotoAnswer) {
    if let Some(photo) = scene.state.feeling.photo() {
        title_ui(ui, scene, photo);
    }
    // The photo at the beginning of a journey is shown there.
    if answer.photos.len() > 1 && scene.state.feeling.from.is_none() {
        ui.add_space(8.0);
        album_ui(ui, scene, answer);
    }
    unread_ui(ui, scene, answer);
    ui.add_space(14.0);
}

fn title_ui(ui: &mut Ui, scene: &Scene<'_>, photo: &Arc<ReadPhoto>) {
    let (theme, language) = (scene.theme, scene.state.language);
    let reading = &photo.reading;
    let low = is_low(ui);
    let side = if low { LOW_COVER } else { COVER };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), side), Sense::hover());
    let why = reading.why(language);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &why));
    if low {
        // One line may not hold it all.
        response.on_hover_text(&why);
    }
    let painter = ui.painter();
    let cover = Rect::from_min_size(rect.min, vec2(side, side));
    painter.rect_filled(cover, CARD_RADIUS, theme.hover);
    if let Some(texture) = scene.photos.card(photo) {
        let picture = vec2(photo.card.width as f32, photo.card.height as f32);
        painter.add(cropped(cover, CARD_RADIUS, texture, picture));
    }
    let left = cover.right() + 18.0;
    let room = rect.right() - left;
    let mut description = reading.description(language);
    if let Some(first) = description.get(..1) {
        description = first.to_uppercase() + &description[1..];
    }
    let mut job = LayoutJob::simple(
        description,
        fonts::semibold(size::HEADING),
        theme.text,
        room,
    );
    job.wrap.max_rows = if low { 1 } else { 2 };
    let galley = painter.layout_job(job);
    let text_top = rect.top() + 2.0;
    let below = text_top + galley.size().y;
    painter.galley(pos2(left, text_top), galley, theme.text);
    paint_elided(
        painter,
        pos2(left, below + 13.0),
        Align2::LEFT_CENTER,
        &moods(&reading.mood, language).replace(", ", "  ·  "),
        fonts::regular(size::SECONDARY),
        theme.soft,
        room,
    );
    let foot = Rect::from_min_max(pos2(left, rect.bottom() - 26.0), rect.right_bottom());
    ui.scope_builder(
        UiBuilder::new().max_rect(foot).id_salt("photo foot"),
        |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                palette_ui(ui, scene, reading);
                ui.add_space(18.0);
                if ui.available_width() > SLIDER + 90.0 {
                    energy_ui(ui, scene);
                }
            });
        },
    );
}

/// The colours that stand for the photo.
fn palette_ui(ui: &mut Ui, scene: &Scene<'_>, reading: &PhotoReading) {
    for [r, g, b] in &reading.colours.palette {
        let (rect, response) = ui.allocate_exact_size(vec2(SWATCH, 24.0), Sense::hover());
        let name = format!("#{r:02x}{g:02x}{b:02x}");
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Image, true, format!("{} {name}", scene.text.colour))
        });
        let middle = rect.center();
        ui.painter()
            .circle_filled(middle, SWATCH / 2.0, Color32::from_rgb(*r, *g, *b));
        let rim = Stroke::new(1.0, scene.theme.hairline);
        ui.painter().circle_stroke(middle, SWATCH / 2.0, rim);
        response.on_hover_text(name);
    }
}

/// Calmer or livelier than the photo.
fn energy_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let feeling = &scene.state.feeling;
    let Some(energy) = feeling.energy().filter(|_| feeling.from.is_none()) else {
        return;
    };
    let text = scene.text;
    let font = fonts::regular(size::SECONDARY);
    label(ui, text.calmer, font.clone(), scene.theme.soft);
    let slider = Slider {
        name: text.energy,
        value: f32::midpoint(energy, 1.0),
        step: 0.1,
        width: SLIDER,
        says: &|value| strings::energy(scene.state.language, 2.0 * value - 1.0),
    };
    let left = ui.next_widget_position();
    let change = slider.show(ui, scene.theme);
    // Where the photo itself is, and where the slider is now, seen without touching it.
    let at = |energy: f32| {
        let share = f32::midpoint(energy, 1.0);
        pos2(left.x + 6.0 + (SLIDER - 12.0) * share, left.y)
    };
    let painter = ui.painter();
    let tick = Stroke::new(1.5, scene.theme.soft);
    painter.vline(at(0.0).x, left.y - 6.0..=left.y + 6.0, tick);
    painter.circle_filled(at(energy), 5.0, scene.theme.accent);
    if let Some(SliderChange::Moving(value) | SliderChange::Done(value)) = change {
        let energy = 2.0 * value - 1.0;
        // The middle is easy to hit again.
        let energy = if energy.abs() < 0.06 { 0.0 } else { energy };
        scene.act(Action::SetEnergy(energy));
    }
    label(ui, text.livelier, font, scene.theme.soft);
}

/// The photos of an album in a row; one of them is shown.
fn album_ui(ui: &mut Ui, scene: &Scene<'_>, answer: &PhotoAnswer) {
    let theme = scene.theme;
    let shown = scene.state.feeling.photo();
    ScrollArea::horizontal()
        .id_salt("album")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for (number, photo) in answer.photos.iter().enumerate() {
                    let side = vec2(SMALL, SMALL);
                    let (rect, response) = ui.allocate_exact_size(side, Sense::click());
                    let name = photo.reading.why(scene.state.language);
                    let on = shown.is_some_and(|shown| Arc::ptr_eq(shown, photo));
                    response.widget_info(|| {
                        let name = format!("{}: {name}", photo.name);
                        WidgetInfo::selected(Role::Button, true, on, name)
                    });
                    if ui.is_rect_visible(rect) {
                        let painter = ui.painter();
                        painter.rect_filled(rect, CONTROL_RADIUS, theme.hover);
                        if let Some(texture) = scene.photos.card(photo) {
                            let card = &photo.card;
                            let picture = vec2(card.width as f32, card.height as f32);
                            painter.add(cropped(rect, CONTROL_RADIUS, texture, picture));
                        }
                        if on {
                            let rim = Stroke::new(2.5, theme.accent);
                            painter.rect_stroke(rect, CONTROL_RADIUS, rim, StrokeKind::Inside);
                        }
                        focus_ring(ui, theme, &response, rect, CONTROL_RADIUS);
                    }
                    let response = response
                        .on_hover_cursor(CursorIcon::PointingHand)
                        .on_hover_text(format!("{}\n{name}", photo.name));
                    if response.clicked() {
                        scene.act(Action::ShowPhoto(number));
                    }
                }
            });
        });
}

/// Photos that could not be read, with the reason.
fn unread_ui(ui: &mut Ui, scene: &Scene<'_>, answer: &PhotoAnswer) {
    const MOST: usize = 3;
    if answer.photos.is_empty() {
        return;
    }
    for (name, problem) in answer.unread.iter().take(MOST) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
            paint_icon(
                ui.painter(),
                rect.center(),
                icons::WARNING_CIRCLE,
                16.0,
                scene.theme.warning,
            );
            let line = format!("{name}: {}", problem.line(scene.state.language));
            label(ui, &line, fonts::regular(size::SECONDARY), scene.theme.soft);
        });
    }
    if let Some(more) = answer
        .unread
        .len()
        .checked_sub(MOST)
        .filter(|more| *more > 0)
    {
        let line = strings::and_more(scene.state.language, more);
        label(ui, &line, fonts::regular(size::SECONDARY), scene.theme.soft);
    }
}

/// What photos could not be read at all, in a line.
pub fn why_unread(scene: &Scene<'_>, answer: &PhotoAnswer) -> String {
    let language = scene.state.language;
    let lines = answer.unread.iter().take(3).map(|(name, problem)| {
        let reason = problem.line(language);
        if name.is_empty() {
            reason
        } else {
            format!("{name}: {reason}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Beside the list: what is to be seen, and each opinion on demand.
pub fn understood_ui(ui: &mut Ui, scene: &Scene<'_>, photo: &ReadPhoto) {
    let (theme, language) = (scene.theme, scene.state.language);
    let reading = &photo.reading;
    let tags = reading.scene.tag_names(language);
    if !tags.is_empty() {
        ui.add_space(10.0);
        label(
            ui,
            scene.text.seen,
            fonts::regular(size::SECONDARY),
            theme.soft,
        );
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            for (name, _) in tags {
                word_chip(ui, theme, name);
            }
        });
    }
    ui.add_space(12.0);
    let id = Id::unique("opinions");
    let open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    if disclosure(ui, scene, scene.text.opinions, open) {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
    if open {
        ui.add_space(4.0);
        for (opinion, share) in &reading.opinions {
            opinion_ui(ui, scene, reading, opinion, *share);
        }
    }
}

/// A line that unfolds what is below it.
fn disclosure(ui: &mut Ui, scene: &Scene<'_>, name: &str, open: bool) -> bool {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, name));
    let painter = ui.painter();
    let ink = if response.hovered() {
        theme.text
    } else {
        theme.soft
    };
    let middle = rect.center().y;
    let caret = if open {
        icons::CARET_UP
    } else {
        icons::CARET_DOWN
    };
    paint_icon(painter, pos2(rect.left() + 8.0, middle), caret, 14.0, ink);
    painter.text(
        pos2(rect.left() + 22.0, middle),
        Align2::LEFT_CENTER,
        name,
        fonts::semibold(size::SECONDARY),
        ink,
    );
    focus_ring(ui, theme, &response, rect, CONTROL_RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// One opinion: who, why, which moods, and how much it counted.
fn opinion_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    reading: &PhotoReading,
    opinion: &Opinion,
    share: f32,
) {
    let (theme, language) = (scene.theme, scene.state.language);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 62.0), Sense::hover());
    let name = opinion.reader.name(language);
    let percent = format!("{:.0} %", share * 100.0);
    let felt = moods(&opinion.mood, language);
    let reason = reading.reason(opinion.reader, language);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Meter,
            true,
            format!("{name} {percent}: {reason} → {felt}"),
        )
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    let color = theme.mood(opinion.mood.top());
    let line = |row: f32| pos2(rect.left(), rect.top() + row);
    painter.text(
        line(9.0),
        Align2::LEFT_CENTER,
        name,
        fonts::regular(size::SECONDARY),
        theme.text,
    );
    painter.text(
        pos2(rect.right(), line(9.0).y),
        Align2::RIGHT_CENTER,
        percent,
        fonts::tabular(size::SECONDARY),
        theme.soft,
    );
    let words = format!("{reason} → {felt}");
    let font = fonts::regular(12.0);
    paint_elided(
        painter,
        line(27.0),
        Align2::LEFT_CENTER,
        &words,
        font,
        theme.soft,
        rect.width(),
    );
    let bar = Rect::from_min_size(line(40.0), vec2(rect.width(), 5.0));
    painter.rect_filled(bar, 3, theme.hover);
    let mut filled = bar;
    filled.set_width((bar.width() * share.clamp(0.0, 1.0)).max(5.0));
    painter.rect_filled(filled, 3, color);
    response.on_hover_text(words);
}

/// For a newcomer: a photo says it too.
pub fn invitation_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (theme, text) = (scene.theme, scene.text);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 76.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text.choose_photos));
    let hover = ui.ctx().animate_bool(response.id, response.hovered());
    let painter = ui.painter();
    let fill = theme.tint(theme.accent).gamma_multiply(0.25 + 0.5 * hover);
    painter.rect_filled(rect, CARD_RADIUS, fill);
    let rim = theme.accent.gamma_multiply(0.35 + 0.65 * hover);
    let corners = rect.shrink(0.75);
    painter.rect_stroke(
        corners,
        CARD_RADIUS,
        Stroke::new(1.0, rim),
        StrokeKind::Inside,
    );
    let icon = pos2(rect.left() + 38.0, rect.center().y);
    paint_icon(painter, icon, icons::IMAGE, 30.0, theme.accent);
    let left = rect.left() + 76.0;
    let room = rect.right() - left - 16.0;
    for (dy, words, font, ink) in [
        (
            -11.0,
            text.photo_title,
            fonts::semibold(size::BODY),
            theme.text,
        ),
        (
            12.0,
            text.photo_help,
            fonts::regular(size::SECONDARY),
            theme.soft,
        ),
    ] {
        let at = pos2(left, rect.center().y + dy);
        paint_elided(painter, at, Align2::LEFT_CENTER, words, font, ink, room);
    }
    focus_ring(ui, theme, &response, rect, CARD_RADIUS);
    if response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(format!("{}   Ctrl+O", text.choose_photos))
        .clicked()
    {
        scene.act(Action::ChoosePhotos);
    }
}
