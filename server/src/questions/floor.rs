//! Where a question is asked: in the discussion of a consultation, or before a meeting that everybody may come
//! to; and what may be done with questions there now.

use domain::access::Action;
use domain::question::{
    may_answer, may_answer_at, may_ask, may_ask_before, may_publish_for, may_support,
};

use super::store::Question;
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store::{self as consultations, Consultation};
use crate::meetings::MeetingId;
use crate::meetings::store::{self as meetings, Meeting};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The id of where a question is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FloorId {
    /// A consultation.
    Consultation(ConsultationId),
    /// A meeting.
    Meeting(MeetingId),
}

/// Where a question is asked.
pub enum Floor {
    /// In the discussion of a consultation.
    Consultation(Box<Consultation>),
    /// Before a meeting.
    Meeting(Box<Meeting>),
}

impl FloorId {
    /// What it names.
    ///
    /// # Errors
    /// `consultation_unknown`, `meeting_unknown`, `meeting_closed` where nobody but members come.
    pub fn open(&self, unit: &mut Unit<'_>) -> Result<Floor, Problem> {
        match self {
            Self::Consultation(id) => {
                let row = consultations::get(unit, id)?;
                Ok(Floor::Consultation(Box::new(row)))
            }
            Self::Meeting(id) => {
                let row = meetings::get(unit, id)?;
                if !row.is_open() {
                    return Err(Problem::new(Code::MeetingClosed));
                }
                Ok(Floor::Meeting(Box::new(row)))
            }
        }
    }

    /// The columns that name it.
    pub fn columns(&self) -> (Option<ConsultationId>, Option<MeetingId>) {
        match self.clone() {
            Self::Consultation(id) => (Some(id), None),
            Self::Meeting(id) => (None, Some(id)),
        }
    }
}

impl Floor {
    /// Where a question was asked.
    ///
    /// # Errors
    /// `question_unknown` where it was asked nowhere.
    pub fn of(unit: &mut Unit<'_>, row: &Question) -> Result<Self, Problem> {
        match (&row.consultation_id, &row.meeting_id) {
            (Some(id), _) => Ok(Self::Consultation(Box::new(consultations::get(unit, id)?))),
            (None, Some(id)) => Ok(Self::Meeting(Box::new(meetings::get(unit, id)?))),
            (None, None) => Err(Problem::new(Code::QuestionUnknown)),
        }
    }

    /// The municipality (its code).
    pub fn municipality(&self) -> &str {
        match self {
            Self::Consultation(row) => &row.municipality_code,
            Self::Meeting(row) => &row.municipality_code,
        }
    }

    /// What whoever decides on questions there must be allowed to.
    pub fn moderation(&self) -> Action {
        match self {
            Self::Consultation(_) => Action::ManageConsultations,
            Self::Meeting(_) => Action::ManageMeetings,
        }
    }

    /// Questions are taken now.
    ///
    /// # Errors
    /// `questions_closed`, `meeting_over`.
    pub fn require_asking(&self, unit: &Unit<'_>) -> Result<(), Problem> {
        match self {
            Self::Consultation(row) if may_ask(row.phase(unit.today())) => Ok(()),
            Self::Consultation(_) => Err(Problem::new(Code::QuestionsClosed)),
            Self::Meeting(row) if may_ask_before(row.stage(unit.now)) => Ok(()),
            Self::Meeting(_) => Err(Problem::new(Code::MeetingOver)),
        }
    }

    /// Whether a question may still be published, and why not where it may not.
    pub fn publishes(&self, unit: &Unit<'_>) -> Result<(), Code> {
        match self {
            Self::Consultation(row) if may_answer(row.phase(unit.today())) => Ok(()),
            Self::Consultation(_) => Err(Code::QuestionsClosed),
            Self::Meeting(row) if may_publish_for(row.stage(unit.now)) => Ok(()),
            Self::Meeting(_) => Err(Code::MeetingOver),
        }
    }

    /// Institutions answer now.
    ///
    /// # Errors
    /// `questions_closed`; `meeting_not_held` before it began, or where it was cancelled.
    pub fn require_answering(&self, unit: &Unit<'_>) -> Result<(), Problem> {
        match self {
            Self::Consultation(row) if may_answer(row.phase(unit.today())) => Ok(()),
            Self::Consultation(_) => Err(Problem::new(Code::QuestionsClosed)),
            Self::Meeting(row) if may_answer_at(row.stage(unit.now)) => Ok(()),
            Self::Meeting(_) => Err(Problem::new(Code::MeetingNotHeld)),
        }
    }

    /// Residents say now which answers they want to hear.
    ///
    /// # Errors
    /// `support_closed` in a discussion, where every question is answered; `meeting_over`.
    pub fn require_supporting(&self, unit: &Unit<'_>) -> Result<(), Problem> {
        match self {
            Self::Consultation(_) => Err(Problem::new(Code::SupportClosed)),
            Self::Meeting(row) if may_support(row.stage(unit.now)) => Ok(()),
            Self::Meeting(_) => Err(Problem::new(Code::MeetingOver)),
        }
    }
}
