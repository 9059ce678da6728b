import { get, send } from '$/api/client';
import type { Question, QuestionList, WaitingQuestionList } from '$/api/types';

/** Where questions are asked: a consultation or a meeting. */
export type Floor = `/consultations/${string}` | `/meetings/${string}`;

export const listQuestions = (floor: Floor) => get<QuestionList>(`${floor}/questions`);
export const listWaitingQuestions = (floor: Floor) => get<WaitingQuestionList>(`${floor}/questions/waiting`);
export const settleQuestion = (id: string, publish: boolean, reason?: string) =>
  send<{ state: string }>('POST', `/questions/${id}/moderation`, { publish, reason });
export const answerQuestion = (id: string, text: string) => send<Question>('PUT', `/questions/${id}/answers`, { text });
