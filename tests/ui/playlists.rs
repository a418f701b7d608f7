//! The Playlists screen, and tracks on their way there.

use crate::fake::Fake;
use crate::window::Fixture;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use maeum::engine::{Command, CoverOf, CoverSize};
use maeum::language::Language;
use maeum::library::{
    PlaylistChange, PlaylistContent, PlaylistCover, PlaylistEdit, PlaylistId, Rule,
};
use maeum::playback::PlayerCommand;
use maeum::ui::Place;

fn screen(language: Language) -> Fixture {
    let mut window = Fixture::on(Fake::new(60, 60), language);
    window.key(Modifiers::COMMAND, Key::Num4);
    window.settle();
    assert_eq!(window.state().place, Place::Playlists);
    window
}

/// The screen with a playlist of the library's first three tracks open.
fn with_three() -> Fixture {
    let mut window = screen(Language::English);
    let id = window.fake.new_playlist("Mine", 3);
    for event in window.fake.says_playlists() {
        window.tell(event);
    }
    window.settle();
    let name = label_of(&window, id);
    window.harness.get_by_label(&name).click();
    window.settle();
    window
}

/// What the window calls a playlist of tracks that the library has.
fn label_of(window: &Fixture, id: PlaylistId) -> String {
    let playlist = window.fake.playlists.get(id).unwrap();
    let ids = playlist.track_ids();
    let tracks = ids.iter().filter_map(|id| window.fake.library.get(*id));
    let secs: f32 = tracks.map(|track| track.duration_secs).sum();
    let minutes = (secs / 60.0).round();
    format!("{}, {} tracks · {minutes} min", playlist.name, ids.len())
}

fn changes(commands: &[Command]) -> Vec<PlaylistChange> {
    let change = |command: &Command| match command {
        Command::ChangePlaylists(change) => Some(change.clone()),
        _ => None,
    };
    commands.iter().filter_map(change).collect()
}

#[test]
fn playlists_that_come_along_speak_the_listeners_language() {
    for (language, name) in [
        (Language::English, "Calm evening"),
        (Language::Korean, "고요한 저녁"),
    ] {
        let window = screen(language);
        let found = window.harness.query_all_by_label_contains(name).count();
        assert!(found > 0, "{name}");
        let summary = window.state().lists.summaries.values();
        assert!(summary.map(|each| each.tracks).sum::<usize>() > 0);
    }
}

#[test]
fn a_new_playlist_is_named_at_once() {
    let mut window = screen(Language::English);
    window
        .harness
        .get_by_label("New playlist or import")
        .click();
    window.run();
    window.harness.get_by_label("New playlist").click();
    window.settle();
    assert!(window.harness.get_by_label("Name").is_focused());
    window.key(Modifiers::COMMAND, Key::A);
    window.type_into("Name", "비 오는 날");
    window.key(Modifiers::NONE, Key::Enter);
    window.settle();
    let shown = window.state().lists.shown().unwrap();
    assert_eq!(shown.name, "비 오는 날");
    assert!(window.state().lists.name.is_none());
}

#[test]
fn a_track_taken_out_and_a_deleted_playlist_come_back() {
    let mut window = with_three();
    let before = window.state().lists.shown().unwrap().clone();
    let second = window.state().track(before.track_ids()[1]).unwrap();
    let label = format!("{}, ", second.title());
    let rows = window.harness.get_all_by_label_contains(&label);
    rows.last().unwrap().focus();
    window.key(Modifiers::NONE, Key::Delete);
    window.settle();
    assert_eq!(window.state().lists.shown().unwrap().track_ids().len(), 2);
    window.harness.get_by_label("Undo").click();
    window.settle();
    assert_eq!(window.state().lists.shown().unwrap(), &before);
    window.harness.get_by_label("Delete playlist").click();
    window.settle();
    assert!(window.state().lists.all.get(before.id).is_none());
    window.harness.get_by_label("Undo").click();
    window.settle();
    assert_eq!(window.state().lists.shown().unwrap(), &before);
}

