import { CLIENTS, type Client } from './clients.ts';
import { EXPLANATIONS, explanationOf } from './explanations.ts';
import { MATRIX_FAULTS } from './faults.ts';
import type { Outcome, Outcomes } from './outcomes.ts';
import { samplesIn } from './samples.ts';

const HEAD = `# Clients that nobody here wrote

Each client below runs unmodified under Microsoft's own names (\`login.microsoftonline.com\`, \`graph.microsoft.com\`) at
the emulator's \`--as-microsoft\`, in network and mount namespaces of its own, with nothing switched off: it trusts the
emulator's certificate by the variables that the emulator prints. Once everything goes well, then once for each fault of
[the emulator](emulator.md#break-something). This page is written by \`npm run test:clients\`, which fails where a cell is
neither right nor explained.

*works*: the client comes to its end (signed in and renewed, or people listed). Otherwise its error: name, code, number.
*asked N times* counts the requests at the place of the fault, where there were more than usual. An empty cell: the
client never gets there. A number leads to the explanation below.

\`SAMPLES_DIR=FOLDER npm run test:clients\` takes sample apps too, such as Microsoft's quickstarts: each is an installed
folder with a \`client.json\` that says how it is started, which page needs a sign-in, and what that shows then.

\`\`\`
{ "name": "Quickstart for Node", "version": "1.0.0", "command": ["npm", "start"],
  "environment": { "TENANT_ID": "$AZURE_TENANT_ID", "CLIENT_ID": "$AZURE_CLIENT_ID", "CLIENT_SECRET": "$AZURE_CLIENT_SECRET" },
  "page": "http://localhost:3000/auth/signin", "redirectUri": "http://localhost:3000/auth/redirect", "shows": "Adele" }
\`\`\`
`;

/** The page docs/emulator-clients.md. */
export function page(outcomes: Outcomes): string {
  const parts = [HEAD, overview(outcomes), ...GROUPS.map((group) => table(group, outcomes)), notes()];
  return `${parts.filter((one) => one !== '').join('\n')}`;
}

const SAMPLES = samplesIn(process.env.SAMPLES_DIR);
const ALL = [...CLIENTS, ...SAMPLES];
const SIGN_IN = ALL.filter(({ parts }) => parts.includes('sign-in'));
const OWN = ALL.filter(({ parts }) => !parts.includes('sign-in'));
/** Columns of a table that can still be read. */
const MOST_COLUMNS = 5;

const chunks = (all: readonly Client[]): Client[][] =>
  Array.from({ length: Math.ceil(all.length / MOST_COLUMNS) }, (_, index) =>
    all.slice(index * MOST_COLUMNS, (index + 1) * MOST_COLUMNS),
  );

const GROUPS = [
  ...chunks(SIGN_IN).map((clients) => ({ title: 'People sign in', clients })),
  ...chunks(OWN).map((clients) => ({
    title: "With the app's own identity, asking Graph for people",
    clients,
  })),
];

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function overview(outcomes: Outcomes): string {
  const lines = ALL.map(({ name }) => {
    const outcome = outcomes[name] ?? 'not run yet';
    if (typeof outcome === 'string') return row([name, '', '', `not run here: ${outcome}`]);
    const { version, runtime, date, cells } = outcome;
    return row([name, version, runtime, `${date}, ${Object.keys(cells).length} faults`]);
  });
  const missing = [row(['MSAL.NET, Azure SDK for .NET', '', '', NOT_HAD])];
  if (SAMPLES.length === 0)
    missing.push(row(["samples, such as Microsoft's quickstarts", '', '', NO_SAMPLES]));
  const head = [row(['client', 'version', 'on', 'run']), row(['---', '---', '---', '---'])];
  return [...head, ...lines, ...missing, ''].join('\n');
}

const NOT_HAD = 'not run here: there is no .NET on the machine';
const NO_SAMPLES = 'not run here: `SAMPLES_DIR` names no folder with any';

function table({ title, clients }: (typeof GROUPS)[number], outcomes: Outcomes): string {
  const run = clients.filter(({ name }) => typeof outcomes[name] === 'object');
  if (run.length === 0) return '';
  const cellsOf = ({ name }: Client) => (outcomes[name] as Outcome).cells;
  const lines = MATRIX_FAULTS.filter(({ title: fault }) => run.some((one) => fault in cellsOf(one))).map(
    ({ title: fault }) =>
      row([fault, ...run.map((one) => noted(one.name, fault, cellsOf(one)[fault] ?? ''))]),
  );
  const head = row(['fault', ...run.map(({ name }) => name)]);
  return [`## ${title}\n`, head, row(['---', ...run.map(() => '---')]), ...lines, ''].join('\n');
}

function noted(client: string, fault: string, words: string): string {
  const note = words === '' ? 0 : explanationOf(client, fault);
  return note === 0 ? words : `${words} [(${note})](#explained)`;
}

function notes(): string {
  return EXPLANATIONS.length === 0
    ? ''
    : `## Explained\n\n${EXPLANATIONS.map(({ words }, index) => `${index + 1}. ${words}`).join('\n')}\n`;
}
