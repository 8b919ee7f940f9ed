/** Follows an export while it runs. Without this script the browser's own list of downloads shows it. */

const region = document.querySelector('[data-progress]');
const bar = region.querySelector('progress');
const text = region.querySelector('[data-text]');
const news = region.querySelector('[data-news]');
const resume = region.querySelector('[data-resume]');
const cancel = region.querySelector('[data-cancel]');
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const seconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'long' });
let following;

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-export]');
  if (link === null) return;
  event.preventDefault();
  follow(link.href);
});

/** The download begins when the events do, so that none is missed. */
function follow(href) {
  following?.close();
  const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  const parameter = `follow=${name.join('')}`;
  const begunAt = performance.now();
  following = new EventSource(`/graphcall/export/progress?${parameter}`);
  following.onopen = () => {
    location.assign(`${href}${href.includes('?') ? '&' : '?'}${parameter}`);
    show({ count: 0 }, begunAt);
    news.textContent = region.dataset.begun;
    region.scrollIntoView({ block: 'nearest' });
  };
  following.onmessage = ({ data }) => show(JSON.parse(data), begunAt);
  following.onerror = () => {
    following.close();
    if (region.hidden) location.assign(href);
  };
  cancel.onclick = () => fetch(`/graphcall/export/cancel?${parameter}`, { method: 'POST' });
}

function show(progress, begunAt) {
  const { count, total, ended, resumeUrl } = progress;
  region.hidden = false;
  cancel.hidden = ended !== undefined;
  bar.hidden = ended !== undefined;
  resume.hidden = ended !== 'incomplete' || resumeUrl === undefined;
  if (!resume.hidden) resume.href = resumeUrl;
  if (total === undefined) bar.removeAttribute('value');
  else [bar.max, bar.value] = [total, count];
  text.textContent = sentence(progress, (performance.now() - begunAt) / 1000);
  if (ended !== undefined || progress.waitingMs !== undefined) news.textContent = text.textContent;
  if (ended !== undefined) following.close();
}

function sentence({ count, total, waitingMs, ended }, passed) {
  const { dataset } = region;
  if (ended !== undefined) return filled(dataset[ended], { count });
  if (waitingMs !== undefined) return filled(dataset.waiting, { count, left: waitingMs / 1000 });
  if (total === undefined || count === 0) return filled(dataset.some, { count });
  const rate = count / passed;
  return filled(dataset.of, { count, total, rate, left: (total - count) / rate });
}

function filled(words, { count, total = count, rate = 0, left = 0 }) {
  return words
    .replace('{number}', numbers.format(count))
    .replace('{total}', numbers.format(total))
    .replace('{rate}', numbers.format(Math.round(rate)))
    .replace('{duration}', seconds.format(Math.ceil(left)));
}
