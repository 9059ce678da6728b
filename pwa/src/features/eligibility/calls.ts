import '$/i18n/faults';
import { get, send } from '$/api/client';
import type { ActivationBatch, RollYears, Verification } from '$/api/types';

export const listBatches = (slug: string) => get<{ items: ActivationBatch[] }>(`/municipalities/${slug}/activation-batches`);
export const makeLetters = (slug: string, unit: string, year: number, amount: number) =>
  send<Blob>('POST', `/municipalities/${slug}/activation-batches`, { unit, year, amount });
export const revokeBatch = (id: string) => send<void>('DELETE', `/activation-batches/${id}`);
export const verifyWithCode = (code: string) => send<Verification>('POST', '/me/verifications', { code });
export const verifyAtDesk = (slug: string, email: string, unit: string, year: number) =>
  send<Verification>('POST', `/municipalities/${slug}/verifications`, { email, unit, year });
export const getRoll = (slug: string) => get<RollYears>(`/municipalities/${slug}/roll`);
export const verifyWithRoll = (slug: string, card: { year: number; number: string; born: string; card: string }) =>
  send<Verification>('POST', `/municipalities/${slug}/roll/verifications`, card);
