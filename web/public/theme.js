// Before the first paint, so that nobody who chose dark sees light first.
const theme = localStorage.getItem("vedette.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
