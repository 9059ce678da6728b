import { describe, expect, it } from 'vitest';
import type { MeasureDetail, MeasureRow, OpenCommitment } from '$/api/types';
import { asked, askedReport, blank, byNeed, cellOf, fromTemplate, money, noIndicator, promised, untold } from './form';
import { partOf } from './text';

const whole = { ...blank('2026-11-29'), objective: 'o', title: ' Patrullë ', lead: 'police' as const, due_on: '2027-01-31' };

describe('a measure as it is sent', () => {
  it('leaves out what is empty and an indicator nobody began', () => {
    const sent = asked({ ...whole, indicators: [noIndicator(), { name: 'Ditë', unit: 'ditë', baseline: '4', target: '20', source: 'Regjistri' }] });
    expect(sent).toEqual({
      objective: 'o',
      title: 'Patrullë',
      lead: 'police',
      supporters: [],
      starts_on: '2026-11-29',
      due_on: '2027-01-31',
      report_days: 90,
      indicators: [{ name: 'Ditë', unit: 'ditë', baseline: 4, target: 20, source: 'Regjistri' }],
      concerns: [],
    });
  });

  it('takes numbers as people write them', () => {
    expect(asked({ ...whole, budget: '120\u00a0000' }).budget).toBe(120000);
    const [sent] = asked({ ...whole, indicators: [{ ...noIndicator(), baseline: '2,5', target: '1 200' }] }).indicators;
    expect(sent).toMatchObject({ baseline: 2.5, target: 1200 });
  });

  it('makes no number of what is none', () => {
    expect(asked({ ...whole, budget: 'pak' }).budget).toBeUndefined();
    const [sent] = asked({ ...whole, indicators: [{ ...noIndicator(), name: 'Ditë', target: 'abc' }] }).indicators;
    expect(sent).toMatchObject({ baseline: undefined, target: undefined });
    expect(askedReport({ ...untold(), values: { 1: 'abc' } }).values).toEqual([{ indicator: 1, value: undefined }]);
  });

  it('does not let who leads support as well', () => {
    expect(asked({ ...whole, supporters: ['police', 'school'] }).supporters).toEqual(['school']);
  });

  it('takes over what a meeting promised', () => {
    const one = { meeting: 'm', item: 2, text: 'Patrullë te shkolla', lead: 'police', due_on: '2027-02-01' } as OpenCommitment;
    const form = promised(blank('2026-11-29'), one);
    expect(form).toMatchObject({ title: 'Patrullë te shkolla', lead: 'police', due_on: '2027-02-01', commitment: { meeting: 'm', item: 2 } });
    expect(promised({ ...form, title: 'Tjetër' }, one).title).toBe('Tjetër');
  });
});

describe('a measure of another municipality as a draft', () => {
  const measure = {
    title: 'Patrullë natën',
    text: 'Dy veta, çdo natë.',
    lead: 'police',
    supporters: ['school'],
    starts_on: '2026-01-01',
    due_on: '2026-12-31',
    report_days: 30,
    budget: 120000,
    source: 'Buxheti i policisë',
    overlap: null,
    indicators: [{ indicator: 0, name: 'Vjedhje', unit: 'në muaj', baseline: 9, target: 2, value: 4, reached: 0.7, source: 'Regjistri' }],
    concerns: [{ id: 'c', title: 'Vjedhje', status: 'planned' }],
    commitment: { meeting: 'm', item: 1 },
  } as unknown as MeasureDetail;
  const draft = fromTemplate(blank('2026-11-29'), { measure, place: 'Bashkia Elbasan', address: 'https://keshilli.al/masat/1' });

  it('takes what is done and how it is told, and says where it comes from', () => {
    expect(draft).toEqual({
      ...blank('2026-11-29'),
      title: 'Patrullë natën',
      text: 'Dy veta, çdo natë.',
      report_days: 30,
      indicators: [{ name: 'Vjedhje', unit: 'në muaj', baseline: '', target: '', source: 'Regjistri' }],
      overlap: 'Sipas masës «Patrullë natën», Bashkia Elbasan: https://keshilli.al/masat/1',
    });
  });

  it('takes nothing that belongs to that town alone', () => {
    expect(draft).toMatchObject({ objective: '', lead: '', supporters: [], starts_on: '2026-11-29', due_on: '', budget: '', source: '', concerns: [] });
    expect(draft).not.toHaveProperty('commitment');
  });
});

describe('a report as it is sent', () => {
  it('holds the values that were written, so that a fault of one is found again', () => {
    const told = { ...untold(), text: ' U ble. ', values: { 4: '12,5', 0: ' ', 2: '7' }, spent: '2.310.000' };
    const values = [{ indicator: 2, value: 7 }, { indicator: 4, value: 12.5 }];
    expect(askedReport(told)).toEqual({ state: 'in_progress', text: 'U ble.', values, spent: 2_310_000 });
    expect(askedReport(untold())).not.toHaveProperty('spent');
  });
});

const rows = [
  { state: 'done', days_late: null, due_on: '2027-01-01', budget: 100, spent: 90 },
  { state: 'in_progress', days_late: 12, due_on: '2026-11-01', budget: null, spent: null },
  { state: 'planned', days_late: null, due_on: '2026-12-01', budget: 50, spent: 0 },
] as MeasureRow[];

describe('a plan in numbers', () => {
  it('adds the money up', () => {
    expect(money(rows)).toEqual({ budget: 150, spent: 90 });
  });

  it('puts what is late first', () => {
    expect(byNeed(rows).map(({ due_on }) => due_on)).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
  });

  it('knows where a fault of a spreadsheet stands', () => {
    expect(cellOf('/rows/7/3')).toEqual({ line: 7, column: 3 });
    expect(cellOf('/file')).toBeUndefined();
  });
});

describe('what a fault is about', () => {
  it('is named as the form names it', () => {
    expect(partOf('/indicators')).toBe('Treguesit');
    expect(partOf('/concerns/0')).toBe('Shqetësimet që zgjidh');
    expect(partOf('/from_the_future')).toBeUndefined();
  });
});
