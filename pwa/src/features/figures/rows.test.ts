import { expect, test } from 'vitest';
import { figuresOf } from './rows';

const TOPICS = [
  { code: 'lighting', name: { sq: 'Ndriçimi', en: 'Lighting' } },
  { code: 'road', name: { sq: 'Siguria rrugore', en: 'Road safety' } },
];
const HEAD = 'Tema;Çfarë u numërua;Viti;Vlera;Burimi;Publikuar më';

test('a table is read as it is saved, in columns parted by either sign', () => {
  const text = `${HEAD}\nndriçimi;"Rrugë pa drita; lagje";2025;1 204,5;"Bashkia ""Elbasan""";31.01.2026\n\nroad;Aksidente;2024;7;Policia;2025-02-01\n`;
  expect(figuresOf(text, TOPICS)).toEqual({
    figures: [
      { topic: 'lighting', name: 'Rrugë pa drita; lagje', year: 2025, value: 1204.5, source: 'Bashkia "Elbasan"', published_on: '2026-01-31' },
      { topic: 'road', name: 'Aksidente', year: 2024, value: 7, source: 'Policia', published_on: '2025-02-01' },
    ],
  });
  const pasted = `${HEAD.replaceAll(';', '\t')}\nRoad safety\tAksidente\t2024\t7\tPolicia\t1/2/2025`;
  expect(figuresOf(pasted, TOPICS)).toMatchObject({ figures: [{ topic: 'road', published_on: '2025-02-01' }] });
});

test.each([
  ['hëna;Aksidente;2024;7;Policia;01.02.2025', 'topic'],
  ['road;;2024;7;Policia;01.02.2025', 'name'],
  ['road;Aksidente;vjet;7;Policia;01.02.2025', 'year'],
  ['road;Aksidente;2024;shtatë;Policia;01.02.2025', 'value'],
  ['road;Aksidente;2024;7;;01.02.2025', 'source'],
  ['road;Aksidente;2024;7;Policia;31.02.2025', 'published_on'],
  ['road;Aksidente;2024;7;Policia', 'published_on'],
])('%s: the cell that is none is named', (line, column) => {
  expect(figuresOf(`${HEAD}\nroad;Aksidente;2023;9;Policia;01.02.2024\n${line}`, TOPICS)).toEqual({ bad: { line: 3, column } });
});

test('a table without lines has no figures', () => {
  expect(figuresOf(HEAD, TOPICS)).toEqual({ figures: [] });
  expect(figuresOf('', TOPICS)).toEqual({ figures: [] });
});
