//! The sample year: what residents of Elbasan wrote and what became of it, replayed day by day
//! through the very actions people use, so that it can hold nothing they could not do.

mod asking;
mod bulletin;
pub mod issuers;
pub mod letters;
mod meeting;
mod papers;
mod planning;
mod polling;
pub mod sample;
mod steps;
pub mod voting;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::consultations::ConsultationId;
use crate::councils::{SeatId, Staff};
use crate::identity::AccountId;
use crate::meetings::MeetingId;
use crate::plans::{MeasureId, ObjectiveId};
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;
use crate::{concerns, councils, identity, places};
use sample::Sample;
use steps::{Step, Timeline};

/// The receipt of the sample's one anonymous thread that visitors may open.
pub const RECEIPT: &str = "BCF9-7G3T-Y9J8-T3NW-65YT-N";

/// Slug of the municipality whose year it is.
pub const MUNICIPALITY: &str = "elbasan";

/// What the sample's names stand for in this installation.
#[derive(Default)]
struct Names {
    /// Where the site is.
    origin: String,
    municipality: String,
    accounts: HashMap<String, AccountId>,
    staff: HashMap<String, Staff>,
    concerns: HashMap<String, ConcernId>,
    consultations: HashMap<String, ConsultationId>,
    meetings: HashMap<String, MeetingId>,
    objectives: HashMap<String, ObjectiveId>,
    measures: HashMap<String, MeasureId>,
    crowd: Vec<AccountId>,
}

/// Somebody the demo lets people sign in as.
pub struct SignIn {
    /// The address to type.
    pub email: String,
    /// Who that is.
    pub who: String,
}

/// Loads the sample year where no concern was ever sent, and says who can sign in.
///
/// # Errors
/// `internal` when the sample breaks a rule, `storage_unavailable`.
pub async fn load(app: &App) -> Result<Vec<SignIn>, Problem> {
    let sign_ins = sign_ins(&read()?);
    let origin = app.config().origin();
    app.write(|unit| replay(unit, read()?, origin)).await?;
    Ok(sign_ins)
}

/// Replays the whole year in the present transaction, so that a demo killed meanwhile begins anew.
fn replay(unit: &mut Unit<'_>, mut sample: Sample, origin: String) -> Result<(), Problem> {
    let code = places::store::get_municipality(unit, &sample.municipality)?.code;
    if !concerns::desk::store::count_states(unit, &code)?.is_empty() {
        return Ok(());
    }
    let (today, now) = (unit.today(), unit.now);
    let since = today - chrono::TimeDelta::days(400);
    let timeline = Timeline::new(today, places::store::list_holidays(unit, &code, since)?);
    let steps = timeline.steps(&sample)?;
    let trainings = std::mem::take(&mut sample.trainings);
    let figures = std::mem::take(&mut sample.figures);
    papers::go_back(unit, today, papers::SEATED);
    let mut names = settle(unit, sample, today)?;
    names.origin = origin;
    for step in steps {
        unit.now = timeline.moment(&step).min(now);
        steps::take(unit, &mut names, &step)?;
        steps::forget_letters(unit)?;
    }
    unit.now = now;
    papers::publish(unit, &names, &figures)?;
    polling::ask(unit, &names)?;
    papers::train(unit, &names, trainings)?;
    steps::forget_letters(unit)
}

fn read() -> Result<Sample, Problem> {
    Sample::elbasan().map_err(|cause| Problem::caused(Code::Internal, cause))
}

fn sign_ins(sample: &Sample) -> Vec<SignIn> {
    let staff = sample.staff.iter().map(|member| SignIn {
        email: member.email.clone(),
        who: format!("{} ({})", member.title, member.role),
    });
    let resident = sample.people.iter().take(1).map(|person| SignIn {
        email: person.email.clone(),
        who: format!("{}, banore", person.display_name),
    });
    staff.chain(resident).collect()
}

/// Gives the people of the sample their accounts and seats.
fn settle(unit: &mut Unit<'_>, sample: Sample, today: NaiveDate) -> Result<Names, Problem> {
    let shared = sample
        .concerns
        .iter()
        .map(|concern| concern.support.residents);
    let crowd = shared.max().unwrap_or(0);
    let place = places::store::get_municipality(unit, &sample.municipality)?;
    let mut names = Names {
        municipality: place.code.clone(),
        ..Names::default()
    };
    for person in sample.people {
        let mut account = identity::store::find_or_insert_account(unit, &person.email, "sq")?;
        account.display_name = Some(person.display_name);
        account.home_municipality = Some(place.code.clone());
        account.home_unit = Some(person.home_unit);
        identity::store::set_account(unit, &account)?;
        names.accounts.insert(person.key, account.id);
    }
    for member in &sample.staff {
        let seat = councils::store::Seat {
            id: SeatId::new(unit.chance)?,
            municipality_code: place.code.clone(),
            institution: member.institution.clone(),
            role: member.role.clone(),
            title: member.title.clone(),
            chairs: member.chairs,
        };
        papers::appoint(unit, &seat, member, today)?;
        let mut account = identity::store::find_or_insert_account(unit, &member.email, "sq")?;
        account.display_name = Some(member.display_name.clone());
        account.home_municipality = Some(place.code.clone());
        identity::store::set_account(unit, &account)?;
        names
            .staff
            .insert(member.key.clone(), councils::to_staff(seat)?);
    }
    papers::hand_out(unit, &names, &sample.staff, sample.regulation)?;
    for template in sample.templates {
        let row = councils::templates::store::Template {
            id: councils::TemplateId::new(unit.chance)?,
            municipality_code: place.code.clone(),
            title: template.title,
            text: template.text,
        };
        councils::templates::store::insert_template(unit, &row)?;
    }
    for number in 1..=crowd {
        let email = format!("banor-{number:03}@example.al");
        names
            .crowd
            .push(identity::store::find_or_insert_account(unit, &email, "sq")?.id);
    }
    Ok(names)
}

/// What is left of a step's name when it fails: enough to find it in the sample.
fn broken(step: &Step, problem: &Problem) -> Problem {
    Problem::caused(
        Code::Internal,
        format!("sample year, {}: {problem}", step.name()),
    )
}
