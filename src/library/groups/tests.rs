use super::*;
use crate::library::Tags;

/// Artist, album artist, album, disc, number and file.
type Said = (
    &'static str,
    &'static str,
    &'static str,
    u32,
    u32,
    &'static str,
);

fn library(tracks: &[Said]) -> Library {
    let track = |(id, said): (i64, &Said)| {
        let &(artist, album_artist, album, disc, number, path) = said;
        Arc::new(Track {
            id: TrackId(id),
            path: PathBuf::from(path),
            tags: Tags {
                artist: artist.to_owned(),
                album_artist: album_artist.to_owned(),
                album: album.to_owned(),
                disc_number: (disc > 0).then_some(disc),
                track_number: (number > 0).then_some(number),
                year: Some(2000 + number as i32),
                ..Tags::default()
            },
            duration_secs: 60.0,
            has_cover: number == 2,
            ..Track::default()
        })
    };
    Library::new((1..).zip(tracks).map(track).collect())
}

fn found(library: &Library, query: &GroupQuery) -> Vec<Arc<Group>> {
    let moods = vec![None; library.len()];
    Groups::of(library, &moods).find(library, &moods, query)
}

fn ask(kind: GroupKind, text: &str, inside: &str) -> GroupQuery {
    GroupQuery {
        kind,
        text: text.to_owned(),
        mood: None,
        inside: PathBuf::from(inside),
    }
}

fn albums(tracks: &[Said]) -> Vec<(String, By, Vec<i64>)> {
    found(&library(tracks), &ask(GroupKind::Albums, "", ""))
        .iter()
        .map(|album| {
            let tracks = album.tracks.iter().map(|id| id.0).collect();
            (album.name.clone(), album.by.clone(), tracks)
        })
        .collect()
}

fn named(kind: GroupKind, tracks: &[Said], text: &str, inside: &str) -> Vec<(String, usize)> {
    found(&library(tracks), &ask(kind, text, inside))
        .iter()
        .map(|group| (group.name.clone(), group.tracks.len()))
        .collect()
}

fn artist(name: &str) -> By {
    By::Artist(name.to_owned())
}

fn pair(name: &str, number: usize) -> (String, usize) {
    (name.to_owned(), number)
}

#[test]
fn the_same_title_by_two_artists_is_two_albums() {
    let found = albums(&[
        ("Abel", "Abel", "Greatest Hits", 0, 1, "/m/a/1"),
        ("Bora", "Bora", "Greatest Hits", 0, 1, "/m/b/1"),
        ("Bora", "", "Greatest Hits", 0, 2, "/m/c/2"),
    ]);
    let title = "Greatest Hits".to_owned();
    assert_eq!(
        found,
        [
            (title.clone(), artist("Abel"), vec![1]),
            (title, artist("Bora"), vec![2, 3]),
        ]
    );
}

