//! From a file to samples: the only room that knows symphonia. Analysis and playback
//! read every format through the same [`AudioStream`]; [`probe()`] tells what a file is
//! without decoding all of it.
//!
//! ```text
//! file → sniff (content, tags cut off) → symphonia demuxer → decoder → trimmed blocks
//! ```
//!
//! Files are recognised by content, never by extension. Whatever a file claims, nothing
//! big is allocated on its word, reading always ends, and a panic in a decoder is an error
//! of that file.

mod codecs;
mod damage;
mod error;
mod guard;
mod mp4;
mod opus;
mod probe;
mod sniff;
mod source;
mod stream;
mod timing;

pub use crate::library::ContentId;
pub use error::DecodeError;
pub use probe::{Probed, probe};
pub use stream::{AudioStream, Block};
