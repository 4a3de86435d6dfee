/**
 * What every capability is handed: the store, the clock, randomness and the settings. One per process, held
 * on `globalThis` because the Node entry and Kit's bundle are built apart and must share it.
 */
import type { RandomBytes } from '../core/ids.ts';
import type { Config } from './config.ts';
import type { BlobStore } from './datasets/blob-store.ts';
import type { Database } from './db/database.ts';

export interface App {
	readonly config: Config;
	readonly db: Database;
	readonly blobs: BlobStore;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	readonly random: RandomBytes;
}

/** Who is asking: a signed-in account or guest, or null for anyone. */
export interface Actor {
	readonly personId: string;
	readonly kind: 'account' | 'guest';
	readonly displayName: string;
	readonly email: string | null;
	readonly administrator: boolean;
	readonly lang: 'fr' | 'en';
}
