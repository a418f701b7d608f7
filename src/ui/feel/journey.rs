//! Where a journey begins: in words, at a point of the mood plane, or with a photo. It leads to
//! what is asked in the field above.

use crate::engine::{JourneyEnd, PhotoSource};
use crate::mood::MoodVector;
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::keys;
use crate::ui::scene::{Scene, cropped};
use crate::ui::strings;
use crate::ui::theme::size;
use crate::ui::widgets::{Button, field, icon_button, label, mood_icon, paint_icon};
use eframe::egui::{Sense, Ui, vec2};

/// Side of the picture before the field, points.
const SIDE: f32 = 36.0;

/// The line that holds a journey's beginning, while one is wanted.
pub fn journey_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let feeling = &scene.state.feeling;
    if !feeling.from_open {
        return;
    }
    let (theme, text) = (scene.theme, scene.text);
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        picture_ui(ui, scene);
        let font = fonts::semibold(size::SECONDARY);
        label(ui, text.journey_starts, font, theme.text);
        // Three buttons come after it.
        let width = (ui.available_width() - 160.0).clamp(140.0, 420.0);
        let id = keys::journey_field();
        let hint = feeling.from.as_ref().and_then(|from| said(scene, from));
        let hint = hint.unwrap_or_else(|| text.journey_hint.to_owned());
        let (response, changed) = field(ui, theme, id, &feeling.from_text, &hint, width);
        if let Some(typed) = changed {
            scene.act(Action::TypeJourney(typed));
        }
        response
            .accessible_name(text.journey_begins)
            .on_hover_text(text.journey_hint);
        let photo = Button::new(icons::IMAGE, text.journey_photo);
        if icon_button(ui, theme, &photo).clicked() {
            scene.act(Action::ChooseJourneyPhoto);
        }
        if scene.state.heard {
            let here = Button {
                on: Some(feeling.from == Some(JourneyEnd::Here)),
                ..Button::new(icons::HEADPHONES, text.from_here)
            };
            if icon_button(ui, theme, &here).clicked() {
                scene.act(Action::JourneyFrom(Some(JourneyEnd::Here)));
            }
        }
        let none = Button {
            key: "Esc",
            ..Button::new(icons::X, text.no_journey)
        };
        if icon_button(ui, theme, &none).clicked() {
            scene.act(Action::JourneyFrom(None));
        }
        if ui.available_width() > 150.0 {
            let font = fonts::regular(size::SECONDARY);
            label(ui, text.journey_leads, font, theme.faint);
        }
    });
}

/// The photo, or an icon for what the beginning is.
fn picture_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::hover());
    let painter = ui.painter();
    let feeling = &scene.state.feeling;
    if let Some(source) = feeling.beginning_photo() {
        let answer = feeling.answer.as_ref();
        let read = answer.and_then(|answer| answer.photos.as_ref());
        let photo = read.and_then(|read| read.photos.iter().find(|one| one.source == *source));
        let texture = photo.and_then(|photo| Some((photo, scene.photos.card(photo)?)));
        if let Some((photo, texture)) = texture {
            let shape = vec2(photo.card.width as f32, photo.card.height as f32);
            painter.add(cropped(rect, 8, texture, shape));
            return;
        }
    }
    let (icon, color) = match &feeling.from {
        Some(JourneyEnd::Mood(mood)) => (mood_icon(*mood), theme.mood(*mood)),
        Some(JourneyEnd::Point { valence, arousal }) => {
            let mood = MoodVector::from_point(*valence, *arousal, 1.0).top();
            (mood_icon(mood), theme.mood(mood))
        }
        Some(JourneyEnd::Photo(_)) => (icons::IMAGE, theme.accent),
        Some(JourneyEnd::Here) => (icons::HEADPHONES, theme.accent),
        Some(JourneyEnd::Text(_)) | None => (icons::PATH, theme.accent),
    };
    painter.rect_filled(rect, 8, theme.tint(color));
    paint_icon(painter, rect.center(), icon, 18.0, color);
}

/// A beginning that was not typed, in words.
fn said(scene: &Scene<'_>, from: &JourneyEnd) -> Option<String> {
    let language = scene.state.language;
    match from {
        JourneyEnd::Text(_) => None,
        JourneyEnd::Here => Some(scene.text.journey_here.to_owned()),
        JourneyEnd::Mood(mood) => Some(mood.name(language).to_owned()),
        JourneyEnd::Point { valence, arousal } => {
            let mood = MoodVector::from_point(*valence, *arousal, 1.0).top();
            Some(strings::point_near(language, mood.name(language)))
        }
        JourneyEnd::Photo(source) => {
            let photos: [PhotoSource; 1] = [source.clone()];
            Some(strings::photos(language, &photos))
        }
    }
}
