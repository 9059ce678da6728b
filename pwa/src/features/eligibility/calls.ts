import '$/i18n/faults';
import { get, send } from '$/api/client';
import type { ActivationBatch, Verification } from '$/api/types';

export const listBatches = (slug: string) => get<{ items: ActivationBatch[] }>(`/municipalities/${slug}/activation-batches`);
export const makeLetters = (slug: string, unit: string, year: number, amount: number) =>
  send<Blob>('POST', `/municipalities/${slug}/activation-batches`, { unit, year, amount });
export const revokeBatch = (id: string) => send<void>('DELETE', `/activation-batches/${id}`);
export const verifyWithCode = (code: string) => send<Verification>('POST', '/me/verifications', { code });
export const verifyAtDesk = (slug: string, email: string, unit: string, year: number) =>
  send<Verification>('POST', `/municipalities/${slug}/verifications`, { email, unit, year });
