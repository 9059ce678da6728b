import { dictionary } from './dictionary.svelte';
import { rooms } from './sq/rooms';

/** Words of the rooms that are looked at now and then, in a chunk of their own. */
export const { t: r } = dictionary(rooms, async () => (await import('./en/rooms')).rooms);
