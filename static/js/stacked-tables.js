// Where the rows of a table stand as blocks (on a phone), some browsers no longer tell screen readers that it is
// one: roles say again what each part is. In the page itself they would be invalid, since there they say it twice.
const ROLES = {
  "table": "table",
  "thead, tbody, tfoot": "rowgroup",
  "tr": "row",
  "th[scope=row]": "rowheader",
  "th:not([scope=row])": "columnheader",
  "td": "cell",
};

function sayRoles() {
  for (const [parts, role] of Object.entries(ROLES)) {
    const found = document.querySelectorAll(`.tbl-stack:is(${parts}), .tbl-stack :is(${parts})`);
    for (const part of found) part.setAttribute("role", role);
  }
}

sayRoles();
document.addEventListener("htmx:load", sayRoles); // rows that came later
