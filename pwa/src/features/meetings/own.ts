import { BASE, read, refresh, type Answer } from '$/api/client';
import type { OwnPart } from '$/api/types';
import { device } from '$/offline/device';

/** What this account, or without one this device, has to do with a meeting. */
export async function getOwn(meeting: string, signedIn: boolean): Promise<Answer<OwnPart>> {
  const name = signedIn ? undefined : await device();
  const ask = async () => {
    const headers = { Accept: 'application/json', ...(name && { 'X-Device': name }) };
    return read<OwnPart>(await fetch(`${BASE}/meetings/${meeting}/mine`, { headers }));
  };
  try {
    const answer = await ask();
    return !answer.ok && answer.failure.code === 'session_expired' && (await refresh()) ? await ask() : answer;
  } catch {
    return { ok: false, failure: { code: 'offline', status: 0 } };
  }
}
