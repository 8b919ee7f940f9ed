/** A page of people knows where the next one is, but not where the last one was: this remembers it for the tab. */

const nameOf = (address) => `page before ${address}`;

document.addEventListener('click', (event) => {
  const next = event.target.closest('a[rel="next"]');
  if (next !== null) sessionStorage.setItem(nameOf(next.href), location.href);
});

const back = document.querySelector('[data-back]');
const before = sessionStorage.getItem(nameOf(location.href));
if (back !== null && before !== null) {
  back.href = before;
  back.hidden = false;
}
