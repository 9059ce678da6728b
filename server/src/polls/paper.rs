//! The paper of a poll as it is written, kept and shown. A draft may lack whatever it lacks; what is published
//! is checked whole.

use domain::Code as _;
use domain::poll::{Condition, Kind, Paper, PaperFault, Question, Scale, asks_personal, check};
use domain::text::{self, Choice, Reason, Title, tidy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::problem::{FieldProblem, Problem};
use crate::platform::texts;

/// The most questions.
const QUESTIONS: usize = 40;
/// The most options or lines of one.
const OPTIONS: usize = 20;
/// The most characters of any text of a draft.
const LONGEST: usize = 1_000;

/// A text in the two languages of the app.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// In Albanian.
    pub sq: String,
    /// In English; nothing: as in Albanian.
    pub en: Option<String>,
}

/// What a poll asks.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PollPaper {
    /// What it is called, 5 to 120 characters.
    pub title: Said,
    /// What it is for, 3 to 1,000 characters.
    pub intro: Option<Said>,
    /// 1 to 40 questions, in their order.
    pub questions: Vec<PollQuestion>,
    /// Id of a question with one answer by which results are told apart.
    pub group_by: Option<String>,
}

/// A question of a poll.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PollQuestion {
    /// Its id within the paper: 1 to 24 small letters, digits or underscores.
    pub id: String,
    /// What is asked, 3 to 600 characters.
    pub text: Said,
    /// What helps to answer, 3 to 1,000 characters.
    pub help: Option<Said>,
    /// Whether nobody can go on without an answer.
    pub required: bool,
    /// What it shows.
    pub picture: Option<PollPicture>,
    /// After which answers it is asked.
    pub only_if: Option<PollCondition>,
    /// `single`, `multiple`, `matrix`, `ranking`, `number`, `text` or `sentiment`.
    pub kind: String,
    /// Of `single` and `multiple` (2 to 20) and of `ranking` (2 to 8).
    pub options: Vec<PollOption>,
    /// Of `matrix`, 1 to 15.
    pub rows: Vec<PollOption>,
    /// Of `matrix`: `agreement` (1 to 5), `importance` (1 to 3) or `suitability` (1 to 5).
    pub scale: Option<String>,
    /// Of `multiple`: how many at most; of `ranking`: how many are put in order.
    pub most: Option<u32>,
    /// Of `number`: the least, 0 to 1,000.
    pub min: Option<u32>,
    /// Of `number`: the greatest, 0 to 1,000.
    pub max: Option<u32>,
}

/// An option, or a line.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PollOption {
    /// Its id within the question: 1 to 24 small letters, digits or underscores.
    pub id: String,
    /// What it says, 1 to 600 characters.
    pub text: Said,
}

/// A picture of a question.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PollPicture {
    /// Id of the picture.
    pub id: String,
    /// What it shows, for those who cannot see it, 3 to 1,000 characters.
    pub alt: Said,
}

/// After which answers a question is asked.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PollCondition {
    /// Id of an earlier question.
    pub question: String,
    /// Ids of its options; of `sentiment` 1 to 3.
    pub options: Vec<String>,
}

impl PollPaper {
    /// A draft with its texts cleaned.
    ///
    /// # Errors
    /// `fields_invalid` where it is larger than any paper, or a code is none.
    pub fn draft(mut self) -> Result<Self, Problem> {
        if self.questions.len() > QUESTIONS {
            return Err(too_many("/paper/questions", QUESTIONS));
        }
        clean("/paper/title", &mut self.title)?;
        clean_optional("/paper/intro", self.intro.as_mut())?;
        for (place, question) in self.questions.iter_mut().enumerate() {
            question.clean(&format!("/paper/questions/{place}"))?;
        }
        Ok(self)
    }

    /// The paper as the rules see it.
    ///
    /// # Errors
    /// `internal` when it was not kept by [`PollPaper::draft`].
    pub fn as_paper(&self) -> Result<Paper, Problem> {
        let questions = self.questions.iter().map(PollQuestion::as_question);
        Ok(Paper {
            questions: questions.collect::<Result<_, _>>()?,
            group_by: self.group_by.clone(),
        })
    }

