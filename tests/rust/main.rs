mod cases;
mod laws;
mod origin;
mod panel;
mod report;
mod snapshot;
mod tables;
mod unsafe_code;
