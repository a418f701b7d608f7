//! The rules of a smart playlist, each a sentence that can be changed.

use super::{PlaylistAction, act};
use crate::library::{
    PlaylistChange, PlaylistEdit, PlaylistId, Rule, SmartLimit, SmartOrder, SmartRules, Track,
};
use crate::mood::Mood;
use crate::ui::fonts;
use crate::ui::icons;
use crate::ui::scene::Scene;
use crate::ui::strings;
use crate::ui::theme::size;
use crate::ui::widgets::{Button, chip, field, icon_button, label, menu_item, mood_icon};
use eframe::egui::{Id, Popup, Response, Ui, vec2};

const LIMITS: [Option<SmartLimit>; 8] = [
    Some(SmartLimit::Tracks(25)),
    Some(SmartLimit::Tracks(50)),
    Some(SmartLimit::Tracks(100)),
    Some(SmartLimit::Tracks(200)),
    Some(SmartLimit::Minutes(60)),
    Some(SmartLimit::Minutes(120)),
    Some(SmartLimit::Minutes(240)),
    None,
];
const DAYS: [u32; 6] = [7, 14, 30, 60, 180, 365];
const PLAYS: [u32; 6] = [0, 1, 3, 5, 10, 25];

/// The rules.
pub fn rules_ui(ui: &mut Ui, scene: &Scene<'_>, id: PlaylistId, smart: &SmartRules) {
    let (text, theme) = (scene.text, scene.theme);
    let change = |rules: SmartRules| {
        let edit = PlaylistEdit::Rules(rules);
        act(
            scene,
            PlaylistAction::Change(PlaylistChange::Edit(id, edit)),
        );
    };
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if smart.rules.len() > 1 {
            let name = if smart.all {
                text.all_rules
            } else {
                text.any_rule
            };
            if chip(ui, theme, None, name, theme.accent, true).clicked() {
                let all = !smart.all;
                change(SmartRules {
                    all,
                    ..smart.clone()
                });
            }
        }
        for (index, rule) in smart.rules.iter().enumerate() {
            let mut edited = None;
            let taken = rule_ui(ui, scene, (id, index), rule, &mut edited);
            let mut rules = smart.clone();
            if taken {
                rules.rules.remove(index);
                change(rules);
            } else if let Some(rule) = edited {
                rules.rules[index] = rule;
                change(rules);
            }
        }
        add_ui(ui, scene, &|rule| {
            let mut rules = smart.clone();
            rules.rules.push(rule);
            change(rules);
        });
    });
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        choice_ui(
            ui,
            scene,
            text.order,
            &SmartOrder::ALL,
            smart.order,
            &|order| order_name(scene, order).to_owned(),
            &|order| {
                change(SmartRules {
                    order,
                    ..smart.clone()
                });
            },
        );
        choice_ui(
            ui,
            scene,
            text.at_most,
            &LIMITS,
            smart.limit,
            &|limit| limit_name(scene, limit),
            &|limit| {
                change(SmartRules {
                    limit,
                    ..smart.clone()
                });
            },
        );
    });
}

/// One of several, behind a chip that says which.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    scene: &Scene<'_>,
    name: &str,
    choices: &[T],
    now: T,
    said: &dyn Fn(T) -> String,
    choose: &dyn Fn(T),
) {
    let theme = scene.theme;
    let shown = format!("{name}: {}", said(now));
    let response = chip(ui, theme, None, &shown, theme.soft, false);
    popup(&response, |ui| {
        for choice in choices {
            let icon = if *choice == now {
                icons::CHECK
            } else {
                icons::CARET_DOWN
            };
            if menu_item(ui, theme, icon, &said(*choice)) {
                choose(*choice);
            }
        }
    });
}

fn popup(response: &Response, add: impl FnOnce(&mut Ui)) {
    Popup::menu(response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui);
    });
}

/// A rule, with what it could be instead; whether it is to go.
fn rule_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: (PlaylistId, usize),
    rule: &Rule,
    edited: &mut Option<Rule>,
) -> bool {
    let (text, theme) = (scene.text, scene.theme);
    let said = say(scene, rule);
    let color = match rule {
        Rule::Mood { mood, .. } => theme.mood(*mood),
        _ => theme.accent,
    };
    if let Rule::Genre { contains, not } | Rule::Artist { contains, not } = rule {
        words_ui(ui, scene, key, rule, (contains, *not), edited);
    } else {
        let response = chip(ui, theme, None, &said, color, true);
        popup(&response, |ui| {
            for other in others(rule) {
                let icon = match &other {
                    _ if other == *rule => icons::CHECK,
                    Rule::Mood { mood, .. } => mood_icon(*mood),
                    _ => icons::CLOCK,
                };
                if menu_item(ui, theme, icon, &say(scene, &other)) {
                    *edited = Some(other);
                }
            }
        });
    }
    let name = format!("{}: {said}", text.remove);
    let button = Button {
        size: 26.0,
        ..Button::new(icons::X, &name)
    };
    icon_button(ui, theme, &button).clicked()
}

/// A rule with words: a field for them.
fn words_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: (PlaylistId, usize),
    rule: &Rule,
    (contains, not): (&str, bool),
    edited: &mut Option<Rule>,
) {
    let theme = scene.theme;
    let is_genre = matches!(rule, Rule::Genre { .. });
    let with = |contains: String, not: bool| {
        if is_genre {
            Rule::Genre { contains, not }
        } else {
            Rule::Artist { contains, not }
        }
    };
    let text = scene.text;
    let name = match (is_genre, not) {
        (true, false) => text.genre_is,
        (true, true) => text.genre_is_not,
        (false, false) => text.artist_is,
        (false, true) => text.artist_is_not,
    };
    if chip(ui, theme, None, name, theme.accent, true).clicked() {
        *edited = Some(with(contains.to_owned(), !not));
    }
    let field_id = Id::unique(("rule words", key));
    let (response, changed) = field(ui, theme, field_id, contains, "…", 120.0);
    response.accessible_name(name);
    if let Some(words) = changed {
        let (id, index) = key;
        act(scene, PlaylistAction::TypeWords { id, index, words });
    }
}