#[test]
fn rows_move_by_keys_and_a_click_plays_from_there() {
    let mut window = with_three();
    let ids = window.state().lists.shown().unwrap().track_ids();
    let label = |window: &Fixture, index: usize| {
        let id = window.state().lists.shown().unwrap().track_ids()[index];
        let track = window.state().track(id).unwrap();
        format!(
            "{}, {} · {}",
            track.title(),
            track.artist(),
            track.tags.album
        )
    };
    let first = label(&window, 0);
    window.harness.get_by_label(&first).focus();
    window.key(Modifiers::ALT, Key::PageDown);
    window.settle();
    let moved = window.state().lists.shown().unwrap().track_ids();
    assert_eq!(moved, [ids[1], ids[0], ids[2]]);
    let last = label(&window, 2);
    window.harness.get_by_label(&last).click();
    let commands = window.settle();
    let plays = commands
        .iter()
        .any(|command| matches!(command, Command::Play { tracks, start: 2 } if *tracks == moved));
    assert!(plays, "{commands:?}");
}

#[test]
fn a_place_dragged_up_is_the_one_that_moves_and_keys_move_it_on() {
    let mut window = with_three();
    let ids = |window: &Fixture| window.state().lists.shown().unwrap().track_ids();
    let place = |window: &Fixture, index: usize| {
        let track = window.state().track(ids(window)[index]).unwrap();
        let (title, artist, album) = (track.title(), track.artist(), &track.tags.album);
        format!("{title}, {artist} · {album}")
    };
    let before = ids(&window);
    let middle = |index| {
        let name = place(&window, index);
        window.harness.get_by_label(&name).rect().center()
    };
    let (from, to) = (middle(2), middle(0));
    window.drag(from, to);
    assert_eq!(ids(&window), [before[2], before[0], before[1]]);
    window.harness.get_by_label(&place(&window, 0)).focus();
    for _ in 0..2 {
        window.key(Modifiers::ALT, Key::PageDown);
        window.settle();
    }
    assert_eq!(ids(&window), before);
}

#[test]
fn shuffle_plays_all_of_it_in_another_order() {
    let mut window = with_three();
    let shuffle: Vec<_> = window.harness.get_all_by_label("Shuffle").collect();
    shuffle[0].click();
    let commands = window.settle();
    let shuffled =
        |command: &Command| matches!(command, Command::Player(PlayerCommand::Shuffle(true)));
    assert!(commands.iter().any(shuffled), "{commands:?}");
}

/// The screen with a new smart playlist, which takes everything.
fn with_smart_playlist() -> Fixture {
    let mut window = screen(Language::English);
    window
        .harness
        .get_by_label("New playlist or import")
        .click();
    window.run();
    window.harness.get_by_label("New smart playlist").click();
    window.settle();
    window
}

#[test]
fn rules_are_added_and_taken_away() {
    let mut window = with_smart_playlist();
    let everything = window.state().lists.shown().unwrap().id;
    let found = |window: &Fixture| window.state().lists.found(everything).len();
    assert!(found(&window) > 40);
    window.harness.get_by_label("Add a rule").click();
    window.run();
    window.harness.get_by_label("Mood").click();
    window.settle();
    let calm = found(&window);
    assert!(calm > 0 && calm < 40, "{calm}");
    window
        .harness
        .get_by_label("Remove: Mood is peaceful")
        .click();
    window.settle();
    assert!(found(&window) > 40);
}

#[test]
fn what_was_suggested_is_kept_under_the_feelings_name() {
    let mut window = Fixture::with(60);
    window.type_into("How do you feel?", "calm evening by the sea");
    window.settle();
    let suggested = window.state().feeling.track_ids();
    window.harness.get_by_label("Save as a playlist").click();
    let commands = window.settle();
    let [
        PlaylistChange::Create {
            name,
            cover,
            content: PlaylistContent::Tracks(entries),
        },
    ] = &changes(&commands)[..]
    else {
        panic!("{commands:?}");
    };
    assert_eq!(name, "calm evening by the sea");
    assert!(matches!(cover, PlaylistCover::Mood(_)));
    assert_eq!(entries.len(), suggested.len());
}

