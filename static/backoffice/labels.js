// The labels are printed from here; without this file the browser's own command does the same.
"use strict";
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
