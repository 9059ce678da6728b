import type { Translation } from '../dictionary.svelte';
import type sq from '../sq/core';
import { concerns } from './concerns';
import { errors } from './errors';
import { shell } from './shell';

export default { ...shell, ...concerns, ...errors } satisfies Translation<typeof sq>;
