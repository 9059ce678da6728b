//! The command line of Trekëndësh.

use std::process::ExitCode;

fn main() -> ExitCode {
    trekendesh::cli::main()
}
