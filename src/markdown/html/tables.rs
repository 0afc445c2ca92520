//! Renders tables, each in a scrollable region.
//!
//! Invariant: the name of a table is unique in its text.

use pulldown_cmark::{Alignment, Event};

use super::{Writer, escape};

impl Writer<'_> {
    /// The role of what scrolls: a landmark only on a page of its own.
    pub(super) fn region(&self) -> &'static str {
        if self.resolve.levels_down() > 0 {
            "group"
        } else {
            "region"
        }
    }

    /// A wide table scrolls in a region that the keyboard reaches.
    pub(super) fn open_table(&mut self, columns: Vec<Alignment>) {
        self.table = columns;
        self.tables += 1;
        let near = self
            .heading
            .checked_sub(1)
            .and_then(|at| self.document.headings.get(at));
        let name = match near {
            Some(heading) => format!("Table {}: {}", self.tables, heading.text),
            None => format!("Table {}", self.tables),
        };
        self.html(format!(
            "<div class=\"scroll\" role=\"{}\" aria-label=\"{}\" tabindex=\"0\"><table>",
            self.region(),
            escape(&name)
        ));
    }

    pub(super) fn open_cell(&mut self) {
        let class = match self.table.get(self.column) {
            Some(Alignment::Right) => " class=\"num\"",
            Some(Alignment::Center) => " class=\"c\"",
            _ => "",
        };
        self.column += 1;
        self.html(if self.head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        });
    }

    /// A head without words heads nothing: it is a cell like others.
    pub(super) fn close_cell(&mut self) {
        let empty = matches!(self.out.last(), Some(Event::Html(it)) if it.starts_with("<th"));
        if empty {
            self.out.pop();
        }
        self.html(match (self.head, empty) {
            (true, true) => "<td></td>",
            (true, false) => "</th>",
            (false, _) => "</td>",
        });
    }
}
