//! Reading what was printed.

use std::fs;
use std::process::Command;

use super::Town;

/// The words of a PDF, and how dark each of its pages is.
pub fn read_pdf(town: &Town, pdf: &[u8]) -> (String, Vec<f64>) {
    let folder = town.path("printed");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("printed.pdf"), pdf).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let done = command.args(arguments).current_dir(&folder).status();
        assert!(done.unwrap().success());
    };
    run("pdftotext", &["-layout", "printed.pdf", "printed.txt"]);
    run(
        "pdftoppm",
        &["-r", "60", "-gray", "-png", "printed.pdf", "page"],
    );
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "png"))
        .collect();
    pages.sort();
    let ink = pages.iter().map(|page| {
        let picture = image::open(page).unwrap().to_luma8();
        let dark = picture.pixels().filter(|pixel| pixel.0[0] < 128).count();
        let all = u32::try_from(picture.pixels().len()).unwrap();
        f64::from(u32::try_from(dark).unwrap()) / f64::from(all)
    });
    let ink = ink.collect();
    (fs::read_to_string(folder.join("printed.txt")).unwrap(), ink)
}
