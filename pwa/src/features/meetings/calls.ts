import { get, send } from '$/api/client';
import type { Meeting, MeetingDetail, MeetingKind } from '$/api/types';

export type AskedItem = { title: string; text?: string; concern?: string };
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
  agenda: AskedItem[];
};

export const listMeetings = (slug: string) => get<{ items: Meeting[] }>(`/municipalities/${slug}/meetings`);
export const getMeeting = (id: string) => get<MeetingDetail>(`/meetings/${id}`);
export const announceMeeting = (slug: string, meeting: AskedMeeting) =>
  send<MeetingDetail>('POST', `/municipalities/${slug}/meetings`, meeting);
export const changeMeeting = (id: string, meeting: AskedMeeting, reason: string) =>
  send<MeetingDetail>('POST', `/meetings/${id}/changes`, { meeting, reason });
export const cancelMeeting = (id: string, reason: string) =>
  send<MeetingDetail>('POST', `/meetings/${id}/cancellation`, { reason });
/** Where the browser itself, or a calendar, gets them (RFC 5545). */
export const calendarOf = (slug: string) => `/api/v1/municipalities/${slug}/meetings.ics`;
export const eventOf = (id: string) => `/api/v1/meetings/${id}/event.ics`;
