import type { MeetingDetail, MeetingKind, ParkedItem } from '$/api/types';
import type { AskedMeeting, Resumed } from './calls';

/** An item as it is being written; where it is about a concern, its title is shown beside. */
export type Item = { title: string; text: string; concern?: { id: string; title: string }; poll?: string; resumes?: Resumed };
/** A meeting as it is being written: nothing is missing, some of it is empty. */
export type Form = {
  kind: MeetingKind;
  title: string;
  objective: string;
  on: string;
  from: string;
  until: string;
  place: string;
  link: string;
  unit: string;
  topic: string;
  accessibility: string;
  /** How many places there are, as it is typed. */
  capacity: string;
  /** The year whose promises are answered for, or nothing. */
  answersFor: string;
  agenda: Item[];
  /** What was parked and has been put on this agenda, also where somebody took it off again. */
  offered: string[];
};

export const blank = (): Form => ({
  kind: 'hearing',
  title: '',
  objective: '',
  on: '',
  from: '17:00',
  until: '19:00',
  place: '',
  link: '',
  unit: '',
  topic: '',
  accessibility: '',
  capacity: '',
  answersFor: '',
  agenda: [{ title: '', text: '' }],
  offered: [],
});

/** What was being written in this tab, or nothing. */
export function recall(kept: string): Form {
  try {
    return { ...blank(), ...(JSON.parse(kept) as Partial<Form>) };
  } catch {
    return blank();
  }
}

export const formOf = (meeting: MeetingDetail): Form => ({
  kind: meeting.kind,
  title: meeting.title,
  objective: meeting.objective,
  on: meeting.time.on,
  from: meeting.time.from,
  until: meeting.time.until,
  place: meeting.place ?? '',
  link: meeting.link ?? '',
  unit: meeting.unit?.slug ?? '',
  topic: meeting.topic ?? '',
  accessibility: meeting.accessibility ?? '',
  capacity: String(meeting.places?.capacity ?? ''),
  answersFor: String(meeting.answers_for ?? ''),
  agenda: meeting.agenda.map(({ title, text, concern, poll, resumes }) => ({
    title,
    text,
    ...(concern && { concern: { id: concern.id, title: concern.title } }),
    ...(poll && { poll: poll.id }),
    ...(resumes && { resumes }),
  })),
  offered: [],
});

/** Whether everybody may come, so that places are counted. */
export const isOpen = (kind: MeetingKind): boolean => kind === 'hearing' || kind === 'youth_forum';

/** As it is sent: what is empty is left out. */
export function asked({ kind, title, objective, on, from, until, agenda, place, link, unit, topic, accessibility, capacity, answersFor }: Form): AskedMeeting {
  const said = Object.entries({ place, link, unit, topic, accessibility }).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : []));
  return {
    kind,
    title: title.trim(),
    objective: objective.trim(),
    on,
    from,
    until,
    ...Object.fromEntries(said),
    ...(isOpen(kind) && String(capacity ?? '').trim() && { capacity: Number(capacity) }),
    ...(isOpen(kind) && answersFor && { answers_for: Number(answersFor) }),
    agenda: agenda.map((item) => ({
      title: item.title.trim(),
      ...(item.text.trim() && { text: item.text.trim() }),
      ...(item.concern && { concern: item.concern.id }),
      ...(item.poll && { poll: item.poll }),
      ...(item.resumes && { resumes: item.resumes }),
    })),
  };
}

/** With what was parked before its own items: it comes back by itself, once, and goes when somebody takes it off. */
export function withParked(form: Form, parked: ParkedItem[]): Form {
  const key = ({ meeting, item }: Resumed) => `${meeting} ${item}`;
  const missing = parked.filter((one) => !form.offered.includes(key(one)));
  const back = missing.map(({ meeting, item, title, text, concern, poll }) => ({
    title,
    text,
    ...(concern && { concern: { id: concern, title } }),
    ...(poll && { poll }),
    resumes: { meeting, item },
  }));
  return { ...form, agenda: [...back, ...form.agenda], offered: [...form.offered, ...missing.map(key)] };
}
