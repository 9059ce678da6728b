import { expect, it } from 'vitest';
import { insertAt } from './insert';

it('keeps what was typed before and behind the cursor', () => {
  expect(insertAt('', 'Faleminderit.', 0)).toBe('Faleminderit.');
  expect(insertAt('Mirëdita.', 'Faleminderit.', 9)).toBe('Mirëdita.\n\nFaleminderit.');
  expect(insertAt('Mirëdita. Me respekt', 'Faleminderit.', 9)).toBe('Mirëdita.\n\nFaleminderit.\n\nMe respekt');
});
