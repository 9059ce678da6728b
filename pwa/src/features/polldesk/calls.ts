import { get, send } from '$/api/client';
import type { AskedPoll, AskedRoom, Poll, PollRoom, PollRow, PollTemplate, PollText, PollTexts } from '$/features/polls/types';

export const listDeskPolls = (slug: string) => get<{ items: PollRow[] }>(`/municipalities/${slug}/desk/polls`);
export const listPollTemplates = () => get<{ items: PollTemplate[] }>('/poll-templates');
/** A poll that repeats an earlier one belongs to its series, so that the years can be compared. */
export const makePoll = (slug: string, poll: AskedPoll, series: string | null) =>
  send<Poll>('POST', `/municipalities/${slug}/polls`, { ...poll, series });
export const writePoll = (id: string, poll: AskedPoll) => send<Poll>('PUT', `/polls/${id}`, poll);
export const removePoll = (id: string) => send<undefined>('DELETE', `/polls/${id}`);
export const publishPoll = (id: string) => send<Poll>('POST', `/polls/${id}/publication`);
export const closePoll = (id: string) => send<Poll>('POST', `/polls/${id}/closing`);
/** What it shows is said with the question. */
export const addPicture = (id: string, data: string) => send<{ id: string }>('POST', `/polls/${id}/pictures`, { photo: { data, alt: '' } });

export const listRooms = (id: string) => get<{ items: PollRoom[] }>(`/polls/${id}/rooms`);
export const addRoom = (id: string, room: AskedRoom) => send<PollRoom>('POST', `/polls/${id}/rooms`, room);
/** Slips for a class, on paper; those of an earlier sheet are void from then on. */
export const makeSheet = (code: string) => send<Blob>('POST', `/poll-rooms/${code}/sheet`);
export const openRoom = (code: string, long: { minutes: number } | { days: number }) => send<PollRoom>('POST', `/poll-rooms/${code}/opening`, long);
export const closeRoom = (code: string) => send<PollRoom>('POST', `/poll-rooms/${code}/closing`);
export const removeRoom = (code: string) => send<undefined>('DELETE', `/poll-rooms/${code}`);

export const listTexts = (id: string) => get<PollTexts>(`/polls/${id}/texts`);
export const settleText = (id: string, state: 'published' | 'declined') => send<PollText>('PUT', `/poll-texts/${id}`, { state });
export const sendToAgenda = (id: string) => send<Poll>('POST', `/polls/${id}/agenda`);
