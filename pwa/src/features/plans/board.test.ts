import { describe, expect, it } from 'vitest';
import type { MeasureRow } from '$/api/types';
import { byInstitution, standing } from './board';

const measure = (lead: string, state: string, days_late: number | null = null, report_late = false) => ({ lead, state, days_late, report_late }) as MeasureRow;
const measures = [
  measure('school', 'in_progress', 3, true),
  measure('municipality', 'planned', null, true),
  measure('school', 'not_done'),
  measure('municipality', 'done'),
  measure('police', 'in_progress'),
  measure('municipality', 'partly_done'),
];

describe('the plan by institution', () => {
  it('counts what is done in whole or in part, on time, and late or not done', () => {
    expect(byInstitution(measures)).toEqual([
      { lead: 'municipality', all: 3, done: 2, on_time: 1, late: 0, report_late: 1 },
      { lead: 'police', all: 1, done: 0, on_time: 1, late: 0, report_late: 0 },
      { lead: 'school', all: 2, done: 0, on_time: 0, late: 2, report_late: 1 },
    ]);
  });

  it('counts every measure once', () => {
    const rows = byInstitution(measures);
    expect(rows.every(({ all, done, on_time, late }) => all === done + on_time + late)).toBe(true);
    const whole = standing(measures);
    expect(whole.all).toBe(measures.length);
    for (const count of ['all', 'done', 'on_time', 'late', 'report_late'] as const) {
      expect(rows.reduce((sum, row) => sum + row[count], 0)).toBe(whole[count]);
    }
  });

  it('names nobody who leads nothing', () => {
    expect(byInstitution([])).toEqual([]);
  });
});
