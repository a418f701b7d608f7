//! A folder among the rows of the table.

use super::columns::COVER;
use super::group::answer;
use super::row::{HEIGHT, WALK};
use super::table::{GUTTER, Table};
use crate::library::Group;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::{focus_ring, paint_elided, paint_icon};
use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// One folder.
pub fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    table: &Table<'_>,
    index: usize,
    folder: &Arc<Group>,
) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - GUTTER, HEIGHT));
    let response = ui.interact(rect, WALK.item(index), Sense::click());
    let facts = strings::group_facts(scene.state.language, folder);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::ListItem, true, format!("{}, {facts}", folder.name))
    });
    let body = rect.shrink2(vec2(0.0, 1.0));
    let painter = ui.painter().clone();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(body, CONTROL_RADIUS, theme.hover);
    }
    let middle = rect.center().y;
    let center = pos2(rect.left() + COVER / 2.0 - 4.0, middle);
    let tile = Rect::from_center_size(center, vec2(40.0, 40.0));
    let color = folder.mood.map_or(theme.soft, |mood| theme.mood(mood));
    painter.rect_filled(tile, 6, theme.tint(color));
    paint_icon(&painter, center, icons::FOLDER_FILL, 22.0, color);
    let end = rect.right() - 12.0;
    paint_icon(
        &painter,
        pos2(end - 6.0, middle),
        icons::CARET_RIGHT,
        14.0,
        theme.faint,
    );
    let at = pos2(end - 24.0, middle);
    let font = fonts::regular(size::SECONDARY);
    let width = paint_elided(
        &painter,
        at,
        Align2::RIGHT_CENTER,
        &facts,
        font,
        theme.faint,
        rect.width() * 0.5,
    );
    let left = rect.left() + COVER;
    paint_elided(
        &painter,
        pos2(left, middle),
        Align2::LEFT_CENTER,
        &folder.name,
        fonts::semibold(14.0),
        theme.text,
        at.x - width - left - 16.0,
    );
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    answer(
        ui,
        scene,
        &WALK,
        response,
        (index, table.len(scene)),
        folder,
    );
}
