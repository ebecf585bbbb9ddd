mod origin;
mod panel;
