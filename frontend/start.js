// Says, before anything is drawn, that there is script: what opens under an answer is then folded from the start
// and the page does not jump. The same test as GOV.UK Frontend's own.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
