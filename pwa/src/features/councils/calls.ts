import { get, send } from '$/api/client';
import type { Holiday, Institution, Role, Seat, Settings } from '$/api/types';

export type NewSeat = { email: string; institution: Institution; role: Role; title: string };
export type NewHoliday = { on: string; name_sq: string; name_en: string };

export const ROLES: Role[] = ['member', 'secretary', 'administrator'];

export const listSeats = (slug: string) => get<{ items: Seat[] }>(`/municipalities/${slug}/seats`);
export const addSeat = (slug: string, seat: NewSeat) => send<Seat>('POST', `/municipalities/${slug}/seats`, seat);
/** Who comes to a seat, by which letter and until when; or who stands in for its holder. */
export type Named = { email: string; substitute: boolean; letter_no?: string; letter_on?: string; term_until?: string };
export const fillSeat = (id: string, named: Named) => send<Seat>('PUT', `/seats/${id}/holder`, named);
export const removeSubstitute = (id: string) => send<void>('DELETE', `/seats/${id}/substitute`);
export const emptySeat = (id: string) => send<void>('DELETE', `/seats/${id}`);
export const chairSeat = (id: string, chairs: boolean) => send<Seat>('PUT', `/seats/${id}/chair`, { chairs });
export const getSettings = (slug: string) => get<Settings>(`/municipalities/${slug}/settings`);
export const changeSettings = (slug: string, change: Partial<Omit<Settings, 'holidays' | 'holidays_until'>>) =>
  send<Settings>('PATCH', `/municipalities/${slug}/settings`, change);
export const addHoliday = (slug: string, holiday: NewHoliday) =>
  send<Holiday>('POST', `/municipalities/${slug}/holidays`, holiday);
export const addWorkingDay = (slug: string, on: string) => send<void>('PUT', `/municipalities/${slug}/working-days/${on}`);
export const removeWorkingDay = (slug: string, on: string) =>
  send<void>('DELETE', `/municipalities/${slug}/working-days/${on}`);
export const removeHoliday = (slug: string, id: string) => send<void>('DELETE', `/municipalities/${slug}/holidays/${id}`);
