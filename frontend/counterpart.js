// The small comforts that script adds: every page works without it. A file of its own, because the content policy
// allows nothing inline. `start.js` has already said that there is script.

import { initAll } from "./govuk-frontend.min.js";

initAll();

// GOV.UK Frontend tells of what an answer opens with aria-expanded, which a radio may not carry (ARIA 1.2). What is
// opened follows the answer at once, so nothing is lost by leaving it out.
for (const radio of document.querySelectorAll(".govuk-radios__input[aria-controls]")) {
  const tidy = () => radio.removeAttribute("aria-expanded");
  new MutationObserver(tidy).observe(radio, { attributeFilter: ["aria-expanded"] });
  tidy();
}
