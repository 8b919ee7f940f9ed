/** The emulator's style sheet: striped, purple, and nothing like the real sign-in page. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f8f6fb; --card: #fff; --ink: #1f1d1a; --soft: #504b45;
  --line: #857f77; --edge: #e2daf0; --accent: #6b21a8; --accent-soft: #efe5fb; --on-accent: #fff; --stripe: #f0c419; --stripe-ink: #1d1a16; }
@media (prefers-color-scheme: dark) { :root { --ground: #141118; --card: #1e1a24; --ink: #f2efea;
  --soft: #bfb9b0; --line: #8d877e; --edge: #383040; --accent: #d8b4fe; --accent-soft: #34204d; --on-accent: #24083d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
.band, main { padding-inline: max(16px, (100% - 68rem) / 2); }
.band { display: flex; align-items: center; min-height: 40px; font-weight: 700; color: var(--stripe-ink); background:
  repeating-linear-gradient(-45deg, var(--stripe) 0 16px, #d9ae00 16px 32px); }
.band span { margin-inline-start: -8px; padding: 2px 8px; border-radius: 4px; background: var(--stripe); }
main { padding-block: 32px 48px; }
main > * { max-width: 44rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 16px; }
h2 { font-size: 1.1875rem; margin: 32px 0 8px; }
a { color: var(--accent); }
p, ul, dl, pre { margin: 0 0 16px; }
ul.plain { list-style: none; padding: 0; }
.soft { color: var(--soft); }
button, select, input[type=text] { font: inherit; color: inherit; border: 1px solid var(--line);
  border-radius: 8px; background: var(--card); min-height: 44px; padding: 8px 16px; max-width: 100%; }
button { cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.account { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; width: 100%;
  margin: 0 0 8px; padding: 12px 16px; text-align: start; border-color: var(--edge); border-radius: 12px; }
button.account:hover { border-color: var(--accent); background: var(--accent-soft); }
button.account strong { flex: 1 1 auto; overflow-wrap: anywhere; }
button.account span.name { flex-basis: 100%; color: var(--soft); overflow-wrap: anywhere; }
.badge { border-radius: 999px; padding: 0 12px; background: var(--accent-soft); color: var(--accent); font-size: .875rem; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0; }
dt { font-weight: 700; } dd { margin: 0 0 8px; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 12px; font-size: .875rem; }
details { margin: 16px 0; }
summary { cursor: pointer; padding: 10px 0; }
label { display: block; margin: 0 0 8px; }
iframe { display: none; }
body.wide main > * { max-width: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; padding: 0; }
nav a { display: inline-block; padding: 10px 0; }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 12px; padding: 8px 16px;
  margin: 0 0 8px; }
.card details { margin: 0; }
.card form { padding: 8px 0; }
.story { border-inline-start: 6px solid var(--accent); }
.story.refused { border-inline-start-style: double; }
.story ol { margin: 8px 0; padding-inline-start: 24px; }
.reason { font-weight: 700; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 8px 16px; }
.fields input, .fields textarea, .fields select { width: 100%; font-weight: 400; }
textarea { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); padding: 8px 16px; }
label.tick { display: flex; gap: 8px; align-items: center; }
label.tick input { width: auto; }
.copying { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin: 0 0 16px; }
@media (forced-colors: active) { .badge { border: 1px solid; } }
`;

/** Sends the form that carries a form_post response (wire reference B3); the button does it without script. */
export const POST_SCRIPT = `document.getElementById('answer').submit();\n`;

/** Goes on after sign-out once the apps were told, or after two seconds; the link does it without script. */
export const LEAVE_SCRIPT = `
const onward = document.getElementById('onward');
const frames = [...document.querySelectorAll('iframe')];
const told = Promise.all(frames.map((frame) => new Promise((done) => frame.addEventListener('load', done))));
const leave = () => { if (onward) location.replace(onward.href); };
Promise.race([told, new Promise((done) => setTimeout(done, 2000))]).then(leave);
`;

/** Copies what stands above a button; without script there is no button, and the text can be selected. */
export const COPY_SCRIPT = `
for (const button of document.querySelectorAll('button[data-copies]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.nextElementSibling.textContent = 'Copied.';
  });
}
`;
