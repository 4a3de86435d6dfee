/** Makes the process's one `App`, from its settings, and hands it out. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from './app.ts';
import { readConfig } from './config.ts';
import { folderBlobStore } from './datasets/blob-store.ts';
import { openDatabase } from './db/database.ts';

const KEY = Symbol.for('carnet-commun.app');
const store = globalThis as { [KEY]?: App };

/** The App of this process, opened at the first call. Throws `ConfigError` on a setting that cannot be used. */
export function theApp(): App {
	return (store[KEY] ??= openApp());
}

function openApp(): App {
	const config = readConfig(
		process.env,
		process.argv.slice(2).filter((a) => /^--(no-)?demo$/.test(a)),
		process.cwd()
	);
	mkdirSync(config.data, { recursive: true });
	return {
		config,
		db: openDatabase(join(config.data, 'carnet.sqlite'), resolve('drizzle')),
		blobs: folderBlobStore(join(config.data, 'blobs')),
		now: Date.now,
		random: (bytes) => crypto.getRandomValues(bytes)
	};
}
