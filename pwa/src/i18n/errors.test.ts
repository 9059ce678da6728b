import { describe, expect, it } from 'vitest';
import { explain } from './errors';
import { explainField, unshown } from './fields';

const failure = (code: string, limit?: number) => ({ fields: [{ pointer: '/x', code, limit }] });

describe('a sentence for what went wrong', () => {
  it('is there for what every page can meet, also for a code of a newer server', () => {
    expect(explain({ code: 'not_found' })).toBe('Kjo nuk ekziston ose nuk është publike.');
    expect(explain({ code: 'from_the_future' })).toBe('Ndodhi një gabim. Provoni përsëri.');
    expect(explainField(failure('too_long', 60), '/x')).toBe('Lejohen deri në 60 shenja.');
    expect(explainField(failure('from_the_future'), '/x')).toBe('Kjo vlerë nuk pranohet.');
    expect(explainField(failure('required'), '/y')).toBeUndefined();
  });

  it('stands at the field that was meant, or at the one it is a part of', () => {
    const refused = { fields: [{ pointer: '/documents/1/data', code: 'too_long', limit: 60 }] };
    expect(explainField(refused, '/documents')).toBeUndefined();
    expect(explainField(refused, '/doc', true)).toBeUndefined();
    expect(explainField(refused, '/documents', true)).toBe('Lejohen deri në 60 shenja.');
  });

  it('is left to the form where no field says it', () => {
    const [title, concern] = [{ pointer: '/title', code: 'required' }, { pointer: '/concerns/0', code: 'required' }];
    const refused = { fields: [title, concern] };
    expect(unshown(refused)).toEqual([title, concern]);
    expect(explainField(refused, '/title')).toBe('Kjo duhet plotësuar.');
    expect(explainField(refused, '/concerns')).toBeUndefined();
    expect(unshown(refused)).toEqual([concern]);
    expect(unshown(undefined)).toEqual([]);
  });

  it('comes with the room that can meet the code', async () => {
    expect(explain({ code: 'casting_over' })).toBe('Ndodhi një gabim. Provoni përsëri.');
    await import('./faults');
    expect(explain({ code: 'casting_over' })).toBe('Votimi është mbyllur.');
    expect(explainField(failure('days_too_few', 20), '/x')).toBe('Banorët duhet të kenë të paktën 20 ditë pune (ligji 146/2014).');
  });

  it.each(['votes/text', 'desk/text', 'identity/text', 'results/text', 'eligibility/calls', 'polldesk/text'])('comes with %s', async (room) => {
    const source = import.meta.glob('../features/*/*.ts', { query: '?raw', import: 'default' })[`../features/${room}.ts`];
    expect(await source?.()).toContain("import '$/i18n/faults';");
  });
});
