// Keeps a region of the page up to date: asks, waits the longer the slower the answer was, and
// stops when the server says that nothing can change any more (status 286), when the page is
// hidden, and when the user is signed out (401 loads the page again, which leads to sign-in).
const LONGEST = 60_000;

function start(region) {
  const shortest = Number(region.dataset.seconds) * 1000;
  let asked = 0;
  let wait = shortest;
  let timer = 0;
  let last = "";

  const ask = () => {
    asked = performance.now();
    htmx.trigger(region, "portal:poll");
  };
  const plan = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!document.hidden) ask(); else timer = 0; }, delay);
  };

  region.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target !== region) return;
    const { xhr } = event.detail;
    // What has not changed is not drawn again: focus stays, nothing is read out twice.
    if (xhr.responseText === last) event.detail.shouldSwap = false;
    last = xhr.responseText;
  });
  region.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== region) return;
    const { status } = event.detail.xhr;
    if (status === 401) { location.reload(); return; }
    if (status === 286 || status === 404 || status === 403) {
      region.removeAttribute("hx-get");
      region.dispatchEvent(new CustomEvent("portal:settled", { bubbles: true }));
      return;
    }
    const took = performance.now() - asked;
    wait = status === 200 || status === 204
      ? Math.min(LONGEST, Math.max(shortest, took * 4))
      : Math.min(LONGEST, wait * 2);
    plan(wait);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && timer === 0 && region.hasAttribute("hx-get")) plan(0);
  });
  plan(shortest);
}

document.querySelectorAll("[data-portal=live]").forEach(start);
