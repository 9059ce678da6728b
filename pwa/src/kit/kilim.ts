/** The woven band of a municipality: drawn from its code, so every town has its own and always the same. */
export type Dye = 'municipality' | 'police' | 'prosecution' | 'ink';

const CELL = 8;
const COLUMNS = 5;
const ROWS = 2;
export const TILE = { width: CELL * COLUMNS * 2, height: CELL * ROWS * 2 };

function* chance(seed: string): Generator<number, never> {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  for (;;) {
    state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9;
    yield ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  }
}

const DYES = ['municipality', 'prosecution', 'police', 'ink', undefined, undefined] as const;

/** The outline of each dye. One quarter is drawn by chance and mirrored both ways, as a weaver counts threads. */
export function weave(seed: string): Record<Dye, string> {
  const random = chance(seed);
  const outlines: Record<Dye, string> = { municipality: '', police: '', prosecution: '', ink: '' };
  const mirror = (x: number, y: number, flipX: boolean, flipY: boolean) =>
    `${flipX ? TILE.width - x : x},${flipY ? TILE.height - y : y}`;

  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const rising = random.next().value > 0.35;
      const halves = [random.next().value, random.next().value];
      const [x, y, e, s] = [column * CELL, row * CELL, (column + 1) * CELL, (row + 1) * CELL];
      const corners: [number, number][][] = rising
        ? [[[x, s], [e, y], [e, s]], [[x, y], [e, y], [x, s]]]
        : [[[x, y], [e, s], [x, s]], [[x, y], [e, y], [e, s]]];
      corners.forEach((corner, half) => {
        const dye = DYES[Math.floor((halves[half] ?? 0) * DYES.length)];
        if (!dye) return;
        for (const flipX of [false, true]) {
          for (const flipY of [false, true]) {
            outlines[dye] += `M${corner.map(([a, b]) => mirror(a, b, flipX, flipY)).join(' ')}z`;
          }
        }
      });
    }
  }
  return outlines;
}
