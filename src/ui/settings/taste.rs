//! What was learned about the listener: readable, and forgotten on request.

use super::{card, help, line};
use crate::library::TrackId;
use crate::recommend::{Reaction, Signal};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::question::question_ui;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::size;
use crate::ui::widgets::{label, pill};
use eframe::egui::Ui;

/// At most so many artists and tracks are shown; the command line tells all.
const MOST_SHOWN: usize = 8;
/// A signal multiplied by less than this, up or down, is as it was.
const NOTABLE: f32 = 1.05;

/// The card of what was learned.
pub fn taste_ui(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    let model = &scene.state.listener;
    let language = scene.state.language;
    card(ui, scene, text.taste, |ui| {
        help(ui, scene, text.taste_help);
        if model.reactions() == 0 {
            help(ui, scene, text.nothing_learned);
            return;
        }
        for signal in Signal::ALL {
            let multiplier = model.multiplier(signal, None);
            if multiplier.max(1.0 / multiplier) >= NOTABLE {
                said(
                    ui,
                    scene,
                    signal.name(language),
                    &format!("×{multiplier:.2}"),
                );
            }
        }
        let written = |artist: &str| {
            let track = model.track_by(artist).and_then(|id| scene.state.track(id));
            track.map_or(artist, |track| track.artist()).to_owned()
        };
        for (artist, leaning, opinion) in model.artists().into_iter().take(MOST_SHOWN) {
            let because = opinion.in_words(language);
            let told = strings::leaning(leaning, &because);
            said(ui, scene, &written(artist), &told);
        }
        let known = |id: TrackId| {
            let track = scene.state.track(id);
            track.map_or("?", |track| track.title()).to_owned()
        };
        for (id, leaning, opinion) in model.tracks().into_iter().take(MOST_SHOWN) {
            let because = opinion.in_words(language);
            let told = strings::leaning(leaning, &because);
            said(ui, scene, &format!("“{}”", known(id)), &told);
        }
        let (tracks, artists, in_mood) = model.never();
        let barred_artists = artists.into_iter().filter_map(|artist| {
            let how = text.never_artist.to_owned();
            Some((model.track_by(artist)?, written(artist), how))
        });
        let quoted = |id: TrackId| format!("“{}”", known(id));
        let barred_tracks = tracks
            .into_iter()
            .map(|id| (id, quoted(id), text.never_track.to_owned()));
        let barred_in_mood = in_mood.into_iter().map(|(id, mood)| {
            let mood = mood.name(language);
            (id, quoted(id), format!("{}: {mood}", text.never_in_mood))
        });
        let barred = barred_artists.chain(barred_tracks).chain(barred_in_mood);
        for (id, whom, how) in barred.collect::<Vec<_>>() {
            line(ui, scene, &format!("{whom} · {how}"), |ui| {
                let name = format!("{}: {}", text.allow_again, whom.trim_matches(['“', '”']));
                if pill(ui, scene.theme, None, text.allow_again, false)
                    .accessible_name(name)
                    .clicked()
                {
                    scene.act(Action::React(id, Reaction::Allowed));
                }
            });
        }
        ui.add_space(4.0);
        if scene.state.forgetting {
            match question_ui(ui, scene, text.really_forget, text.forget) {
                Some(true) => scene.act(Action::ForgetReactions),
                Some(false) => scene.act(Action::AskForget(false)),
                None => {}
            }
            return;
        }
        let icon = Some(icons::TRASH);
        if pill(ui, scene.theme, icon, text.forget_taste, false).clicked() {
            scene.act(Action::AskForget(true));
        }
    });
}

fn said(ui: &mut Ui, scene: &Scene<'_>, name: &str, what: &str) {
    line(ui, scene, name, |ui| {
        label(ui, what, fonts::regular(size::SECONDARY), scene.theme.soft);
    });
}
