//! Refuses to embed an app that was never built, and notices when it was built again.

fn main() {
    println!("cargo:rerun-if-changed=../pwa/dist");
    println!("cargo:rerun-if-changed=../migrations");
    assert!(
        std::path::Path::new("../pwa/dist/index.html").exists(),
        "the app is not built: run `cargo xtask app` first"
    );
}
