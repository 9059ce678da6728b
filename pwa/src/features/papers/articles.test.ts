import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPoint, outlineOf } from './articles';

describe('a regulation', () => {
  it('falls into its articles, each with a name, a title and an address', () => {
    const { opening, articles } = outlineOf('RREGULLORE\npër këshillin\n\nNeni 1. Qëllimi\nKëshilli dëgjon.\nDhe përgjigjet.\n\nNeni 2. Përbërja\nVende.');
    expect(opening).toEqual(['RREGULLORE', 'për këshillin']);
    expect(articles).toEqual([
      { id: 'neni-1', name: 'Neni 1', title: 'Qëllimi', part: undefined, lines: ['Këshilli dëgjon.', 'Dhe përgjigjet.'] },
      { id: 'neni-2', name: 'Neni 2', title: 'Përbërja', part: undefined, lines: ['Vende.'] },
    ]);
  });

  it('may be written in the ways of an office: parts, and titles below their numbers', () => {
    const { articles } = outlineOf('KREU I\nTË PËRGJITHSHME\nNENI 1\nQëllimi\n1. Kjo rregullore thotë si.\nKREU II\nNeni 2/1\nMblidhet sipas nenit 1.');
    expect(articles.map(({ id, title, part }) => [id, title, part])).toEqual([
      ['neni-1', 'Qëllimi', 'KREU I TË PËRGJITHSHME'],
      ['neni-2-1', '', 'KREU II'],
    ]);
    expect(articles[1]?.lines).toEqual(['Mblidhet sipas nenit 1.']);
  });

  it('without any article is all opening', () => {
    expect(outlineOf('Vendosëm.\nNeni tjetër vjen.')).toEqual({ opening: ['Vendosëm.', 'Neni tjetër vjen.'], articles: [] });
  });

  it('is led to article by article also where two have one number, and where a line speaks of an article', () => {
    const { articles } = outlineOf('Neni 1. Qëllimi\nNeni 5 i ligjit vlen.\nNeni 1. Qëllimi tjetër\nMblidhet.');
    expect(articles.map(({ id }) => id)).toEqual(['neni-1', 'neni-1-1']);
    expect(articles[0]?.lines).toEqual(['Neni 5 i ligjit vlen.']);
  });

  it('that is offered to all has its articles in order', () => {
    const { articles } = outlineOf(readFileSync(new URL('../../../../server/texts/regulation.txt', import.meta.url), 'utf8'));
    expect(articles.length).toBeGreaterThan(10);
    expect(articles.map(({ name }) => name)).toEqual(articles.map((_, index) => `Neni ${index + 1}`));
    expect(articles.every(({ title, lines }) => title && lines.length)).toBe(true);
  });

  it('has points that are drawn in', () => {
    expect(['a) bashkia', '1. Kryesuesi', '– policia', 'Këshilli mblidhet.', '2022 ishte viti.'].map(isPoint)).toEqual([true, true, true, false, false]);
  });
});
