//! The playlist for a feeling, each track with the reason it is there.

use super::filters::{filters_ui, mode_ui};
use super::photo;
use super::rearrange;
use super::starters::ready_ui;
use super::why::{never_items, thumbs_ui};
use crate::engine::{Length, PhotoAnswer, Wish};
use crate::mood::Mood;
use crate::recommend::{Lesson, Reaction, Suggestion};
use crate::ui::action::Action;
use crate::ui::file_field::{FileAnswer, FileField};
use crate::ui::file_menu::file_items_ui;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::keys::focus_on_track;
use crate::ui::playlists::{PlaylistAction, add_to_playlist_ui};
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::{CONTROL_RADIUS, size};
use crate::ui::widgets::{
    Button, Walk, chip, focus_ring, icon_button, label, menu_item, paint_elided, paint_icon,
    paint_mood_chip_before, pill, place_at,
};
use eframe::egui::{
    Align, Align2, Color32, CursorIcon, Id, InputState, Key, Layout, Painter, Popup, Pos2, Rect,
    Role, ScrollArea, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

/// Height of a row, points.
const ROW: f32 = 76.0;
/// How the focus walks over the rows.
pub const WALK: Walk = Walk::new("suggestion", ROW, 1);
/// A list whose best match is below this fits poorly, 0…1.
const WEAK: f32 = 0.4;
/// A second mood is shown when it has at least this share.
const SECOND_MOOD: f32 = 0.22;
const LENGTHS: [Length; 7] = [
    Length::Tracks(10),
    Length::Tracks(20),
    Length::Tracks(50),
    Length::Minutes(30.0),
    Length::Minutes(60.0),
    Length::Minutes(120.0),
    Length::Minutes(240.0),
];

/// The playlist, or why there is none.
pub fn results_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let feeling = &scene.state.feeling;
    let text = scene.text;
    ui.add_space(18.0);
    if feeling.end_unread()
        && let Some(photos) = feeling.answer.as_ref().and_then(|it| it.photos.as_ref())
    {
        unread_ui(ui, scene, photos);
        return;
    }
    if feeling.unknown() {
        let help = text.unknown_text;
        empty_ui(ui, scene, icons::SMILEY, text.unknown_title, help);
        return;
    }
    if let Some((done, of)) = feeling.reading_photos() {
        let line = strings::reading_photos(scene.state.language, done, of);
        label(ui, &line, fonts::regular(size::BODY), scene.theme.soft);
        ui.add_space(8.0);
    }
    let Some(answer) = &feeling.answer else {
        // Words are understood at once; a photo takes a moment.
        let photos = matches!(feeling.wish, Some(Wish::Photos { .. }));
        if photos && feeling.reading_photos().is_none() {
            let font = fonts::regular(size::BODY);
            label(ui, text.looking_at_photo, font, scene.theme.soft);
        }
        return;
    };
    if let Some(photos) = feeling.photos() {
        if feeling.no_photo() {
            unread_ui(ui, scene, photos);
            return;
        }
        photo::header_ui(ui, scene, photos);
    }
    controls_ui(ui, scene, &answer.tracks);
    filters_ui(ui, scene);
    lessons_ui(ui, scene, &answer.lessons);
    weak_ui(ui, scene, &answer.tracks);
    ready_ui(ui, scene);
    ui.add_space(8.0);
    if answer.tracks.is_empty() {
        if answer.considered == 0 && scene.state.ready == 0 {
            let help = text.nothing_ready_text;
            empty_ui(ui, scene, icons::WAVEFORM, text.nothing_ready_title, help);
        } else {
            let help = text.no_match_text;
            empty_ui(ui, scene, icons::SMILEY, text.no_match_title, help);
        }
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let count = answer.tracks.len();
    let area = ScrollArea::vertical()
        .id_salt("suggestions")
        .auto_shrink(false);
    WALK.show(ui, area, count, |ui, rows| {
        let top = ui.cursor().top() - rows.start as f32 * ROW;
        for index in rows {
            row(ui, scene, index, count, &answer.tracks[index]);
        }
        rearrange::drag_ui(ui, scene, top, ROW, &answer.tracks);
    });
}

/// Where nothing comes near, that this is known.
fn weak_ui(ui: &mut Ui, scene: &Scene<'_>, tracks: &[Suggestion]) {
    let fits = |suggestion: &Suggestion| suggestion.match_score >= WEAK;
    if !tracks.is_empty() && !tracks.iter().any(fits) {
        ui.add_space(10.0);
        let font = fonts::regular(size::SECONDARY);
        label(ui, scene.text.weak_matches, font, scene.theme.soft);
    }
}

/// What the listener's reactions changed about this list.
fn lessons_ui(ui: &mut Ui, scene: &Scene<'_>, lessons: &[Lesson]) {
    let lines: Vec<String> = lessons
        .iter()
        .map(|lesson| lesson.line(scene.state.language))
        .collect();
    if !lines.is_empty() {
        ui.add_space(4.0);
        let font = fonts::regular(size::SECONDARY);
        label(ui, &lines.join("  ·  "), font, scene.theme.soft);
    }
}

/// Why no photo could be read, and what to do then.
fn unread_ui(ui: &mut Ui, scene: &Scene<'_>, photos: &PhotoAnswer) {
    let text = scene.text;
    let why = photo::why_unread(scene, photos);
    empty_ui(ui, scene, icons::IMAGE, text.no_photo_title, &why);
    ui.vertical_centered(|ui| {
        ui.add_space(2.0);
        let font = fonts::regular(size::SECONDARY);
        label(ui, text.no_photo_help, font, scene.theme.faint);
        ui.add_space(16.0);
        let icon = Some(icons::IMAGE);
        if pill(ui, scene.theme, icon, text.choose_photos, true).clicked() {
            scene.act(Action::ChoosePhotos);
        }
    });
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>, icon: Icon, title: &str, text: &str) {
    ui.add_space(32.0);
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(64.0, 64.0), Sense::hover());
        ui.painter()
            .circle_filled(rect.center(), 32.0, scene.theme.hover);
        paint_icon(ui.painter(), rect.center(), icon, 32.0, scene.theme.soft);
        ui.add_space(14.0);
        label(ui, title, fonts::semibold(size::HEADING), scene.theme.text);
        ui.add_space(6.0);
        label(ui, text, fonts::regular(size::BODY), scene.theme.soft);
    });
}

