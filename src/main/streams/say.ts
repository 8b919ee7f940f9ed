import { writeSync } from 'node:fs';
import { printableLines } from '../../printable.ts';
import { type Descriptor, descriptorOf } from './descriptor.ts';

/** Says a sentence, or several lines, with or without the last line feed, to the person who started the program. */
export type Say = (sentence: string) => void;

/**
 * Speaks without waiting for anybody: where the stream cannot be written, nobody hears it. A terminal obeys nothing of
 * what is said, no matter who wrote a file or a name that stands in it.
 */
export function createSayer(stream: Descriptor): Say {
  const descriptor = descriptorOf(stream);
  return (sentence) => {
    try {
      writeSync(descriptor, printableLines(sentence.endsWith('\n') ? sentence : `${sentence}\n`));
    } catch {
      // there is nobody left to tell
    }
  };
}
