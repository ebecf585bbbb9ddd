mod panel;
