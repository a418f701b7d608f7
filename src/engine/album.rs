//! The photos of one wish, read one by one, so that other questions are answered in between.

use super::photo::{PhotoAnswer, PhotoSource, ReadPhoto, expanded, in_time};
use super::reader::Reader;
use super::{FeelRequest, JourneyEnd, Wish};
use crate::photo::PhotoProblem;
use std::collections::VecDeque;
use std::sync::Arc;

/// A question about photos that is not answered yet.
pub(super) struct Album {
    pub generation: u64,
    pub request: FeelRequest,
    left: VecDeque<PhotoSource>,
    read: PhotoAnswer,
    of: usize,
}

impl Album {
    /// The photos that a request is about, if any.
    pub(super) fn of(generation: u64, request: &FeelRequest) -> Option<Self> {
        let sources: Vec<PhotoSource> = match &request.wish {
            Wish::Photos { photos, .. } => photos.clone(),
            Wish::Journey { from, to } => [from, to]
                .into_iter()
                .filter_map(|end| match end {
                    JourneyEnd::Photo(source) => Some(source.clone()),
                    _ => None,
                })
                .collect(),
            _ => return None,
        };
        let left: VecDeque<PhotoSource> = expanded(&sources).into();
        (!sources.is_empty()).then(|| Self {
            generation,
            request: request.clone(),
            of: left.len(),
            left,
            read: PhotoAnswer::default(),
        })
    }

    /// Reads the next photo; `false` when there is none.
    pub(super) fn read_next(&mut self, reader: &mut Reader) -> bool {
        let Some(source) = self.left.pop_front() else {
            return false;
        };
        match reader.photo(&source) {
            Ok(photo) => self.read.photos.push(photo),
            Err(problem) => {
                tracing::info!("{}: {problem}", source.name());
                self.read.unread.push((source.name(), problem));
            }
        }
        !self.left.is_empty()
    }

    /// How many photos were looked at, and how many there are.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.of - self.left.len(), self.of)
    }

    /// What was understood, photos in the order of their day. Folders without any photo, and
    /// nothing at all, leave a reason.
    pub(super) fn finish(self) -> (u64, FeelRequest, PhotoAnswer) {
        let mut read = self.read;
        in_time(&mut read.photos);
        if self.of == 0 {
            read.unread.push((String::new(), PhotoProblem::NotAPicture));
        }
        (self.generation, self.request, read)
    }
}

/// The reading of one photo of an answer.
pub(super) fn of_source<'a>(
    answer: Option<&'a PhotoAnswer>,
    source: &PhotoSource,
) -> Option<&'a Arc<ReadPhoto>> {
    answer?.photos.iter().find(|photo| photo.source == *source)
}