fn controls_ui(ui: &mut Ui, scene: &Scene<'_>, tracks: &[Suggestion]) {
    let theme = scene.theme;
    let text = scene.text;
    let some = !tracks.is_empty();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.add_enabled_ui(some, |ui| {
            if pill(ui, theme, Some(icons::PLAY_FILL), text.play, true)
                .accessible_name(text.play_all)
                .on_hover_text(format!("{}   Enter", text.play_all))
                .clicked()
            {
                scene.act(Action::PlaySuggestions);
            }
        });
        ui.add_enabled_ui(some, |ui| {
            let shuffle = if ui.available_width() > 420.0 {
                pill(ui, theme, Some(icons::SHUFFLE), text.shuffle, false)
            } else {
                icon_button(ui, theme, &Button::new(icons::SHUFFLE, text.shuffle))
            };
            if shuffle.clicked() {
                scene.act(Action::ShuffleSuggestions);
            }
        });
        if icon_button(ui, theme, &Button::new(icons::DICE_FIVE, text.another_mix)).clicked() {
            scene.act(Action::AnotherMix);
        }
        mode_ui(ui, scene);
        ui.add_enabled_ui(some, |ui| {
            let button = Button::new(icons::PLAYLIST, text.save_playlist);
            if icon_button(ui, theme, &button).clicked() {
                scene.act(Action::Playlist(PlaylistAction::SaveSuggestions));
            }
        });
        ui.add_enabled_ui(some, |ui| {
            let button = Button {
                on: scene.state.feeling.exporting.then_some(true),
                ..Button::new(icons::EXPORT, text.export)
            };
            if icon_button(ui, theme, &button).clicked() {
                scene.act(Action::AskExport(!scene.state.feeling.exporting));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            length_ui(ui, scene);
            if ui.available_width() > 110.0 {
                let language = scene.state.language;
                let secs: f32 = tracks.iter().map(|s| s.track.duration_secs).sum();
                let sum = match scene.state.feeling.length {
                    // A small library has less than was asked for.
                    Length::Tracks(wanted) if tracks.len() < wanted => {
                        strings::tracks_and_time(language, tracks.len(), secs)
                    }
                    Length::Tracks(_) => strings::long_time(language, secs),
                    Length::Minutes(_) => strings::tracks(language, tracks.len()),
                };
                label(ui, &sum, fonts::regular(size::SECONDARY), theme.faint);
            }
        });
    });
    if scene.state.feeling.exporting {
        export_ui(ui, scene);
    }
}

