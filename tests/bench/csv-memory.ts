/**
 * A process that reads the file it is given, as the import does, and prints by how many bytes it grew at most. What Linux
 * calls `maxRSS` begins, in a process that another one started, with the most that the other one held: the process's
 * own is asked of the kernel.
 */
import { readFileSync } from 'node:fs';
import { columnsToKeep } from '../../src/lib/tables/read/prepare-import.ts';
import { readCsv } from '../../src/lib/tables/read/read-csv.ts';

// What the code itself takes, once it has run.
await readCsv(new TextEncoder().encode('a;b\n1;x\n'));
const before = process.memoryUsage.rss();
const { buffer, byteOffset, byteLength } = readFileSync(process.argv[2] ?? '');
const table = await readCsv(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
const columns = columnsToKeep(table, {});
const most =
	process.platform === 'linux'
		? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
		: process.resourceUsage().maxRSS;
process.stdout.write(String(columns.length ? most * 1024 - before : 0));
