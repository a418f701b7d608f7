//! The track that plays: its cover, its mood and what speaks for it, its words.

mod evidence;
mod lyrics;

use super::action::{Action, Place};
use super::feel::why::{never_ui, thumbs_ui};
use super::fonts;
use super::icons;
use super::scene::Scene;
use super::seek::seek_bar;
use super::strings;
use super::theme::size;
use super::widgets::{Button, STARS_WIDTH, Stars, icon_button, label, paint_arc, paint_icon, pill};
use crate::library::{Track, WholeTrack};
use crate::mood::MoodVector;
use eframe::egui::{
    Align, Align2, Layout, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

/// Narrower than this the words stand below the cover.
const TWO_COLUMNS: f32 = 720.0;
/// A button with less room than this shows its icon alone, points.
const ROOM_FOR_WORDS: f32 = 160.0;
/// Height of the track's course, points.
const COURSE: f32 = 92.0;
/// Everything of the left column but the cover, points.
const BELOW_COVER: f32 = 344.0;

/// The Now playing screen.
pub fn now_playing_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let Some(track) = scene.state.current() else {
        nothing_ui(ui, scene, whole);
        return;
    };
    let mut inner = whole.shrink2(vec2(28.0, 24.0));
    if let Some(heard) = scene.state.playing.whole.as_deref() {
        let (above, below) = inner.split_top_bottom_at_y(inner.bottom() - COURSE);
        course_ui(ui, scene, below, heard);
        inner = above;
        inner.max.y -= 12.0;
    }
    if inner.width() < TWO_COLUMNS {
        column(ui, "both", inner, |ui| {
            ScrollArea::vertical().id_salt("one column").show(ui, |ui| {
                about_ui(ui, scene, track, 220.0);
                ui.add_space(24.0);
                let rest = Rect::from_min_size(
                    ui.cursor().min,
                    vec2(inner.width() - 12.0, (inner.height() - 40.0).max(240.0)),
                );
                ui.allocate_rect(rest, Sense::hover());
                column(ui, "words", rest, |ui| lyrics::lyrics_ui(ui, scene, track));
            });
        });
        return;
    }
    let width = (inner.width() * 0.38).clamp(280.0, 440.0);
    let left = Rect::from_min_max(inner.min, pos2(inner.left() + width, inner.bottom()));
    let right = Rect::from_min_max(pos2(left.right() + 40.0, inner.top()), inner.max);
    column(ui, "about", left, |ui| {
        let cover = (inner.height() - BELOW_COVER).clamp(180.0, width);
        ScrollArea::vertical()
            .id_salt("about the track")
            .auto_shrink(false)
            .show(ui, |ui| about_ui(ui, scene, track, cover));
    });
    column(ui, "words", right, |ui| lyrics::lyrics_ui(ui, scene, track));
}

fn column(ui: &mut Ui, name: &'static str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ui.shrink_clip_rect(rect.expand(4.0));
        add(ui);
    });
}

/// How the mood moves through the track, above its outline.
fn course_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, whole: &WholeTrack) {
    let theme = scene.theme;
    let small = fonts::regular(size::CAPTION);
    // The slider keeps a margin for its knob.
    let across = rect.shrink2(vec2(6.0, 0.0));
    let arc = Rect::from_min_max(across.min, pos2(across.right(), rect.bottom() - 48.0));
    let painter = ui.painter();
    painter.hline(
        arc.x_range(),
        arc.center().y,
        Stroke::new(1.0, theme.hairline),
    );
    paint_arc(painter, theme, arc.shrink2(vec2(0.0, 3.0)), &whole.arc);
    for (anchor, at, word) in [
        (Align2::RIGHT_TOP, arc.right_top(), scene.text.excited),
        (Align2::RIGHT_BOTTOM, arc.right_bottom(), scene.text.calm),
    ] {
        painter.text(at, anchor, word, small.clone(), theme.faint);
    }
    let response = ui.interact(arc, ui.scope_id().with("course"), Sense::hover());
    response.widget_info(|| {
        let moods = moods_along(scene, whole).join(" → ");
        let name = format!("{}: {moods}", scene.text.emotion_arc);
        WidgetInfo::labeled(Role::Image, true, name)
    });
    response.on_hover_text(scene.text.emotion_arc);
    let wave = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 44.0), rect.max);
    seek_bar(ui, scene, scene.text.outline, wave);
}

