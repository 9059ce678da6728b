import { get } from '$/api/client';
import type { Program } from '$/api/types';

export const getProgram = (slug: string, year: number) => get<Program>(`/municipalities/${slug}/programs/${year}`);
/** Where the browser itself, or a calendar, gets it (RFC 5545). */
export const calendarOf = (slug: string, year: number) => `/api/v1/municipalities/${slug}/programs/${year}.ics`;
