/** Secrets that a person carries (session ids, one-time links): the store keeps their hash alone. */
import { createHash } from 'node:crypto';
import { randomText } from '../../core/ids.ts';
import type { App } from '../app.ts';

/** 200 random bits, in letters that an address or a cookie carries as they are. */
export const newSecret = (app: App): string => randomText(40, app.random);

/** Hex SHA-256. A secret of 128 random bits or more cannot be searched for, so no salt and no slow hash. */
export const hashSecret = (secret: string): string =>
	createHash('sha256').update(secret).digest('hex');
