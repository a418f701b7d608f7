//! How a photo feels and why: colours, what is to be seen in words, and the panel that joins
//! the opinions. Pure: pixels and a model's numbers in, a reading out.
//!
//! ```text
//! Pixels ─► Colours ─► colour ┐
//! model's numbers ─► Scene ─► faces ├─► Panel ─► PhotoReading
//!                └► sentence ─► words ┘
//! ```

mod colour;
mod panel;
mod phrases;
mod pixels;
mod problem;
mod reading;
mod scene;

pub use colour::{Colours, FEATURES, PALETTE};
pub use panel::{Panel, PanelError, PhotoSpread};
pub use pixels::{Frame, Pixels, middle};
pub use problem::PhotoProblem;
pub use reading::{Opinion, PhotoReading, Reader, moods};
pub use scene::{Expression, Faces, Scene};
