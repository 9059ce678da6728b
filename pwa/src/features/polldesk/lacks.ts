import { amountOf } from '$/kit/written';
import { brokenAt } from './order';
import { MOST, type Form, type Written, type WrittenPart, type WrittenQuestion } from './paper';

/** What a draft lacks before it can be published, and where: as a fault of the server would point to it. */
export type Lack = { pointer: string; question: number | undefined; what: LackKind };
export type LackKind =
  | 'title'
  | 'questions'
  | 'questions_many'
  | 'text'
  | 'options_few'
  | 'options_many'
  | 'option'
  | 'options_same'
  | 'rows_none'
  | 'rows_many'
  | 'row'
  | 'rows_same'
  | 'alt'
  | 'most'
  | 'range'
  | 'only_if_gone'
  | 'only_if_later'
  | 'only_if_kind'
  | 'only_if_option'
  | 'only_if_none';

type Found = [string, LackKind];
const empty = ({ sq }: Written) => !sq.trim();
const folded = ({ sq }: Written) => sq.trim().toLocaleLowerCase('sq');
const twice = (given: WrittenPart[]): number =>
  given.findIndex(({ text }, index) => !empty(text) && given.slice(0, index).some((other) => folded(other.text) === folded(text)));

function lacksOfList(name: 'options' | 'rows', given: WrittenPart[], few: number, most: number): Found[] {
  const [less, many, one, same] =
    name === 'options' ? (['options_few', 'options_many', 'option', 'options_same'] as const) : (['rows_none', 'rows_many', 'row', 'rows_same'] as const);
  const found: Found[] = given.flatMap(({ text }, index): Found[] => (empty(text) ? [[`/${name}/${index}/text`, one]] : []));
  if (given.length < few) found.unshift([`/${name}`, less]);
  if (given.length > most) found.unshift([`/${name}`, many]);
  const again = twice(given);
  if (again >= 0) found.push([`/${name}/${again}/text`, same]);
  return found;
}

/** Whether nothing was written, or a whole number within these. */
function isWhole(value: string, from: number, until: number): boolean {
  const given = amountOf(value) ?? NaN;
  return !value.trim() || (given >= from && given <= until);
}

function lacksOfKind(one: WrittenQuestion): Found[] {
  switch (one.kind) {
    case 'single':
      return lacksOfList('options', one.options, 2, MOST.single);
    case 'multiple':
    case 'ranking': {
      const found = lacksOfList('options', one.options, 2, MOST[one.kind]);
      return isWhole(one.most, 1, one.options.length) ? found : [...found, ['/most', 'most']];
    }
    case 'matrix':
      return lacksOfList('rows', one.rows, 1, MOST.rows);
    case 'number': {
      if (!isWhole(one.min, 0, MOST.number)) return [['/min', 'range']];
      const ordered = (amountOf(one.min) ?? 0) < (amountOf(one.max) ?? MOST.number);
      return ordered && isWhole(one.max, 0, MOST.number) ? [] : [['/max', 'range']];
    }
    default:
      return [];
  }
}

function lacksOf(questions: WrittenQuestion[], index: number): Found[] {
  const one = questions[index];
  if (!one) return [];
  const condition = brokenAt(questions, index);
  return [
    ...(empty(one.text) ? ([['/text', 'text']] as Found[]) : []),
    ...(one.picture && empty(one.picture.alt) ? ([['/picture/alt', 'alt']] as Found[]) : []),
    ...lacksOfKind(one),
    ...(condition ? ([['/only_if', `only_if_${condition}`]] as Found[]) : []),
  ];
}

/** Each thing once for a question, at the first place of it. */
const once = (found: Found[]): Found[] => found.filter(([, what], index) => found.findIndex(([, other]) => other === what) === index);

export function lacks(form: Form): Lack[] {
  const { questions } = form;
  const whole = (pointer: string, what: LackKind): Lack => ({ pointer, question: undefined, what });
  return [
    ...(empty(form.title) ? [whole('/paper/title', 'title')] : []),
    ...(questions.length ? [] : [whole('/paper/questions', 'questions')]),
    ...(questions.length > MOST.questions ? [whole('/paper/questions', 'questions_many')] : []),
    ...questions.flatMap((_, index) =>
      once(lacksOf(questions, index)).map(([pointer, what]): Lack => ({ pointer: `/paper/questions/${index}${pointer}`, question: index, what })),
    ),
  ];
}
