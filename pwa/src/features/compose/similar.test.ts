import { describe, expect, it } from 'vitest';
import type { Concern } from '$/api/types';
import { readPages, similar } from './similar';

const concern = (title: string, excerpt = '', status: Concern['status'] = 'published') => ({ title, excerpt, status }) as Concern;

describe('reading what was said nearby', () => {
  const page = (n: number, next: string | null) => ({ ok: true as const, saved: false, data: { items: [concern(`c${n}`)], next, total: 9 } });

  it('goes on from page to page, and stops at the fifth', async () => {
    const asked: (string | undefined)[] = [];
    const all = await readPages(async (after) => {
      asked.push(after);
      return page(asked.length, String(asked.length));
    });
    expect(asked).toEqual([undefined, '1', '2', '3', '4']);
    expect(all).toHaveLength(5);
  });

  it('keeps what it has when a page cannot be had', async () => {
    const answers = [page(1, '1'), { ok: false as const, failure: { code: 'offline', status: 0 } }];
    expect(await readPages(async () => answers.shift() ?? page(2, null))).toHaveLength(1);
  });
});

describe('similar concerns', () => {
  const lights = concern('Rruga e Rinisë pa drita', 'Llambat nuk ndizen që nga shtatori');
  const cars = concern('Makina me shpejtësi para shkollës');
  const solved = concern('Rruga e Rinisë pa drita', '', 'done');

  it('puts the most alike first, with or without marks and endings', () => {
    expect(similar([cars, lights], { title: 'Rruges se Rinise i mungojne dritat', text: 'llambat s’ndizen' })).toEqual([lights]);
  });

  it('leaves out what is settled and what is about something else', () => {
    expect(similar([cars, solved], { title: 'Rruga e Rinisë pa drita', text: '' })).toEqual([]);
  });
});