    /// Whether it may be published: it is whole, and asks nobody who they are.
    ///
    /// # Errors
    /// `fields_invalid` with all that is wrong of one kind.
    pub fn check(&self) -> Result<(), Problem> {
        if self.questions.is_empty() {
            return Err(Problem::field("/paper/questions", "too_few", Some(1)));
        }
        require("/paper/title", &self.title, |said| {
            Title::parse(said).map(drop)
        })?;
        require_optional("/paper/intro", self.intro.as_ref())?;
        for (place, question) in self.questions.iter().enumerate() {
            question.check(&format!("/paper/questions/{place}"))?;
        }
        check(&self.as_paper()?).map_err(refused)?;
        let personal = self.personal();
        if personal.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(personal))
        }
    }

    /// Where it asks for a personal datum.
    fn personal(&self) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        let mut look = |pointer: String, said: &Said, open: bool| {
            let texts = std::iter::once(&said.sq).chain(&said.en);
            if texts.into_iter().any(|text| asks_personal(text, open)) {
                found.push(FieldProblem {
                    pointer,
                    code: "asks_personal".to_owned(),
                    limit: None,
                });
            }
        };
        look("/paper/title".to_owned(), &self.title, false);
        if let Some(intro) = &self.intro {
            look("/paper/intro".to_owned(), intro, false);
        }
        for (place, question) in self.questions.iter().enumerate() {
            let at = |field: &str| format!("/paper/questions/{place}/{field}");
            let open = matches!(question.kind.as_str(), "text" | "number" | "sentiment");
            look(at("text"), &question.text, open);
            if let Some(help) = &question.help {
                look(at("help"), help, open);
            }
            if let Some(picture) = &question.picture {
                look(at("picture/alt"), &picture.alt, open);
            }
            let listed = [("options", &question.options), ("rows", &question.rows)];
            for (name, list) in listed {
                for (row, one) in list.iter().enumerate() {
                    look(at(&format!("{name}/{row}")), &one.text, false);
                }
            }
        }
        found
    }
}

impl PollQuestion {
    fn clean(&mut self, at: &str) -> Result<(), Problem> {
        named(&format!("{at}/id"), &self.id)?;
        clean(&format!("{at}/text"), &mut self.text)?;
        clean_optional(&format!("{at}/help"), self.help.as_mut())?;
        let alt = self.picture.as_mut().map(|picture| &mut picture.alt);
        clean_optional(&format!("{at}/picture/alt"), alt)?;
        for (name, list) in [("options", &mut self.options), ("rows", &mut self.rows)] {
            if list.len() > OPTIONS {
                return Err(too_many(&format!("{at}/{name}"), OPTIONS));
            }
            for (place, one) in list.iter_mut().enumerate() {
                named(&format!("{at}/{name}/{place}/id"), &one.id)?;
                clean(&format!("{at}/{name}/{place}/text"), &mut one.text)?;
            }
        }
        if let Some(condition) = &self.only_if
            && condition.options.len() > OPTIONS
        {
            return Err(too_many(&format!("{at}/only_if"), OPTIONS));
        }
        let scale = self.scale.as_deref();
        if scale.is_some_and(|code| Scale::from_code(code).is_none()) {
            return Err(unknown(&format!("{at}/scale")));
        }
        self.kind()
            .map(drop)
            .ok_or_else(|| unknown(&format!("{at}/kind")))
    }

