import { readFileSync } from 'node:fs';

/** Of a user of this machine; the number itself where nobody here has it, as in a container. */
export function userNameOf(uid: number): string {
  const [name] = linesOf('/etc/passwd')
    .map((line) => line.split(':'))
    .filter(([, , id]) => id === `${uid}`)
    .flatMap(([first = '']) => first);
  return name || `${uid}`;
}

/** Who runs this program, as the subject of a sentence. */
export function ownUser(): string {
  const uid = process.geteuid?.();
  return uid === undefined ? 'this user' : `user ${userNameOf(uid)}`;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
