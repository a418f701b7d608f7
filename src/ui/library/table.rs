//! The table of tracks, of folders too: sortable columns, only visible rows laid out.

use super::columns::{Column, columns};
use super::{folder, row};
use crate::library::{Group, GroupKey};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::size;
use crate::ui::widgets::{focus_ring, paint_icon};
use eframe::egui::{
    CursorIcon, Key, Modifiers, Popup, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

/// Room for the scroll bar, points.
pub const GUTTER: f32 = 10.0;

/// What the rows of a table have in common.
pub struct Table<'a> {
    pub columns: Vec<Column>,
    /// Folders before the tracks.
    pub folders: &'a [Arc<Group>],
    /// The album that the tracks are of.
    pub album: Option<&'a Group>,
}

impl Table<'_> {
    /// How many rows there are.
    pub fn len(&self, scene: &Scene<'_>) -> usize {
        self.folders.len() + scene.state.browsing.len()
    }
}

/// The table, with these folders before the tracks.
pub fn table_ui(ui: &mut Ui, scene: &Scene<'_>, folders: &[Arc<Group>]) {
    let width = ui.available_width() - GUTTER;
    let open = scene.state.browsing.open();
    let album = open.filter(|group| matches!(group.key, GroupKey::Album { .. }));
    let table = Table {
        columns: columns(width, album.is_some()),
        folders,
        album: album.map(AsRef::as_ref),
    };
    // Folders alone have nothing to sort.
    if folders.is_empty() || !scene.state.browsing.is_empty() {
        heads_ui(ui, scene, &table.columns, width);
    }
    let ctx = ui.ctx().clone();
    if !ctx.text_edit_focused() && scene.state.editing.is_none() && !Popup::is_any_open(&ctx) {
        if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            scene.act(Action::SelectAll);
        }
        let some = !scene.state.browsing.chosen.is_empty();
        if some && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            scene.act(Action::SelectNone);
        }
    }
    let rows = table.len(scene);
    let shown = open.map(|group| group.key.clone());
    let area = ScrollArea::vertical()
        .id_salt(("tracks", shown))
        .auto_shrink(false);
    row::WALK.show(ui, area, rows, |ui, range| {
        for index in range {
            if let Some(group) = folders.get(index) {
                folder::row_ui(ui, scene, &table, index, group);
                continue;
            }
            let at = index - folders.len();
            if let Some(track) = scene.state.browsing.track(at) {
                row::row_ui(ui, scene, &table, at, track);
            }
        }
    });
}

/// Column heads; a click sorts.
fn heads_ui(ui: &mut Ui, scene: &Scene<'_>, columns: &[Column], width: f32) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(width, 32.0), Sense::hover());
    let query = &scene.state.browsing.query;
    for column in columns {
        let head = Rect::from_min_max(
            pos2(rect.left() + column.left, rect.top()),
            pos2(rect.left() + column.right, rect.bottom()),
        );
        let name = column.kind.name(scene.text);
        let key = column.kind.sort_key();
        let on = query.sort == key;
        let response = ui.interact(head, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, on, name));
        let color = if on || response.hovered() {
            theme.text
        } else {
            theme.faint
        };
        let (anchor, x) = column.anchor(rect.left());
        let font = fonts::semibold(size::CAPTION);
        let painter = ui.painter();
        let text = painter.text(pos2(x, head.center().y), anchor, name, font, color);
        if on {
            let arrow = if query.descending {
                icons::CARET_DOWN
            } else {
                icons::CARET_UP
            };
            let beside = if column.kind.is_number() {
                text.left() - 9.0
            } else {
                text.right() + 9.0
            };
            paint_icon(
                painter,
                pos2(beside, head.center().y),
                arrow,
                11.0,
                theme.accent,
            );
        }
        focus_ring(ui, theme, &response, head.shrink(2.0), 6);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            scene.act(Action::SortBy(key));
        }
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom(),
        Stroke::new(1.0, theme.hairline),
    );
}