fn length_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let language = scene.state.language;
    let said = |length: Length| match length {
        Length::Tracks(number) => strings::tracks(language, number),
        Length::Minutes(minutes) => strings::long_time(language, minutes * 60.0),
    };
    let now = scene.state.feeling.length;
    let response = chip(
        ui,
        scene.theme,
        Some(icons::CLOCK),
        &said(now),
        scene.theme.soft,
        false,
    )
    .accessible_name(format!("{}: {}", scene.text.length, said(now)))
    .on_hover_text(scene.text.length);
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for length in LENGTHS {
            let icon = if length == now {
                icons::CHECK
            } else {
                icons::CLOCK
            };
            if menu_item(ui, scene.theme, icon, &said(length)) {
                scene.act(Action::SetLength(length));
            }
        }
    });
}

fn export_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let file = FileField {
        id: Id::unique("export path"),
        hint: text.export_path,
        done: text.save,
        dialog_hint: text.export_hint,
        extension: Some("m3u8"),
    };
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 320.0).max(160.0);
        let entered = file.path_ui(ui, scene, width);
        match file.buttons_ui(ui, scene, entered) {
            Some(FileAnswer::File(path)) => scene.act(Action::Export(path)),
            Some(FileAnswer::Dialog) => scene.act(Action::ExportDialog),
            Some(FileAnswer::Cancel) => scene.act(Action::AskExport(false)),
            None => {}
        }
    });
}

fn row(ui: &mut Ui, scene: &Scene<'_>, index: usize, count: usize, suggestion: &Suggestion) {
    let theme = scene.theme;
    let track = &suggestion.track;
    // Leaves the scroll bar its own margin.
    let width = ui.available_width() - 10.0;
    let (_, rect) = ui.allocate_space(vec2(width, ROW));
    let response = ui.interact(rect, WALK.item(index), Sense::click_and_drag());
    rearrange::take_up(ui, &response, index, suggestion);
    let why = scene
        .state
        .feeling
        .reasons
        .get(index)
        .map_or("", String::as_str);
    response.widget_info(|| {
        let artist = track.artist();
        let matches = match_in_words(scene, suggestion);
        WidgetInfo::labeled(
            Role::ListItem,
            true,
            format!("{}, {artist}. {why}. {matches}", track.title()),
        )
    });
    let current = scene
        .state
        .player
        .current()
        .is_some_and(|playing| playing.id == track.id);
    let over = ui.rect_contains_pointer(rect) && !rearrange::dragging(ui.ctx());
    let body = rect.shrink2(vec2(0.0, 2.0));
    let painter = ui.painter().clone();
    if over || current || response.has_focus() {
        let fill = if current { theme.selected } else { theme.hover };
        painter.rect_filled(body, CONTROL_RADIUS, fill);
    }
    let cover = Rect::from_center_size(pos2(rect.left() + 36.0, rect.center().y), vec2(56.0, 56.0));
    scene.cover(&painter, cover, track, CONTROL_RADIUS);
    if over || current {
        painter.rect_filled(cover, CONTROL_RADIUS, Color32::from_black_alpha(110));
        let icon = if current && !over {
            icons::SPEAKER_HIGH
        } else {
            icons::PLAY_FILL
        };
        paint_icon(&painter, cover.center(), icon, 22.0, Color32::WHITE);
    }
    let right = details(ui, scene, rect, suggestion, over);
    let x = cover.right() + 14.0;
    let room = right - x - 12.0;
    let ink = if current { theme.accent } else { theme.text };
    let middle = rect.center().y;
    let artist = scene.artist(track);
    let by = if track.tags.album.is_empty() {
        artist.to_owned()
    } else {
        format!("{artist} · {}", track.tags.album)
    };
    for (dy, line, font, color) in [
        (-20.0, track.title(), fonts::semibold(size::BODY), ink),
        (0.0, &by, fonts::regular(size::SECONDARY), theme.soft),
        (19.0, why, fonts::regular(12.0), theme.faint),
    ] {
        let at = pos2(x, middle + dy);
        paint_elided(&painter, at, Align2::LEFT_CENTER, line, font, color, room);
    }
    focus_ring(ui, theme, &response, body.shrink(2.0), CONTROL_RADIUS);
    if rearrange::in_hand(ui, track.id) {
        let veil = theme.background.gamma_multiply(0.6);
        painter.rect_filled(body, CONTROL_RADIUS, veil);
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        scene.act(Action::PlaySuggestion(index));
    }
    if response.has_focus() {
        if let Some(next) = WALK.step(ui, &response, index, count) {
            WALK.focus(ui.ctx(), next);
        }
        focus_on_track(ui.ctx(), &response, track.id);
        row_keys(ui, scene, suggestion);
        rearrange::keys(ui, scene, &WALK, index, count);
    }
    response.context_menu(|ui| menu(ui, scene, index, suggestion));
}

