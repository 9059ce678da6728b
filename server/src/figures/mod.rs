//! What residents say worries them beside what institutions counted (C10, H5): each figure with its source and the
//! day it was published.

pub mod read;
pub mod routes;
pub mod store;
pub mod views;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Code as _;
use domain::text::Choice;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::Figure;
use views::TopicFigures;

crate::id! {
    /// A figure of a year.
    FigureId
}

/// The routes of figures.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_figures)
        .service(routes::set_figures)
        .service(routes::remove_figure);
}

/// A figure as an institution publishes it.
#[derive(Clone)]
pub struct Published {
    /// Code of the topic.
    pub topic: String,
    /// What was counted.
    pub name: Choice,
    /// The year.
    pub year: i32,
    /// How much.
    pub value: f64,
    /// Where it is published.
    pub source: Choice,
    /// The day it was.
    pub published_on: NaiveDate,
}

/// Keeps figures in the name of an institution, each in the place of the same one of before: all or none.
///
/// # Errors
/// `fields_invalid` where one is of a day that is to come, or named twice.
pub fn set(
    unit: &mut Unit<'_>,
    staff: &Staff,
    figures: Vec<Published>,
) -> Result<Vec<TopicFigures>, Problem> {
    let (today, mut named) = (unit.today(), BTreeSet::new());
    for (place, one) in figures.iter().enumerate() {
        let fault = |field, code| Problem::field(&format!("/figures/{place}/{field}"), code, None);
        if one.published_on > today {
            return Err(fault("published_on", "in_the_future"));
        }
        if !named.insert((one.topic.clone(), one.name.as_str().to_owned(), one.year)) {
            return Err(fault("name", "repeated"));
        }
    }
    for one in figures {
        let row = Figure {
            id: FigureId::new(unit.chance)?,
            municipality_code: staff.municipality.clone(),
            topic: one.topic,
            institution: staff.institution.code().to_owned(),
            name: one.name.into_string(),
            year: one.year,
            value: one.value,
            source: one.source.into_string(),
            published_on: one.published_on,
        };
        store::set(unit, &row)?;
    }
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), "figures_set", staff.institution.code())?;
    read::by_topic(unit, &staff.municipality)
}
