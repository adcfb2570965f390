// Runs before the page is painted, so that what needs scripts does not flicker.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
