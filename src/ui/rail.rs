//! The left rail: the places, and at its foot how far scanning and analysis are.

use super::action::{Action, Place};
use super::fonts;
use super::icons::{self, Icon};
use super::scene::{Scene, picture};
use super::strings;
use super::theme::{CONTROL_RADIUS, blend, size};
use super::widgets::{Button, focus_ring, icon_button, paint_elided, paint_icon, pill, place_at};
use eframe::egui::{
    Align2, Color32, CursorIcon, Layout, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

const WIDE: f32 = 216.0;
const NARROW: f32 = 72.0;
const PAD: f32 = 12.0;

/// The rail's width in a window this wide: with names, or icons only.
#[must_use]
pub fn width(window_width: f32) -> f32 {
    if window_width < 1_040.0 { NARROW } else { WIDE }
}

/// The rail.
pub fn rail_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let rect = ui.max_rect();
    let theme = scene.theme;
    let wide = rect.width() > NARROW + 1.0;
    let fill = theme
        .surface
        .gamma_multiply(if theme.dark { 0.55 } else { 0.65 });
    ui.painter().rect_filled(rect, 0, fill);
    let mut top = rect.top() + 20.0;
    mark(ui, scene, rect, top, wide);
    top += 64.0;
    for (number, place) in (1..).zip(Place::ALL) {
        let (icon, filled, name) = look(scene, place);
        let on = scene.state.place == place;
        let entry = Rect::from_min_size(
            pos2(rect.left() + PAD, top),
            vec2(rect.width() - 2.0 * PAD, 44.0),
        );
        let icon = if on { filled } else { icon };
        let shown = Entry {
            icon,
            name,
            key: &format!("Ctrl+{number}"),
            on,
        };
        if place_button(ui, scene, entry, &shown) {
            scene.act(Action::Go(place));
        }
        top += 48.0;
    }
    foot(ui, scene, rect, wide);
}

/// A place's icon, its icon when it is shown, and its name.
fn look(scene: &Scene<'_>, place: Place) -> (Icon, Icon, &'static str) {
    let text = scene.text;
    match place {
        Place::Feel => (icons::HEART, icons::HEART_FILL, text.feel),
        Place::Library => (icons::BOOKS, icons::BOOKS_FILL, text.library),
        Place::NowPlaying => (
            icons::VINYL_RECORD,
            icons::VINYL_RECORD_FILL,
            text.now_playing,
        ),
        Place::Playlists => (icons::PLAYLIST, icons::PLAYLIST_FILL, text.playlists),
        Place::Diary => (icons::NOTEBOOK, icons::NOTEBOOK_FILL, text.diary),
        Place::Settings => (icons::GEAR_SIX, icons::GEAR_SIX_FILL, text.settings),
    }
}

/// The program's name with its mark: sound waves on a gradient.
fn mark(ui: &Ui, scene: &Scene<'_>, rect: Rect, top: f32, wide: bool) {
    let theme = scene.theme;
    let painter = ui.painter();
    let left = if wide {
        rect.left() + PAD + 8.0
    } else {
        rect.center().x - 16.0
    };
    let tile = Rect::from_min_size(pos2(left, top), vec2(32.0, 32.0));
    painter.add(picture(
        tile,
        10,
        scene.art.gradient(Some(
            scene
                .state
                .accent_mood()
                .unwrap_or(crate::mood::Mood::Romantic),
        )),
        Color32::WHITE,
    ));
    paint_icon(
        painter,
        tile.center(),
        icons::WAVEFORM,
        20.0,
        Color32::WHITE,
    );
    if wide {
        let name = scene.state.language.pick("Maeum", "마음");
        painter.text(
            tile.right_center() + vec2(12.0, 0.0),
            Align2::LEFT_CENTER,
            name,
            fonts::semibold(size::HEADING),
            theme.text,
        );
    }
}

/// One place of the rail.
struct Entry<'a> {
    icon: Icon,
    name: &'static str,
    key: &'a str,
    on: bool,
}

