//! The Diary screen: what was heard and what led to it, day by day in the moods' colours.

mod action;
mod sitting;

pub use action::{DiaryAction, Erasing};

use super::action::Action;
use super::file_field::{FileAnswer, FileField};
use super::fonts;
use super::icons;
use super::question::question_ui;
use super::scene::Scene;
use super::strings;
use super::theme::{Theme, size};
use super::widgets::{Button, chip, icon_button, label, menu_item, paint_icon, pill};
use crate::library::{DiaryDay, HistoryFormat, Play};
use eframe::egui::{
    Align, CornerRadius, Id, Layout, Popup, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2,
    vec2,
};

const MAX_WIDTH: f32 = 860.0;

/// The Diary screen.
pub fn diary_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let whole = ui.max_rect();
    let width = (whole.width() - 56.0).min(MAX_WIDTH);
    let left = (whole.center().x - width / 2.0).max(whole.left() + 28.0);
    ScrollArea::vertical()
        .id_salt("diary")
        .auto_shrink(false)
        .show(ui, |ui| {
            let top = ui.max_rect().top() + 24.0;
            let column = Rect::from_min_size(pos2(left, top), vec2(width, f32::INFINITY));
            ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                ui.set_max_width(width);
                ui.spacing_mut().item_spacing.y = 8.0;
                head_ui(ui, scene);
                days_ui(ui, scene);
                ui.add_space(32.0);
            });
        });
}

fn act(scene: &Scene<'_>, action: DiaryAction) {
    scene.act(Action::Diary(action));
}

fn head_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let pages = &scene.state.pages;
    let some = pages
        .diary
        .as_ref()
        .is_some_and(|diary| !diary.days.is_empty());
    ui.horizontal(|ui| {
        label(ui, text.diary, fonts::semibold(size::TITLE), theme.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_enabled_ui(some, |ui| {
                let button = Button::new(icons::TRASH, text.erase_diary);
                if icon_button(ui, theme, &button).clicked() {
                    act(scene, DiaryAction::AskErase(Some(Erasing::All)));
                }
                export_ui(ui, scene);
            });
        });
    });
    label(
        ui,
        text.diary_help,
        fonts::regular(size::SECONDARY),
        theme.soft,
    );
    if let Some(format) = pages.file {
        file_ui(ui, scene, format);
    }
    if pages.erasing == Some(Erasing::All) {
        ask_ui(ui, scene, Erasing::All, None);
    }
    ui.add_space(4.0);
}

fn export_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let (text, theme) = (scene.text, scene.theme);
    let icon = Some(icons::EXPORT);
    let response = chip(ui, theme, icon, text.export_diary, theme.soft, false);
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for format in HistoryFormat::ALL {
            if menu_item(ui, theme, icons::EXPORT, format.name()) {
                act(scene, DiaryAction::AskFile(Some(format)));
            }
        }
    });
}

fn file_ui(ui: &mut Ui, scene: &Scene<'_>, format: HistoryFormat) {
    let file = FileField {
        id: Id::unique(("diary file", format.name())),
        hint: scene.text.export_path,
        done: scene.text.save,
        dialog_hint: "",
        extension: Some(format.extension()),
    };
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 320.0).max(160.0);
        let entered = file.path_ui(ui, scene, width);
        match file.buttons_ui(ui, scene, entered) {
            Some(FileAnswer::File(path)) => act(scene, DiaryAction::File(format, path)),
            Some(FileAnswer::Dialog) => act(scene, DiaryAction::FileDialog(format)),
            Some(FileAnswer::Cancel) => act(scene, DiaryAction::AskFile(None)),
            None => {}
        }
    });
}

/// The question before anything is erased.
fn ask_ui(ui: &mut Ui, scene: &Scene<'_>, what: Erasing, plays: Option<usize>) {
    let asked = strings::really_erase(scene.state.language, plays);
    match question_ui(ui, scene, &asked, scene.text.erase) {
        Some(true) => act(scene, DiaryAction::Erase(what)),
        Some(false) => act(scene, DiaryAction::AskErase(None)),
        None => {}
    }
}

