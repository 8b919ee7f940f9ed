/** Counts down until one can go on, and goes on. Without this script, the page says how long to wait. */

const TICK_MS = 1_000;

const shown = document.querySelector('[data-goes-on]');
const { goesOn, seconds, words } = shown.dataset;
const language = document.documentElement.lang;
const format = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' });
const end = Date.now() + Number(seconds) * TICK_MS;

const ticking = setInterval(() => {
  const left = Math.ceil((end - Date.now()) / TICK_MS);
  // Somebody who reads the details, or marks some of them, is not taken away.
  if (left > 0) shown.textContent = words.replace('{duration}', format.format(left));
  else if (document.querySelector('details[open]') === null && getSelection().isCollapsed) {
    clearInterval(ticking);
    location.replace(goesOn);
  }
}, TICK_MS);
