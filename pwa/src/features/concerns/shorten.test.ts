import { expect, it } from 'vitest';
import { shorten } from './shorten';

it('begins a long text and leaves a short one to where it stands in full', () => {
  expect(shorten('U bë.')).toBe('');
  expect(shorten('Ndriçimi u vendos. Në gjithë rrugën.', 20)).toBe('Ndriçimi u vendos…');
  expect(shorten('Ndriçimi u vendos\nnë gjithë rrugën.', 20)).toBe('Ndriçimi u vendos…');
});
