//! Papers to begin with: the study's questionnaire, a poll on safety in school, feedback on a hearing, trust.

use std::sync::LazyLock;

use super::views::PollTemplate;
use crate::codes::Code;
use crate::platform::problem::Problem;

static TEMPLATES: LazyLock<Result<Vec<PollTemplate>, serde_json::Error>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../texts/polls.json")));

/// All papers.
///
/// # Errors
/// `internal` when they cannot be read.
pub fn all() -> Result<&'static [PollTemplate], Problem> {
    let read = TEMPLATES.as_ref();
    read.map(Vec::as_slice)
        .map_err(|cause| Problem::caused(Code::Internal, cause))
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_paper_to_begin_with_may_be_published() {
        let templates = all().unwrap();
        assert!(templates.len() >= 4);
        for template in templates {
            let paper = template.paper.clone().draft().unwrap();
            assert!(
                paper.check().is_ok(),
                "{}: {:?}",
                template.name,
                paper.check()
            );
        }
    }
}
