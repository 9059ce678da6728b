import { get, send } from '$/api/client';
import type { Question, QuestionList, WaitingQuestionList } from '$/api/types';

export const listQuestions = (consultation: string) => get<QuestionList>(`/consultations/${consultation}/questions`);
export const listWaitingQuestions = (consultation: string) =>
  get<WaitingQuestionList>(`/consultations/${consultation}/questions/waiting`);
export const settleQuestion = (id: string, publish: boolean, reason?: string) =>
  send<{ state: string }>('POST', `/questions/${id}/moderation`, { publish, reason });
export const answerQuestion = (id: string, text: string) => send<Question>('PUT', `/questions/${id}/answers`, { text });
