//! The keys that move a value up and down.

use eframe::egui::accesskit::Action;
use eframe::egui::{EventFilter, Id, Key, Ui};

/// So many steps the arrow keys and assistive technology moved the widget `id` in this frame.
pub(super) fn steps(ui: &Ui, id: Id, focused: bool) -> i32 {
    let mut steps = 0;
    if focused {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        ui.input(|input| {
            // With Ctrl the arrows change tracks.
            if !input.modifiers.command {
                steps += input.num_presses(Key::ArrowRight) as i32;
                steps -= input.num_presses(Key::ArrowLeft) as i32;
            }
        });
    }
    ui.input(|input| {
        steps += input.num_accesskit_action_requests(id, Action::Increment) as i32;
        steps -= input.num_accesskit_action_requests(id, Action::Decrement) as i32;
    });
    steps
}
