import { ALPHABET } from '$/offline/crockford';

/** Symbols of a class code, and of a paper slip. */
export const CODE = 6;
export const SLIP = 8;

export type Misread = 'wrong_length' | 'unknown_symbol';

const DROPPED = /[\s\p{Pd}\p{Cf}\u2212]/u;
const ALIKE: Record<string, string> = { O: '0', I: '1', L: '1' };

/** Reads what was typed or scanned, in any case, with gaps and dashes, O for 0 and I or L for 1. */
export function readSymbols(typed: string, length: number): { symbols: string } | { misread: Misread } {
  let symbols = '';
  for (const letter of typed.normalize('NFKC').slice(0, 256)) {
    if (DROPPED.test(letter)) continue;
    // Only ASCII is raised: toUpperCase would turn a dotless i into an I.
    const raised = /[a-z]/.test(letter) ? letter.toUpperCase() : letter;
    const symbol = ALIKE[raised] ?? raised;
    if (!ALPHABET.includes(symbol)) return { misread: 'unknown_symbol' };
    symbols += symbol;
  }
  return symbols.length === length ? { symbols } : { misread: 'wrong_length' };
}

/** As it is printed: 7KQ-2MX, 7KQ2-M4TX. */
export const showSymbols = (symbols: string): string => `${symbols.slice(0, symbols.length / 2)}-${symbols.slice(symbols.length / 2)}`;

/**
 * Takes the slip that came behind the # of the address, and takes it out of the address at once: what stands there is
 * seen over a shoulder, kept in a history and shared with a screenshot.
 */
export function takeSlip(): string | undefined {
  if (!location.hash) return undefined;
  const read = readSymbols(decoded(location.hash.slice(1)), SLIP);
  history.replaceState(history.state, '', location.pathname + location.search);
  return 'symbols' in read ? read.symbols : undefined;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The code of a link or a scan, whole or alone. */
export const codeWithin = (typed: string): string => /\/klasa\/([^/?#\s]+)/.exec(typed)?.[1] ?? typed;
