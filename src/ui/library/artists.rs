//! Artists: a list of names.

use super::group::{answer, enqueue, like, paint_group, play};
use super::table::GUTTER;
use crate::library::{Group, GroupKind};
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::Walk;
use crate::ui::widgets::{
    Button, focus_ring, icon_button, paint_elided, paint_mood_chip, place_at,
};
use eframe::egui::{
    Align, Align2, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

const HEIGHT: f32 = 64.0;
/// Width of the mood's chip and of the length, points.
const MOOD: f32 = 112.0;
const TIME: f32 = 104.0;

/// How the focus walks over the list.
pub const WALK: Walk = Walk::new("artist row", HEIGHT, 1);

/// The artists.
pub fn artists_ui(ui: &mut Ui, scene: &Scene<'_>, artists: &[Arc<Group>]) {
    let area = ScrollArea::vertical().id_salt("artists").auto_shrink(false);
    WALK.show(ui, area, artists.len(), |ui, range| {
        for index in range {
            row_ui(ui, scene, artists, index);
        }
    });
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, artists: &[Arc<Group>], index: usize) {
    let (theme, language) = (scene.theme, scene.state.language);
    let artist = &artists[index];
    let name = scene.state.group_name(artist);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - GUTTER, HEIGHT));
    let response = ui.interact(rect, WALK.item(index), Sense::click());
    response.widget_info(|| {
        let facts = strings::group_facts(language, artist);
        WidgetInfo::labeled(Role::ListItem, true, format!("{name}, {facts}"))
    });
    let over = ui.rect_contains_pointer(rect);
    let body = rect.shrink2(vec2(0.0, 2.0));
    let painter = ui.painter().clone();
    if over || response.has_focus() {
        painter.rect_filled(body, CONTROL_RADIUS, theme.hover);
    }
    let center = pos2(rect.left() + 34.0, rect.center().y);
    let portrait = Rect::from_center_size(center, vec2(48.0, 48.0));
    paint_group(&painter, scene, portrait, 24, artist);
    let right = right_ui(ui, scene, rect, artist, over);
    let mut facts = strings::tracks(language, artist.tracks.len());
    if artist.albums > 0 {
        let albums = strings::groups(language, GroupKind::Albums, artist.albums);
        facts = format!("{albums} · {facts}");
    }
    let playing = scene.state.player.current();
    let current = playing.is_some_and(|playing| artist.tracks.contains(&playing.id));
    let ink = if current { theme.accent } else { theme.text };
    for (dy, line, font, color) in [
        (-10.0, &name, fonts::semibold(size::BODY), ink),
        (11.0, &facts, fonts::regular(12.0), theme.soft),
    ] {
        let at = pos2(portrait.right() + 14.0, rect.center().y + dy);
        let room = right - at.x - 12.0;
        paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, room);
    }
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    answer(ui, scene, &WALK, response, (index, artists.len()), artist);
}

/// Mood and length, or what can be done while the pointer is there; where that begins.
fn right_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, artist: &Arc<Group>, over: bool) -> f32 {
    let (theme, text) = (scene.theme, scene.text);
    let middle = rect.center().y;
    let end = rect.right() - 14.0;
    if over {
        let name = scene.state.group_name(artist);
        let at = Rect::from_min_max(pos2(end - 120.0, middle - 18.0), pos2(end, middle + 18.0));
        place_at(ui, at, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let said = |what: &str| format!("{what}: {name}");
            let similar = said(text.more_like_this);
            if icon_button(ui, theme, &Button::new(icons::SPARKLE, &similar)).clicked() {
                like(scene, artist);
            }
            let add = said(text.add_to_queue);
            if icon_button(ui, theme, &Button::new(icons::LIST_PLUS, &add)).clicked() {
                enqueue(scene, artist, false);
            }
            let start = said(text.play);
            if icon_button(ui, theme, &Button::new(icons::PLAY_FILL, &start)).clicked() {
                play(scene, artist, false);
            }
        });
        return at.left();
    }
    if rect.width() < 420.0 {
        return end;
    }
    let time = strings::long_time(scene.state.language, artist.duration_secs);
    let font = fonts::regular(size::SECONDARY);
    let painter = ui.painter();
    painter.text(
        pos2(end, middle),
        Align2::RIGHT_CENTER,
        time,
        font,
        theme.faint,
    );
    let left = end - TIME - MOOD;
    if let Some(mood) = artist.mood {
        let at = pos2(left, middle);
        paint_mood_chip(painter, theme, scene.state.language, at, mood);
    }
    left
}
