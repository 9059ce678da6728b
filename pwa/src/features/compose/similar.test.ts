import { describe, expect, it } from 'vitest';
import type { Concern } from '$/api/types';
import { similar } from './similar';

const concern = (title: string, excerpt = '', status: Concern['status'] = 'published') => ({ title, excerpt, status }) as Concern;

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
