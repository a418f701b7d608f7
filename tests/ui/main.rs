//! The real window, driven by the accessible names of its widgets.
#![allow(missing_docs)]
