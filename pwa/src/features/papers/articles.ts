/** An article of a regulation; `part` is the heading of the part that begins with it. */
export type Article = { id: string; name: string; title: string; part: string | undefined; lines: string[] };
export type Outline = { opening: string[]; articles: Article[] };

const ARTICLE = /^Neni\s+(\d+[a-zç/\d]*)\s*[.:–-]?\s*(.*)$/i;
const PART = /^(kreu|kapitulli|pjesa|seksioni)\s+([ivxlc]+|\d+)\b/i;

/** A regulation as it was written, apart: what stands before the first article, and the articles. */
export function outlineOf(text: string): Outline {
  const opening: string[] = [];
  const articles: Article[] = [];
  let part: string | undefined;
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const [, number, title = ''] = ARTICLE.exec(line) ?? [];
    const last = articles.at(-1);
    // "Neni 5 i ligjit ..." speaks of an article.
    if (number && !/^[a-zçë]/.test(title)) {
      const id = `neni-${number.toLowerCase().replace('/', '-')}`;
      const twice = articles.some((one) => one.id === id);
      articles.push({ id: twice ? `${id}-${articles.length}` : id, name: `Neni ${number}`, title, part, lines: [] });
      part = undefined;
    } else if (PART.test(line)) part = line;
    // Many write the name of an article below its number.
    else if (last && !last.title && !last.lines.length && line.length <= 80 && !/[.;:]$/.test(line)) last.title = line;
    else if (part && line.length <= 80) part += ` ${line}`;
    else (last?.lines ?? opening).push(line);
  }
  return { opening, articles };
}

/** Whether a line is a point of a list, which is drawn in. */
export const isPoint = (line: string): boolean => /^([a-zçë]{1,2}\)|\d{1,2}[.)]|[-–•])\s/.test(line);
