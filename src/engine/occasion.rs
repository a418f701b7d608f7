//! A wish as the diary keeps it.

use super::{PhotoSource, Wish};
use crate::library::{Occasion, OccasionKind};
use crate::mood::Mood;

impl Wish {
    /// What led to the music that this wish finds. `called` are the words for it: the feeling
    /// as typed, the title of the track that others are like, the names of the photos; `mood`
    /// is what it was understood as.
    #[must_use]
    pub fn occasion(&self, called: String, mood: Option<Mood>) -> Occasion {
        let kind = match self {
            Self::Text(_) => OccasionKind::Feeling,
            Self::Mood(_) => OccasionKind::Mood,
            Self::Point { .. } => OccasionKind::Point,
            Self::Like(_) => OccasionKind::Like,
            Self::Lately => OccasionKind::Lately,
            Self::Surprise => OccasionKind::Surprise,
            Self::Journey { .. } | Self::Way(_) => OccasionKind::Journey,
            Self::Photos { .. } => OccasionKind::Photo,
        };
        let photos = match self {
            Self::Photos { photos, .. } => &photos[..],
            _ => &[],
        };
        let picture = photos.iter().find_map(|photo| match photo {
            PhotoSource::File(path) => Some(path.clone()),
            PhotoSource::Pasted(_) => None,
        });
        Occasion {
            kind,
            text: called,
            mood,
            picture,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn a_wish_is_kept_with_its_words_its_mood_and_its_first_photo() {
        let wish = Wish::Photos {
            photos: ["/p/a.jpg", "/p/b.jpg"]
                .map(|path| PhotoSource::File(path.into()))
                .to_vec(),
            energy: 0.0,
        };
        let occasion = wish.occasion("a.jpg, b.jpg".to_owned(), Some(Mood::Peaceful));
        assert_eq!(
            occasion,
            Occasion {
                kind: OccasionKind::Photo,
                text: "a.jpg, b.jpg".to_owned(),
                mood: Some(Mood::Peaceful),
                picture: Some(PathBuf::from("/p/a.jpg")),
            }
        );
        let typed = Wish::Text("rain".to_owned()).occasion("rain".to_owned(), None);
        assert_eq!((typed.kind, typed.picture), (OccasionKind::Feeling, None));
    }
}
