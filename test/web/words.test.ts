import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { enTopics } from '../../src/failures/en/topics.ts';
import { failureText } from '../../src/failures/failure-text.ts';
import { LANGUAGES, type Language } from '../../src/failures/language.ts';
import { REMEDIES, remedyOf, topicOf } from '../../src/failures/remedies.ts';
import { KNOWN_CODES, TOPICS, topicOfCode } from '../../src/failures/topics.ts';
import { loadWords } from '../../src/web/words/translate.ts';
import { CATALOGUES } from '../support/words.ts';

const PLURAL = /_(one|other)$/;

/** Every text of a catalogue with its path, `users.heading`. */
function textsOf(part: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof part === 'string') return new Map([[path.join('.'), part]]);
  const entries = Object.entries(part as Record<string, unknown>);
  return new Map(entries.flatMap(([name, value]) => [...textsOf(value, [...path, name])]));
}

const placeholdersOf = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const english = textsOf(CATALOGUES.en);
const remedies = [...Object.values(REMEDIES), ...Object.values(TOPICS)];

function sourcesThatSpeak(): string {
  const files = [
    ...readdirSync('views').map((name) => join('views', name)),
    ...readdirSync('src/web', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('words/'))
      .map((name) => join('src/web', name)),
  ];
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

describe.each(LANGUAGES)('the words in %s', (language: Language) => {
  const texts = textsOf(CATALOGUES[language]);

  test('none is missing and none is left over', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('none is empty, shouts or has stray spaces', () => {
    const wrong = [...texts].filter(([, text]) => text === '' || /!|^\s|\s$|\s{2}|'|"/.test(text));
    expect(wrong).toEqual([]);
  });

  test('all have the placeholders of the English ones', () => {
    const wrong = [...texts].filter(
      ([key, text]) => `${placeholdersOf(text)}` !== `${placeholdersOf(english.get(key) ?? '')}`,
    );
    expect(wrong).toEqual([]);
  });

  test('sentences end as sentences', () => {
    const wrong = [...texts].filter(
      ([key, text]) => /^(failures|topics)\..*\.(what|next)$/.test(key) && !text.endsWith('.'),
    );
    expect(wrong).toEqual([]);
  });

  test('every failure has its own heading', () => {
    const headings = Object.values(CATALOGUES[language].failures).map(({ heading }) => heading);
    expect(new Set(headings).size).toBe(headings.length);
  });
});

describe('the words', () => {
  test('are translated: no longer sentence is the same in two languages', () => {
    const same = [...english].filter(
      ([key, text]) =>
        text.split(' ').length > 3 &&
        (textsOf(CATALOGUES.nl).get(key) === text || textsOf(CATALOGUES.de).get(key) === text),
    );
    expect(same).toEqual([]);
  });

  test('are all used', () => {
    const source = sourcesThatSpeak();
    const fromTables = new Set(
      remedies.flatMap(({ who, place, actions = [] }) => [
        `who.${who}`,
        `places.${place}`,
        ...actions.map((action) => `actions.${action}`),
      ]),
    );
    const isUsed = (key: string): boolean =>
      /^(failures|topics|kinds)\./.test(key) ||
      fromTables.has(key) ||
      source.includes(`'${key.replace(PLURAL, '')}'`);
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  test('exist for every key that a view or a source names', () => {
    const groups = Object.keys(CATALOGUES.en).join('|');
    const named = sourcesThatSpeak().matchAll(new RegExp(`'((?:${groups})(?:\\.\\w+)+)'`, 'g'));
    const keys = new Set([...english.keys()].map((key) => key.replace(PLURAL, '')));
    expect([...named].map(([, key = '']) => key).filter((key) => !keys.has(key))).toEqual([]);
  });

  test('choose the plural by the language', () => {
    const { en, nl, de } = loadWords();
    const heading = 'users.headingCounted';
    expect(en(heading, { count: 1, number: '1' })).toBe('1 person');
    expect(nl(heading, { count: 0, number: '0' })).toBe('0 mensen');
    expect(de(heading, { count: 250, number: '250' })).toBe('250 Personen');
  });

  test('follow their values, however many there were', () => {
    const { en, de } = loadWords();
    const heading = 'users.headingCounted';
    for (const count of [...Array(600).keys(), 7]) {
      const values = { count, number: String(count) };
      expect([en(heading, values), de(heading, values)]).toEqual([
        count === 1 ? '1 person' : `${count} people`,
        count === 1 ? '1 Person' : `${count} Personen`,
      ]);
    }
  });

  test.each(['export.some', 'export.waiting', 'export.complete'])(
    'of %s are right for a file with one person in it, which has no plural to choose',
    (key) => {
      for (const t of Object.values(loadWords()))
        expect(t(key, { number: '1', duration: '' })).not.toMatch(/\b1 (people|mensen|Personen)/);
    },
  );

  test('take values as they are, without escaping and without following references in them', () => {
    const { en } = loadWords();
    const duration = '<b> {{app}} $t(app.name) &amp;';
    expect(en('failure.wait', { duration })).toBe(`Wait ${duration} before you try again.`);
  });
});

describe('the dictionary of codes', () => {
  test('knows at least 40, each once', () => {
    expect(KNOWN_CODES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(KNOWN_CODES).size).toBe(KNOWN_CODES.length);
  });

  test('finds a code with or without its prefix', () => {
    expect(topicOfCode('AADSTS65004')).toBe('declined');
    expect(topicOfCode('65004')).toBe('declined');
    expect(topicOfCode('Authorization_RequestDenied')).toBe('notPermitted');
  });

  test.each([undefined, '', '1', 'AADSTS', 'constructor', '__proto__', 'toString'])(
    'does not know %p',
    (code) => {
      expect(topicOfCode(code)).toBeUndefined();
    },
  );

  test('says where in the portal wherever the registration is at fault', () => {
    const lost = Object.entries(TOPICS).filter(
      ([name, topic]) =>
        topic.who === 'developer' &&
        topic.place === undefined &&
        !['malformed', 'assertionTime', 'questionRefused', 'questionUnsupported'].includes(name),
    );
    expect(lost).toEqual([]);
  });

  test('leaves a guest’s refusal its own words', () => {
    expect(topicOf('guest_no_directory', 'Authorization_RequestDenied')).toBeUndefined();
    expect(topicOf('graph_forbidden', 'Authorization_RequestDenied')).toBe('notPermitted');
  });

  test('brings its own heading and first action along', () => {
    const words = { upstreamCode: 'AADSTS53003', redirectUri: '' };
    const { heading } = failureText('en', 'interaction_required', words);
    expect(heading).toBe(enTopics.blockedByPolicy.heading);
    expect(remedyOf('interaction_required', 'blockedByPolicy').actions[0]).toBe('copyMessage');
    expect(remedyOf('sign_in_failed', 'notInTenant').actions).toEqual(['otherAccount', 'home']);
  });

  test('gives way to the status of Graph, of which some codes come with several', () => {
    expect(topicOf('graph_forbidden', 'UnknownError')).toBeUndefined();
    expect(topicOf('graph_unavailable', 'UnknownError')).toBe('serviceDown');
    expect(topicOf('no_directory', 'BadRequest')).toBeUndefined();
    expect(topicOf('graph_refused_request', 'BadRequest')).toBe('questionRefused');
  });

  test('leads an administrator who was consenting back to that, whatever the code', () => {
    const { actions } = REMEDIES.admin_consent_failed;
    expect(remedyOf('admin_consent_failed', 'serviceNotInTenant')).toMatchObject({
      who: 'administrator',
      place: 'permissions',
      actions,
    });
    expect(topicOf('admin_consent_declined', 'AADSTS65004')).toBeUndefined();
  });
});
