//! The keyboard's focus walking over a list of which only the visible part is laid out.

use eframe::egui::{Context, EventFilter, Id, Key, Memory, Response, ScrollArea, Ui};
use std::ops::Range;

/// A list that the focus walks over.
pub struct Walk {
    name: &'static str,
    /// Height of a row, points.
    height: f32,
    /// Items in a row.
    columns: usize,
}

impl Walk {
    pub const fn new(name: &'static str, height: f32, columns: usize) -> Self {
        Self {
            name,
            height,
            columns,
        }
    }

    /// The id of an item.
    pub fn item(&self, index: usize) -> Id {
        Id::unique((self.name, index))
    }

    fn wanted_id(&self) -> Id {
        Id::unique((self.name, "wanted"))
    }

    fn view_id(&self) -> Id {
        Id::unique((self.name, "view"))
    }

    /// Moves the focus to an item, scrolling there if need be.
    pub fn focus(&self, ctx: &Context, index: usize) {
        ctx.data_mut(|data| data.insert_temp(self.wanted_id(), index));
        ctx.request_repaint();
    }

    /// Lays out the rows in view of so many items, and scrolls to the one that the focus was
    /// moved to.
    pub fn show(
        &self,
        ui: &mut Ui,
        area: ScrollArea,
        items: usize,
        rows_ui: impl FnOnce(&mut Ui, Range<usize>),
    ) {
        let area = self.reveal(ui, area, items);
        let rows = items.div_ceil(self.columns);
        let shown = area.show_rows(ui, self.height, rows, rows_ui);
        let view = (shown.state.clamped_offset().y, shown.inner_rect.height());
        ui.data_mut(|data| data.insert_temp(self.view_id(), view));
    }

    /// Gives the focus to the item that it was moved to, and scrolls so that it is in view.
    fn reveal(&self, ui: &Ui, area: ScrollArea, items: usize) -> ScrollArea {
        if items == 0 {
            return area;
        }
        let wanted: Option<usize> = ui.data_mut(|data| data.remove_temp(self.wanted_id()));
        let Some(index) = wanted.map(|index| index.min(items - 1)) else {
            return area;
        };
        ui.memory_mut(|memory| memory.request_focus(self.item(index)));
        let Some((offset, height)) = self.view(ui.ctx()) else {
            return area;
        };
        let top = (index / self.columns) as f32 * self.height;
        let bottom = top + self.height;
        if top < offset {
            area.vertical_scroll_offset(top)
        } else if bottom > offset + height {
            area.vertical_scroll_offset(bottom - height)
        } else {
            area
        }
    }

    /// The upper edge and the height of what is in view.
    fn view(&self, ctx: &Context) -> Option<(f32, f32)> {
        ctx.data(|data| data.get_temp(self.view_id()))
    }

    /// Whether an item in view has the focus.
    pub fn has_focus(&self, ctx: &Context) -> bool {
        let (Some(focused), Some((offset, height))) = (ctx.memory(Memory::focused), self.view(ctx))
        else {
            return false;
        };
        let row = |y: f32| (y / self.height) as usize;
        let first = row(offset) * self.columns;
        let last = (row(offset + height) + 1) * self.columns;
        (first..last).any(|index| self.item(index) == focused)
    }

    /// Where arrow keys lead from the focused item, if anywhere.
    pub fn step(&self, ui: &Ui, response: &Response, index: usize, items: usize) -> Option<usize> {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: self.columns > 1,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input(|input| input.num_presses(key));
        let mut next = index;
        let row = self.columns;
        for _ in 0..pressed(Key::ArrowDown) {
            // From the last whole row to the end of a shorter one below.
            let below = next / row < items.saturating_sub(1) / row;
            next = if below {
                (next + row).min(items - 1)
            } else {
                next
            };
        }
        for _ in 0..pressed(Key::ArrowUp) {
            next = next.checked_sub(row).unwrap_or(next);
        }
        if row > 1 {
            next = (next + pressed(Key::ArrowRight)).saturating_sub(pressed(Key::ArrowLeft));
        }
        let next = next.min(items.saturating_sub(1));
        (next != index).then_some(next)
    }
}
