//! Photos as wishes: one, a day of them, from the clipboard, dropped together with music.

use crate::support::engine::wait;
use crate::support::pictures::{exif, jpeg, with_exif};
use crate::support::program::{Program, small_models};
use crate::support::signal::{tone, write_wav};
use image::{Rgb, RgbImage};
use maeum::config::Folders;
use maeum::engine::{
    self, Command, CoverOf, CoverSize, Event, FeelAnswer, FeelRequest, Handle, JourneyEnd, Length,
    Notice, Options, PastedPicture, PhotoSource, Wish,
};
use maeum::library::{PlaylistCover, Playlists};
use maeum::mood::Mood;
use maeum::photo::PhotoProblem;
use maeum::recommend::{Filter, Mode};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// Fewer than the demo's pieces that fit any of these photos.
const ASKED: usize = 4;
const WARM: [u8; 3] = [250, 140, 40];
const SEA: [u8; 3] = [10, 90, 220];

/// An engine on the demo's music, and a folder for photos.
struct Home {
    handle: Handle,
    /// How many there are at the start.
    tracks: usize,
    /// Those that were there at the start.
    playlists: Arc<Playlists>,
    photos: TempDir,
    program: Program,
    asked: u64,
}

impl Home {
    fn new() -> Self {
        Self::of(Program::with_demo_music())
    }

    fn of(program: Program) -> Self {
        let options = Options {
            folders: Folders {
                data: program.data.path().to_path_buf(),
                models: PathBuf::from(small_models()),
                demo_music: PathBuf::new(),
            },
            demo: false,
            scan_at_start: false,
            keep_queue: false,
        };
        let handle = engine::start(options, Arc::new(|| {})).unwrap();
        // A question before that is one to an empty library.
        let mut playlists = Arc::default();
        let tracks = wait(&handle, "the library", |event| match event {
            Event::Playlists(all) => {
                playlists = all;
                None
            }
            Event::Library(snapshot) => Some(snapshot.library.len()).filter(|tracks| *tracks > 0),
            _ => None,
        });
        Self {
            handle,
            tracks,
            playlists,
            photos: tempfile::tempdir().unwrap(),
            program,
            asked: 0,
        }
    }

    fn reopened(self) -> Self {
        self.handle.close();
        Self::of(self.program)
    }

    /// Keeps what was suggested for a photo.
    fn keep(&self, name: &str, answer: &FeelAnswer) {
        let tracks = answer.tracks.iter().map(|each| each.track.id).collect();
        let command = Command::CreateOfPhoto {
            name: name.to_owned(),
            photo: Arc::clone(&answer.photos.as_ref().unwrap().photos[0]),
            otherwise: PlaylistCover::Mood(Mood::Sad),
            tracks,
        };
        self.handle.commands.send(command).unwrap();
    }

