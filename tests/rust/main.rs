mod cases;
mod origin;
mod panel;
mod report;
