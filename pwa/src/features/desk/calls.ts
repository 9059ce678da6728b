import { get, send } from '$/api/client';
import type { DeskDetail, DeskPage, Institution, Status, Template, Verdict } from '$/api/types';

export type QueueQuery = {
  status?: string;
  topic?: string;
  unit?: string;
  institution?: string;
  overdue?: string;
  q?: string;
  sort?: string;
  after?: string;
};
export type Move = {
  to: Status;
  reason: string;
  legal_ground?: string;
  whose?: string;
  into?: string;
  lead?: Institution;
  due_on?: string;
};
export type NewAnswer = { verdict: Verdict; text: string; lead?: Institution; due_on?: string; whose?: string };

export const listQueue = (slug: string, query: QueueQuery) => get<DeskPage>(`/municipalities/${slug}/desk/concerns`, query);
export const getDeskConcern = (id: string) => get<DeskDetail>(`/desk/concerns/${id}`);
/** What a mechanism is handed on paper. */
export const printReferral = (id: string) => get<Blob>(`/desk/concerns/${id}/referral.pdf`);
export const moveConcern = (id: string, move: Move) => send<DeskDetail>('POST', `/concerns/${id}/moves`, move);
export const moveMany = (slug: string, ids: string[], move: Move) =>
  send<{ moved: string[]; refused: { id: string; code: string }[] }>('POST', `/municipalities/${slug}/desk/moves`, { ids, move });
export const answerConcern = (id: string, answer: NewAnswer) => send<DeskDetail>('POST', `/concerns/${id}/answers`, answer);
export const assign = (id: string, institution: Institution | null) =>
  send<DeskDetail>('PUT', `/concerns/${id}/assignment`, { institution });
export const addNote = (id: string, text: string, visibility: string) =>
  send<DeskDetail>('POST', `/concerns/${id}/notes`, { text, visibility });
export const writeToAuthor = (id: string, text: string) => send<DeskDetail>('POST', `/concerns/${id}/messages`, { text });
export const listTemplates = (slug: string) => get<{ items: Template[] }>(`/municipalities/${slug}/answer-templates`);
export const removeTemplate = (slug: string, id: string) => send<void>('DELETE', `/municipalities/${slug}/answer-templates/${id}`);
export const addTemplate = (slug: string, title: string, text: string) =>
  send<Template>('POST', `/municipalities/${slug}/answer-templates`, { title, text });

export const INSTITUTIONS: Institution[] = [
  'municipality',
  'police',
  'prosecution',
  'school',
  'health',
  'village_head',
  'youth_council',
  'civil_society',
  'religious',
  'business',
  'media',
];