/// What a rule could be instead, itself among it.
fn others(rule: &Rule) -> Vec<Rule> {
    match rule {
        Rule::Mood { .. } => [false, true]
            .into_iter()
            .flat_map(|not| Mood::ALL.map(|mood| Rule::Mood { mood, not }))
            .collect(),
        Rule::Year { .. } => (0..8)
            .map(|decade| 2020 - 10 * decade)
            .map(|year| Rule::Year {
                from: Some(year),
                to: Some(year + 9),
            })
            .collect(),
        Rule::Stars { .. } => (1..=Track::MOST_STARS)
            .map(|at_least| Rule::Stars { at_least })
            .collect(),
        Rule::Plays { .. } => {
            let least = PLAYS.into_iter().skip(1).map(|plays| Rule::Plays {
                at_least: Some(plays),
                at_most: None,
            });
            let most = PLAYS.into_iter().map(|plays| Rule::Plays {
                at_least: None,
                at_most: Some(plays),
            });
            least.chain(most).collect()
        }
        Rule::HeardWithin { .. } => [false, true]
            .into_iter()
            .flat_map(|not| DAYS.map(|days| Rule::HeardWithin { days, not }))
            .collect(),
        Rule::AddedWithin { .. } => [false, true]
            .into_iter()
            .flat_map(|not| DAYS.map(|days| Rule::AddedWithin { days, not }))
            .collect(),
        Rule::Genre { .. } | Rule::Artist { .. } => Vec::new(),
    }
}

/// A button that adds a rule.
fn add_ui(ui: &mut Ui, scene: &Scene<'_>, add: &dyn Fn(Rule)) {
    let (text, theme) = (scene.text, scene.theme);
    let icon = Some(icons::PLUS);
    let response = chip(ui, theme, icon, text.add_rule, theme.soft, false);
    popup(&response, |ui| {
        let contains = String::new;
        for (icon, name, rule) in [
            (
                icons::SMILEY,
                text.mood,
                Rule::Mood {
                    mood: Mood::Peaceful,
                    not: false,
                },
            ),
            (
                icons::MUSIC_NOTES,
                text.genre,
                Rule::Genre {
                    contains: contains(),
                    not: false,
                },
            ),
            (
                icons::HEADPHONES,
                text.artist,
                Rule::Artist {
                    contains: contains(),
                    not: false,
                },
            ),
            (
                icons::CLOCK,
                text.year,
                Rule::Year {
                    from: Some(2020),
                    to: Some(2029),
                },
            ),
            (icons::STAR, text.rating, Rule::Stars { at_least: 4 }),
            (
                icons::REPEAT,
                text.plays,
                Rule::Plays {
                    at_least: Some(1),
                    at_most: None,
                },
            ),
            (
                icons::SPEAKER_HIGH,
                text.last_heard,
                Rule::HeardWithin {
                    days: 30,
                    not: false,
                },
            ),
            (
                icons::TRAY_ARROW_DOWN,
                text.when_added,
                Rule::AddedWithin {
                    days: 30,
                    not: false,
                },
            ),
        ] {
            if menu_item(ui, theme, icon, name) {
                add(rule);
            }
        }
    });
    if scene
        .state
        .lists
        .shown()
        .is_some_and(|shown| shown.rules().is_some_and(|rules| rules.rules.is_empty()))
    {
        label(
            ui,
            text.no_rules,
            fonts::regular(size::SECONDARY),
            theme.faint,
        );
    }
}

/// A rule as a sentence.
fn say(scene: &Scene<'_>, rule: &Rule) -> String {
    let language = scene.state.language;
    let text = scene.text;
    match rule {
        Rule::Mood { mood, not } => strings::rule_mood(language, mood.name(language), *not),
        Rule::Genre { contains, .. } => format!("{}: {contains}", text.genre),
        Rule::Artist { contains, .. } => format!("{}: {contains}", text.artist),
        Rule::Year { from, to } => strings::rule_years(language, *from, *to),
        Rule::Stars { at_least } => strings::rule_stars(language, *at_least),
        Rule::Plays { at_least, at_most } => strings::rule_plays(language, *at_least, *at_most),
        Rule::HeardWithin { days, not } => strings::rule_heard(language, *days, *not),
        Rule::AddedWithin { days, not } => strings::rule_added(language, *days, *not),
    }
}

fn order_name(scene: &Scene<'_>, order: SmartOrder) -> &'static str {
    let text = scene.text;
    match order {
        SmartOrder::Album => text.order_album,
        SmartOrder::Title => text.order_title,
        SmartOrder::AddedLast => text.order_added,
        SmartOrder::MostPlayed => text.order_plays,
        SmartOrder::MostStars => text.order_stars,
        SmartOrder::HeardFirst => text.order_heard,
        SmartOrder::Newest => text.order_newest,
        SmartOrder::Calmest => text.order_calmest,
        SmartOrder::Liveliest => text.order_liveliest,
        SmartOrder::Shuffled => text.order_shuffled,
    }
}

fn limit_name(scene: &Scene<'_>, limit: Option<SmartLimit>) -> String {
    let language = scene.state.language;
    match limit {
        Some(SmartLimit::Tracks(tracks)) => strings::tracks(language, tracks as usize),
        Some(SmartLimit::Minutes(minutes)) => strings::long_time(language, minutes as f32 * 60.0),
        None => scene.text.no_limit.to_owned(),
    }
}
