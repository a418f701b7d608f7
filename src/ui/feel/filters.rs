//! What the playlist may hold, how it is put together, and where a journey begins.

use crate::engine::JourneyEnd;
use crate::language::Language;
use crate::mood::Mood;
use crate::recommend::{Filter, Mode};
use crate::ui::action::Action;
use crate::ui::icons::{self, Icon};
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::widgets::{Button, chip, icon_button, low_field, menu_item, mood_icon};
use eframe::egui::{Id, Popup, Response, Ui, vec2};

/// Width at which the filters fit in one row with their icons, points.
const ROOM_FOR_ICONS: f32 = 580.0;

/// The row of filters.
pub fn filters_ui(ui: &mut Ui, scene: &Scene<'_>) {
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        journey_ui(ui, scene);
        gems_ui(ui, scene);
        language_ui(ui, scene);
        wordless_ui(ui, scene);
        genre_ui(ui, scene);
    });
}

fn change(scene: &Scene<'_>, edit: impl FnOnce(&mut Filter)) {
    let mut filter = scene.state.feeling.filter.clone();
    edit(&mut filter);
    scene.act(Action::SetFilter(filter));
}

/// A chip in the accent's colour.
fn switch(ui: &mut Ui, scene: &Scene<'_>, icon: Icon, name: &str, on: bool) -> Response {
    // Where the row is short, names are what must stay.
    let icon = (ui.max_rect().width() >= ROOM_FOR_ICONS).then_some(icon);
    chip(ui, scene.theme, icon, name, scene.theme.accent, on)
}

fn journey_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let feeling = &scene.state.feeling;
    let text = scene.text;
    // A journey needs somewhere to go.
    if !feeling.leads_somewhere() {
        return;
    }
    let language = scene.state.language;
    let name = match &feeling.from {
        Some(JourneyEnd::Here) => text.from_here.to_owned(),
        Some(JourneyEnd::Mood(mood)) => strings::journey_from(language, mood.name(language)),
        None | Some(JourneyEnd::Text(_) | JourneyEnd::Point { .. } | JourneyEnd::Photo(_)) => {
            text.journey.to_owned()
        }
    };
    let on = feeling.from_open;
    let response = switch(ui, scene, icons::PATH, &name, on).on_hover_text(text.journey_help);
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_item(ui, scene.theme, icons::PATH, text.journey_words) {
            scene.act(Action::AskJourney);
            let field = keys::journey_field();
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        if menu_item(ui, scene.theme, icons::IMAGE, text.journey_with_photo) {
            scene.act(Action::AskJourney);
            scene.act(Action::ChooseJourneyPhoto);
        }
        if on && menu_item(ui, scene.theme, icons::X, text.no_journey) {
            scene.act(Action::JourneyFrom(None));
        }
        if scene.state.heard && menu_item(ui, scene.theme, icons::HEADPHONES, text.from_here) {
            scene.act(Action::JourneyFrom(Some(JourneyEnd::Here)));
        }
        for mood in Mood::ALL {
            let name = strings::journey_from(language, mood.name(language));
            if menu_item(ui, scene.theme, mood_icon(mood), &name) {
                scene.act(Action::JourneyFrom(Some(JourneyEnd::Mood(mood))));
            }
        }
    });
}

fn gems_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let on = scene.state.feeling.filter.hidden_gems;
    let text = scene.text;
    if switch(ui, scene, icons::SPARKLE, text.hidden_gems, on)
        .on_hover_text(format!("{}   Ctrl+G", text.hidden_gems_help))
        .clicked()
    {
        scene.act(Action::ToggleHiddenGems);
    }
}

fn language_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let now = scene.state.feeling.filter.language;
    let name = |language| match language {
        None => text.any_language,
        Some(Language::English) => "English",
        Some(Language::Korean) => "한국어",
    };
    let response = switch(ui, scene, icons::MUSIC_NOTES, name(now), now.is_some())
        .accessible_name(format!("{}: {}", text.lyrics_language, name(now)))
        .on_hover_text(text.lyrics_language);
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for language in [None, Some(Language::English), Some(Language::Korean)] {
            let icon = if language == now {
                icons::CHECK
            } else {
                icons::MUSIC_NOTES
            };
            if menu_item(ui, scene.theme, icon, name(language)) {
                change(scene, |filter| filter.language = language);
            }
        }
    });
}

fn wordless_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let on = scene.state.feeling.filter.instrumental;
    let name = scene.text.instrumental;
    if switch(ui, scene, icons::WAVEFORM, name, on).clicked() {
        change(scene, |filter| filter.instrumental = !on);
    }
}

/// Whether a few of each kind of likeness are taken rather than what most agree on.
pub fn mode_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let on = scene.state.feeling.mode == Mode::EachTop;
    let button = Button {
        on: Some(on),
        ..Button::new(icons::SLIDERS_HORIZONTAL, text.each_top)
    };
    if icon_button(ui, scene.theme, &button)
        .on_hover_text(text.each_top_help)
        .clicked()
    {
        scene.act(Action::SetMode(if on {
            Mode::ScoreTotal
        } else {
            Mode::EachTop
        }));
    }
}

fn genre_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let genre = &scene.state.feeling.filter.genre;
    let id = Id::unique("genre field");
    let hint = scene.text.genre_hint;
    let (response, changed) = low_field(ui, scene.theme, id, genre, hint, 110.0);
    response
        .accessible_name(scene.text.genre)
        .on_hover_text(scene.text.genre);
    if let Some(genre) = changed {
        scene.act(Action::SetGenre(genre));
    }
}