    fn cover_of(&self, name: &str) -> PlaylistCover {
        self.next(|event| match event {
            Event::Playlists(all) => cover_of(&all, name),
            _ => None,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.photos.path().join(name)
    }

    fn photo(&self, name: &str, colour: [u8; 3], taken: Option<&str>) -> PhotoSource {
        let bytes = jpeg(&RgbImage::from_pixel(120, 80, Rgb(colour)));
        let bytes = with_exif(&bytes, &exif(1, taken));
        std::fs::write(self.path(name), bytes).unwrap();
        PhotoSource::File(self.path(name))
    }

    fn ask(&mut self, wish: Wish) -> u64 {
        self.asked += 1;
        let request = FeelRequest {
            wish,
            length: Length::Tracks(ASKED),
            seed: 0,
            filter: Filter::default(),
            mode: Mode::default(),
            patient: false,
        };
        let generation = self.asked;
        let command = Command::Feel {
            generation,
            request,
        };
        self.handle.commands.send(command).unwrap();
        generation
    }

    fn next<T>(&self, wanted: impl FnMut(Event) -> Option<T>) -> T {
        wait(&self.handle, "an answer", wanted)
    }

    fn answer(&mut self, wish: Wish) -> Arc<FeelAnswer> {
        let asked = self.ask(wish);
        self.next(|event| match event {
            Event::Playlist { generation, answer } if generation == asked => Some(answer),
            _ => None,
        })
    }

    fn photos(&mut self, photos: &[PhotoSource], energy: f32) -> Arc<FeelAnswer> {
        let photos = photos.to_vec();
        self.answer(Wish::Photos { photos, energy })
    }
}

fn cover_of(playlists: &Playlists, name: &str) -> Option<PlaylistCover> {
    let named = playlists.0.iter().find(|each| each.name == name);
    named.map(|each| each.cover.clone())
}

fn mean_arousal(answer: &FeelAnswer) -> f32 {
    let tracks = &answer.tracks;
    tracks.iter().map(|each| each.mood.arousal).sum::<f32>() / tracks.len() as f32
}

fn names(answer: &FeelAnswer) -> Vec<String> {
    let photos = &answer.photos.as_ref().unwrap().photos;
    photos.iter().map(|photo| photo.name.clone()).collect()
}

#[test]
fn a_photo_becomes_a_playlist_and_tells_what_was_understood() {
    let mut home = Home::new();
    let photo = home.photo("evening.jpg", WARM, None);
    let answer = home.photos(&[photo], 0.0);
    assert_eq!(answer.tracks.len(), ASKED);
    assert!(answer.target.mood.valence > 0.0);
    let told = answer.photos.as_ref().unwrap();
    assert!(told.unread.is_empty());
    let read = &told.photos[0];
    assert_eq!(read.name, "evening.jpg");
    assert_eq!(read.reading.mood.top(), Mood::Happy);
    for image in [&read.card, &read.backdrop] {
        assert_eq!(image.rgba.len() as u32, image.width * image.height * 4);
        assert!(image.width > image.height);
    }
}

#[test]
fn energy_moves_the_list_and_reads_no_photo_again() {
    let mut home = Home::new();
    let photo = [home.photo("sea.jpg", SEA, None)];
    let as_it_is = home.photos(&photo, 0.0);
    let calm = home.photos(&photo, -1.0);
    let lively = home.photos(&photo, 1.0);
    let arousal = [&calm, &as_it_is, &lively].map(|answer| answer.target.mood.arousal);
    assert!(
        arousal[0] < arousal[1] && arousal[1] < arousal[2],
        "{arousal:?}"
    );
    assert!(mean_arousal(&calm) < mean_arousal(&lively));
    let kept = |answer: &FeelAnswer| Arc::clone(&answer.photos.as_ref().unwrap().photos[0]);
    assert!(
        Arc::ptr_eq(&kept(&as_it_is), &kept(&lively)),
        "it was read again"
    );
}

#[test]
fn a_photo_that_has_changed_is_read_again() {
    let mut home = Home::new();
    let photo = home.photo("a.jpg", SEA, None);
    let before = home.photos(std::slice::from_ref(&photo), 0.0);
    home.photo("a.jpg", WARM, Some("2026:05:01 10:00:00"));
    let after = home.photos(&[photo], 0.0);
    let valence = |answer: &FeelAnswer| {
        answer.photos.as_ref().unwrap().photos[0]
            .reading
            .mood
            .valence
    };
    assert!(valence(&after) > valence(&before) + 0.3);
}

#[test]
fn a_day_of_photos_is_followed_in_its_order() {
    let mut home = Home::new();
    let day = [
        home.photo("c.jpg", SEA, Some("2026:05:01 08:00:00")),
        home.photo("b.jpg", WARM, Some("2026:05:01 21:00:00")),
        home.photo("a.jpg", [120, 110, 140], Some("2026:05:01 13:00:00")),
    ];
    let answer = home.photos(&day, 0.0);
    assert_eq!(names(&answer), ["c.jpg", "a.jpg", "b.jpg"]);
    assert_eq!(answer.target.way.len(), 3);
    assert!(
        answer.target.way[0].0 < answer.target.way[2].0,
        "{:?}",
        answer.target.way
    );
    // A folder of them is the same wish; one without a date goes by name.
    home.photo("b10.jpg", SEA, None);
    home.photo("b9.jpg", SEA, None);
    let folder = PhotoSource::File(home.photos.path().to_path_buf());
    let answer = home.photos(&[folder], 0.0);
    assert_eq!(
        names(&answer),
        ["a.jpg", "b.jpg", "b9.jpg", "b10.jpg", "c.jpg"]
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_played() {
    let mut home = Home::new();
    let good = home.photo("good.jpg", WARM, None);
    std::fs::write(home.path("bad.jpg"), b"not a picture").unwrap();
    let bad = PhotoSource::File(home.path("bad.jpg"));
    let unread = vec![("bad.jpg".to_owned(), PhotoProblem::NotAPicture)];
    let answer = home.photos(&[bad.clone(), good], 0.0);
    assert_eq!(answer.photos.as_ref().unwrap().unread, unread);
    assert!(!answer.tracks.is_empty());
    let alone = home.photos(&[bad], 0.0);
    assert_eq!(alone.photos.as_ref().unwrap().unread, unread);
    assert!(alone.tracks.is_empty() && alone.target.mood.confidence == 0.0);
    std::fs::create_dir(home.path("empty")).unwrap();
    let empty = home.photos(&[PhotoSource::File(home.path("empty"))], 0.0);
    assert_eq!(empty.photos.as_ref().unwrap().unread.len(), 1);
}

#[test]
fn a_newer_question_is_answered_before_a_long_album_and_instead_of_it() {
    let mut home = Home::new();
    let album: Vec<PhotoSource> = (0..40)
        .map(|n| home.photo(&format!("{n}.jpg"), [n * 6, 90, 120], None))
        .collect();
    let older = home.ask(Wish::Photos {
        photos: album,
        energy: 0.0,
    });
    home.next(|event| match event {
        Event::ReadingPhotos {
            generation, of: 40, ..
        } if generation == older => Some(()),
        _ => None,
    });
    let newer = home.ask(Wish::Mood(Mood::Sad));
    let first = home.next(|event| match event {
        Event::Playlist { generation, .. } => Some(generation),
        _ => None,
    });
    assert_eq!(first, newer);
}

#[test]
fn a_pasted_picture_is_a_wish_too() {
    let mut home = Home::new();
    let rgba = WARM
        .into_iter()
        .chain([255])
        .cycle()
        .take(60 * 40 * 4)
        .collect();
    let picture = PastedPicture {
        width: 60,
        height: 40,
        rgba,
    };
    let answer = home.photos(&[PhotoSource::Pasted(Arc::new(picture))], 0.0);
    assert_eq!(
        answer.photos.as_ref().unwrap().photos[0].reading.mood.top(),
        Mood::Happy
    );
    assert!(!answer.tracks.is_empty());
    let broken = PastedPicture {
        width: 60,
        height: 40,
        rgba: vec![1, 2, 3],
    };
    let answer = home.photos(&[PhotoSource::Pasted(Arc::new(broken))], 0.0);
    assert_eq!(
        answer.photos.as_ref().unwrap().unread[0].1,
        PhotoProblem::NothingToPaste
    );
}

#[test]
fn a_journey_may_begin_and_end_at_a_photo() {
    let mut home = Home::new();
    let from = JourneyEnd::Photo(home.photo("a.jpg", SEA, None));
    let to = JourneyEnd::Photo(home.photo("b.jpg", WARM, None));
    let answer = home.answer(Wish::Journey { from, to });
    let [start, end] = answer.target.way[..] else {
        panic!("{:?}", answer.target.way);
    };
    assert!(start.0 < end.0);
    let nowhere = JourneyEnd::Photo(PhotoSource::File(home.path("gone.jpg")));
    let answer = home.answer(Wish::Journey {
        from: nowhere,
        to: JourneyEnd::Mood(Mood::Happy),
    });
    assert!(answer.tracks.is_empty());
}

#[test]
fn of_what_is_dropped_music_is_added_and_photos_come_back() {
    let home = Home::new();
    home.photo("sea.jpg", SEA, None);
    let music = tempfile::tempdir().unwrap();
    write_wav(
        &music.path().join("new.wav"),
        22_050,
        1,
        &tone(22_050, 330.0, 22_050),
    );
    let dropped = vec![home.path("sea.jpg"), music.path().to_path_buf()];
    home.handle.commands.send(Command::Drop(dropped)).unwrap();
    let (mut photos, mut tracks) = (None, 0);
    home.next(|event| {
        match event {
            Event::DroppedPhotos(paths) => photos = Some(paths),
            Event::Library(snapshot) => tracks = snapshot.library.len(),
            _ => {}
        }
        (photos.is_some() && tracks > home.tracks).then_some(())
    });
    assert_eq!(photos.unwrap(), [home.path("sea.jpg")]);
    assert!(home.program.data.path().is_dir());
}

#[test]
fn a_photos_playlist_keeps_the_photo_as_its_cover() {
    let mut home = Home::new();
    let photo = home.photo("sea.jpg", SEA, None);
    let answer = home.photos(&[photo], 0.0);
    home.keep("Sea", &answer);
    let cover = home.cover_of("Sea");
    let PlaylistCover::Image(file) = &cover else {
        panic!("{cover:?}");
    };
    assert!(file.starts_with(home.program.data.path().join("pictures")));
    std::fs::remove_file(home.path("sea.jpg")).unwrap();
    let home = home.reopened();
    assert_eq!(cover_of(&home.playlists, "Sea").as_ref(), Some(&cover));
    let load = |file: PathBuf| {
        let (asked, size) = (CoverOf::File(file), CoverSize::Card);
        let of = asked.clone();
        let command = Command::LoadCover { of, size };
        home.handle.commands.send(command).unwrap();
        home.next(|event| match event {
            Event::Cover { of, image, .. } if of == asked => Some(image),
            _ => None,
        })
    };
    let shown = load(file.clone()).expect("a picture");
    let card = &answer.photos.as_ref().unwrap().photos[0].card;
    assert_eq!((shown.width, shown.height), (card.width, card.height));
    assert_eq!(shown.rgba, card.rgba);
    assert!(load(home.path("sea.jpg")).is_none());
}

#[test]
fn a_photo_that_cannot_be_kept_is_told_and_the_playlist_is_kept() {
    let mut home = Home::new();
    let photo = home.photo("sea.jpg", SEA, None);
    let answer = home.photos(&[photo], 0.0);
    // Where the folder should be is a file.
    std::fs::write(home.program.data.path().join("pictures"), b"").unwrap();
    home.keep("Sea", &answer);
    let told = home.next(|event| match event {
        Event::Notice(Notice::Failed(reason)) => Some(reason),
        _ => None,
    });
    assert!(told.starts_with("cannot write "), "{told}");
    assert_eq!(home.cover_of("Sea"), PlaylistCover::Mood(Mood::Sad));
}
