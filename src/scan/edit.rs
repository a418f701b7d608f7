//! Changes the tags of a file as a listener wishes, and takes that back.

use super::cover::picture_for_tags;
use super::rewrite::{Wanted, rewrite};
use crate::library::{ContentId, CoverEdit, EditError, TagEdit, Tags};
use lofty::file::{TaggedFile, TaggedFileExt};
use lofty::picture::{MimeType, Picture, PictureType};
use lofty::tag::{ItemKey, Tag, TagItem, TagType};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The items that an edit can change.
const KEYS: [ItemKey; 11] = [
    ItemKey::TrackTitle,
    ItemKey::TrackArtist,
    ItemKey::AlbumArtist,
    ItemKey::AlbumTitle,
    ItemKey::Genre,
    ItemKey::TrackNumber,
    ItemKey::DiscNumber,
    ItemKey::RecordingDate,
    ItemKey::Year,
    ItemKey::ReleaseDate,
    ItemKey::OriginalReleaseDate,
];

/// The pictures of each tag of a file.
type Pictures = Vec<(TagType, Vec<Picture>)>;

/// What takes an edit back.
#[derive(Debug, Clone)]
pub struct Undo {
    path: PathBuf,
    content: ContentId,
    before: Before,
}

/// What a file held before an edit.
#[derive(Debug, Clone, Default)]
struct Before {
    /// How the tags read.
    tags: Tags,
    has_cover: bool,
    items: Vec<(TagType, Vec<TagItem>)>,
    /// Only when the cover was changed.
    pictures: Option<Arc<Pictures>>,
}

impl Undo {
    /// The file it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Memory that the pictures take, bytes.
    #[must_use]
    pub fn picture_bytes(&self) -> usize {
        let all = self.before.pictures.iter().flat_map(|all| all.iter());
        let pictures = all.flat_map(|(_, pictures)| pictures);
        pictures.map(|picture| picture.data().len()).sum()
    }

    /// Keeps the pictures only once where another file had the same: those of one album do.
    pub fn share_pictures(&mut self, other: &Self) {
        if self.before.pictures == other.before.pictures {
            self.before.pictures.clone_from(&other.before.pictures);
        }
    }
}

/// A picture to put into files.
enum NewCover {
    Picture(Box<Picture>),
    None,
}

/// Changes the tags of a file. Not for a thread that must not wait: it copies the file.
pub fn edit_tags(path: &Path, edit: &TagEdit) -> Result<Undo, EditError> {
    let cover = match &edit.cover {
        Some(CoverEdit::Picture(picture)) => {
            Some(NewCover::Picture(Box::new(read_cover(picture)?)))
        }
        Some(CoverEdit::Remove) => Some(NewCover::None),
        None => None,
    };
    let mut before = Before::default();
    let content = rewrite(path, None, |now, file| {
        before = Before {
            tags: now.tags.clone(),
            has_cover: now.has_cover,
            items: file.tags().iter().map(edited_items).collect(),
            pictures: cover
                .is_some()
                .then(|| Arc::new(file.tags().iter().map(pictures).collect())),
        };
        let primary = file.primary_tag_type();
        if file.primary_tag().is_none() {
            file.insert_tag(Tag::new(primary));
        }
        for kind in kinds(file) {
            if let Some(tag) = file.tag_mut(kind) {
                spell_out(tag, &now.tags);
                change(tag, edit);
                match &cover {
                    Some(NewCover::Picture(cover)) if kind == primary => put(tag, cover),
                    Some(NewCover::None) => take_pictures(tag),
                    _ => {}
                }
            }
        }
        let mut tags = now.tags.clone();
        edit.apply(&mut tags);
        Wanted {
            tags,
            has_cover: match cover {
                Some(NewCover::Picture(_)) => true,
                Some(NewCover::None) => false,
                None => now.has_cover,
            },
            stars: None,
        }
    })?;
    Ok(Undo {
        path: path.to_path_buf(),
        content,
        before,
    })
}

/// Takes an edit back: the fields and pictures it changed are as before. A file that holds
/// other audio by now is left alone.
pub fn undo_edit(undo: &Undo) -> Result<(), EditError> {
    let before = &undo.before;
    rewrite(&undo.path, Some(undo.content), |now, file| {
        for kind in kinds(file) {
            let items = before.items.iter().find(|(known, _)| *known == kind);
            let Some(tag) = file.tag_mut(kind) else {
                continue;
            };
            tag.retain(|item| !KEYS.contains(&item.key()));
            for item in items.map_or(&[][..], |(_, items)| items) {
                tag.push(item.clone());
            }
            if let Some(all) = &before.pictures {
                take_pictures(tag);
                let pictures = all.iter().find(|(known, _)| *known == kind);
                for picture in pictures.map_or(&[][..], |(_, pictures)| pictures) {
                    tag.push_picture(picture.clone());
                }
            }
        }
        Wanted {
            tags: Tags {
                replay_gain: now.tags.replay_gain,
                ..before.tags.clone()
            },
            has_cover: if before.pictures.is_some() {
                before.has_cover
            } else {
                now.has_cover
            },
            stars: None,
        }
    })
    .map(drop)
}

