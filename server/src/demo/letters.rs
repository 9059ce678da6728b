//! The demo's letter box: what would have been mailed, on a page of the demo only.

use std::path::Path;

use actix_web::{HttpResponse, web};

use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::problem::Problem;

/// Where the page is.
pub const PATH: &str = "/demo/letters";
/// As many letters as the page shows.
const SHOWN: usize = 20;

/// The newest letters, the last first.
///
/// # Errors
/// `not_found` where letters are sent and none are kept.
pub async fn show_letters(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let folder = app
        .config()
        .mail_dir
        .clone()
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let letters = web::block(move || newest(&folder))
        .await
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let items: String = letters
        .iter()
        .map(|text| format!("<article><pre>{}</pre></article>", escaped(text)))
        .collect();
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><html lang=\"sq\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\">\
             <title>Letrat e demos</title><h1>Letrat e demos</h1>\
             <p>Letrat që do të ishin dërguar me e-mail, e fundit në krye.</p>{items}</html>"
        )))
}

fn newest(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
        .iter()
        .rev()
        .take(SHOWN)
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
