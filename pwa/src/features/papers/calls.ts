import { get, send } from '$/api/client';
import type { Paper, SeatPapers, SeatState, Training } from '$/api/types';

export type NewTraining = { topic: string; provider: string; held_on: string; seats: string[] };

export const getPapers = (seat: string) => get<SeatPapers>(`/seats/${seat}/papers`);
export const acknowledge = (seat: string, paper: Paper, version: number) =>
  send<SeatPapers>('POST', `/seats/${seat}/acknowledgements`, { paper, version });
/** What a seat is there for, on paper. */
export const printRole = (seat: string) => get<Blob>(`/seats/${seat}/role.pdf`);

export const listStates = (slug: string) => get<{ items: SeatState[] }>(`/municipalities/${slug}/desk/seats`);
export const writeRole = (seat: string, text: string) => send<unknown>('PUT', `/seats/${seat}/role-text`, { text });
export const listTrainings = (slug: string) => get<{ items: Training[] }>(`/municipalities/${slug}/desk/trainings`);
export const addTraining = (slug: string, training: NewTraining) =>
  send<{ items: Training[] }>('POST', `/municipalities/${slug}/desk/trainings`, training);
export const removeTraining = (id: string) => send<undefined>('DELETE', `/trainings/${id}`);

