/** For tests only: an App over a real database and real files, with a clock that the test moves, and people in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/lib/core/ids.ts';
import type { Actor, App } from '../../src/lib/server/app.ts';
import { ACCESS_DAYS, DELETED_DAYS, QUOTAS, WITHDRAWN_DAYS } from '../../src/lib/server/config.ts';
import { folderBlobStore } from '../../src/lib/server/datasets/blob-store.ts';
import { openDatabase } from '../../src/lib/server/db/database.ts';
import { people } from '../../src/lib/server/db/schema.ts';

export interface TestApp {
	readonly app: App;
	/** Moves the clock, in milliseconds. */
	advance(ms: number): void;
	close(): void;
}

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

/** @param folder of an earlier test app, to open again what it left on disk */
export function testApp(folder?: string, port = 1): TestApp {
	const data = folder ?? mkdtempSync(join(tmpdir(), 'carnet-test-'));
	let now = Date.UTC(2026, 0, 15, 12);
	const app: App = {
		config: {
			port,
			host: '127.0.0.1',
			origin: `http://127.0.0.1:${port}`,
			data,
			loopback: true,
			demo: false,
			withdrawnDays: WITHDRAWN_DAYS,
			accessDays: ACCESS_DAYS,
			deletedDays: DELETED_DAYS,
			quotas: QUOTAS,
			mail: null
		},
		db: openDatabase(folder ? join(data, 'carnet.sqlite') : ':memory:', 'drizzle'),
		blobs: folderBlobStore(join(data, 'blobs')),
		now: () => now,
		random
	};
	return {
		app,
		advance: (ms) => (now += ms),
		close: () => {
			app.db.$client.close();
			if (!folder) rmSync(data, { recursive: true, force: true });
		}
	};
}

const MANY = { notebooks: 1e6, bytes: 1e12 };
/** The same store for who fills it: without a quota, and at no pace. */
export const unmeasured = (app: App): App => ({
	...app,
	config: { ...app.config, quotas: { guest: MANY, account: MANY } }
});

export function testPerson(
	app: App,
	displayName: string,
	kind: 'account' | 'guest' = 'account'
): Actor {
	const personId = newId(app.random);
	const email = kind === 'account' ? `${displayName.toLowerCase()}@exemple.org` : null;
	app.db
		.insert(people)
		.values({ id: personId, kind, displayName, email, createdAt: app.now() })
		.run();
	return { personId, kind, displayName, email, administrator: false, lang: 'fr' };
}
