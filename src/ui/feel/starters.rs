//! What a newcomer sees: feelings to try, each in the colour it leads to.

use super::photo::invitation_ui;
use crate::mood::Mood;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::{Scene, picture};
use crate::ui::strings::{self, EXAMPLES};
use crate::ui::theme::{CARD_RADIUS, size};
use crate::ui::widgets::{focus_ring, label, mood_icon, paint_icon, pill, place_at};
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Color32, CursorIcon, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

/// The mood whose light each example stands in, in the order of [`EXAMPLES`].
const LIGHTS: [Mood; EXAMPLES.len()] = [
    Mood::Peaceful,
    Mood::Sad,
    Mood::Happy,
    Mood::Romantic,
    Mood::Tense,
    Mood::Angry,
];
const GAP: f32 = 12.0;
const HEIGHT: f32 = 64.0;
/// Side of a card's picture, points.
const TILE: f32 = 48.0;
/// Room for the scroll bar, points.
const GUTTER: f32 = 10.0;

/// Feelings to try.
pub fn starters_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    ui.add_space(20.0);
    label(
        ui,
        scene.text.question_help,
        fonts::regular(size::BODY),
        theme.soft,
    );
    ready_ui(ui, scene);
    ui.add_space(20.0);
    invitation_ui(ui, scene);
    ui.add_space(24.0);
    label(
        ui,
        scene.text.or_start_here,
        fonts::semibold(size::BODY),
        theme.text,
    );
    ui.add_space(12.0);
    // The scroll bar stands beside the cards, not on them.
    let mut area = ui.available_rect_before_wrap();
    area.max.x += GUTTER;
    place_at(ui, area, Layout::default(), |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            ui.set_max_width(ui.available_width() - GUTTER);
            cards_ui(ui, scene);
            ways_ui(ui, scene);
            spectrum_ui(ui, scene);
            ui.add_space(24.0);
        });
    });
}

fn cards_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let columns = if ui.available_width() < 420.0 { 1 } else { 2 };
    let width = (ui.available_width() - GAP * (columns as f32 - 1.0)) / columns as f32;
    let examples: Vec<_> = EXAMPLES.iter().zip(LIGHTS).collect();
    for row in examples.chunks(columns) {
        ui.horizontal(|ui| {
            for ((english, korean), mood) in row {
                let text = scene.state.language.pick(*english, *korean);
                card(ui, scene, text, *mood, width);
            }
        });
    }
}

/// Ways to begin without saying a feeling.
fn ways_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (theme, text) = (scene.theme, scene.text);
    if scene.state.ready == 0 {
        return;
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        if scene.state.heard
            && pill(ui, theme, Some(icons::HEADPHONES), text.lately, false).clicked()
        {
            scene.act(Action::Lately);
        }
        if pill(ui, theme, Some(icons::DICE_FIVE), text.surprise, false)
            .on_hover_text(format!("{}   Ctrl+R", text.surprise))
            .clicked()
        {
            scene.act(Action::Surprise);
        }
        if pill(ui, theme, Some(icons::SPARKLE), text.hidden_gems, false)
            .on_hover_text(format!("{}   Ctrl+G", text.hidden_gems_help))
            .clicked()
        {
            scene.act(Action::ToggleHiddenGems);
        }
    });
}

/// The whole library as one band of moods; a part can be picked.
fn spectrum_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let all = scene.state.ready;
    if all == 0 {
        return;
    }
    ui.add_space(16.0);
    label(
        ui,
        scene.text.your_music,
        fonts::semibold(size::BODY),
        theme.text,
    );
    let (band, _) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let present: Vec<_> = Mood::ALL
        .into_iter()
        .zip(scene.state.mood_counts)
        .filter(|(_, count)| *count > 0)
        .collect();
    let gaps = 3.0 * (present.len() as f32 - 1.0);
    let mut left = band.left();
    for (mood, count) in present {
        let width = (band.width() - gaps) * count as f32 / all as f32;
        let part = Rect::from_min_size(pos2(left, band.top()), vec2(width, 28.0));
        left += width + 3.0;
        let response = ui.interact(part, ui.scope_id().with(mood), Sense::click());
        let name = format!(
            "{} · {}",
            mood.name(scene.state.language),
            strings::tracks(scene.state.language, count)
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let hover = ui.ctx().animate_bool(response.id, response.hovered());
        let painter = ui.painter();
        painter.add(picture(
            part.expand2(vec2(0.0, hover)),
            6,
            scene.art.gradient(Some(mood)),
            Color32::WHITE.gamma_multiply(0.80 + 0.20 * hover),
        ));
        if width > 34.0 {
            paint_icon(
                painter,
                part.center(),
                mood_icon(mood),
                15.0,
                Color32::WHITE,
            );
        }
        focus_ring(ui, theme, &response, part, 6);
        if response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text(name)
            .clicked()
        {
            scene.act(Action::PickMood(mood));
        }
    }
}

/// While analysis runs: how much of the library answers already.
pub fn ready_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let all = scene.state.library().map_or(0, |library| library.len());
    if scene.state.ready >= all || !scene.state.analyzing() {
        return;
    }
    ui.add_space(8.0);
    let text = strings::ready_of(scene.state.language, scene.state.ready, all);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
        paint_icon(
            ui.painter(),
            rect.center(),
            icons::WAVEFORM,
            16.0,
            scene.theme.accent,
        );
        label(ui, &text, fonts::regular(size::SECONDARY), scene.theme.soft);
    });
}

fn card(ui: &mut Ui, scene: &Scene<'_>, text: &'static str, mood: Mood, width: f32) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let hover = ui.ctx().animate_bool(response.id, response.hovered());
    let painter = ui.painter();
    painter.rect_filled(
        rect,
        CARD_RADIUS,
        theme
            .raised
            .gamma_multiply(if theme.dark { 0.62 } else { 0.85 }),
    );
    painter.rect_filled(
        rect,
        CARD_RADIUS,
        theme
            .tint(theme.mood(mood))
            .gamma_multiply(0.35 + 0.65 * hover),
    );
    let rim = (HEIGHT - TILE) / 2.0;
    let tile = Rect::from_min_size(rect.min + vec2(rim, rim), vec2(TILE, TILE));
    painter.add(picture(
        tile,
        10,
        scene.art.gradient(Some(mood)),
        Color32::WHITE,
    ));
    paint_icon(
        painter,
        tile.center(),
        mood_icon(mood),
        24.0,
        Color32::WHITE,
    );
    let quoted = format!("“{text}”");
    let room = rect.right() - tile.right() - 28.0;
    let mut job = LayoutJob::simple(quoted, fonts::regular(size::BODY), theme.text, room);
    job.wrap.max_rows = 2;
    let galley = painter.layout_job(job);
    let at = pos2(tile.right() + 14.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, theme.text);
    focus_ring(ui, theme, &response, rect, CARD_RADIUS);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        scene.act(Action::Feel(text.to_owned()));
    }
}
