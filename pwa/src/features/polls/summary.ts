import { number } from '$/i18n';
import { s, said, stepName } from './text';
import type { Option, Question, Sentiment, Value } from './types';

const nameOf = (options: Option[], id: string): string => {
  const option = options.find((one) => one.id === id);
  return option ? said(option.text) : id;
};

/** What was answered, a line each, as the check shows it. */
export function summaryOf(question: Question, value: Value | undefined): string[] {
  if (value === undefined) return [];
  switch (question.kind) {
    case 'single':
      return [nameOf(question.options, value as string)];
    case 'multiple':
      return question.options.filter(({ id }) => (value as string[]).includes(id)).map(({ text }) => said(text));
    case 'ranking':
      return (value as string[]).map((id, index) => `${index + 1}. ${nameOf(question.options, id)}`);
    case 'matrix':
      return question.rows.flatMap(({ id, text }) => {
        const step = (value as Record<string, number>)[id];
        return step === undefined ? [] : [`${said(text)}: ${stepName(question.scale, step)}`];
      });
    case 'number':
      return [number(value as number)];
    case 'text':
      return [value as string];
    case 'sentiment': {
      const { value: face, text } = value as Sentiment;
      return [s(`mood.${face}`), ...(text ? [text] : [])];
    }
  }
}
