//! Helpers for tests that listen.

pub mod fixtures;
pub mod signal;
