import { get, send } from '$/api/client';
import type { Attendance, Coming, Institution, MeetingAnswer, MeetingDetail, MeetingKind, MeetingList, MinutesDraft, OutcomeKind, ParkedItems, Presence } from '$/api/types';

export type Resumed = { meeting: string; item: number };
export type AskedItem = { title: string; text?: string; concern?: string; poll?: string; resumes?: Resumed };
export type AskedMeeting = {
  kind: MeetingKind;
  title: string;
  objective: string;
  on: string;
  from: string;
  until: string;
  place?: string;
  link?: string;
  unit?: string;
  topic?: string;
  accessibility?: string;
  capacity?: number;
  answers_for?: number;
  agenda: AskedItem[];
};

export const listMeetings = (slug: string) => get<MeetingList>(`/municipalities/${slug}/meetings`);
export const getAttendance = (slug: string) => get<Attendance>(`/municipalities/${slug}/attendance`);
export const getMeeting = (id: string) => get<MeetingDetail>(`/meetings/${id}`);
export const announceMeeting = (slug: string, meeting: AskedMeeting) =>
  send<MeetingDetail>('POST', `/municipalities/${slug}/meetings`, meeting);
export const changeMeeting = (id: string, meeting: AskedMeeting, reason: string) =>
  send<MeetingDetail>('POST', `/meetings/${id}/changes`, { meeting, reason });
export const cancelMeeting = (id: string, reason: string) =>
  send<MeetingDetail>('POST', `/meetings/${id}/cancellation`, { reason });

export type AskedOutcome = { kind: OutcomeKind; text: string; lead?: Institution; due_on?: string };
export type AskedMinutes = {
  attendance: { seat: string; presence: Presence }[];
  outcomes: AskedOutcome[];
  text: string;
  next_on?: string;
};
export const listAnswers = (id: string) => get<{ items: MeetingAnswer[] }>(`/meetings/${id}/answers`);
export const answerMeeting = (id: string, answer: Coming) =>
  send<{ items: MeetingAnswer[] }>('PUT', `/meetings/${id}/answer`, { answer });
export const getMinutes = (id: string) => get<MinutesDraft>(`/meetings/${id}/minutes`);
export const writeMinutes = (id: string, minutes: AskedMinutes) => send<MinutesDraft>('PUT', `/meetings/${id}/minutes`, minutes);
export const approveMinutes = (id: string) => send<MeetingDetail>('POST', `/meetings/${id}/minutes/approval`);
export const correctMinutes = (id: string, text: string) =>
  send<MeetingDetail>('POST', `/meetings/${id}/minutes/corrections`, { text });
/** What may come onto an agenda: what was parked, and polls that were sent to the council. */
export const listParked = (slug: string) => get<ParkedItems>(`/municipalities/${slug}/desk/parked`);
/** On paper: the notice with its agenda, and approved minutes. */
export const agendaOf = (id: string) => `/api/v1/meetings/${id}/agenda.pdf`;
export const printedMinutesOf = (id: string) => `/api/v1/meetings/${id}/minutes.pdf`;
/** The document whose hash is told. */
export const documentOf = (id: string) => `/api/v1/meetings/${id}/minutes.json`;
/** Where the browser itself, or a calendar, gets them (RFC 5545). */
export const calendarOf = (slug: string) => `/api/v1/municipalities/${slug}/meetings.ics`;
export const eventOf = (id: string) => `/api/v1/meetings/${id}/event.ics`;
