import { describe, expect, it } from 'vitest';
import { explain, explainField } from './errors';

const failure = (code: string, limit?: number) => ({ fields: [{ pointer: '/x', code, limit }] });

describe('a sentence for what went wrong', () => {
  it('is there for what every page can meet, also for a code of a newer server', () => {
    expect(explain({ code: 'not_found' })).toBe('Kjo nuk ekziston ose nuk është publike.');
    expect(explain({ code: 'from_the_future' })).toBe('Ndodhi një gabim. Provoni përsëri.');
    expect(explainField(failure('too_long', 60), '/x')).toBe('Lejohen deri në 60 shenja.');
    expect(explainField(failure('from_the_future'), '/x')).toBe('Kjo vlerë nuk pranohet.');
    expect(explainField(failure('required'), '/y')).toBeUndefined();
  });

  it('comes with the room that can meet the code', async () => {
    expect(explain({ code: 'casting_over' })).toBe('Ndodhi një gabim. Provoni përsëri.');
    await import('./faults');
    expect(explain({ code: 'casting_over' })).toBe('Votimi është mbyllur.');
    expect(explainField(failure('days_too_few', 20), '/x')).toBe('Banorët duhet të kenë të paktën 20 ditë pune (ligji 146/2014).');
  });

  it.each(['votes/text', 'desk/text', 'results/text', 'eligibility/calls'])('comes with %s', async (room) => {
    const source = import.meta.glob('../features/*/*.ts', { query: '?raw', import: 'default' })[`../features/${room}.ts`];
    expect(await source?.()).toContain("import '$/i18n/faults';");
  });
});
