import { get, send } from '$/api/client';
import type { Consultation, ConsultationDates, ConsultationDetail, PriorityList, Summary } from '$/api/types';
import type { Terms } from './terms';

export type Announcement = {
  question: string;
  objective: string;
  explanation: string;
  units: string[];
  school?: string;
  documents: { title: string; address: string }[];
  choices: string[];
  dates: ConsultationDates;
};

/** Whether a concern is voted on, why, and what the institutions say of it where that changes. */
export type Choosing = { included: boolean; reason?: string } & Partial<Terms>;

export const listConsultations = (slug: string) => get<{ items: Consultation[] }>(`/municipalities/${slug}/consultations`);
export const getConsultation = (id: string) => get<ConsultationDetail>(`/consultations/${id}`);
export const listPriorities = (slug: string) => get<PriorityList>(`/municipalities/${slug}/priorities`);
export type TakenUp = { moved: string[]; refused: { id: string; code: string }[] };
export const takeUp = (id: string, first: number) => send<TakenUp>('POST', `/consultations/${id}/priorities`, { first });
export const announceConsultation = (slug: string, announcement: Announcement) =>
  send<ConsultationDetail>('POST', `/municipalities/${slug}/consultations`, announcement);
export const extendConsultation = (id: string, dates: ConsultationDates, reason: string) =>
  send<ConsultationDetail>('POST', `/consultations/${id}/extensions`, { dates, reason });
export const withdrawConsultation = (id: string, reason: string) =>
  send<ConsultationDetail>('POST', `/consultations/${id}/withdrawal`, { reason });
export const chooseCandidate = (id: string, concern: string, choosing: Choosing) =>
  send<ConsultationDetail>('PUT', `/consultations/${id}/candidates/${concern}`, choosing);
export const getSummary = (id: string) => get<Summary>(`/consultations/${id}/summary`);
/** Where the browser itself gets the summary as a table. */
export const summaryTable = (id: string) => `/api/v1/consultations/${id}/summary.csv`;
