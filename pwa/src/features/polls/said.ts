import { number } from '$/i18n';
import { s, said } from './text';
import type { Paper, Part, Results, Scope } from './types';

/** Rounded percentages say so at their ends, where they would say too much. */
export function percentText(percent: number, exact: boolean): string {
  if (!exact && percent <= 0) return s('percent.none');
  if (!exact && percent >= 100) return s('percent.all');
  return `${number(Math.round(percent * 10) / 10)}\u00a0%`;
}

const two = (value: number): string => number(Math.round(value * 100) / 100);

/** "mesatarisht 3,4 nga 5 (mes 3,2 dhe 3,6)"; what is put beside others leaves the interval out. */
export function meanText({ mean, low, high }: Part, most: number | undefined, alone: boolean): string | undefined {
  if (mean === null) return undefined;
  const is = most === undefined ? s('mean.is', { mean: two(mean) }) : s('mean.of', { mean: two(mean), most });
  return low === null || high === null || !alone ? is : s('mean.between', { mean: is, low: two(low), high: two(high) });
}
export const meanAlone = ({ mean }: Part): string => (mean === null ? '' : two(mean));
export const between = ({ low, high }: { low: number; high: number }): string => `${two(low)} – ${two(high)}`;
export const decimals = two;

/** What a scope is called. */
export function scopeName({ kind, name, class: own }: Scope, { questions, group_by }: Pick<Paper, 'questions' | 'group_by'>): string {
  if (kind === 'all') return s('scope.all');
  if (kind !== 'group') return own ? `${name}, ${own}` : name;
  const option = questions.find(({ id }) => id === group_by)?.options.find(({ id }) => id === name);
  return option ? said(option.text) : name || s('scope.group.none');
}

export const nameAt = (results: Results, paper: Pick<Paper, 'questions' | 'group_by'>, index: number): string => {
  const scope = results.scopes[index];
  return scope ? scopeName(scope, paper) : '';
};
