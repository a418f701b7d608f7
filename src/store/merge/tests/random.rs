//! Rules that hold whatever is done to the files.

use super::*;

#[test]
fn a_library_stays_true_to_its_files_whatever_happens_to_them() {
    const TITLES: [&str; 4] = ["", "One", "Two", "Three"];
    let names = ["/music/a", "/music/b", "/music/c", "/music/d", "/music/e"];
    let mut random = fastrand::Rng::with_seed(23);
    for _ in 0..400 {
        let mut disk = Disk::new();
        let mut model = Model::default();
        model.add_folder(PathBuf::from("/music"));
        let mut plays = 0;
        for _ in 0..6 {
            for _ in 0..random.usize(0..4) {
                let name = names[random.usize(..names.len())];
                match random.u8(..5) {
                    0 => drop(disk.files.remove(name)),
                    1 if disk.files.contains_key(name) => {
                        disk.rename(name, names[random.usize(..names.len())]);
                    }
                    _ => disk.put(name, random.u8(..5), TITLES[random.usize(..4)]),
                }
            }
            disk.plugged_in = random.u8(..8) > 0;
            disk.scan(&mut model);
            let library = model.library();
            let there: Vec<&Arc<Track>> = library
                .tracks()
                .iter()
                .filter(|track| !track.missing)
                .collect();
            let good = disk.files.values().filter(|file| file.0 != BROKEN).count();
            assert_eq!(there.len(), if disk.plugged_in { good } else { 0 });
            for track in &there {
                let (audio, title, _) = disk.files[track.path.to_str().expect("a name")];
                assert_eq!(track.tags.title, title);
                let row = model.row(track.id).expect("its row");
                assert_eq!(row.content, ContentId([audio; 16]));
                assert_eq!(model.by_path[&track.path], track.id);
            }
            let counted: u32 = library.tracks().iter().map(|track| track.play_count).sum();
            assert_eq!(counted, plays, "plays are kept");
            let again = disk.scan(&mut model);
            assert_eq!((again.added, again.changed, again.moved), (0, 0, 0));
            if let Some(heard) = there.first() {
                plays += 1;
                model.record_play(Heard {
                    play: Play {
                        track: heard.id,
                        at_unix_secs: 1,
                        played_secs: 1.0,
                        finished: true,
                    },
                    sitting: None,
                });
            }
        }
    }
}

#[test]
fn whatever_happens_to_the_files_history_is_never_lost() {
    let mut random = fastrand::Rng::with_seed(11);
    let names = [
        "/music/a", "/music/b", "/music/c", "/music/d", "/music/e", "/music/f",
    ];
    for _ in 0..300 {
        let mut disk = Disk::new();
        for (audio, name) in (1..).zip(&names[..4]) {
            disk.put(
                name,
                audio,
                ["One", "Two", "Three", "Four"][usize::from(audio) - 1],
            );
        }
        let mut model = Model::default();
        model.add_folder(PathBuf::from("/music"));
        disk.scan(&mut model);
        for row in model.library().tracks() {
            model.record_play(Heard {
                play: Play {
                    track: row.id,
                    at_unix_secs: 1,
                    played_secs: 1.0,
                    finished: true,
                },
                sitting: None,
            });
        }
        for _ in 0..4 {
            for _ in 0..random.usize(0..5) {
                let from = names[random.usize(..names.len())];
                let to = names[random.usize(..names.len())];
                let there: Vec<&str> = disk.files.keys().copied().collect();
                if there.contains(&from) && !there.contains(&to) {
                    disk.rename(from, to);
                }
            }
            let summary = disk.scan(&mut model);
            assert_eq!((summary.added, summary.missing), (0, 0));
        }
        let library = model.library();
        assert_eq!(library.len(), 4);
        for track in library.tracks() {
            assert_eq!(track.play_count, 1);
            let (audio, title, _) = disk.files[track.path.to_str().unwrap()];
            assert_eq!(track.tags.title, title);
            assert_eq!(model.row(track.id).unwrap().content, ContentId([audio; 16]));
        }
    }
}
