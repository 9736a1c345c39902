//! Stories of the whole program, one file for each; they drive it as a user does.

mod reading;
mod worked_by_hand;
