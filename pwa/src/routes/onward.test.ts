import { expect, it } from 'vitest';
import { ownPath } from './onward';

const back = (wanted: string | null) => ownPath(wanted, 'https://trekendesh.al', '/une');

it('goes back to a path of our own and to nowhere else', () => {
  for (const path of ['/', '/njoftime', '/njoftime?shqetesimi=1', '/shqetesime/0123456789abcdef']) expect(back(path)).toBe(path);
  for (const path of [null, '', 'njoftime', '//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'javascript:alert(1)'])
    expect(back(path)).toBe('/une');
});
