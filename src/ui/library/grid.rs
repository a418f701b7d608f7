//! Albums: covers in a grid.

use super::group::{answer, paint_group, play};
use super::table::GUTTER;
use crate::library::Group;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CARD_RADIUS, CONTROL_RADIUS};
use crate::ui::widgets::Walk;
use crate::ui::widgets::{Button, focus_ring, icon_button, paint_elided, place_at};
use eframe::egui::{
    Align2, Color32, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// A card is at least so wide, points.
const LEAST: f32 = 164.0;
const GAP: f32 = 20.0;
/// Room around a cover within its card, points.
const PAD: f32 = 8.0;
/// Below the cover: two lines.
const LINES: f32 = 52.0;

/// How the focus walks over cards that stand `columns` in a row.
const fn walk(columns: usize, height: f32) -> Walk {
    Walk::new("album card", height, columns)
}

/// Moves the focus to an album.
pub fn focus(ui: &Ui, index: usize) {
    walk(1, 1.0).focus(ui.ctx(), index);
}

/// How many cards stand in a row this wide, and how wide they are.
fn fitted(width: f32) -> (usize, f32) {
    let columns = ((width + GAP) / (LEAST + GAP)).floor().max(1.0);
    (columns as usize, (width - GAP * (columns - 1.0)) / columns)
}

/// The albums.
pub fn grid_ui(ui: &mut Ui, scene: &Scene<'_>, albums: &[Arc<Group>]) {
    let (columns, side) = fitted(ui.available_width() - GUTTER);
    let height = side + LINES + GAP / 2.0;
    let walk = walk(columns, height);
    let area = ScrollArea::vertical().id_salt("albums").auto_shrink(false);
    walk.show(ui, area, albums.len(), |ui, range| {
        for row in range {
            let (_, line) = ui.allocate_space(vec2(ui.available_width(), height));
            let first = row * columns;
            for (column, album) in albums[first..].iter().take(columns).enumerate() {
                let left = line.left() + column as f32 * (side + GAP);
                let corner = pos2(left, line.top());
                let card = Rect::from_min_size(corner, vec2(side, side + LINES));
                card_ui(ui, scene, &walk, card, albums, (first + column, album));
            }
        }
    });
}

fn card_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    walk: &Walk,
    card: Rect,
    albums: &[Arc<Group>],
    (index, album): (usize, &Arc<Group>),
) {
    let theme = scene.theme;
    let language = scene.state.language;
    let name = scene.state.group_name(album);
    let response = ui.interact(card, walk.item(index), Sense::click());
    response.widget_info(|| {
        let facts = strings::group_facts(language, album);
        WidgetInfo::labeled(Role::ListItem, true, format!("{name}, {facts}"))
    });
    let over = ui.rect_contains_pointer(card);
    let painter = ui.painter().clone();
    if over || response.has_focus() {
        painter.rect_filled(card, CARD_RADIUS, theme.hover);
    }
    let side = card.width() - 2.0 * PAD;
    let corner = card.min + vec2(PAD, PAD);
    let cover = Rect::from_min_size(corner, vec2(side, side));
    paint_group(&painter, scene, cover, CONTROL_RADIUS, album);
    let playing = scene.state.player.current();
    let current = playing.is_some_and(|playing| album.tracks.contains(&playing.id));
    let ink = if current { theme.accent } else { theme.text };
    let by = match album.year {
        Some(year) => format!("{} · {year}", strings::by(language, album)),
        None => strings::by(language, album),
    };
    for (dy, line, font, color) in [
        (18.0, &name, fonts::semibold(14.0), ink),
        (37.0, &by, fonts::regular(12.0), theme.soft),
    ] {
        let at = pos2(cover.left() + 1.0, cover.bottom() + dy);
        paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, side);
    }
    focus_ring(ui, theme, &response, card.shrink(2.0), CARD_RADIUS);
    answer(ui, scene, walk, response, (index, albums.len()), album);
    if over {
        let center = cover.right_bottom() - vec2(28.0, 28.0);
        painter.circle_filled(center, 22.0, Color32::from_black_alpha(90));
        let at = Rect::from_center_size(center, vec2(40.0, 40.0));
        let name = format!("{}: {name}", scene.text.play);
        place_at(ui, at, Layout::default(), |ui| {
            let button = Button {
                size: 40.0,
                strong: true,
                ..Button::new(icons::PLAY_FILL, &name)
            };
            if icon_button(ui, theme, &button).clicked() {
                play(scene, album, false);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_fill_the_width_and_are_never_too_narrow() {
        for width in [180.0, 400.0, 990.0, 1_700.0] {
            let (columns, side) = fitted(width);
            let together = columns as f32 * (side + GAP) - GAP;
            assert!((together - width).abs() < 0.1 && side >= LEAST, "{width}");
        }
    }
}
