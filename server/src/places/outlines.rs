//! Which municipality a point is in.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::seed::OUTLINES;
use crate::codes::Code;
use crate::platform::problem::Problem;

type Ring = Vec<(f64, f64)>;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    code: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

/// How far outside its drawn outline a point may lie, degrees: outlines are simplified.
const SLACK: f64 = 0.01;

/// Whether a point (degrees) is in a municipality, or so close that the simplified outline may
/// be wrong about it.
///
/// # Errors
/// `internal` when the outlines do not parse.
pub fn contains(code: &str, lat: f64, lon: f64) -> Result<bool, Problem> {
    let Some(rings) = all()?.get(code) else {
        return Ok(false);
    };
    let near = [
        (0.0, 0.0),
        (SLACK, 0.0),
        (-SLACK, 0.0),
        (0.0, SLACK),
        (0.0, -SLACK),
    ];
    Ok(near.iter().any(|(north, east)| {
        rings
            .iter()
            .any(|ring| inside(ring, lat + north, lon + east))
    }))
}

fn all() -> Result<&'static HashMap<String, Vec<Ring>>, Problem> {
    static ALL: OnceLock<HashMap<String, Vec<Ring>>> = OnceLock::new();
    if let Some(ready) = ALL.get() {
        return Ok(ready);
    }
    let parsed: Collection =
        serde_json::from_str(OUTLINES).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let outer = |polygon: Vec<Ring>| polygon.into_iter().next();
    let rings = parsed.features.into_iter().map(|feature| {
        let rings = match feature.geometry {
            Geometry::Polygon(polygon) => outer(polygon).into_iter().collect(),
            Geometry::MultiPolygon(polygons) => polygons.into_iter().filter_map(outer).collect(),
        };
        (feature.properties.code, rings)
    });
    Ok(ALL.get_or_init(|| rings.collect()))
}

/// The even-odd rule: a ray to the east crosses the outline an odd number of times.
fn inside(ring: &Ring, lat: f64, lon: f64) -> bool {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossed = pairs.filter(|((x1, y1), (x2, y2))| {
        (y1 > &lat) != (y2 > &lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    });
    crossed.count() % 2 == 1
}
