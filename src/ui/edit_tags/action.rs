//! What the listener did in the dialog that changes tags.

use crate::library::{CoverEdit, TrackId};
use crate::ui::state::TagField;

/// What the listener did in the dialog that changes tags.
#[derive(Debug, Clone)]
pub enum TagAction {
    /// Open it for these tracks.
    Open(Vec<TrackId>),
    /// A field now holds this.
    Type(TagField, String),
    /// The field with the path of a picture now holds this.
    TypeCover(String),
    /// Open the desktop's dialog for a picture.
    ChooseCover,
    /// This becomes of the cover; `None` leaves it as it is.
    Cover(Option<CoverEdit>),
    /// Write what was changed.
    Save,
    /// Close it without that.
    Close,
    /// Take the last change of tags back.
    Undo,
}
