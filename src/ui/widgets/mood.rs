//! Moods shown: always with a name and an icon, never by colour alone.

use super::text::paint_icon;
use crate::language::Language;
use crate::mood::Mood;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Theme, size};
use eframe::egui::{Align2, Painter, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// The icon of a mood.
#[must_use]
pub const fn mood_icon(mood: Mood) -> Icon {
    match mood {
        Mood::Happy => icons::SUN_FILL,
        Mood::Romantic => icons::HEART_FILL,
        Mood::Peaceful => icons::LEAF_FILL,
        Mood::Sad => icons::CLOUD_RAIN_FILL,
        Mood::Tense => icons::LIGHTNING_FILL,
        Mood::Angry => icons::FIRE_FILL,
        Mood::Neutral => icons::CIRCLE_FILL,
    }
}

/// Paints a small mood chip with its left middle at `pos`; returns its width.
pub fn paint_mood_chip(
    painter: &Painter,
    theme: &Theme,
    language: Language,
    pos: Pos2,
    mood: Mood,
) -> f32 {
    paint_chip_at(painter, theme, language, (Align2::LEFT_CENTER, pos), mood)
}

/// One with its right middle at `pos`.
pub fn paint_mood_chip_before(
    painter: &Painter,
    theme: &Theme,
    language: Language,
    pos: Pos2,
    mood: Mood,
) -> f32 {
    paint_chip_at(painter, theme, language, (Align2::RIGHT_CENTER, pos), mood)
}

fn paint_chip_at(
    painter: &Painter,
    theme: &Theme,
    language: Language,
    (anchor, pos): (Align2, Pos2),
    mood: Mood,
) -> f32 {
    let color = theme.mood(mood);
    let font = fonts::regular(12.0);
    let galley = painter.layout_no_wrap(mood.name(language).to_owned(), font, color);
    let width = galley.size().x + 34.0;
    let rect = anchor.anchor_size(pos, vec2(width, 22.0));
    painter.rect_filled(rect, 11, theme.tint(color));
    let icon = pos2(rect.left() + 14.0, rect.center().y);
    paint_icon(painter, icon, mood_icon(mood), 12.0, color);
    let text =
        Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + 24.0, rect.center().y), galley.size());
    painter.galley(text.min, galley, color);
    width
}

/// One line of a mood distribution: icon, name, bar, share.
pub fn mood_bar(ui: &mut Ui, theme: &Theme, language: Language, mood: Mood, share: f32) {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 24.0), Sense::hover());
    let name = mood.name(language);
    let percent = (share * 100.0).round() as i32;
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, format!("{name} {percent} %")));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let shown = ui
        .ctx()
        .animate_value_with_time(response.id, share, ui.style().animation_time);
    let color = theme.mood(mood);
    let painter = ui.painter();
    let middle = rect.center().y;
    paint_icon(
        painter,
        pos2(rect.left() + 8.0, middle),
        mood_icon(mood),
        14.0,
        color,
    );
    painter.text(
        pos2(rect.left() + 24.0, middle),
        Align2::LEFT_CENTER,
        name,
        fonts::regular(size::SECONDARY),
        theme.text,
    );
    painter.text(
        pos2(rect.right(), middle),
        Align2::RIGHT_CENTER,
        format!("{percent} %"),
        fonts::tabular(size::SECONDARY),
        theme.soft,
    );
    let track = Rect::from_min_max(
        pos2(rect.left() + 92.0, middle - 3.0),
        pos2(rect.right() - 48.0, middle + 3.0),
    );
    painter.rect_filled(track, 3, theme.hover);
    let mut filled = track;
    filled.set_width((track.width() * shown.clamp(0.0, 1.0)).max(6.0));
    painter.rect_filled(filled, 3, color);
}
