//! The access matrix: every operation of the served description, by every persona.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use super::access_rows::{Row, rows};
use super::access_scene::Scene;

/// The operations of the served description.
fn operations() -> BTreeSet<String> {
    let api = serde_json::to_value(trekendesh::serve::description()).unwrap();
    api["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap().to_owned())
        .collect()
}

/// T-ROLE-01.
#[test]
fn every_operation_has_a_row_in_the_matrix() {
    let covered: BTreeSet<String> = rows().iter().map(|row| row.operation.to_owned()).collect();
    let uncovered: Vec<_> = operations().difference(&covered).cloned().collect();
    assert_eq!(uncovered, Vec::<String>::new(), "operations without a row");
    let unknown: Vec<_> = covered.difference(&operations()).cloned().collect();
    assert_eq!(unknown, Vec::<String>::new(), "rows without an operation");
}

/// T-ROLE-01. `INSTA_UPDATE=always` accepts a changed matrix.
#[test]
fn nobody_may_more_than_the_matrix_says() {
    let mut scene = Scene::set();
    let mut table = format!("{:38}", "operation");
    for persona in &scene.personas {
        table.push_str(&format!("{:>15}", persona.name));
    }
    table.push('\n');
    for row in rows() {
        table.push_str(&line(&mut scene, &row));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("access", table));
    crate::harness::unharmed(&scene.town);
}

fn line(scene: &mut Scene, row: &Row) -> String {
    let name = match row.case {
        "" => row.operation.to_owned(),
        case => format!("{} ({case})", row.operation),
    };
    let mut line = format!("{name:38}");
    for place in 0..scene.personas.len() {
        if row.ends_session {
            scene.sign_in_anew(place);
        }
        let answer = scene.call(place, row);
        if answer.status >= 400 {
            crate::harness::unharmed::refusal(&answer);
        }
        line.push_str(&format!("{:>15}", answer.status));
    }
    line.push('\n');
    line
}
