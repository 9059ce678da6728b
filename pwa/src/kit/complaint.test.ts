import { describe, expect, it } from 'vitest';
import '$/i18n/faults';
import { complaint } from './complaint';

const fault = (name: keyof ValidityState) => ({ [name]: true }) as unknown as ValidityState;

describe('what a field says when its value is refused', () => {
  it.each([
    [{ validity: fault('valueMissing'), type: 'text' }, 'Kjo duhet plotësuar.'],
    [{ validity: fault('typeMismatch'), type: 'email' }, 'Kjo nuk duket si adresë e-maili.'],
    [{ validity: fault('tooShort'), type: 'text', minLength: 5 }, 'Duhen të paktën 5 shenja.'],
    [{ validity: fault('rangeUnderflow'), type: 'number', min: '3' }, 'Vlera më e vogël e lejuar është 3.'],
    [{ validity: fault('rangeOverflow'), type: 'number', max: '60' }, 'Vlera më e madhe e lejuar është 60.'],
    [{ validity: fault('rangeUnderflow'), type: 'date', min: '2027-03-31' }, 'Dita më e hershme e lejuar është 31.03.2027.'],
    [{ validity: fault('patternMismatch'), type: 'text', inputMode: 'decimal' }, 'Këtu duhet një numër.'],
    [{ validity: fault('patternMismatch'), type: 'text', inputMode: 'numeric' }, 'Këtu duhet një shumë e plotë, si 120 000.'],
    [{ validity: fault('badInput'), type: 'number' }, 'Kjo vlerë nuk pranohet.'],
  ])('is ours: %j', (control, said) => {
    expect(complaint(control)).toBe(said);
  });
});
