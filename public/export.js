/** Follows an export while it runs. Without this script, the page of an export shows it, and renews itself. */

/** A stream that broke off, or of which nothing is heard, is asked for again, from whichever process answers, so often in a row. */
const RETRY_MS = 1_000;
const MOST_TRIES = 30;
/** The app tells of an export that runs every five seconds at least. After such a silence the stream is lost, not the export. */
const SILENCE_MS = 8_000;

const region = document.querySelector('[data-progress]');
const news = document.querySelector('[data-news]');
const bar = region.querySelector('progress');
const text = region.querySelector('[data-text]');
const tile = region.querySelector('[data-tile]');
const percent = region.querySelector('[data-percent]');
const resume = region.querySelector('[data-resume]');
const cancel = region.querySelector('[data-cancel]');
const uncancelled = region.querySelector('[data-uncancelled]');
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const percents = new Intl.NumberFormat(language, { style: 'percent' });
const unit = (name) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
const [seconds, minutes] = [unit('second'), unit('minute')];
const list = new Intl.ListFormat(language);
/** What stands in front of the app's own addresses, where it shares its host with others. */
const base = location.pathname.slice(0, location.pathname.lastIndexOf('/graphcall'));
let following;

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-export]');
  if (link === null) return;
  event.preventDefault();
  const address = new URL(link.href);
  if (!address.searchParams.has('follow')) address.searchParams.set('follow', newName());
  follow(address.searchParams.get('follow'), address.href);
  // The link, or the menu around it, is about to go.
  text.focus();
});

cancel.addEventListener('submit', async (event) => {
  event.preventDefault();
  uncancelled.hidden = true;
  following.isCancelled = true;
  if (following.href !== undefined) {
    hear({ count: 0, ended: 'cancelled' });
    return;
  }
  const address = `${base}/graphcall/export/cancel?follow=${following.name}`;
  const answer = await fetch(address, { method: 'POST' }).catch(() => undefined);
  if (answer?.ok || cancel.hidden) return;
  uncancelled.hidden = false;
  news.textContent = uncancelled.textContent;
});

// A sign-in on the way to a file is no page of ours, and not all engines load it to tell so.
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  if (effectiveDirective === 'frame-src') following?.frame?.onload();
});

if (region.dataset.follow !== undefined) follow(region.dataset.follow);

function newName() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param href of the file, where it is still to be begun */
function follow(name, href) {
  if (following !== undefined) leave();
  following = { name, href, tries: 0, last: { count: 0 } };
  listen();
  if (href === undefined) return;
  show({ count: 0 });
  news.textContent = text.textContent;
  region.scrollIntoView({ block: 'nearest' });
}

function leave() {
  following.events.close();
  clearTimeout(following.timer);
}

/** The file, if it is still to be begun, begins when the events do, so that none is missed, or without them. */
function listen() {
  const events = new EventSource(`${base}/graphcall/export/progress?follow=${following.name}`);
  following.events = events;
  awaitNews();
  events.onopen = begin;
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onerror = () => {
    if (following.href !== undefined) location.assign(following.href);
    else again(RETRY_MS);
  };
}

/** A stream that another navigation ended says nothing of it. */
function awaitNews() {
  clearTimeout(following.timer);
  following.timer = setTimeout(again, SILENCE_MS, 0);
}

function again(afterMs) {
  leave();
  following.tries += 1;
  if (following.tries <= MOST_TRIES) following.timer = setTimeout(listen, afterMs);
  else show({ ...following.last, ended: 'unknown' });
}

/**
 * In a frame of its own: a navigation of the page would end its streams without a word (Firefox, WebKit). What comes as
 * a page is no file, and is shown as one: it says why.
 */
function begin() {
  const { href } = following;
  if (href === undefined) return;
  following.href = undefined;
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = href;
  frame.onload = () => location.assign(href);
  following.frame = frame;
  document.body.append(frame);
}

function hear(progress) {
  following.tries = 0;
  following.last = progress;
  show(progress);
  if (progress.ended === undefined) awaitNews();
  else leave();
}

function show(progress) {
  const { count, total, before = 0, ended, resumeUrl } = progress;
  region.hidden = false;
  cancel.hidden = ended !== undefined;
  bar.hidden = ended !== undefined;
  resume.hidden = !['incomplete', 'cancelled'].includes(ended) || resumeUrl === undefined;
  if (!resume.hidden) resume.href = restOf(resumeUrl);
  if (total === undefined) bar.removeAttribute('value');
  else [bar.max, bar.value] = [total, before + count];
  showHead(progress);
  text.textContent = sentence(progress);
  if (ended !== undefined || progress.waitingMs !== undefined) news.textContent = text.textContent;
  if (ended === undefined) return;
  uncancelled.hidden = true;
  if (following.isCancelled) (resume.hidden ? text : resume).focus();
}

/** Under way, waiting or broken off, whole; and how much of it, a hundred only for the whole. */
function showHead({ total, ended, waitingMs }) {
  const goesOn = ended === undefined && waitingMs === undefined;
  tile.dataset.tile = ended === 'complete' ? 'done' : goesOn ? 'file' : 'wait';
  const isCounted = total > 0 && ended === undefined;
  percent.textContent = isCounted ? percents.format(Math.floor(bar.position * 100) / 100) : '';
}

/** Followed here where the link is for that, else on a page of its own. */
function restOf(resumeUrl) {
  const own =
    resume.dataset.export === undefined ? `/graphcall/export?${resumeUrl.split('?')[1]}` : resumeUrl;
  return `${base}${own}`;
}

/** The same sentences that the page says without scripts. */
function sentence({ count, total, before = 0, passedMs = 0, waitingMs, ended }) {
  const { dataset } = region;
  const sum = before + count;
  const numbered = { number: numbers.format(sum), total: numbers.format(total ?? sum) };
  if (ended !== undefined) return endSentence({ count, total, before, ended }, numbered);
  if (waitingMs !== undefined)
    return filled(dataset.waiting, { ...numbered, duration: durationOf(waitingMs / 1000) });
  if (count === 0) return dataset.preparing;
  if (total === undefined) return filled(dataset.some, numbered);
  const rate = count / Math.max(passedMs / 1000, 0.001);
  const duration = durationOf((total - sum) / rate);
  return filled(dataset.of, { ...numbered, rate: numbers.format(Math.round(rate)), duration });
}

function endSentence({ count, total, before, ended }, numbered) {
  const { dataset } = region;
  if (ended === 'unknown') return dataset.unknown;
  if (count === 0 && ended !== 'complete') return dataset.none;
  const amount = total === undefined ? numbered.number : filled(dataset.partOf, numbered);
  const said = filled(dataset[before > 0 && ended === 'complete' ? 'restComplete' : ended], {
    ...numbered,
    amount,
  });
  const range = { first: numbers.format(before + 1), last: numbered.number };
  return before === 0 ? said : `${said} ${filled(dataset.part, range)}`;
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_braces, name) => values[name]);
}

function durationOf(exact) {
  const whole = Math.max(1, Math.ceil(exact));
  if (whole < 120) return seconds.format(whole);
  const parts = [minutes.format(Math.floor(whole / 60)), seconds.format(whole % 60)];
  return list.format(whole % 60 === 0 ? parts.slice(0, 1) : parts);
}
