//! All tracks: search as you type, sortable columns, only visible rows laid out.

mod columns;
mod row;

use super::action::Action;
use super::fonts;
use super::icons;
use super::keys;
use super::scene::Scene;
use super::strings;
use super::theme::size;
use super::widgets::{chip, field, label, mood_icon, paint_icon, pill};
use crate::mood::Mood;
use columns::{Column, columns};
use eframe::egui::{
    Align, CursorIcon, Frame, Key, Layout, Margin, Modifiers, Rect, Role, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, pos2, vec2,
};

/// Room for the scroll bar, points.
const GUTTER: f32 = 10.0;

/// The Library screen.
pub fn library_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let pad = if whole.width() < 700.0 { 16 } else { 28 };
    Frame::NONE
        .inner_margin(Margin {
            left: pad,
            right: pad,
            top: 24,
            bottom: 0,
        })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, scene);
            let all = scene.state.library().map_or(0, |library| library.len());
            let text = scene.text;
            if all == 0 {
                empty_ui(ui, scene, text.empty_library_title, text.empty_library_text);
                ui.vertical_centered(|ui| {
                    ui.add_space(16.0);
                    let icon = Some(icons::FOLDER_PLUS);
                    if pill(ui, scene.theme, icon, text.choose_folder, true).clicked() {
                        scene.act(Action::ChooseFolder);
                    }
                });
            } else if scene.state.browsing.rows.is_some() && scene.state.browsing.is_empty() {
                empty_ui(ui, scene, text.no_result_title, text.no_result_text);
            } else {
                table_ui(ui, scene);
            }
        });
}

/// Title, search and the mood filter.
fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let browsing = &scene.state.browsing;
    ui.horizontal(|ui| {
        label(
            ui,
            scene.text.library,
            fonts::semibold(size::TITLE),
            theme.text,
        );
        ui.add_space(8.0);
        let number = if browsing.chosen.len() > 1 {
            strings::selected(scene.state.language, browsing.chosen.len())
        } else {
            strings::tracks(scene.state.language, browsing.len())
        };
        label(ui, &number, fonts::regular(size::SECONDARY), theme.faint);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            search_ui(ui, scene);
        });
    });
    ui.add_space(14.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let filter = browsing.query.mood;
        let all = scene.text.any_mood;
        if chip(ui, theme, None, all, theme.accent, filter.is_none()).clicked() {
            scene.act(Action::FilterMood(None));
        }
        for mood in Mood::ALL {
            let on = filter == Some(mood);
            let name = mood.name(scene.state.language);
            let icon = Some(mood_icon(mood));
            if chip(ui, theme, icon, name, theme.mood(mood), on).clicked() {
                scene.act(Action::FilterMood((!on).then_some(mood)));
            }
        }
    });
    ui.add_space(14.0);
}

fn search_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let width = ui.available_width().min(320.0);
    let id = keys::search_field();
    let (response, changed) = field(
        ui,
        scene.theme,
        id,
        &scene.state.browsing.query.text,
        scene.text.search,
        width,
    );
    if let Some(text) = changed {
        scene.act(Action::Search(text));
    }
    let icon = pos2(response.rect.right() - 20.0, response.rect.center().y);
    paint_icon(
        ui.painter(),
        icon,
        icons::MAGNIFYING_GLASS,
        18.0,
        scene.theme.faint,
    );
    let (down, escape) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::Escape),
        )
    });
    if response.lost_focus() && escape {
        scene.act(Action::Search(String::new()));
    }
    if down && (response.has_focus() || response.lost_focus()) {
        row::focus(ui.ctx(), scene.state.browsing.cursor.unwrap_or(0));
    }
    response
        .accessible_name(scene.text.search)
        .on_hover_text(format!("{}   Ctrl+F", scene.text.search));
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, title: &str, text: &str) {
    ui.add_space(64.0);
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 36.0, scene.theme.hover);
        paint_icon(
            ui.painter(),
            rect.center(),
            icons::MUSIC_NOTES,
            34.0,
            scene.theme.soft,
        );
        ui.add_space(16.0);
        label(ui, title, fonts::semibold(size::HEADING), scene.theme.text);
        ui.add_space(6.0);
        label(ui, text, fonts::regular(size::BODY), scene.theme.soft);
    });
}

fn table_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let width = ui.available_width() - GUTTER;
    let columns = columns(width);
    heads_ui(ui, scene, &columns, width);
    let ctx = ui.ctx().clone();
    if !ctx.text_edit_focused() && scene.state.editing.is_none() {
        if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            scene.act(Action::SelectAll);
        }
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            scene.act(Action::SelectNone);
        }
    }
    let rows = scene.state.browsing.len();
    let wanted = row::wanted(&ctx);
    let mut area = ScrollArea::vertical().id_salt("tracks").auto_shrink(false);
    if let Some(wanted) = wanted {
        area = row::reveal(ui, area, wanted.min(rows.saturating_sub(1)));
    }
    let shown = area.show_rows(ui, row::HEIGHT, rows, |ui, range| {
        for index in range {
            if let Some(track) = scene.state.browsing.track(index) {
                row::row_ui(ui, scene, &columns, index, track);
            }
        }
    });
    row::remember(
        &ctx,
        shown.state.clamped_offset().y,
        shown.inner_rect.height(),
    );
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
        super::widgets::focus_ring(ui, theme, &response, head.shrink(2.0), 6);
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