    /// Nothing where its kind is none.
    fn kind(&self) -> Option<Kind> {
        let ids = |list: &[PollOption]| list.iter().map(|one| one.id.clone()).collect();
        let most = self.most.and_then(|most| usize::try_from(most).ok());
        let options: Vec<String> = ids(&self.options);
        let all = options.len();
        Some(match self.kind.as_str() {
            "single" => Kind::Single { options },
            "multiple" => Kind::Multiple {
                options,
                most: most.unwrap_or(all),
            },
            "matrix" => Kind::Matrix {
                rows: ids(&self.rows),
                scale: self
                    .scale
                    .as_deref()
                    .and_then(Scale::from_code)
                    .unwrap_or(Scale::Agreement),
            },
            "ranking" => Kind::Ranking {
                options,
                places: most.unwrap_or(all),
            },
            "number" => Kind::Number {
                min: self.min.unwrap_or(0).into(),
                max: self.max.unwrap_or(0).into(),
            },
            "text" => Kind::Text,
            "sentiment" => Kind::Sentiment,
            _ => return None,
        })
    }

    fn as_question(&self) -> Result<Question, Problem> {
        let lost = || Problem::caused(crate::codes::Code::Internal, "a kept question has no kind");
        Ok(Question {
            id: self.id.clone(),
            required: self.required,
            only_if: self.only_if.as_ref().map(|condition| Condition {
                question: condition.question.clone(),
                options: condition.options.clone(),
            }),
            kind: self.kind().ok_or_else(lost)?,
        })
    }

    fn check(&self, at: &str) -> Result<(), Problem> {
        require(&format!("{at}/text"), &self.text, |said| {
            text::Question::parse(said).map(drop)
        })?;
        require_optional(&format!("{at}/help"), self.help.as_ref())?;
        let alt = self.picture.as_ref().map(|picture| &picture.alt);
        require_optional(&format!("{at}/picture/alt"), alt)?;
        for (name, list) in [("options", &self.options), ("rows", &self.rows)] {
            for (place, one) in list.iter().enumerate() {
                require(&format!("{at}/{name}/{place}/text"), &one.text, |said| {
                    option(said)
                })?;
            }
        }
        Ok(())
    }
}

/// An option in a word, or a statement of some lines.
fn option(said: &str) -> Result<(), text::TextRefusal> {
    Choice::parse(said)
        .map(drop)
        .or_else(|_long| text::Question::parse(said).map(drop))
}

fn require(
    at: &str,
    said: &Said,
    parse: impl Fn(&str) -> Result<(), text::TextRefusal>,
) -> Result<(), Problem> {
    texts::parse(at, parse(&said.sq))?;
    let english = said.en.as_deref().map(parse);
    texts::parse(at, english.unwrap_or(Ok(())))
}

fn require_optional(at: &str, said: Option<&Said>) -> Result<(), Problem> {
    said.map_or(Ok(()), |said| {
        require(at, said, |text| Reason::parse(text).map(drop))
    })
}

fn clean(at: &str, said: &mut Said) -> Result<(), Problem> {
    for text in std::iter::once(&mut said.sq).chain(said.en.as_mut()) {
        *text = tidy(text);
        if text.chars().count() > LONGEST {
            return Err(Problem::field(at, "too_long", u32::try_from(LONGEST).ok()));
        }
    }
    said.en = said.en.take().filter(|text| !text.is_empty());
    Ok(())
}

fn clean_optional(at: &str, said: Option<&mut Said>) -> Result<(), Problem> {
    said.map_or(Ok(()), |said| clean(at, said))
}

fn named(at: &str, id: &str) -> Result<(), Problem> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if (1..=24).contains(&id.len()) && id.bytes().all(fits) {
        Ok(())
    } else {
        Err(Problem::field(at, "id_invalid", Some(24)))
    }
}

fn too_many(at: &str, most: usize) -> Problem {
    Problem::field(at, "too_many", u32::try_from(most).ok())
}

fn unknown(at: &str) -> Problem {
    Problem::field(at, "reference_unknown", None)
}

fn refused(faults: Vec<PaperFault>) -> Problem {
    let field = |fault: PaperFault| FieldProblem {
        pointer: match fault.question {
            Some(place) => format!("/paper/questions/{place}/{}", fault.field),
            None => format!("/paper/{}", fault.field),
        },
        code: fault.code.to_owned(),
        limit: None,
    };
    Problem::fields(faults.into_iter().map(field).collect())
}