/// Writes stars into a file, 1…5, or takes them out of it (0), as other players read them.
pub fn rate_file(path: &Path, stars: u8) -> Result<(), EditError> {
    rewrite(path, None, |now, file| {
        if file.primary_tag().is_none() {
            file.insert_tag(Tag::new(file.primary_tag_type()));
        }
        Wanted {
            tags: now.tags.clone(),
            has_cover: now.has_cover,
            stars: Some(stars),
        }
    })
    .map(drop)
}

fn kinds(file: &TaggedFile) -> Vec<TagType> {
    file.tags().iter().map(Tag::tag_type).collect()
}

fn edited_items(tag: &Tag) -> (TagType, Vec<TagItem>) {
    let items = tag.items().filter(|item| KEYS.contains(&item.key()));
    (tag.tag_type(), items.cloned().collect())
}

fn pictures(tag: &Tag) -> (TagType, Vec<Picture>) {
    (tag.tag_type(), tag.pictures().to_vec())
}

fn take_pictures(tag: &mut Tag) {
    while tag.picture_count() > 0 {
        tag.remove_picture(0);
    }
}

/// Puts a cover where the one that is shown now stands; other pictures stay.
fn put(tag: &mut Tag, cover: &Picture) {
    let mut kinds = tag.pictures().iter().map(Picture::pic_type);
    let shown = kinds
        .position(|kind| kind == PictureType::CoverFront)
        .unwrap_or(0);
    tag.set_picture(shown, cover.clone());
}

fn change(tag: &mut Tag, edit: &TagEdit) {
    for (key, text) in [
        (ItemKey::TrackTitle, &edit.title),
        (ItemKey::TrackArtist, &edit.artist),
        (ItemKey::AlbumArtist, &edit.album_artist),
        (ItemKey::AlbumTitle, &edit.album),
        (ItemKey::Genre, &edit.genre),
    ] {
        if let Some(text) = text {
            set(tag, key, text.trim());
        }
    }
    for (key, number) in [
        (ItemKey::TrackNumber, edit.track_number),
        (ItemKey::DiscNumber, edit.disc_number),
    ] {
        if let Some(number) = number {
            let text = number.map_or_else(String::new, |number| number.to_string());
            set(tag, key, &text);
        }
    }
    if let Some(year) = edit.year {
        let text = year.map_or_else(String::new, |year| year.to_string());
        tag.remove_key(ItemKey::Year);
        set(tag, ItemKey::RecordingDate, &text);
        if text.is_empty() {
            // They stand in for a year that is not there.
            tag.remove_key(ItemKey::ReleaseDate);
            tag.remove_key(ItemKey::OriginalReleaseDate);
        } else if tag.get(ItemKey::RecordingDate).is_none() {
            // Some formats know only one of the two.
            set(tag, ItemKey::Year, &text);
        }
    }
}

/// Sets or removes a text. What a format has no place for stays out of it.
fn set(tag: &mut Tag, key: ItemKey, text: &str) {
    tag.remove_key(key);
    // The oldest tags know no letters but Western ones, and would hold question marks.
    let known = tag.tag_type() != TagType::Id3v1 || is_latin(text);
    if !text.is_empty() && known {
        tag.insert_text(key, text.to_owned());
    }
}

fn is_latin(text: &str) -> bool {
    text.chars().all(|char| char <= '\u{ff}')
}

/// Old Korean tags hold CP949 under a false flag, which is guessed from all fields together.
/// A new field in proper letters would spoil that guess, so all are written properly then.
fn spell_out(tag: &mut Tag, shown: &Tags) {
    for (key, text) in [
        (ItemKey::TrackTitle, &shown.title),
        (ItemKey::TrackArtist, &shown.artist),
        (ItemKey::AlbumArtist, &shown.album_artist),
        (ItemKey::AlbumTitle, &shown.album),
        (ItemKey::Genre, &shown.genre),
    ] {
        let garbled = |text: &str| is_latin(text) && !text.is_ascii();
        if tag.get_string(key).is_some_and(garbled) && !is_latin(text) {
            set(tag, key, text);
        }
    }
}

fn read_cover(path: &Path) -> Result<Picture, EditError> {
    let (bytes, png) = picture_for_tags(path)?;
    let kind = if png { MimeType::Png } else { MimeType::Jpeg };
    Ok(Picture::unchecked(bytes)
        .pic_type(PictureType::CoverFront)
        .mime_type(kind)
        .build())
}
