import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BULK } from './bulk';

const rules = readFileSync(new URL('../../../../server/domain/vectors/moves.txt', import.meta.url), 'utf8');

it('asks for everything the rules of moves need, and for nothing more', () => {
  for (const { to, needs } of BULK) {
    const lines = [...rules.matchAll(new RegExp(`^\\w+ -> ${to}: (.*) \\| (.*)$`, 'gm'))];
    // A secretary's own moves; the author's hand-in of what was mended needs no words.
    const ours = lines.filter(([, by]) => by === 'secretary').map(([, , given]) => given?.split(', ').toSorted());
    expect(ours.length, to).toBeGreaterThan(0);
    for (const given of ours) expect(needs.toSorted(), to).toEqual(given);
  }
});
