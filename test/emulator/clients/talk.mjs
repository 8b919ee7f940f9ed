// How a client script talks with the test that runs it: JSON lines out, one line in for each visit.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin });

export const [, , scenario, settingsText] = process.argv;
export const settings = JSON.parse(settingsText ?? '{}');

/** Sends the person somewhere and waits for the address they came back to. */
export async function visit(url) {
  const answered = once(lines, 'line');
  process.stdout.write(`${JSON.stringify({ visit: url })}\n`);
  const [line] = await answered;
  return new URL(line);
}

/** Runs the scenario that was asked for and tells what came of it: its value, or the error's names. */
export async function perform(scenarios) {
  try {
    tell({ ok: await scenarios[scenario]() });
  } catch (error) {
    const {
      name,
      message,
      errorCode,
      errorMessage,
      errorNo,
      suberror,
      subError,
      code,
      statusCode,
      error: oauthError,
      error_description,
    } = error;
    tell({
      error: {
        name,
        message,
        errorCode,
        errorMessage,
        errorNo,
        suberror: suberror ?? subError,
        code,
        statusCode,
        oauthError,
        error_description,
      },
    });
  }
  process.exit(0);
}

function tell(result) {
  process.stdout.write(`${JSON.stringify({ result })}\n`);
}
