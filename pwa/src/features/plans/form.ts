import type { DeskMeasure, Institution, MeasureDetail, MeasureRow, MeasureState, OpenCommitment } from '$/api/types';
import { amountOf, numberOf } from '$/kit/written';

export type AskedIndicator = { name: string; unit: string; baseline: number | undefined; target: number | undefined; source: string };
export type AskedMeasure = {
  objective: string;
  title: string;
  text?: string;
  lead: string;
  supporters: string[];
  starts_on: string;
  due_on: string;
  report_days: number;
  budget?: number | undefined;
  source?: string;
  overlap?: string;
  indicators: AskedIndicator[];
  concerns: string[];
  commitment?: { meeting: string; item: number };
};
export type AskedReport = {
  state: MeasureState;
  text: string;
  values: { indicator: number; value: number | undefined }[];
  spent?: number | undefined;
  photos?: { data: string; alt: string }[];
  documents?: { name: string; data: string }[];
};

/** An indicator as it is being written: numbers are text until they are sent. */
export type IndicatorDraft = { name: string; unit: string; baseline: string; target: string; source: string };
/** A measure as it is being written: nothing is missing, some of it is empty. */
export type Form = {
  objective: string;
  title: string;
  text: string;
  lead: Institution | '';
  supporters: Institution[];
  starts_on: string;
  due_on: string;
  report_days: number;
  budget: string;
  source: string;
  overlap: string;
  indicators: IndicatorDraft[];
  concerns: { id: string; title: string }[];
  commitment?: { meeting: string; item: number };
};

export const noIndicator = (): IndicatorDraft => ({ name: '', unit: '', baseline: '', target: '', source: '' });

export const blank = (today: string): Form => ({
  objective: '',
  title: '',
  text: '',
  lead: '',
  supporters: [],
  starts_on: today,
  due_on: '',
  report_days: 90,
  budget: '',
  source: '',
  overlap: '',
  indicators: [noIndicator()],
  concerns: [],
});

export const formOf = (measure: DeskMeasure): Form => ({
  objective: measure.objective.id,
  title: measure.title,
  text: measure.text,
  lead: measure.lead,
  supporters: measure.supporters,
  starts_on: measure.starts_on,
  due_on: measure.due_on,
  report_days: measure.report_days,
  budget: measure.budget === null ? '' : String(measure.budget),
  source: measure.source ?? '',
  overlap: measure.overlap ?? '',
  indicators: measure.indicators.map(({ name, unit, baseline, target, source }) => ({ name, unit, baseline: String(baseline), target: String(target), source })),
  concerns: measure.concerns.map(({ id, title }) => ({ id, title })),
  ...(measure.commitment && { commitment: { meeting: measure.commitment.meeting, item: measure.commitment.item } }),
});

/** A measure that keeps what a meeting promised. */
export const promised = (form: Form, one: OpenCommitment): Form => ({
  ...form,
  title: form.title || one.text.slice(0, 120),
  lead: one.lead,
  due_on: one.due_on,
  commitment: { meeting: one.meeting, item: one.item },
});

/** A measure of another municipality, that municipality's name, and where everybody reads it. */
export type Template = { measure: MeasureDetail; place: string; address: string };

/**
 * A draft after it: what belongs to that town alone (who leads, days, money, numbers, concerns) stays there.
 * Plans are in Albanian, in whatever language the desk is read, and so is where this one comes from.
 */
export const fromTemplate = (empty: Form, { measure: { title, text, report_days, indicators }, place, address }: Template): Form => ({
  ...empty,
  title,
  text,
  report_days,
  indicators: indicators.map(({ name, unit, source }) => ({ ...noIndicator(), name, unit, source })),
  overlap: `Sipas masës «${title}», ${place}: ${address}`,
});

/** Whether anything was written of an indicator; then all of it is needed. */
export const isBegun = (one: IndicatorDraft): boolean => Object.values(one).some((text) => text.trim());

/** As it is sent: what is empty is left out, an indicator nobody began too. */
export function asked(form: Form): AskedMeasure {
  const said = Object.entries({ text: form.text, source: form.source, overlap: form.overlap }).flatMap(([name, text]) =>
    text.trim() ? [[name, text.trim()]] : [],
  );
  return {
    objective: form.objective,
    title: form.title.trim(),
    lead: form.lead,
    supporters: form.supporters.filter((one) => one !== form.lead),
    starts_on: form.starts_on,
    due_on: form.due_on,
    report_days: form.report_days,
    ...(form.budget.trim() && { budget: amountOf(form.budget) }),
    ...Object.fromEntries(said),
    indicators: form.indicators.filter(isBegun).map((one) => ({ name: one.name.trim(), unit: one.unit.trim(), baseline: numberOf(one.baseline), target: numberOf(one.target), source: one.source.trim() })),
    concerns: form.concerns.map(({ id }) => id),
    ...(form.commitment && { commitment: form.commitment }),
  };
}

/** A report as it is being written. */
export type Told = { state: MeasureState; text: string; values: Record<number, string>; spent: string };
export const untold = (): Told => ({ state: 'in_progress', text: '', values: {}, spent: '' });

/** As it is sent, apart from its files: only what was written. */
export const askedReport = ({ state, text, values, spent }: Told): AskedReport => ({
  state,
  text: text.trim(),
  values: Object.entries(values).flatMap(([indicator, value]) => (value.trim() ? [{ indicator: Number(indicator), value: numberOf(value) }] : [])),
  ...(spent.trim() && { spent: amountOf(spent) }),
});

/** What measures cost, and what was spent on them. */
export function money(measures: MeasureRow[]) {
  const sum = (of: (one: MeasureRow) => number | null) => measures.reduce((all, one) => all + (of(one) ?? 0), 0);
  return { budget: sum(({ budget }) => budget), spent: sum(({ spent }) => spent) };
}

/** What is late first, then what is due first. */
export const byNeed = (measures: MeasureRow[]): MeasureRow[] =>
  [...measures].sort((one, other) => (other.days_late ?? 0) - (one.days_late ?? 0) || one.due_on.localeCompare(other.due_on));

/** Where a fault of a spreadsheet stands: its line and its column. */
export function cellOf(pointer: string): { line: number; column: number } | undefined {
  const [, line, column] = /^\/rows\/(\d+)\/(\d+)$/.exec(pointer) ?? [];
  return line && column ? { line: Number(line), column: Number(column) } : undefined;
}