fn days_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(diary) = &scene.state.pages.diary else {
        return;
    };
    if diary.days.is_empty() {
        empty_ui(ui, scene);
        return;
    }
    for day in &diary.days {
        day_ui(ui, scene, day);
    }
    if diary.more {
        ui.vertical_centered(|ui| {
            if pill(ui, scene.theme, None, scene.text.older, false).clicked() {
                act(scene, DiaryAction::Older);
            }
        });
    }
}

fn empty_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    ui.add_space(64.0);
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 36.0, theme.hover);
        let center = rect.center();
        paint_icon(ui.painter(), center, icons::NOTEBOOK, 34.0, theme.soft);
        ui.add_space(16.0);
        let font = fonts::semibold(size::HEADING);
        label(ui, scene.text.diary_empty, font, theme.text);
        ui.add_space(6.0);
        let font = fonts::regular(size::BODY);
        label(ui, scene.text.diary_empty_help, font, theme.soft);
    });
}

fn day_ui(ui: &mut Ui, scene: &Scene<'_>, day: &DiaryDay) {
    let theme = scene.theme;
    let language = scene.state.language;
    let plays: Vec<&Play> = day
        .sittings
        .iter()
        .flat_map(|sitting| &sitting.plays)
        .collect();
    let secs: f32 = plays.iter().map(|play| play.played_secs).sum();
    let (first, last) = day.span_unix_secs();
    let span = Erasing::Span(first, last);
    let date = strings::date(language, day.date);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        label(ui, &date, fonts::semibold(size::HEADING), theme.text);
        let facts = strings::tracks_and_time(language, plays.len(), secs);
        label(ui, &facts, fonts::regular(size::SECONDARY), theme.faint);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = format!("{}: {date}", scene.text.erase_day);
            let button = Button {
                size: 30.0,
                ..Button::new(icons::TRASH, &name)
            };
            if icon_button(ui, theme, &button).clicked() {
                act(scene, DiaryAction::AskErase(Some(span)));
            }
        });
    });
    colours_ui(ui, scene, &plays);
    if scene.state.pages.erasing == Some(span) {
        ask_ui(ui, scene, span, Some(plays.len()));
    }
    for sitting in &day.sittings {
        sitting::sitting_ui(ui, scene, sitting);
    }
}

/// The day in the colours of what was heard, from the first to the last track.
fn colours_ui(ui: &mut Ui, scene: &Scene<'_>, plays: &[&Play]) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, 4, theme.hover);
    let secs: f32 = plays.iter().map(|play| play.played_secs).sum();
    let mut x = rect.left();
    let mut in_order: Vec<&&Play> = plays.iter().collect();
    in_order.sort_by_key(|play| play.at_unix_secs);
    for (index, play) in in_order.iter().enumerate() {
        let width = rect.width() * play.played_secs / secs.max(1.0);
        let color = color_of(scene, theme, play);
        let part = Rect::from_min_max(pos2(x, rect.top()), pos2(x + width, rect.bottom()));
        // Round at both ends of the day only.
        let radius = |end: bool| if end { 4 } else { 0 };
        let (west, east) = (radius(index == 0), radius(index + 1 == in_order.len()));
        let corners = CornerRadius {
            nw: west,
            sw: west,
            ne: east,
            se: east,
        };
        painter.rect_filled(part, corners, color);
        x += width;
    }
    painter.rect_stroke(
        rect,
        4,
        Stroke::new(1.0, theme.hairline),
        eframe::egui::StrokeKind::Inside,
    );
}

fn color_of(scene: &Scene<'_>, theme: &Theme, play: &Play) -> eframe::egui::Color32 {
    scene
        .state
        .mood(play.track)
        .map_or(theme.selected, |mood| theme.mood(mood.top()))
}
