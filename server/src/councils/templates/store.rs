//! Queries over answers a council gives often.

use diesel::prelude::*;

use crate::codes::Code;
use crate::councils::TemplateId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::answer_templates;

/// An answer a council gives often.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = answer_templates)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// The municipality it belongs to.
    pub municipality_code: String,
    /// What it is called.
    pub title: String,
    /// The answer.
    pub text: String,
}

/// The templates of a municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_templates(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Template>, Problem> {
    Ok(answer_templates::table
        .filter(answer_templates::municipality_code.eq(municipality))
        .order((answer_templates::title, answer_templates::id))
        .select(Template::as_select())
        .load(unit.conn)?)
}

/// Adds a template.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_template(unit: &mut Unit<'_>, template: &Template) -> Result<(), Problem> {
    diesel::insert_into(answer_templates::table)
        .values(template)
        .execute(unit.conn)?;
    Ok(())
}

/// Removes a template of this municipality.
///
/// # Errors
/// `template_unknown`.
pub fn delete_template(
    unit: &mut Unit<'_>,
    municipality: &str,
    id: &TemplateId,
) -> Result<(), Problem> {
    let gone = diesel::delete(
        answer_templates::table
            .find(id)
            .filter(answer_templates::municipality_code.eq(municipality)),
    )
    .execute(unit.conn)?;
    if gone == 0 {
        return Err(Problem::new(Code::TemplateUnknown));
    }
    Ok(())
}
