import { setLanguage, type Language } from '$/i18n';

export type Theme = 'auto' | 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');
const kept = (key: string) => localStorage.getItem(key);

let theme = $state<Theme>((['light', 'dark'] as const).find((name) => name === kept('theme')) ?? 'auto');

export const settings = {
  get theme() {
    return theme;
  },
};

function paint(): void {
  const shown = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset['theme'] = shown;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = shown === 'dark' ? '#14171c' : '#f3f3ee';
  }
}

export function setTheme(next: Theme): void {
  theme = next;
  localStorage.setItem('theme', next);
  paint();
}

export async function chooseLanguage(next: Language): Promise<void> {
  localStorage.setItem('language', next);
  await setLanguage(next);
}

/** Albanian unless the person chose otherwise; the language of the browser is not asked. */
export async function startSettings(): Promise<void> {
  paint();
  dark.addEventListener('change', paint);
  if (kept('language') === 'en') await setLanguage('en');
}
