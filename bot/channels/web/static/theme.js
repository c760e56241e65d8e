// Runs before the first paint, so that the chosen colours appear at once. Nothing else is stored in the browser.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off in this browser: the system's colours are used.
}
