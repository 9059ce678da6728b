import { BASE, get } from '$/api/client';
import type { VoteView } from './types';

export const getVote = (id: string) => get<VoteView>(`/consultations/${id}/vote`);
export const boxAddress = (id: string): string => `${BASE}/consultations/${id}/box.json`;
