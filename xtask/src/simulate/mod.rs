//! Simulations, each from fixed seeds: whoever runs them gets the same numbers. What is assumed stands in
//! docs/SIMULATION.md, which they write.

mod chance;
mod document;
mod measures;
mod plot;
mod timing;
mod town;

use std::path::Path;

use anyhow::{Context, Result};

/// Simulates ways of voting and writes what came out into this folder of documents.
pub(crate) fn votes(folder: &Path) -> Result<()> {
    for (name, text) in document::files(&measures::measured(), &timing::timed()) {
        let path = folder.join(name);
        if let Some(within) = path.parent() {
            std::fs::create_dir_all(within)?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::measures::{Measured, Measures, Way, measured};
    use super::{document, timing};
    use crate::shell::repository;
    use std::fs::read_to_string;

    fn of(measures: &Measures, way: Way) -> &Measured {
        let found = measures.ways.iter().find(|one| one.way == way);
        found.unwrap()
    }

    #[test]
    fn the_document_and_its_plots_say_what_the_seeds_give() {
        for (name, text) in document::files(&measured(), &timing::timed()) {
            let kept = read_to_string(repository().join("docs").join(&name)).unwrap();
            assert!(kept == text, "{name}: run `cargo xtask simulate votes`");
            let described = ["<title", "<desc"].iter().all(|part| text.contains(part));
            assert!(name == "SIMULATION.md" || described, "{name}");
        }
    }

    #[test]
    fn assigned_ratings_are_pushed_least_and_find_most_for_as_much_reading() {
        let measures = measured();
        let assigned = of(&measures, Way::Assigned);
        for other in [Way::ApprovalsOfAll, Way::ApprovalsOfTwelve, Way::Live] {
            let pushed = of(&measures, other).pushed.mean();
            assert!(assigned.pushed.mean() > pushed + 10.0, "{other:?}");
        }
        for other in [Way::ApprovalsOfTwelve, Way::Live] {
            let found = of(&measures, other).found.mean();
            assert!(assigned.found.mean() > found + 0.02, "{other:?}");
        }
    }
}
