import type { Form, Written } from './paper';

/** All words of a poll, each under a name that stays when questions change places. */
function words(form: Form): Map<string, Written> {
  const found = new Map([
    ['title', form.title],
    ['intro', form.intro],
  ]);
  for (const { id, text, help, picture, options, rows } of form.questions) {
    found.set(`${id} text`, text).set(`${id} help`, help);
    if (picture) found.set(`${id} alt`, picture.alt);
    for (const option of options) found.set(`${id} ${option.id}`, option.text);
    for (const row of rows) found.set(`${id} ${row.id}`, row.text);
  }
  return found;
}

/** How many words were changed in Albanian alone, while pupils who read English still see the old ones. */
export function leftBehind(form: Form, before: Form): number {
  const old = words(before);
  return [...words(form)].filter(([name, { sq, en }]) => {
    const was = old.get(name);
    return was && en.trim() && en === was.en && sq.trim() !== was.sq.trim();
  }).length;
}

export const hasEnglish = (form: Form): boolean => [...words(form).values()].some(({ en }) => en.trim());
