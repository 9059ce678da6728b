/** A template put where the cursor stands, apart from what was typed: nothing typed is lost. */
export function insertAt(text: string, template: string, at: number): string {
  const [before, after] = [text.slice(0, at).trimEnd(), text.slice(at).trimStart()];
  return [before, template.trim(), after].filter(Boolean).join('\n\n');
}
