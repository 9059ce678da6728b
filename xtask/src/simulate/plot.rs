//! Bars, as plain SVG that is read on light and on dark paper and by those who listen.

use std::fmt::Write as _;

/// One bar: its name, its length as a share of the whole width, and what stands beside it.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) share: f64,
    pub(crate) value: String,
}

const WIDTH: f64 = 720.0;
const LEFT: f64 = 8.0;
const ROOM: f64 = 520.0;
const ROW: f64 = 46.0;
const HEAD: f64 = 44.0;
const STYLE: &str = "text{font:15px system-ui,sans-serif;fill:#1b1f26}.title{font-weight:700}\
    .bar{fill:#4b515b}.rest{fill:#dcdbd2}@media(prefers-color-scheme:dark){text{fill:#efede6}\
    .bar{fill:#bcbfc3}.rest{fill:#2d323a}}";

pub(crate) fn bars(title: &str, description: &str, bars: &[Bar]) -> String {
    let rows = f64::from(u32::try_from(bars.len()).unwrap_or(0));
    let height = HEAD + rows * ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title desc\">\n<title id=\"title\">{title}</title>\n\
         <desc id=\"desc\">{description}</desc>\n<style>{STYLE}</style>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"24\">{title}</text>\n"
    );
    let mut top = HEAD;
    for bar in bars {
        let Bar { name, share, value } = bar;
        let length = (ROOM * share.clamp(0.0, 1.0)).round();
        // Writing into a text cannot fail.
        let _written = write!(
            svg,
            "<text x=\"{LEFT}\" y=\"{}\">{name}</text>\n\
             <rect class=\"rest\" x=\"{LEFT}\" y=\"{}\" width=\"{ROOM}\" height=\"12\"/>\n\
             <rect class=\"bar\" x=\"{LEFT}\" y=\"{}\" width=\"{length}\" height=\"12\"/>\n\
             <text x=\"{}\" y=\"{}\">{value}</text>\n",
            top + 14.0,
            top + 21.0,
            top + 21.0,
            LEFT + ROOM + 10.0,
            top + 32.0,
        );
        top += ROW;
    }
    svg.push_str("</svg>\n");
    svg
}