#[test]
fn the_tracks_of_a_playlist_stand_for_a_picture_that_is_gone() {
    for (file, gone) in [("/data/pictures/a.png", false), ("/gone/a.png", true)] {
        let mut window = screen(Language::English);
        let id = window.fake.new_playlist("Mine", 1);
        let track = window.fake.playlists.get(id).unwrap().track_ids()[0];
        let cover = PlaylistEdit::Cover(PlaylistCover::Image(file.into()));
        let change = Command::ChangePlaylists(PlaylistChange::Edit(id, cover));
        for event in window.fake.answer(&change) {
            window.tell(event);
        }
        window.settle();
        let name = "Mine, 1 track ";
        window.harness.get_by_label_contains(name).click();
        window.settle();
        let asked = |of| window.covers_asked.contains(&(of, CoverSize::Card));
        assert!(asked(CoverOf::File(file.into())), "{file}");
        assert_eq!(asked(CoverOf::Track(track)), gone, "{file}");
    }
}

#[test]
fn the_words_of_a_rule_are_kept_when_the_typing_rests() {
    let mut window = with_smart_playlist();
    window.harness.get_by_label("Add a rule").click();
    window.run();
    window.harness.get_by_label("Artist").click();
    window.settle();
    let name = window.state().text().artist_is;
    let field = |window: &Fixture| {
        let field = window.harness.get_by_role_and_label(Role::TextInput, name);
        field.value().unwrap_or_default()
    };
    window
        .harness
        .get_by_role_and_label(Role::TextInput, name)
        .focus();
    window.run();
    for letter in ["윤", "슬"] {
        window.harness.event(Input::Text(letter.to_owned()));
        let sent = window.sent();
        assert!(changes(&sent).is_empty(), "{sent:?}");
    }
    assert_eq!(field(&window), "윤슬");
    window.harness.run_steps(30);
    let sent = changes(&window.settle());
    let [PlaylistChange::Edit(_, PlaylistEdit::Rules(rules))] = &sent[..] else {
        panic!("{sent:?}");
    };
    let contains = "윤슬".to_owned();
    let not = false;
    assert_eq!(rules.rules, [Rule::Artist { contains, not }]);
    assert_eq!(field(&window), "윤슬");
    // Another change at once takes along what was just typed.
    window.harness.event(Input::Text("!".to_owned()));
    window.harness.step();
    window.harness.get_by_label("Add a rule").click();
    window.run();
    window.harness.get_by_label("Mood").click();
    let sent = changes(&window.settle());
    let kept = sent.iter().all(|change| {
        matches!(change, PlaylistChange::Edit(_, PlaylistEdit::Rules(rules))
            if matches!(&rules.rules[0], Rule::Artist { contains, .. } if contains == "윤슬!"))
    });
    assert!(!sent.is_empty() && kept, "{sent:?}");
}

#[test]
fn a_path_that_was_typed_is_gone_when_another_file_is_asked_for() {
    let mut window = with_three();
    let import = |window: &mut Fixture| {
        window
            .harness
            .get_by_label("New playlist or import")
            .click();
        window.run();
        window.harness.get_by_label("Import M3U…").click();
        window.run();
    };
    let typed = |window: &Fixture, name: &str| {
        let field = window.harness.get_by_role_and_label(Role::TextInput, name);
        field.value().unwrap_or_default()
    };
    import(&mut window);
    window.type_into("M3U file to read", "/music/old.m3u");
    assert_eq!(typed(&window, "M3U file to read"), "/music/old.m3u");
    window.harness.get_by_label("Cancel").click();
    window.run();
    window.harness.get_by_label("Export playlist").click();
    window.run();
    assert_eq!(typed(&window, "File to write"), "");
    window.harness.get_by_label("Cancel").click();
    window.run();
    import(&mut window);
    assert_eq!(typed(&window, "M3U file to read"), "");
}

#[test]
fn a_file_is_asked_for_by_its_path_too() {
    let mut window = screen(Language::English);
    window
        .harness
        .get_by_label("New playlist or import")
        .click();
    window.run();
    window.harness.get_by_label("Import M3U…").click();
    window.run();
    window.type_into("M3U file to read", "/music/old.m3u");
    window.harness.get_by_label("Import").click();
    let commands = window.settle();
    let asked = |command: &Command| matches!(command, Command::ImportPlaylist(path) if path.ends_with("old.m3u"));
    assert!(commands.iter().any(asked), "{commands:?}");
}
