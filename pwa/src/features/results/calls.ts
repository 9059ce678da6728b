import { BASE } from '$/api/client';

export const boxAddress = (id: string): string => `${BASE}/consultations/${id}/box.json`;
