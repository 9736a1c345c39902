//! What is made of parts that the copies of a package have in common, made once for all of them: what a template has and its
//! papers keep as it is.

use std::any::Any;
use std::sync::{Arc, OnceLock};

/// The bytes of parts, by which one that has been replaced since is told; none for a part that is not there.
pub(super) type Origin = Vec<Option<Arc<Vec<u8>>>>;

/// The first thing that was made.
#[derive(Debug, Default)]
pub(super) struct Made(OnceLock<(Origin, Arc<dyn Any + Send + Sync>)>);

impl Made {
    /// The thing itself where it was made of the same parts, else a new one.
    pub(super) fn get_or_make<T: Any + Send + Sync>(&self, origin: Origin, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some((known, made)) = self.0.get() {
            let made = if is_same(known, &origin) { Arc::clone(made).downcast().ok() } else { None };
            return made.unwrap_or_else(|| Arc::new(make()));
        }
        let made = Arc::new(make());
        // where another thread was quicker, its own stays, which is alike
        let _ = self.0.set((origin, Arc::clone(&made) as Arc<dyn Any + Send + Sync>));
        made
    }
}

fn is_same(known: &Origin, other: &Origin) -> bool {
    known.len() == other.len()
        && known.iter().zip(other).all(|pair| match pair {
            (Some(known), Some(other)) => Arc::ptr_eq(known, other),
            (known, other) => known.is_none() && other.is_none(),
        })
}
