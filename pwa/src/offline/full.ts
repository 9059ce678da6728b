import { t } from '$/i18n';
import { toast, toasts } from '$/kit/toasts.svelte';

/** Where the device has no room left to keep something, whoever wrote it hears of it while it is still on the screen. */
export function tellWhenFull(): void {
  addEventListener('unhandledrejection', (event) => {
    if ((event.reason as { name?: string } | null)?.name !== 'QuotaExceededError') return;
    event.preventDefault();
    const words = t('keep.full');
    if (!toasts.some(({ text }) => text === words)) toast(words);
  });
}
