//! The same recording in more than one file: which is the better one, and what to do about
//! the others.

use super::{empty_ui, way_back};
use crate::desktop::HAS_TRASH;
use crate::library::{Track, TrackId};
use crate::recommend::{Better, Duplicates, FileCopy, Reaction};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::scene::Scene;
use crate::ui::state::DuplicateLine;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::{Button, icon_button, label, paint_elided, paint_icon, pill, place_at};
use eframe::egui::{
    Align, Align2, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

/// Height of a line, points.
const HEIGHT: f32 = 56.0;
/// Room for the scroll bar, points.
const GUTTER: f32 = 10.0;
/// Copies stand so far to the right of their recording.
const INDENT: f32 = 52.0;
/// Room for the buttons of a copy, and for the question whether that is meant.
const BUTTONS: f32 = 168.0;
const QUESTION: f32 = 340.0;

/// What the listener did about duplicates.
#[derive(Debug, Clone, Copy)]
pub enum DuplicateAction {
    /// Show them.
    Open,
    /// Back to the library.
    Close,
    /// Ask whether a track's file is really to go to the trash; `None` leaves it.
    Doubt(Option<TrackId>),
    /// It really is.
    Trash(TrackId),
}

fn act(scene: &Scene<'_>, action: DuplicateAction) {
    scene.act(Action::Duplicates(action));
}

/// The page.
pub fn duplicates_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let page = &scene.state.duplicates;
    head_ui(ui, scene);
    match page.found.as_deref() {
        None => empty_ui(ui, scene, text.looking, ""),
        Some([]) => empty_ui(ui, scene, text.no_duplicates, text.no_duplicates_help),
        Some(found) => {
            let area = ScrollArea::vertical()
                .id_salt("duplicates")
                .auto_shrink(false);
            area.show_rows(ui, HEIGHT, page.lines.len(), |ui, range| {
                for line in &page.lines[range] {
                    match *line {
                        DuplicateLine::Recording(group) => recording_ui(ui, scene, &found[group]),
                        DuplicateLine::Copy(group, copy) => {
                            copy_ui(ui, scene, &found[group], copy);
                        }
                    }
                }
            });
        }
    }
    if way_back(ui.ctx(), scene).is_some() {
        let doubted = page.doubted.is_some();
        let back = if doubted {
            DuplicateAction::Doubt(None)
        } else {
            DuplicateAction::Close
        };
        act(scene, back);
    }
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let page = &scene.state.duplicates;
    ui.horizontal(|ui| {
        let button = Button {
            key: "Esc",
            ..Button::new(icons::ARROW_LEFT, text.back)
        };
        if icon_button(ui, theme, &button).clicked() {
            act(scene, DuplicateAction::Close);
        }
        label(
            ui,
            text.duplicates,
            fonts::semibold(size::TITLE),
            theme.text,
        );
        ui.add_space(8.0);
        if let Some(found) = page.found.as_ref().filter(|found| !found.is_empty()) {
            let facts =
                strings::duplicate_facts(scene.state.language, found.len(), page.spare_bytes());
            label(ui, &facts, fonts::regular(size::SECONDARY), theme.faint);
        }
    });
    ui.add_space(6.0);
    let help = if HAS_TRASH {
        text.duplicates_help
    } else {
        text.duplicates_help_no_trash
    };
    label(ui, help, fonts::regular(size::SECONDARY), theme.soft);
    ui.add_space(10.0);
}

/// What the recording is, and how that is known.
fn recording_ui(ui: &mut Ui, scene: &Scene<'_>, group: &Duplicates) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - GUTTER, HEIGHT));
    let first = group.copies.first();
    let Some(track) = first.and_then(|copy| scene.state.track(copy.track)) else {
        return;
    };
    let response = ui.interact(
        rect,
        ui.scope_id().with(("recording", track.id)),
        Sense::hover(),
    );
    let kind = if group.same_audio {
        scene.text.same_audio
    } else {
        scene.text.same_recording
    };
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Heading,
            true,
            format!("{}, {kind}", track.full_title()),
        )
    });
    let painter = ui.painter();
    let cover = Rect::from_center_size(
        pos2(rect.left() + 20.0, rect.center().y + 4.0),
        vec2(40.0, 40.0),
    );
    scene.cover(painter, cover, track, 6);
    let left = rect.left() + INDENT;
    let room = rect.right() - left - 16.0;
    let lines = [
        (-4.0, track.title(), fonts::semibold(size::BODY), theme.text),
        (
            14.0,
            track.artist(),
            fonts::regular(size::SECONDARY),
            theme.soft,
        ),
    ];
    for (dy, text, font, ink) in lines {
        let at = pos2(left, rect.center().y + dy);
        paint_elided(
            painter,
            at,
            Align2::LEFT_CENTER,
            text,
            font,
            ink,
            room * 0.7,
        );
    }
    painter.text(
        pos2(rect.right() - 12.0, rect.center().y + 4.0),
        Align2::RIGHT_CENTER,
        kind,
        fonts::regular(size::SECONDARY),
        theme.faint,
    );
}

