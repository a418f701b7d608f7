//! Why one track is in the playlist, in detail, and what to think of it.

use crate::recommend::{Reaction, Signal, Suggestion};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::theme::size;
use crate::ui::widgets::{Button, icon_button, label, menu_item};
use eframe::egui::{Align, Align2, Layout, Popup, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// The explained suggestion, if one is.
pub fn explained<'a>(scene: &'a Scene<'_>) -> Option<&'a Suggestion> {
    let feeling = &scene.state.feeling;
    let track = feeling.explained?;
    let answer = feeling.answer.as_ref()?;
    answer.tracks.iter().find(|each| each.track.id == track)
}

/// The details of a reason.
pub fn why_ui(ui: &mut Ui, scene: &Scene<'_>, suggestion: &Suggestion) {
    let theme = scene.theme;
    let language = scene.state.language;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        label(
            ui,
            scene.text.why_this,
            fonts::semibold(size::BODY),
            theme.text,
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = Button {
                size: 28.0,
                key: "Ctrl+I",
                ..Button::new(icons::X, scene.text.dismiss)
            };
            if icon_button(ui, theme, &button).clicked() {
                scene.act(Action::Explain(None));
            }
        });
    });
    label(
        ui,
        &format!(
            "{} · {}",
            suggestion.track.title(),
            scene.artist(&suggestion.track)
        ),
        fonts::regular(size::SECONDARY),
        theme.soft,
    );
    label(
        ui,
        &suggestion.why.line(language),
        fonts::regular(size::SECONDARY),
        theme.text,
    );
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (signal, share) in suggestion.why.signals() {
        let closeness = suggestion.why.closeness[signal.index()];
        signal_bar(ui, scene, signal, share, closeness);
    }
    if let Some(line) = suggestion.why.learned_line(language) {
        ui.add_space(4.0);
        label(ui, &line, fonts::regular(size::SECONDARY), theme.soft);
    }
    ui.add_space(16.0);
}

/// One signal: its name, its share of the choice as a bar, and how near the track is by it.
fn signal_bar(ui: &mut Ui, scene: &Scene<'_>, signal: Signal, share: f32, closeness: f32) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let name = signal.name(scene.state.language);
    let percent = format!("{:.0} %", share * 100.0);
    let near = format!("{} {:.0} %", scene.text.near, closeness * 100.0);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Meter, true, format!("{name} {percent}, {near}"))
    });
    let painter = ui.painter();
    let at = pos2(rect.left(), rect.top() + 10.0);
    painter.text(
        at,
        Align2::LEFT_CENTER,
        format!("{name} · {near}"),
        fonts::regular(size::SECONDARY),
        theme.text,
    );
    painter.text(
        pos2(rect.right(), at.y),
        Align2::RIGHT_CENTER,
        percent,
        fonts::tabular(size::SECONDARY),
        theme.soft,
    );
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.top() + 24.0),
        pos2(rect.right(), rect.top() + 30.0),
    );
    painter.rect_filled(bar, 3, theme.hover);
    let mut filled = bar;
    filled.set_width((bar.width() * share.clamp(0.0, 1.0)).max(6.0));
    painter.rect_filled(filled, 3, theme.accent);
}

/// Thumbs for a track. `size` is that of the buttons, points.
pub fn thumbs_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    track: crate::library::TrackId,
    title: &str,
    button_size: f32,
    keys: (&'static str, &'static str),
) {
    let opinion = scene.state.listener.track(track);
    let (ups, downs) = opinion.map_or((0, 0), |opinion| (opinion.ups, opinion.downs));
    for (given, icon, filled, name, key, reaction) in [
        (
            ups > 0,
            icons::THUMBS_UP,
            icons::THUMBS_UP_FILL,
            scene.text.thumb_up,
            keys.0,
            Reaction::ThumbUp,
        ),
        (
            downs > 0,
            icons::THUMBS_DOWN,
            icons::THUMBS_DOWN_FILL,
            scene.text.thumb_down,
            keys.1,
            Reaction::ThumbDown,
        ),
    ] {
        let name = format!("{name}: {title}");
        let button = Button {
            size: button_size,
            key,
            on: Some(given),
            ..Button::new(if given { filled } else { icon }, &name)
        };
        if icon_button(ui, scene.theme, &button).clicked() {
            scene.act(Action::React(
                track,
                if given {
                    Reaction::ThumbTaken
                } else {
                    reaction
                },
            ));
        }
    }
}

/// The three ways never to hear something again, as lines of a menu.
pub fn never_items(ui: &mut Ui, scene: &Scene<'_>, track: crate::library::TrackId) {
    for (name, reaction) in [
        (scene.text.never_track, Reaction::NeverTrack),
        (scene.text.never_artist, Reaction::NeverArtist),
        (scene.text.never_in_mood, Reaction::NeverInMood),
    ] {
        if menu_item(ui, scene.theme, icons::PROHIBIT, name) {
            scene.act(Action::React(track, reaction));
        }
    }
}

/// A button that opens the same as a menu.
pub fn never_ui(ui: &mut Ui, scene: &Scene<'_>, track: crate::library::TrackId) {
    let button = Button::new(icons::PROHIBIT, scene.text.never);
    let response = icon_button(ui, scene.theme, &button);
    Popup::menu(&response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        never_items(ui, scene, track);
    });
}
