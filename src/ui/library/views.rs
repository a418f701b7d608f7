//! The switch between the views: tracks, albums, artists, folders.

use super::action::{LibraryAction, LibraryView};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::scene::Scene;
use crate::ui::theme::{PILL_RADIUS, blend, size};
use crate::ui::widgets::{focus_ring, paint_icon};
use eframe::egui::{
    Align2, Color32, CursorIcon, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

const HEIGHT: f32 = 36.0;

fn look(scene: &Scene<'_>, view: LibraryView) -> (Icon, &'static str) {
    let text = scene.text;
    match view {
        LibraryView::Tracks => (icons::MUSIC_NOTES, text.tracks),
        LibraryView::Albums => (icons::VINYL_RECORD, text.albums),
        LibraryView::Artists => (icons::USER, text.artists),
        LibraryView::Folders => (icons::FOLDER, text.music_in_folders),
    }
}

/// The switch; with icons alone where it is narrow.
pub fn views_ui(ui: &mut Ui, scene: &Scene<'_>, narrow: bool) {
    let now = scene.state.browsing.view;
    for (key, steps) in [(Key::PageDown, 1), (Key::PageUp, -1)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)) {
            look_at(scene, now.beside(steps));
        }
    }
    let font = fonts::regular(size::SECONDARY);
    let widths = LibraryView::ALL.map(|view| {
        let (_, name) = look(scene, view);
        let galley =
            ui.painter()
                .layout_no_wrap(name.to_owned(), font.clone(), Color32::PLACEHOLDER);
        if narrow { 44.0 } else { galley.size().x + 46.0 }
    });
    let whole = vec2(widths.iter().sum(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
    ui.painter()
        .rect_filled(rect, PILL_RADIUS, scene.theme.hover);
    let mut left = rect.left();
    for (view, width) in LibraryView::ALL.into_iter().zip(widths) {
        let at = Rect::from_min_size(pos2(left, rect.top()), vec2(width, HEIGHT));
        view_ui(ui, scene, view, at, narrow);
        left += width;
    }
}

fn view_ui(ui: &Ui, scene: &Scene<'_>, view: LibraryView, at: Rect, narrow: bool) {
    let theme = scene.theme;
    let (icon, name) = look(scene, view);
    let on = scene.state.browsing.view == view;
    let response = ui.interact(at, ui.scope_id().with(("view", view)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
    let hover = ui.ctx().animate_bool(response.id, response.hovered());
    let painter = ui.painter();
    if on {
        painter.rect_filled(at.shrink(3.0), PILL_RADIUS - 3, theme.selected);
    }
    let ink = if on {
        theme.text
    } else {
        blend(theme.soft, theme.text, hover)
    };
    let color = if on { theme.accent } else { ink };
    let middle = at.center().y;
    if narrow {
        paint_icon(painter, at.center(), icon, 17.0, color);
    } else {
        paint_icon(painter, pos2(at.left() + 21.0, middle), icon, 16.0, color);
        painter.text(
            pos2(at.left() + 34.0, middle),
            Align2::LEFT_CENTER,
            name,
            fonts::regular(size::SECONDARY),
            ink,
        );
    }
    focus_ring(ui, theme, &response, at.shrink(3.0), PILL_RADIUS - 3);
    let keys = "Ctrl+PgUp / Ctrl+PgDn";
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(format!("{name}   {keys}"));
    if response.clicked() {
        look_at(scene, view);
    }
}

fn look_at(scene: &Scene<'_>, view: LibraryView) {
    scene.act(Action::Library(LibraryAction::View(view)));
}
