import type { Consultation, ConsultationDates, ConsultationMark } from '$/api/types';
import { day } from '$/i18n/dates';

/** The steps of a consultation in their order; a discussion is not in every one. */
const STEPS = ['collect', 'discuss', 'vote', 'result', 'plan', 'report'] as const;
export type Step = (typeof STEPS)[number];
export type Dated = { step: Step; when: 'past' | 'now' | 'later'; from?: string; until?: string; on?: string };

/** The date that ends a step. */
const ENDS = {
  collect: 'collect_until',
  discuss: 'discuss_until',
  vote: 'vote_until',
  result: 'result_until',
  plan: 'plan_until',
} as const;

/** All dates, in the order in which they come. */
export const MARKS: ConsultationMark[] = ['collect_from', ...Object.values(ENDS), 'report_on'];

/** What happens when, and where it stands. */
export function steps({ phase, dates }: Pick<Consultation, 'phase' | 'dates'>): Dated[] {
  const held = STEPS.filter((step) => step !== 'discuss' || dates.discuss_until);
  const now = held.findIndex((step) => step === phase);
  return held.map((step, index) => {
    const when = now < 0 || index > now ? 'later' : index === now ? 'now' : 'past';
    if (step === 'report') return { step, when, on: day(dates.report_on) };
    const from = step === 'collect' ? { from: day(dates.collect_from) } : {};
    return { step, when, ...from, until: day(dates[ENDS[step]] ?? '') };
  });
}

/** The last day of the phase it is in now. */
export function until({ phase, dates }: Pick<Consultation, 'phase' | 'dates'>): string | undefined {
  return phase in ENDS ? (dates[ENDS[phase as keyof typeof ENDS]] ?? undefined) : undefined;
}

/** Days to begin with: six weeks hold the working days of the law, also over holidays. */
export function suggested(today: string): ConsultationDates {
  const later = (days: number) => new Date(Date.parse(`${today}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    collect_from: today,
    collect_until: later(42),
    discuss_until: later(56),
    vote_until: later(70),
    result_until: later(84),
    plan_until: later(140),
    report_on: later(365),
  };
}
