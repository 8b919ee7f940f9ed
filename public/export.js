/** Follows an export while it runs. Without this script, the page of an export shows it, and renews itself. */

/** A stream that broke off is asked for again, from whichever process answers, so often in a row. */
const RETRY_MS = 1_000;
const MOST_TRIES = 30;
/** The app tells of an export that runs every five seconds at least: after such a silence it counts as broken off. */
const SILENCE_MS = 20_000;

const region = document.querySelector('[data-progress]');
const bar = region.querySelector('progress');
const text = region.querySelector('[data-text]');
const news = region.querySelector('[data-news]');
const resume = region.querySelector('[data-resume]');
const cancel = region.querySelector('[data-cancel]');
const uncancelled = region.querySelector('[data-uncancelled]');
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const unit = (name) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
const [seconds, minutes] = [unit('second'), unit('minute')];
const list = new Intl.ListFormat(language);
/** What stands in front of the app's own addresses, where it shares its host with others. */
const base = location.pathname.slice(0, location.pathname.lastIndexOf('/graphcall'));
let following;
let silence;

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-export]');
  if (link === null) return;
  event.preventDefault();
  const address = new URL(link.href);
  if (!address.searchParams.has('follow')) address.searchParams.set('follow', newName());
  follow(address.searchParams.get('follow'), address.href);
});

cancel.addEventListener('submit', async (event) => {
  event.preventDefault();
  uncancelled.hidden = true;
  const address = `${base}/graphcall/export/cancel?follow=${following.name}`;
  const answer = await fetch(address, { method: 'POST' }).catch(() => undefined);
  if (answer?.ok || cancel.hidden) return;
  uncancelled.hidden = false;
  news.textContent = uncancelled.textContent;
});

if (region.dataset.follow !== undefined) follow(region.dataset.follow);

function newName() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function follow(name, href) {
  if (following !== undefined) leave();
  following = { name, tries: 0 };
  listen(href);
}

function leave() {
  following.events.close();
  clearTimeout(following.retry);
  clearTimeout(silence);
}

/** The download, if there is one to begin, does so when the events do, so that none is missed, or without them. */
function listen(href) {
  const events = new EventSource(`${base}/graphcall/export/progress?follow=${following.name}`);
  let waits = href !== undefined;
  following.events = events;
  events.onopen = () => {
    if (waits) begin(href);
    waits = false;
  };
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onerror = () => {
    events.close();
    following.tries += 1;
    if (waits) location.assign(href);
    else if (following.tries <= MOST_TRIES) following.retry = setTimeout(listen, RETRY_MS);
  };
}

function begin(href) {
  location.assign(href);
  hear({ count: 0 });
  news.textContent = region.dataset.begun;
  region.scrollIntoView({ block: 'nearest' });
}

/** Later news is shown even of an export that counted as broken off. */
function hear(progress) {
  following.tries = 0;
  clearTimeout(silence);
  show(progress);
  if (progress.ended !== undefined) leave();
  else silence = setTimeout(show, SILENCE_MS, { ...progress, ended: 'incomplete' });
}

function show(progress) {
  const { count, total, ended, resumeUrl } = progress;
  region.hidden = false;
  cancel.hidden = ended !== undefined;
  bar.hidden = ended !== undefined;
  resume.hidden = ended !== 'incomplete' || resumeUrl === undefined;
  if (!resume.hidden) resume.href = restOf(resumeUrl);
  if (total === undefined) bar.removeAttribute('value');
  else [bar.max, bar.value] = [total, count];
  text.textContent = sentence(progress);
  if (ended !== undefined || progress.waitingMs !== undefined) news.textContent = text.textContent;
  if (ended !== undefined) uncancelled.hidden = true;
}

/** Followed here where the link is for that, else on a page of its own. */
function restOf(resumeUrl) {
  const own =
    resume.dataset.export === undefined ? `/graphcall/export?${resumeUrl.split('?')[1]}` : resumeUrl;
  return `${base}${own}`;
}

function sentence({ count, total, passedMs = 0, waitingMs, ended }) {
  const { dataset } = region;
  if (ended !== undefined) return filled(dataset[ended], { count });
  if (waitingMs !== undefined) return filled(dataset.waiting, { count, left: waitingMs / 1000 });
  if (total === undefined || count === 0) return filled(dataset.some, { count });
  const rate = count / Math.max(passedMs / 1000, 0.001);
  return filled(dataset.of, { count, total, rate, left: (total - count) / rate });
}

function filled(words, { count, total = count, rate = 0, left = 0 }) {
  return words
    .replace('{number}', numbers.format(count))
    .replace('{total}', numbers.format(total))
    .replace('{rate}', numbers.format(Math.round(rate)))
    .replace('{duration}', durationOf(Math.ceil(left)));
}

function durationOf(whole) {
  if (whole < 120) return seconds.format(whole);
  const parts = [minutes.format(Math.floor(whole / 60)), seconds.format(whole % 60)];
  return list.format(whole % 60 === 0 ? parts.slice(0, 1) : parts);
}
