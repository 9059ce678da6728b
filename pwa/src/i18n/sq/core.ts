import { concerns } from './concerns';
import { errors } from './errors';
import { shell } from './shell';

export default { ...shell, ...concerns, ...errors } as const;