#[test]
fn discs_and_numbers_order_an_album_whatever_its_folders_are_called() {
    let found = albums(&[
        ("Abel", "Abel", "Live", 2, 1, "/m/Live/CD 2/1"),
        ("Abel", "Abel", "LIVE", 1, 2, "/m/Live/CD 1/2"),
        ("Abel", "Abel", "Live", 0, 1, "/m/Live/CD 1/1"),
        ("Abel", "Abel", "Live", 1, 0, "/m/Live/CD 1/hidden"),
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, [3, 2, 4, 1]);
}

#[test]
fn a_folder_of_several_artists_is_a_compilation_also_over_two_discs() {
    let found = albums(&[
        ("Abel", "", "Summer", 1, 1, "/m/Summer/CD1/1"),
        ("Bora", "", "Summer", 1, 2, "/m/Summer/CD1/2"),
        ("Abel", "", "Summer", 2, 1, "/m/Summer/CD2/1"),
        ("Cho", "", "Summer", 0, 1, "/m/Other/1"),
        ("Dana", "", "Summer", 0, 2, "/m/Other/2"),
        ("Abel", "Various Artists", "Winter", 0, 1, "/m/Abel/1"),
        ("Bora", "various artists", "Winter", 0, 2, "/m/Bora/1"),
    ]);
    let tracks: Vec<_> = found.iter().map(|(.., tracks)| tracks.clone()).collect();
    assert!(
        found.iter().all(|(_, by, _)| *by == By::Various),
        "{found:?}"
    );
    // The year goes before the title.
    assert_eq!(tracks.len(), 3);
    for whole in [vec![1, 2, 3], vec![4, 5], vec![6, 7]] {
        assert!(tracks.contains(&whole), "{tracks:?}");
    }
}

#[test]
fn guests_make_no_compilation_and_neither_do_albums_thrown_together() {
    let found = albums(&[
        ("Abel", "", "Home", 0, 1, "/m/1"),
        ("Abel feat. Bora", "", "Home", 0, 2, "/m/2"),
        ("abel (feat. Cho)", "", "Home", 0, 3, "/m/3"),
        ("Bora", "", "Best", 0, 1, "/m/4"),
        ("Cho", "", "Best", 0, 1, "/m/5"),
    ]);
    assert_eq!(
        found,
        [
            ("Home".to_owned(), artist("Abel"), vec![1, 2, 3]),
            ("Best".to_owned(), artist("Bora"), vec![4]),
            ("Best".to_owned(), artist("Cho"), vec![5]),
        ]
    );
}

#[test]
fn tracks_without_tags_are_neither_lost_nor_taken_for_one_album() {
    let found = albums(&[
        ("", "", "", 0, 0, "/m/x/1"),
        ("Abel", "", "", 0, 0, "/m/x/2"),
        ("", "", "", 0, 0, "/m/y/3"),
        ("Bora", "", "Real", 0, 1, "/m/y/4"),
    ]);
    assert_eq!(
        found,
        [
            ("Real".to_owned(), artist("Bora"), vec![4]),
            (String::new(), artist("Abel"), vec![2]),
            (String::new(), By::Nobody, vec![1, 3]),
        ]
    );
}

#[test]
fn a_group_knows_its_length_cover_year_and_mood() {
    let library = library(&[
        ("Abel", "Abel", "Home", 2, 1, "/m/1"),
        ("Abel", "Abel", "Home", 1, 2, "/m/2"),
    ]);
    let calm = MoodVector::of_mood(Mood::Peaceful);
    let moods = vec![Some(calm), None];
    let groups = Groups::of(&library, &moods);
    let album = &groups.find(&library, &moods, &ask(GroupKind::Albums, "", ""))[0];
    assert_eq!((album.duration_secs, album.discs), (120.0, 2));
    assert_eq!((album.cover, album.year), (TrackId(2), Some(2002)));
    assert_eq!(album.mood, Some(Mood::Peaceful));
    let rows = groups.rows(&library, &album.key);
    assert_eq!(library.tracks()[rows[0] as usize].id, album.tracks[0]);
    let sad = GroupQuery {
        mood: Some(Mood::Sad),
        ..ask(GroupKind::Albums, "", "")
    };
    assert!(groups.find(&library, &moods, &sad).is_empty());
}

#[test]
fn artists_are_found_by_their_own_tracks_and_by_their_albums() {
    const TRACKS: [Said; 5] = [
        ("Abel", "Abel", "Home", 0, 1, "/m/1"),
        ("Abel feat. Bora", "Abel", "Home", 0, 2, "/m/2"),
        ("Cho", "Abel", "Abel's Friends", 0, 1, "/m/3"),
        ("Cho", "Various Artists", "Summer", 0, 1, "/m/4"),
        ("", "", "", 0, 0, "/m/5"),
    ];
    assert_eq!(
        named(GroupKind::Artists, &TRACKS, "", ""),
        [pair("Abel", 3), pair("Cho", 2), pair("", 1)]
    );
    let found = found(&library(&TRACKS), &ask(GroupKind::Artists, "summer", ""));
    assert_eq!((found.len(), found[0].albums), (1, 2));
}

#[test]
fn folders_are_walked_down_and_empty_steps_are_left_out() {
    const TRACKS: [Said; 4] = [
        ("A", "", "", 0, 0, "/home/me/Music/Abel/Home/1.mp3"),
        ("B", "", "", 0, 0, "/home/me/Music/Abel/Live/CD1/2.mp3"),
        ("C", "", "", 0, 0, "/home/me/Music/loose.mp3"),
        ("D", "", "", 0, 0, "/home/me/Music/바다/3.mp3"),
    ];
    let folders = |text, inside| named(GroupKind::Folders, &TRACKS, text, inside);
    assert_eq!(folders("", ""), [pair("Abel", 2), pair("바다", 1)]);
    assert_eq!(
        folders("", "/home/me/Music/Abel"),
        [pair("Home", 1), pair("Live/CD1", 1)]
    );
    assert_eq!(folders("live", ""), [pair("Abel/Live/CD1", 1)]);
    assert_eq!(folders("nothing", ""), []);
    let library = library(&TRACKS);
    let groups = Groups::of(&library, &[None; 4]);
    let loose = groups.rows(&library, &GroupKey::Folder(PathBuf::new()));
    let loose: Vec<_> = loose
        .iter()
        .map(|row| library.tracks()[*row as usize].title())
        .collect();
    assert_eq!(loose, ["loose"]);
}

#[test]
fn music_on_two_drives_is_shown_by_full_paths() {
    const TRACKS: [Said; 2] = [
        ("A", "", "", 0, 0, "/home/me/Music/1.mp3"),
        ("B", "", "", 0, 0, "/media/disk/2.mp3"),
    ];
    assert_eq!(
        named(GroupKind::Folders, &TRACKS, "", ""),
        [pair("/home/me/Music", 1), pair("/media/disk", 1)]
    );
}

#[test]
fn groups_stay_while_music_is_analyzed_and_are_made_anew_when_a_tag_changes() {
    let said: [Said; 3] = [
        ("Nina", "", "Rain", 1, 1, "/m/rain/1.mp3"),
        ("Nina", "", "Rain", 1, 2, "/m/rain/2.mp3"),
        ("Otto", "", "Sun", 1, 1, "/m/sun/1.mp3"),
    ];
    let before = library(&said);
    let mut groups = Groups::of(&before, &[None; 3]);
    let changed = |change: &dyn Fn(&mut Track)| {
        let tracks = before.tracks().iter().map(|track| {
            let mut track = Track::clone(track);
            change(&mut track);
            Arc::new(track)
        });
        Library::new(tracks.collect())
    };
    let heard = changed(&|track| track.play_count += 1);
    let rainy = Some(MoodVector::of_mood(Mood::Sad));
    let sunny = Some(MoodVector::of_mood(Mood::Happy));
    let moods = [rainy, rainy, sunny];
    assert!(groups.follow(&before, &heard, &moods));
    let all = ask(GroupKind::Albums, "", "");
    assert_eq!(
        groups.find(&heard, &moods, &all),
        Groups::of(&heard, &moods).find(&heard, &moods, &all),
        "as if made anew"
    );
    let moved = changed(&|track| track.tags.album = "Rain and Sun".to_owned());
    assert!(!groups.follow(&heard, &moved, &moods));
}
