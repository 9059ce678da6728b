import { get, send } from '$/api/client';
import type { Council, Regulation, RegulationRow } from '$/api/types';

export const getCouncil = (slug: string) => get<Council>(`/municipalities/${slug}/council`);
export const listRegulations = (slug: string) => get<{ items: RegulationRow[] }>(`/municipalities/${slug}/regulations`);
export const getRegulation = (slug: string, version: number) => get<Regulation>(`/municipalities/${slug}/regulations/${version}`);
/** The regulation offered to councils that have none. */
export const getTemplate = () => get<{ text: string }>('/regulation-template');
export const adoptRegulation = (slug: string, adopted: { decision_no: string; decided_on: string; text: string }) =>
  send<Regulation>('POST', `/municipalities/${slug}/regulations`, adopted);
