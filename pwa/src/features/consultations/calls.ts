import { get, send } from '$/api/client';
import type { Consultation, ConsultationDates, ConsultationDetail } from '$/api/types';

export type Announcement = {
  question: string;
  objective: string;
  explanation: string;
  units: string[];
  school?: string;
  documents: { title: string; address: string }[];
  dates: ConsultationDates;
};

export const listConsultations = (slug: string) => get<{ items: Consultation[] }>(`/municipalities/${slug}/consultations`);
export const getConsultation = (id: string) => get<ConsultationDetail>(`/consultations/${id}`);
export const announceConsultation = (slug: string, announcement: Announcement) =>
  send<ConsultationDetail>('POST', `/municipalities/${slug}/consultations`, announcement);
export const extendConsultation = (id: string, dates: ConsultationDates, reason: string) =>
  send<ConsultationDetail>('POST', `/consultations/${id}/extensions`, { dates, reason });
export const withdrawConsultation = (id: string, reason: string) =>
  send<ConsultationDetail>('POST', `/consultations/${id}/withdrawal`, { reason });
export const chooseCandidate = (id: string, concern: string, included: boolean, reason?: string) =>
  send<ConsultationDetail>('PUT', `/consultations/${id}/candidates/${concern}`, { included, reason });
