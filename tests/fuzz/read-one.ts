/**
 * Reads one file, as the import does, in a process of its own: `node read-one.ts FILE NAME`. Answers one line of JSON:
 * how it ended, how long it took, and how much memory it asked for beyond what the process and the file take.
 */
import { readFileSync } from 'node:fs';
import { AppError } from '../../src/lib/core/errors.ts';
import { openFile } from '../../src/lib/tables/read/open-file.ts';
import { readTable } from '../../src/lib/tables/read/read-table.ts';

export interface Reading {
	/** `read`, the code of a refusal, or `broken: …` for an error that nobody foresaw. */
	readonly outcome: string;
	readonly ms: number;
	/** Most memory held beyond the beginning, in megabytes (10⁶ bytes). */
	readonly megabytes: number;
}

const [path = '', name = ''] = process.argv.slice(2);
const bytes = Uint8Array.from(readFileSync(path));
globalThis.gc?.();
const before = process.memoryUsage.rss();
const start = performance.now();
let outcome = 'read';
try {
	const opened = await openFile(bytes, name, {});
	await readTable(opened, {}, {});
} catch (error) {
	outcome =
		error instanceof AppError
			? error.code
			: `broken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
const ms = performance.now() - start;
const most = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ outcome, ms, megabytes: (most - before) / 1e6 } satisfies Reading));