/// The moods the track goes through, each named once where it begins.
fn moods_along(scene: &Scene<'_>, whole: &WholeTrack) -> Vec<&'static str> {
    let mut moods: Vec<&'static str> = whole
        .arc
        .points()
        .flatten()
        .map(|(valence, arousal)| MoodVector::from_point(valence, arousal, 1.0).top())
        .map(|mood| mood.name(scene.state.language))
        .collect();
    moods.dedup();
    moods
}

/// Cover, names, what to do with it, and its mood.
fn about_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track, cover: f32) {
    let theme = scene.theme;
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, _) = ui.allocate_exact_size(vec2(cover, cover), Sense::hover());
    scene.cover(ui.painter(), rect, track, 14);
    ui.add_space(16.0);
    label(ui, track.title(), fonts::semibold(24.0), theme.text);
    ui.add_space(2.0);
    let artist = scene.artist(track);
    label(ui, artist, fonts::regular(size::BODY), theme.soft);
    let album = album_line(track);
    if !album.is_empty() {
        label(ui, &album, fonts::regular(size::SECONDARY), theme.faint);
    }
    ui.add_space(10.0);
    // Files from outside the library have no history here.
    if scene.state.track(track.id).is_some() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let (rect, _) = ui.allocate_exact_size(vec2(STARS_WIDTH + 8.0, 36.0), Sense::hover());
            let stars = Stars {
                name: &strings::rating_of(scene.state.language, track.title()),
                given: track.rating,
                quiet: false,
                focusable: true,
            };
            let id = ui.scope_id().with("stars");
            if let Some(stars) = stars.show_at(ui, theme, id, rect) {
                scene.act(Action::Rate(vec![track.id], stars));
            }
            thumbs_ui(ui, scene, track.id, track.title(), 36.0, ("Alt+↑", "Alt+↓"));
            never_ui(ui, scene, track.id);
            let (icon, name) = (icons::SPARKLE, scene.text.more_like_this);
            let similar = if ui.available_width() < ROOM_FOR_WORDS {
                icon_button(ui, theme, &Button::new(icon, name))
            } else {
                pill(ui, theme, Some(icon), name, false)
            };
            if similar.clicked() {
                scene.act(Action::Like(vec![track.id]));
            }
        });
        ui.add_space(14.0);
        evidence::evidence_ui(ui, scene, track);
    }
}

/// "Slow Tides · 2019".
fn album_line(track: &Track) -> String {
    match (track.tags.album.as_str(), track.tags.year) {
        ("", None) => String::new(),
        ("", Some(year)) => year.to_string(),
        (album, None) => album.to_owned(),
        (album, Some(year)) => format!("{album} · {year}"),
    }
}

fn nothing_ui(ui: &mut Ui, scene: &Scene<'_>, whole: Rect) {
    let middle = Rect::from_center_size(whole.center(), vec2(whole.width().min(420.0), 220.0));
    let layout = Layout::top_down(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(middle).layout(layout), |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 36.0, scene.theme.hover);
        paint_icon(
            ui.painter(),
            rect.center(),
            icons::VINYL_RECORD,
            36.0,
            scene.theme.soft,
        );
        ui.add_space(8.0);
        label(
            ui,
            scene.text.nothing_playing,
            fonts::semibold(size::HEADING),
            scene.theme.text,
        );
        label(
            ui,
            scene.text.nothing_playing_help,
            fonts::regular(size::BODY),
            scene.theme.soft,
        );
        ui.add_space(8.0);
        if pill(ui, scene.theme, Some(icons::HEART), scene.text.feel, true).clicked() {
            scene.act(Action::Go(Place::Feel));
        }
    });
}
