//! The local page (trang làm việc): a web server for this machine alone, through which a secretary does in a browser what the
//! commands do in a terminal.
//!
//! `doorway` opens the browser, `guard` lets requests in, `place` and `shelf` keep every path inside the chosen folder, `desk` is what all requests share
//! (readings kept while files are unchanged, jobs under way), `routes` answers, `assets` is the page itself. The state is the
//! dossier's folder and nothing else. Nothing is computed here; it may use the same rooms as `cli`.

mod answer;
mod assets;
mod desk;
mod doorway;
mod guard;
mod job;
mod limits;
mod place;
mod routes;
mod server;
mod shelf;
mod store;

pub use doorway::Doorway;
pub use server::{Options, serve};
