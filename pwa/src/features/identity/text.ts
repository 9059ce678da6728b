import { dictionary } from '$/i18n/dictionary.svelte';
import { account } from '$/i18n/sq/account';
import '$/i18n/faults';

/** Words of the person's own rooms (account, code, queue, notifications), in a chunk of their own. */
export const { t: a } = dictionary(account, async () => (await import('$/i18n/en/account')).account);
