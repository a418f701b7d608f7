//! Files that are copied, and then deleted at their old place.

use super::*;
use crate::library::{
    EmotionArc, Loudness, PlaylistChange, PlaylistContent, PlaylistCover, PlaylistEntry, Waveform,
    WholeTrack,
};

#[test]
fn a_file_that_is_copied_and_later_deleted_has_moved() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    model.rate(&[id], 4);
    let list = model.change_playlists(PlaylistChange::Create {
        name: "List".to_owned(),
        cover: PlaylistCover::Mosaic,
        content: PlaylistContent::Tracks(vec![PlaylistEntry::Track(id)]),
    });
    let added = track(&model, id).added_unix_secs;
    disk.put("/music/new/a", 1, "A");
    assert_eq!(disk.scan(&mut model).added, 1);
    disk.files.remove("/music/a");
    let summary = disk.scan(&mut model);
    assert_eq!((summary.moved, summary.missing), (1, 0));
    assert_eq!(model.library().len(), 1);
    let moved = track(&model, id);
    assert_eq!(moved.path, Path::new("/music/new/a"));
    assert_eq!((moved.play_count, moved.rating), (1, 4));
    assert_eq!(moved.added_unix_secs, added);
    assert!(moved.analysis.is_some() && !moved.missing);
    let list = model.playlists.get(list.unwrap()).unwrap();
    assert_eq!(list.track_ids(), [id]);
    let again = disk.scan(&mut model);
    assert_eq!((again.unchanged, again.moved, again.missing), (1, 0, 0));
}

#[test]
fn a_library_copied_to_a_new_disk_keeps_its_history_when_the_old_folder_is_removed() {
    let mut disk = Disk::new();
    disk.put("/music/old/a", 1, "A");
    let mut model = Model::default();
    model.add_folder(PathBuf::from("/music/old"));
    disk.scan(&mut model);
    let id = model.library().tracks()[0].id;
    model.rate(&[id], 5);
    disk.put("/music/new/a", 1, "A");
    model.add_folder(PathBuf::from("/music/new"));
    disk.scan(&mut model);
    model.remove_folder(Path::new("/music/old"));
    assert_eq!(paths(&model), ["/music/new/a"]);
    assert_eq!(model.library().get(id).unwrap().rating, 5);
}

#[test]
fn a_copy_that_was_listened_to_stays_a_track_of_its_own() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    disk.put("/music/copy", 1, "A");
    disk.scan(&mut model);
    let copy = model.by_path[Path::new("/music/copy")];
    model.rate(&[copy], 2);
    disk.files.remove("/music/a");
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert_eq!(track(&model, id).play_count, 1);
    assert_eq!(track(&model, copy).rating, 2);
}

#[test]
fn a_second_file_that_goes_again_takes_nothing_with_it() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let mut model = Model::default();
    model.add_folder(PathBuf::from("/music"));
    disk.scan(&mut model);
    let first = model.by_path[Path::new("/music/a")];
    disk.put("/music/copy", 1, "A");
    disk.scan(&mut model);
    disk.files.remove("/music/copy");
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert_eq!(track(&model, first).path, Path::new("/music/a"));
}

#[test]
fn neither_a_drive_that_is_away_nor_a_broken_file_gives_its_history_to_a_copy() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    model.add_folder(PathBuf::from("/home"));
    let copy = ScanEvent::File(Box::new(scanned(
        Path::new("/home/a"),
        1,
        "A",
        FileStamp::default(),
    )));
    model.apply(copy, 0);
    disk.plugged_in = false;
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert_eq!(track(&model, id).path, Path::new("/music/a"));
    disk.plugged_in = true;
    disk.put("/music/a", BROKEN, "");
    assert_eq!(disk.scan(&mut model).missing, 1);
    assert_eq!(track(&model, id).path, Path::new("/music/a"));
    disk.files.remove("/music/a");
    assert_eq!(disk.scan(&mut model).moved, 1);
    assert_eq!(track(&model, id).path, Path::new("/home/a"));
}

#[test]
fn what_was_read_from_end_to_end_is_not_read_again_after_a_move() {
    let mut disk = Disk::new();
    disk.put("/music/a", 1, "A");
    let (mut model, id) = loved_track(&disk);
    let content = model.row(id).unwrap().content;
    let whole = Arc::new(WholeTrack {
        loudness: Loudness {
            lufs: -14.0,
            true_peak_dbtp: -1.0,
        },
        waveform: Waveform::new(&[(0.5, 0.2); Waveform::COLUMNS]),
        arc: EmotionArc::new(&[]),
    });
    model.save_whole(content, &Arc::from("1"), &whole);
    disk.put("/music/b", 1, "A");
    disk.scan(&mut model);
    disk.files.remove("/music/a");
    disk.scan(&mut model);
    assert_eq!(track(&model, id).path, Path::new("/music/b"));
    assert!(model.pending_whole(None, "1").is_empty());
}
