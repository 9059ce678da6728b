//! What is told of a poll, as JSON and as tables, with the codebook they are read by.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, get, web};

use super::paper::{PollPaper, PollQuestion};
use super::routes::parse_id;
use super::store::Poll;
use super::views::{PartResults, PollResults, PollScope};
use super::{PollId, read, store};
use crate::codes::Code;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_read, read_public};
use crate::platform::spreadsheet::{csv, harmless};

/// What the answers to a closed poll say.
#[utoipa::path(
    operation_id = "get_poll_results", tag = "polls",
    responses(
        (status = 200, body = PollResults), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[get("/polls/{id}/results")]
pub async fn get_poll_results(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    public_read(&app, &request, move |unit| {
        let row = published(unit, &id)?;
        let results = read::results(unit, &row)?;
        Ok((row.municipality_code, results))
    })
    .await
}

/// The same as a table (CSV): a line for each question, scope, line and value.
#[utoipa::path(
    operation_id = "get_poll_results_csv", tag = "polls",
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[get("/polls/{id}/results.csv")]
pub async fn get_poll_results_csv(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let name = id.to_string();
    let (_, _, results) = read_public(&app, move |unit| {
        let row = published(unit, &id)?;
        let results = read::results(unit, &row)?;
        Ok((row.municipality_code, results))
    })
    .await?;
    table(&request, &name, results_csv(&results)?)
}

/// What the names in the results stand for (CSV): questions, options, lines and values in both languages.
#[utoipa::path(
    operation_id = "get_poll_codebook", tag = "polls",
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/polls/{id}/codebook.csv")]
pub async fn get_poll_codebook(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let name = format!("{id}-codebook");
    let (_, _, paper) = read_public(&app, move |unit| {
        let row = published(unit, &id)?;
        let paper = read::paper(&row)?;
        Ok((row.municipality_code, paper))
    })
    .await?;
    table(&request, &name, codebook(&paper)?)
}

fn published(unit: &mut Unit<'_>, id: &PollId) -> Result<Poll, Problem> {
    let row = store::get(unit, id)?;
    if row.published_on.is_some() {
        Ok(row)
    } else {
        Err(Problem::new(Code::PollUnknown))
    }
}

fn table(request: &HttpRequest, name: &str, table: String) -> Result<HttpResponse, Problem> {
    let mut answer = public_bytes(request, "text/csv; charset=utf-8", table.into_bytes())?;
    let name = format!("attachment; filename=\"{name}.csv\"");
    let name = name
        .parse()
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    answer.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(answer)
}

fn results_csv(results: &PollResults) -> Result<String, Problem> {
    let headings = [
        "question",
        "scope",
        "school_or_group",
        "class",
        "n",
        "skipped",
        "rounded_to",
        "part",
        "value",
        "percent",
        "mean",
        "low",
        "high",
    ];
    let mut lines = Vec::new();
    for question in &results.questions {
        for of in &question.results {
            let Some(scope) = results.scopes.get(of.scope) else {
                continue;
            };
            for part in &of.parts {
                let figures = [Some(of.n), of.skipped].map(|count| written(count.as_ref()));
                lines.extend(part.values.iter().map(|value| {
                    line(
                        &question.id,
                        scope,
                        &figures,
                        of.step,
                        part,
                        (&value.id, value.percent),
                    )
                }));
            }
        }
    }
    csv(headings, lines.into_iter())
}

fn written(figure: Option<&impl ToString>) -> String {
    figure.map(ToString::to_string).unwrap_or_default()
}

fn line(
    question: &str,
    scope: &PollScope,
    [n, skipped]: &[String; 2],
    step: f64,
    part: &PartResults,
    (value, percent): (&str, f64),
) -> [String; 13] {
    [
        question.to_owned(),
        scope.kind.clone(),
        harmless(&scope.name),
        scope.class.as_deref().map(harmless).unwrap_or_default(),
        n.clone(),
        skipped.clone(),
        step.to_string(),
        part.id.clone(),
        value.to_owned(),
        percent.to_string(),
        written(part.mean.as_ref()),
        written(part.low.as_ref()),
        written(part.high.as_ref()),
    ]
}

fn codebook(paper: &PollPaper) -> Result<String, Problem> {
    let headings = ["question", "kind", "field", "id", "sq", "en", "after"];
    let mut lines = Vec::new();
    for question in &paper.questions {
        let after = question.only_if.as_ref().map_or_else(String::new, |one| {
            format!("{}: {}", one.question, one.options.join(" "))
        });
        let mut add = |field: &str, id: &str, sq: &str, en: Option<&str>| {
            lines.push([
                question.id.clone(),
                question.kind.clone(),
                field.to_owned(),
                id.to_owned(),
                harmless(sq),
                en.map(harmless).unwrap_or_default(),
                after.clone(),
            ]);
        };
        add(
            "question",
            &question.id,
            &question.text.sq,
            question.text.en.as_deref(),
        );
        for one in &question.options {
            add("option", &one.id, &one.text.sq, one.text.en.as_deref());
        }
        for one in &question.rows {
            add("part", &one.id, &one.text.sq, one.text.en.as_deref());
        }
        for (value, sq, en) in values(question) {
            add("value", value, sq, Some(en));
        }
    }
    csv(headings, lines.into_iter())
}

/// What the values of a scale say.
fn values(question: &PollQuestion) -> &'static [(&'static str, &'static str, &'static str)] {
    match (question.kind.as_str(), question.scale.as_deref()) {
        ("sentiment", _) => &[
            ("1", "keq", "bad"),
            ("2", "as mirë, as keq", "so-so"),
            ("3", "mirë", "good"),
        ],
        ("matrix", Some("importance")) => &[
            ("1", "pak e rëndësishme", "of little importance"),
            ("2", "e rëndësishme", "important"),
            ("3", "shumë e rëndësishme", "very important"),
        ],
        ("matrix", Some("suitability")) => &[
            ("1", "aspak i përshtatshëm", "not suited at all"),
            ("2", "pak i përshtatshëm", "little suited"),
            ("3", "disi i përshtatshëm", "somewhat suited"),
            ("4", "i përshtatshëm", "suited"),
            ("5", "shumë i përshtatshëm", "fully suited"),
        ],
        ("matrix", _) => &[
            ("1", "aspak dakord", "do not agree at all"),
            ("2", "nuk jam dakord", "do not agree"),
            ("3", "as dakord, as kundër", "neither agree nor disagree"),
            ("4", "dakord", "agree"),
            ("5", "plotësisht dakord", "fully agree"),
        ],
        _ => &[],
    }
}
