//! A panic in one document: a bug of ours, told as a problem of that source.

use std::any::Any;
use std::cell::Cell;
use std::panic::PanicHookInfo;

use super::Problem;

thread_local! {
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes panics silent and notes where they happened, since a library never prints.
///
/// For the Python module, which owns the panics of this library alone; a Rust
/// program keeps its own hook.
pub fn note_quietly() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo| {
        PLACE.set(info.location().map(ToString::to_string));
    }));
}

/// The problem row of a source whose reading panicked.
pub(super) fn problem(source: &str, panic: &(dyn Any + Send)) -> Problem {
    let told = panic.downcast_ref::<&str>().copied();
    let told = told.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let told = told.unwrap_or("no message");
    let place = PLACE.take().map(|place| format!(" at {place}")).unwrap_or_default();
    Problem {
        source: source.to_owned(),
        reason: "panic",
        message: format!(
            "{source}: a bug in zhibiao stopped the reading of this document ({told}{place}); \
             the others are not affected; please report it with the document"
        ),
        score: None,
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn a_panic_names_its_source() {
        let panic = catch_unwind(|| panic!("index out of bounds")).unwrap_err();
        let problem = problem("a.txt", panic.as_ref());
        assert_eq!((problem.source.as_str(), problem.reason), ("a.txt", "panic"));
        assert!(problem.message.contains("index out of bounds"), "{}", problem.message);
    }
}
