//! Key projects as everybody reads them: kept pages, as the rest of the board.

mod drawing;
mod list;
mod one;
pub mod view;

pub use drawing::{Drawing, drawing, month_name, rule_of_months};
pub use list::{Line, line, list_page};
pub use one::one_page;
