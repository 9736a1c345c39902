//! The papers (văn bản): which there are, and the data that each template is filled with.
//!
//! May use `dossier`, `scoring`, `intake`, `vietnamese`. Filling is `word`, layout is `pdf`.