/// The keys of a row that has the focus.
fn row_keys(ui: &Ui, scene: &Scene<'_>, suggestion: &Suggestion) {
    let id = suggestion.track.id;
    for (key, action) in [
        (Key::Plus, Action::React(id, Reaction::ThumbUp)),
        (Key::Minus, Action::React(id, Reaction::ThumbDown)),
        (Key::I, Action::Explain(Some(id))),
        (Key::L, Action::Like(vec![id])),
    ] {
        if ui.input(|input| input.key_pressed(key) && !input.modifiers.command) {
            scene.act(action);
        }
    }
    let never = |input: &InputState| input.modifiers.shift && input.key_pressed(Key::Delete);
    if ui.input(never) {
        scene.act(Action::React(id, Reaction::NeverTrack));
    }
}

/// "match 94 %".
fn match_in_words(scene: &Scene<'_>, suggestion: &Suggestion) -> String {
    let percent = suggestion.match_score * 100.0;
    format!("{} {percent:.0} %", scene.text.match_score)
}

/// What can be done with one suggestion.
fn menu(ui: &mut Ui, scene: &Scene<'_>, index: usize, suggestion: &Suggestion) {
    let tracks = || vec![suggestion.track.id];
    let (text, theme) = (scene.text, scene.theme);
    ui.spacing_mut().item_spacing.y = 0.0;
    if menu_item(ui, theme, icons::SPARKLE, text.more_like_this) {
        scene.act(Action::Like(tracks()));
    }
    for (icon, name, next) in [
        (icons::QUEUE, text.play_next, true),
        (icons::LIST_PLUS, text.add_to_queue, false),
    ] {
        if menu_item(ui, theme, icon, name) {
            let tracks = tracks();
            scene.act(Action::Enqueue { tracks, next });
        }
    }
    let id = suggestion.track.id;
    add_to_playlist_ui(ui, scene, &tracks);
    if menu_item(ui, theme, icons::INFO, text.why_this) {
        scene.act(Action::Explain(Some(id)));
    }
    for (icon, name, reaction) in [
        (icons::THUMBS_UP, text.thumb_up, Reaction::ThumbUp),
        (icons::THUMBS_DOWN, text.thumb_down, Reaction::ThumbDown),
    ] {
        if menu_item(ui, theme, icon, name) {
            scene.act(Action::React(id, reaction));
        }
    }
    if index > 0 && menu_item(ui, theme, icons::CARET_UP, text.move_to_top) {
        scene.act(Action::MoveSuggestion { from: index, to: 0 });
    }
    if menu_item(ui, theme, icons::X, text.take_out) {
        scene.act(Action::TakeOutSuggestion(index));
    }
    never_items(ui, scene, id);
    file_items_ui(ui, scene, &suggestion.track, &tracks);
}

