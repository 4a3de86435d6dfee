/**
 * Reads files as the import does, in a process of its own. Each line of the standard input names one (JSON: `path`,
 * `name`); each is answered by a line that says how it ended, how long it took, and how much memory it asked for
 * beyond what the process and the file take.
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '../../src/lib/core/errors.ts';
import { checkArrow } from '../../src/lib/tables/check-arrow.ts';
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { openFile } from '../../src/lib/tables/read/open-file.ts';
import { readTable } from '../../src/lib/tables/read/read-table.ts';
import './parquet-in-node.ts';
import type { Reading } from './run-reading.ts';

for await (const line of createInterface({ input: process.stdin })) {
	const { path, name } = JSON.parse(line) as { path: string; name: string };
	console.log(JSON.stringify(await measured(path, name)));
}

async function measured(path: string, name: string): Promise<Reading> {
	const bytes = contentOf(path);
	globalThis.gc?.();
	const before = residentBytes();
	const started = performance.now();
	const cpu = process.cpuUsage();
	const outcome = await read(bytes, name);
	const { user, system } = process.cpuUsage(cpu);
	return {
		outcome,
		cpuMs: (user + system) / 1000,
		ms: performance.now() - started,
		megabytes: Math.max(0, mostResidentBytes() - before) / 1e6,
		fileMegabytes: bytes.length / 1e6
	};
}

async function read(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
	try {
		const opened = await openFile(bytes, name, {});
		const { columns, report } = await readTable(opened, {}, {});
		// What is read can be stored; a large table would only measure the writing.
		const kept = columns.filter((column) => column !== null);
		if (kept.length > 0 && kept.length * report.rows < 1_000_000) checkArrow(encodeTable(kept));
		return 'read';
	} catch (error) {
		if (error instanceof AppError) return error.code;
		return `broken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
	}
}

/** Once, in a memory of its own: a file read and then copied would count twice. */
function contentOf(path: string): Uint8Array<ArrayBuffer> {
	const file = openSync(path, 'r');
	try {
		const bytes = new Uint8Array(fstatSync(file).size);
		for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, bytes.length - at, null);
		return bytes;
	} finally {
		closeSync(file);
	}
}

/** What the process takes; the most that it took is counted anew from here where the system lets it (Linux). */
function residentBytes(): number {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Elsewhere the most is that of the whole life of the process.
	}
	return process.memoryUsage.rss();
}

/** Not that of `resourceUsage`, which begins with what the parent process took. */
function mostResidentBytes(): number {
	try {
		const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
		if (kilobytes) return Number(kilobytes) * 1024;
	} catch {
		// No such file but on Linux.
	}
	return process.resourceUsage().maxRSS * 1024;
}
