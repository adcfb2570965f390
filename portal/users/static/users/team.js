// Buttons that tick or untick all folders at once.
const group = document.querySelector("#id_folders");

if (group) {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const buttons = document.createElement("div");
  buttons.className = "govuk-button-group govuk-!-margin-bottom-2";
  for (const [name, checked] of [["selectAll", true], ["clear", false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-2";
    button.textContent = document.querySelector("template#folder-words").dataset[name];
    button.addEventListener("click", () => boxes.forEach((box) => { box.checked = checked; }));
    buttons.append(button);
  }
  group.querySelector(".govuk-checkboxes").before(buttons);
}
