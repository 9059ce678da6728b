import { dictionary } from './dictionary.svelte';
import { alsoExplainedBy } from './errors';
import { faults } from './sq/faults';

/** Whoever can meet one of these codes imports this, and `explain` knows them from then on. */
const { t } = dictionary(faults, async () => (await import('./en/faults')).faults);
alsoExplainedBy(faults, t as Parameters<typeof alsoExplainedBy>[1]);
