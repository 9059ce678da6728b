import type { Cell } from '$/api/types';

export type Dot = Cell & { key: string; x: number; y: number };

/** Cells that would lie under each other on the screen become one dot, so that every dot can be hit. */
export function dotsOf(cells: Cell[], project: (cell: Cell) => { x: number; y: number }, apart: number): Dot[] {
  const dots: Dot[] = [];
  for (const cell of cells) {
    const { x, y } = project(cell);
    const near = dots.find((dot) => Math.hypot(dot.x - x, dot.y - y) < apart);
    if (near) {
      near.count += cell.count;
      near.concerns = [...near.concerns, ...cell.concerns];
    } else dots.push({ ...cell, key: `${cell.lat},${cell.lon}`, x, y });
  }
  return dots;
}