/// Moods, match and length on the right, or what can be done while the pointer is there.
/// Returns where they begin.
fn details(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, suggestion: &Suggestion, over: bool) -> f32 {
    let theme = scene.theme;
    let middle = rect.center().y;
    let painter = ui.painter().clone();
    let mut x = rect.right() - 12.0;
    painter.text(
        pos2(x, middle),
        Align2::RIGHT_CENTER,
        strings::clock(suggestion.track.duration_secs),
        fonts::tabular(size::SECONDARY),
        theme.soft,
    );
    x -= 72.0;
    let mood = suggestion.mood.top();
    ring(
        &painter,
        scene,
        pos2(x, middle),
        suggestion.match_score,
        mood,
    );
    let spot = Rect::from_center_size(pos2(x, middle), vec2(40.0, 40.0));
    let id = ui.scope_id().with(("match", suggestion.track.id));
    ui.interact(spot, id, Sense::hover()).on_hover_text(format!(
        "{}\n{}",
        match_in_words(scene, suggestion),
        suggestion.why.details(scene.state.language).join("\n")
    ));
    x -= 28.0;
    if over {
        let wide = if rect.width() < 560.0 { 76.0 } else { 200.0 };
        let at = Rect::from_min_max(pos2(x - wide, middle - 18.0), pos2(x, middle + 18.0));
        let title = suggestion.track.title();
        place_at(ui, at, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let name = format!("{}: {title}", scene.text.add_to_queue);
            if icon_button(ui, theme, &Button::new(icons::LIST_PLUS, &name)).clicked() {
                scene.act(Action::Enqueue {
                    tracks: vec![suggestion.track.id],
                    next: false,
                });
            }
            let name = format!("{}: {title}", scene.text.more_like_this);
            if icon_button(ui, theme, &Button::new(icons::SPARKLE, &name)).clicked() {
                scene.act(Action::Like(vec![suggestion.track.id]));
            }
            if wide > 100.0 {
                let name = format!("{}: {title}", scene.text.why_this);
                if icon_button(ui, theme, &Button::new(icons::INFO, &name)).clicked() {
                    scene.act(Action::Explain(Some(suggestion.track.id)));
                }
                // From the right: down, then up.
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    thumbs_ui(ui, scene, suggestion.track.id, title, 36.0, ("+", "−"));
                });
            }
        });
        return at.left();
    }
    if rect.width() < 460.0 {
        return x;
    }
    let mut moods = moods_to_show(suggestion);
    if rect.width() < 600.0 {
        moods.truncate(1);
    }
    for mood in moods.into_iter().rev() {
        let (language, at) = (scene.state.language, pos2(x, middle));
        x -= paint_mood_chip_before(&painter, theme, language, at, mood) + 6.0;
    }
    x
}

/// The strongest mood, then the second if it counts.
fn moods_to_show(suggestion: &Suggestion) -> Vec<Mood> {
    let top = suggestion.mood.top();
    let second = Mood::ALL
        .into_iter()
        .filter(|mood| *mood != top)
        .max_by(|a, b| {
            suggestion
                .mood
                .share(*a)
                .total_cmp(&suggestion.mood.share(*b))
        })
        .filter(|mood| suggestion.mood.share(*mood) >= SECOND_MOOD);
    std::iter::once(top).chain(second).collect()
}

/// The match as a ring that closes, with its number.
fn ring(painter: &Painter, scene: &Scene<'_>, center: Pos2, share: f32, mood: Mood) {
    let theme = scene.theme;
    let radius = 17.0;
    painter.circle_stroke(center, radius, Stroke::new(2.5, theme.selected));
    let steps = 40;
    let last = (share.clamp(0.0, 1.0) * steps as f32).round() as usize;
    let points: Vec<Pos2> = (0..=last)
        .map(|step| {
            let angle = step as f32 / steps as f32 * std::f32::consts::TAU;
            center + radius * vec2(angle.sin(), -angle.cos())
        })
        .collect();
    if points.len() > 1 {
        painter.add(Shape::line(points, Stroke::new(2.5, theme.mood(mood))));
    }
    painter.text(
        center,
        Align2::CENTER_CENTER,
        format!("{:.0}", share * 100.0),
        fonts::tabular(12.0),
        theme.text,
    );
}