fn copy_ui(ui: &mut Ui, scene: &Scene<'_>, group: &Duplicates, index: usize) {
    let theme = scene.theme;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width() - GUTTER, HEIGHT));
    let copy = &group.copies[index];
    let Some(track) = scene.state.track(copy.track) else {
        return;
    };
    let body = Rect::from_min_max(pos2(rect.left() + INDENT - 8.0, rect.top() + 2.0), rect.max);
    ui.painter().rect_filled(body, CONTROL_RADIUS, theme.hover);
    let doubted = scene.state.duplicates.doubted == Some(track.id);
    let buttons = if doubted { QUESTION } else { BUTTONS };
    let better = group.better.filter(|_| index == 0);
    let badge = better.map_or(0.0, |better| badge_ui(ui, scene, body, better, buttons));
    let left = body.left() + 14.0;
    let room = body.width() - 28.0 - buttons - badge;
    let path = track.path.display().to_string();
    let facts = strings::copy_facts(copy, &track.codec, track.duration_secs);
    let lines = [
        (-9.0, path.as_str(), fonts::regular(14.0), theme.text),
        (10.0, facts.as_str(), fonts::tabular(12.0), theme.soft),
    ];
    for (dy, text, font, ink) in lines {
        let at = pos2(left, body.center().y + dy);
        paint_elided(ui.painter(), at, Align2::LEFT_CENTER, text, font, ink, room);
    }
    let response = ui.interact(body, ui.scope_id().with(("copy", track.id)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{path}, {facts}")));
    let at = Rect::from_min_max(pos2(body.right() - buttons - 8.0, body.top()), body.max);
    place_at(ui, at, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(8.0);
        if doubted {
            question_ui(ui, scene, track);
        } else {
            buttons_ui(ui, scene, track, copy);
        }
    });
}

/// Says that a copy is the better one, and why. Returns the room it takes.
fn badge_ui(ui: &Ui, scene: &Scene<'_>, body: Rect, better: Better, buttons: f32) -> f32 {
    let (text, theme) = (scene.text, scene.theme);
    let why = match better {
        Better::Lossless => text.better_lossless,
        Better::BitRate => text.better_bit_rate,
        Better::Tags => text.better_tags,
    };
    let painter = ui.painter();
    let font = fonts::regular(size::SECONDARY);
    let galley = painter.layout_no_wrap(why.to_owned(), font, theme.text);
    let width = galley.size().x + 42.0;
    let right = body.right() - buttons - 16.0;
    let badge = Rect::from_min_max(
        pos2(right - width, body.center().y - 13.0),
        pos2(right, body.center().y + 13.0),
    );
    painter.rect_filled(badge, 13, theme.tint(theme.accent));
    let icon = pos2(badge.left() + 16.0, badge.center().y);
    paint_icon(painter, icon, icons::CHECK, 14.0, theme.accent);
    let at =
        Align2::LEFT_CENTER.anchor_size(pos2(badge.left() + 28.0, badge.center().y), galley.size());
    painter.galley(at.min, galley, theme.text);
    width + 12.0
}

fn buttons_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track, copy: &FileCopy) {
    let (text, theme) = (scene.text, scene.theme);
    let named = |name: &str| format!("{name}: {}", track.path.display());
    if HAS_TRASH {
        let name = named(text.move_to_trash);
        if icon_button(ui, theme, &small(icons::TRASH, &name)).clicked() {
            act(scene, DuplicateAction::Doubt(Some(copy.track)));
        }
    }
    let never = scene.state.listener.never_track(track.id);
    let name = named(if never {
        text.allow_again
    } else {
        text.never_track
    });
    let button = Button {
        on: Some(never),
        ..small(icons::PROHIBIT, &name)
    };
    if icon_button(ui, theme, &button).clicked() {
        let reaction = if never {
            Reaction::Allowed
        } else {
            Reaction::NeverTrack
        };
        scene.act(Action::React(track.id, reaction));
    }
    let name = named(text.show_in_folder);
    if icon_button(ui, theme, &small(icons::FOLDER, &name)).clicked() {
        scene.act(Action::ShowInFolder(track.path.clone()));
    }
    let name = named(text.play);
    if icon_button(ui, theme, &small(icons::PLAY_FILL, &name)).clicked() {
        scene.act(Action::Play(vec![track.id]));
    }
}

fn small(icon: Icon, name: &str) -> Button<'_> {
    Button {
        size: 34.0,
        ..Button::new(icon, name)
    }
}

fn question_ui(ui: &mut Ui, scene: &Scene<'_>, track: &Track) {
    let (text, theme) = (scene.text, scene.theme);
    if pill(ui, theme, None, text.cancel, false).clicked() {
        act(scene, DuplicateAction::Doubt(None));
    }
    if pill(ui, theme, Some(icons::TRASH), text.move_to_trash, true).clicked() {
        act(scene, DuplicateAction::Trash(track.id));
    }
}
