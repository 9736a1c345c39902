//! Which of the data templates speak of: `word::fill` reads it out of their tags, `paper` makes no more than that.
//!
//! It is a tree like the data themselves. Rather too much is wanted than too little: what is not wanted may be left out
//! of the data without a difference to what comes out.

use serde_json::Value;
use std::collections::BTreeMap;

/// Data that a template may be filled with: made when they are asked for, no more of them than is wanted.
pub type Sample<'a> = Box<dyn Fn(&Wanted) -> Value + 'a>;

/// What is wanted of a value. Of a text or a figure it is always all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All that is in it, however deep.
    whole: bool,
    /// It is asked whether anything is in it: of an object all counts, of a list only whether it has entries.
    asked: bool,
    /// A loop goes over it: every entry is wanted, and of each this.
    entries: Option<Box<Wanted>>,
    names: BTreeMap<String, Wanted>,
}

/// A step from a value to what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Name(String),
    /// Every entry, whatever its name or number.
    Entry,
}

static EVERYTHING: Wanted = Wanted::with(true);
static NOTHING: Wanted = Wanted::with(false);

impl Wanted {
    const fn with(whole: bool) -> Wanted {
        Wanted { whole, asked: false, entries: None, names: BTreeMap::new() }
    }

    /// All that there is.
    pub fn everything() -> &'static Wanted {
        &EVERYTHING
    }

    /// What is wanted of the value of this name in an object; none where it can be left out.
    pub fn name(&self, name: &str) -> Option<&Wanted> {
        if self.whole || self.asked {
            return Some(&EVERYTHING);
        }
        self.names.get(name).or(self.entries.as_deref())
    }

    /// What is wanted of each item of a list.
    pub fn items(&self) -> &Wanted {
        if self.whole { &EVERYTHING } else { self.entries.as_deref().unwrap_or(&NOTHING) }
    }

    /// A value without what is not wanted of it.
    pub fn part_of(&self, value: &Value) -> Value {
        match value {
            Value::Object(entries) => {
                let wanted = entries.iter().filter_map(|(name, value)| Some((name, value, self.name(name)?)));
                Value::Object(wanted.map(|(name, value, own)| (name.clone(), own.part_of(value))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(|item| self.items().part_of(item)).collect()),
            other => other.clone(),
        }
    }

    /// Wants what a way leads to.
    pub fn want(&mut self, way: &[Step]) {
        self.at(way);
    }

    /// Wants to know whether anything is in what a way leads to.
    pub fn ask(&mut self, way: &[Step]) {
        self.at(way).asked = true;
    }

    /// Wants everything.
    pub fn want_everything(&mut self) {
        self.whole = true;
    }

    fn at(&mut self, way: &[Step]) -> &mut Wanted {
        let mut at = self;
        for step in way {
            at = match step {
                Step::Name(name) => at.names.entry(name.clone()).or_default(),
                Step::Entry => at.entries.get_or_insert_default(),
            };
        }
        at
    }

    /// Puts together what is wanted of one thing in several ways: by its name and in a loop, or by its number in a list.
    /// Comes after the last [`Self::want`] and [`Self::ask`].
    pub fn settled(mut self) -> Wanted {
        let numbered: Vec<Wanted> =
            self.names.iter().filter(|(name, _)| name.parse::<usize>().is_ok()).map(|(_, own)| own.clone()).collect();
        for own in numbered {
            self.entries.get_or_insert_default().add(own);
        }
        let each = self.entries.take().map(|entries| *entries);
        for (name, mut own) in std::mem::take(&mut self.names) {
            if let Some(each) = &each {
                own.add(each.clone());
            }
            self.names.insert(name, own.settled());
        }
        self.entries = each.map(|each| Box::new(each.settled()));
        self
    }

    fn add(&mut self, other: Wanted) {
        self.whole |= other.whole;
        self.asked |= other.asked;
        if let Some(entries) = other.entries {
            self.entries.get_or_insert_default().add(*entries);
        }
        for (name, own) in other.names {
            self.names.entry(name).or_default().add(own);
        }
    }
}
