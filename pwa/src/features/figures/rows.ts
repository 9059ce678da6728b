import Papa from 'papaparse';
import type { AskedFigure, Topic } from '$/api/types';
import { numberOf } from '$/kit/written';

/** The columns of a table of figures, in their order. */
export const COLUMNS = ['topic', 'name', 'year', 'value', 'source', 'published_on'] as const;
export type Column = (typeof COLUMNS)[number];
/** A cell that cannot be read: its line in the file, from 1, and its column. */
export type BadCell = { line: number; column: Column };

/** A day as it is written in Albania, or as machines write it. */
function dayOf(written: string): string | undefined {
  const albanian = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(written);
  const iso = albanian ? `${albanian[3]}-${albanian[2]?.padStart(2, '0')}-${albanian[1]?.padStart(2, '0')}` : written;
  const moment = new Date(`${iso}T00:00:00Z`);
  // A browser takes the 31st of February for the 3rd of March.
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : undefined;
}

/**
 * The figures of a table that was saved as CSV or pasted from a spreadsheet, its first line naming the columns; a topic is
 * written by its name or its code. Or the first cell that is none.
 */
export function figuresOf(text: string, topics: Pick<Topic, 'code' | 'name'>[]): { figures: AskedFigure[] } | { bad: BadCell } {
  const table = Papa.parse<string[]>(text.trim(), { skipEmptyLines: false }).data.map((cells) => cells.map((cell) => cell.trim()));
  const figures: AskedFigure[] = [];
  for (const [index, cells] of table.entries()) {
    if (index === 0 || cells.every((cell) => !cell)) continue;
    const [topic = '', name = '', year = '', value = '', source = '', day = ''] = cells;
    const same = (other: string) => other.toLocaleLowerCase('sq') === topic.toLocaleLowerCase('sq');
    const code = topics.find(({ code, name }) => same(code) || same(name.sq) || same(name.en))?.code;
    const figure = { topic: code, name: name || undefined, year: numberOf(year), value: numberOf(value), source: source || undefined, published_on: dayOf(day) };
    const column = COLUMNS.find((one) => figure[one] === undefined);
    if (column) return { bad: { line: index + 1, column } };
    figures.push(figure as AskedFigure);
  }
  return { figures };
}
