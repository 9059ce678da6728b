import { get, send } from '$/api/client';
import type { Signatures, VoteView } from './types';

export const getVote = (id: string) => get<VoteView>(`/consultations/${id}/vote`);
export const askTokens = (id: string, blinded: Record<string, string[]>) =>
  send<Signatures>('POST', `/consultations/${id}/tokens`, { blinded });