fn place_button(ui: &Ui, scene: &Scene<'_>, rect: Rect, entry: &Entry<'_>) -> bool {
    let theme = scene.theme;
    let Entry {
        icon,
        name,
        key,
        on,
    } = *entry;
    let wide = rect.width() > NARROW;
    let response = ui.interact(rect, ui.scope_id().with(("place", name)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
    let hover = ui.ctx().animate_bool(response.id, response.hovered() || on);
    let fill = if on { theme.selected } else { theme.hover };
    let painter = ui.painter();
    painter.rect_filled(rect, CONTROL_RADIUS, fill.gamma_multiply(hover));
    let color = if on {
        theme.accent
    } else {
        blend(theme.soft, theme.text, hover)
    };
    let icon_x = if wide {
        rect.left() + 24.0
    } else {
        rect.center().x
    };
    paint_icon(painter, pos2(icon_x, rect.center().y), icon, 22.0, color);
    if wide {
        let font = if on {
            fonts::semibold(size::BODY)
        } else {
            fonts::regular(size::BODY)
        };
        let ink = if on { theme.text } else { color };
        paint_elided(
            painter,
            pos2(rect.left() + 48.0, rect.center().y),
            Align2::LEFT_CENTER,
            name,
            font,
            ink,
            rect.width() - 56.0,
        );
    }
    focus_ring(ui, theme, &response, rect, CONTROL_RADIUS);
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(format!("{name}   {key}"))
        .clicked()
}

/// Progress and the demo library's sign, from the bottom up.
fn foot(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, wide: bool) {
    let busy = scene.state.progress.scanning || scene.state.analyzing();
    let demo = scene
        .state
        .snapshot
        .as_ref()
        .is_some_and(|snapshot| snapshot.demo);
    let mut bottom = rect.bottom() - 12.0;
    if busy {
        let height = if wide { 92.0 } else { 56.0 };
        let card = Rect::from_min_max(
            pos2(rect.left() + PAD, bottom - height),
            pos2(rect.right() - PAD, bottom),
        );
        progress_card(ui, scene, card, wide);
        bottom = card.top() - 12.0;
    }
    if demo && !wide {
        let center = pos2(rect.center().x, bottom - 22.0);
        let spot = Rect::from_center_size(center, vec2(44.0, 44.0));
        place_at(ui, spot, Layout::default(), |ui| {
            let name = format!("{}: {}", scene.text.demo_badge, scene.text.leave_demo);
            let button = Button {
                size: 44.0,
                ..Button::new(icons::ARROW_LEFT, &name)
            };
            if icon_button(ui, scene.theme, &button).clicked() {
                scene.act(Action::OpenDemo(false));
            }
        });
    } else if demo {
        let card = Rect::from_min_max(
            pos2(rect.left() + PAD, bottom - 72.0),
            pos2(rect.right() - PAD, bottom),
        );
        place_at(ui, card, Layout::default(), |ui| {
            ui.vertical_centered(|ui| {
                ui.label(
                    eframe::egui::RichText::new(scene.text.demo_badge)
                        .size(size::SECONDARY)
                        .color(scene.theme.soft),
                );
                if pill(ui, scene.theme, None, scene.text.leave_demo, false).clicked() {
                    scene.act(Action::OpenDemo(false));
                }
            });
        });
    }
}

/// What the progress card says.
struct Told {
    title: &'static str,
    count: String,
    left: String,
    share: f32,
}

fn told(scene: &Scene<'_>) -> Told {
    let language = scene.state.language;
    let progress = &scene.state.progress;
    let analyzing = scene.state.analyzing();
    let title = if progress.paused {
        scene.text.paused
    } else if analyzing {
        scene.text.analyzing
    } else {
        scene.text.scanning
    };
    let count = if analyzing {
        format!(
            "{} / {}",
            strings::count(progress.analyzed),
            strings::count(progress.to_analyze)
        )
    } else {
        strings::tracks(language, progress.files_found)
    };
    let left = progress
        .secs_left
        .filter(|_| analyzing && !progress.paused)
        .map_or_else(String::new, |secs| strings::time_left(language, secs));
    Told {
        title,
        count,
        left,
        share: progress.analyzed as f32 / progress.to_analyze.max(1) as f32,
    }
}

fn progress_card(ui: &mut Ui, scene: &Scene<'_>, card: Rect, wide: bool) {
    let theme = scene.theme;
    let paused = scene.state.progress.paused;
    let told = told(scene);
    let response = ui.interact(card, ui.scope_id().with("progress"), Sense::hover());
    response.widget_info(|| {
        let name = format!("{}: {} {}", told.title, told.count, told.left);
        WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
    let painter = ui.painter().clone();
    let (button_at, bar_y, margin) = if wide {
        painter.rect_filled(card, 12, theme.hover);
        let at = pos2(card.right() - 22.0, card.top() + 26.0);
        (at, card.top() + 58.0, 12.0)
    } else {
        let at = card.center() - vec2(0.0, 10.0);
        (at, card.bottom() - 8.0, 4.0)
    };
    if wide {
        let x = card.left() + 12.0;
        let small = fonts::regular(size::CAPTION);
        for (y, line, font, color, room) in [
            (
                18.0,
                told.title,
                fonts::regular(size::SECONDARY),
                theme.text,
                64.0,
            ),
            (
                38.0,
                &told.count,
                fonts::tabular(size::SECONDARY),
                theme.soft,
                64.0,
            ),
            (76.0, &told.left, small, theme.faint, 24.0),
        ] {
            paint_elided(
                &painter,
                pos2(x, card.top() + y),
                Align2::LEFT_CENTER,
                line,
                font,
                color,
                card.width() - room,
            );
        }
    }
    let bar = Rect::from_min_max(
        pos2(card.left() + margin, bar_y - 2.0),
        pos2(card.right() - margin, bar_y + 2.0),
    );
    painter.rect_filled(bar, 2, theme.selected);
    let shown = ui
        .ctx()
        .animate_value_with_time(response.id, told.share, scene.motion_secs());
    let mut done = bar;
    done.set_width(bar.width() * shown);
    painter.rect_filled(done, 2, theme.accent);
    let (icon, name) = if paused {
        (icons::PLAY_FILL, scene.text.resume_analysis)
    } else {
        (icons::PAUSE_FILL, scene.text.pause_analysis)
    };
    let button = Button {
        size: 28.0,
        ..Button::new(icon, name)
    };
    let button_rect = Rect::from_center_size(button_at, vec2(28.0, 28.0));
    place_at(ui, button_rect, Layout::default(), |ui| {
        if icon_button(ui, theme, &button).clicked() {
            scene.act(Action::PauseAnalysis(!paused));
        }
    });
    if !wide {
        response.on_hover_text(format!("{}\n{}\n{}", told.title, told.count, told.left));
    }
}
