import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Messages } from './dictionary.svelte';

const files = (glob: Record<string, unknown>) =>
  Object.entries(glob).flatMap(([path, module]) =>
    Object.entries(module as Record<string, Messages>).map(([name, messages]) => [`${path.split('/').at(-1)}:${name}`, messages] as const),
  );
const sq = new Map(files(import.meta.glob('./sq/*.ts', { eager: true })));
const en = new Map(files(import.meta.glob('./en/*.ts', { eager: true })));

const texts = (message: Messages[string] | undefined): string[] =>
  message === undefined ? [] : typeof message === 'string' ? [message] : [message.one, message.other];
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();

describe('both languages', () => {
  it('have the same dictionaries', () => {
    expect([...en.keys()].toSorted()).toEqual([...sq.keys()].toSorted());
  });

  it.each([...sq.keys()])('say the same things: %s', (name) => {
    const [albanian, english] = [sq.get(name) ?? {}, en.get(name) ?? {}];
    expect(Object.keys(english)).toEqual(Object.keys(albanian));
    for (const [key, message] of Object.entries(albanian)) {
      const other = english[key];
      for (const text of [...texts(message), ...texts(other)]) expect(text.trim(), key).not.toBe('');
      expect(places(texts(other).at(-1) ?? ''), key).toEqual(places(texts(message).at(-1) ?? ''));
    }
  });

  it.each([...sq.keys()])('hold no sentence that no screen says: %s', (name) => {
    const sources = import.meta.glob(['../**/*.{svelte,ts}', '!./{sq,en}/**', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' });
    const source = Object.values(sources).join('\n');
    // A key built from parts is said when the part before its blank begins it, or the part after ends it.
    const begun = [...source.matchAll(/`([a-z][a-z_.]*[._])\$\{/g)].map(([, start]) => start ?? '');
    const ended = [...source.matchAll(/`\$\{\w+\}(\.[a-z]+)`/g)].map(([, end]) => end ?? '');
    const built = (key: string) => begun.some((start) => key.startsWith(start)) || ended.some((end) => key.endsWith(end));
    const said = (key: string) => source.includes(`'${key}'`) || built(key);
    expect(Object.keys(sq.get(name) ?? {}).filter((key) => !said(key) && !/^(error|field)\./.test(key))).toEqual([]);
  });

  it('never decline a place name by gluing', () => {
    for (const messages of sq.values()) {
      for (const [key, message] of Object.entries(messages)) {
        for (const text of texts(message)) expect(text, key).not.toMatch(/\b[ei] \{(name|place|unit)\}|\{(name|place|unit)\}-?[a-zë]/);
      }
    }
  });
});

describe('error codes', () => {
  const source = new URL('../../../server/src/codes.rs', import.meta.url);

  it('each have a sentence, and no sentence is without its code', () => {
    expect(existsSync(source)).toBe(true);
    const wire = [...readFileSync(source, 'utf8').matchAll(/= [A-Z_]+ "([a-z_]+)" "/g)].map(([, code]) => code);
    expect(wire.length).toBeGreaterThan(20);
    const ours = ['offline', 'not_our_answer', 'unknown'];
    const all = { ...sq.get('errors.ts:errors'), ...sq.get('faults.ts:faults') };
    const said = Object.keys(all)
      .filter((key) => key.startsWith('error.'))
      .map((key) => key.slice('error.'.length));
    expect(said.toSorted()).toEqual([...wire, ...ours].toSorted());
  });
});
