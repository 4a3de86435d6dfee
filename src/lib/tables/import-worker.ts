/**
 * The import worker: trusted, of the page's own origin, without anyone's code in it and without the network. It
 * holds the file and the table; the page asks for previews, windows of rows, and the bytes to send.
 */
import { AppError, InvalidError } from '../core/errors.ts';
import type { ImportAnswer, ImportChoices, ImportRequest } from '../core/protocol/import.ts';
import { encodeTable } from './arrow.ts';
import { ARROW_LIMITS, checkArrow } from './check-arrow.ts';
import type { Column } from './column.ts';
import { columnsToKeep, notesOf, requireDecided } from './read/prepare-import.ts';
import { readCsv, type ReadTable } from './read/read-csv.ts';
import { summarise } from './profile/summary.ts';
import { qualityOf } from './profile/table-quality.ts';
import { windowReader } from './window.ts';

const PREVIEW_ROWS = 200;
/** A file that a browser's memory could not hold together with its table. */
const MAX_FILE_BYTES = 1_500_000_000;

const answer = (message: ImportAnswer, transfer: Transferable[] = []): void =>
	postMessage(message, { transfer });

let file: Uint8Array<ArrayBuffer> | null = null;
let read: { table: ReadTable; choices: ImportChoices } | null = null;
let shown: { columns: readonly Column[]; window: ReturnType<typeof windowReader> } | null = null;
/** Grows with each request that makes the work under way useless. */
let turn = 0;

/** Work that a later request replaced: says nothing. */
class Replaced extends Error {}

/** Lets messages in, then goes on only if nothing replaced this work. */
const pauseOf = (mine: number) => async (): Promise<void> => {
	await new Promise((done) => setTimeout(done, 0));
	if (mine !== turn) throw new Replaced();
};

addEventListener('message', ({ data }: MessageEvent<ImportRequest>) => {
	const id = 'id' in data ? data.id : null;
	handle(data).catch((error: unknown) => {
		if (error instanceof Replaced) return;
		const known = error instanceof AppError;
		// A RangeError here is memory that the browser would not give.
		const code = known ? error.code : error instanceof RangeError ? 'table_memory' : 'unexpected';
		answer({ type: 'failed', id, code, details: known ? error.details : {} });
	});
});

async function handle(request: ImportRequest): Promise<void> {
	switch (request.type) {
		case 'open':
			return openFile(request.file, ++turn);
		case 'read':
			return readFile(request.id, request.choices, ++turn);
		case 'cancel':
			turn++;
			return;
		case 'encode': {
			if (!read) throw new AppError('unexpected');
			requireDecided(read.table, read.choices);
			const columns = columnsToKeep(read.table, read.choices);
			const { buffer } = encodeTable(columns);
			if (buffer.byteLength > ARROW_LIMITS.bytes)
				throw new InvalidError('table_too_large', { megabytes: ARROW_LIMITS.bytes / 1e6 });
			const notes = notesOf(read.table, read.choices);
			const rows = read.table.report.rows;
			return answer({ type: 'encoded', id: request.id, bytes: buffer, rows, notes }, [buffer]);
		}
		case 'open-arrow': {
			const columns = checkArrow(new Uint8Array(request.bytes));
			show(columns);
			return answer({
				type: 'opened-arrow',
				rows: columns[0]?.length ?? 0,
				columns: columns.map(({ name, type }) => ({ name, type }))
			});
		}
		case 'window': {
			if (!shown) throw new AppError('unexpected');
			const { id, offset, count, columns } = request;
			return answer({ type: 'window', id, window: shown.window(offset, count, columns) });
		}
		case 'summary': {
			if (!shown) throw new AppError('unexpected');
			return answer({ type: 'summary', id: request.id, summary: summarise(shown.columns) });
		}
		case 'quality': {
			if (!shown) throw new AppError('unexpected');
			const quality = await qualityOf(shown.columns, pauseOf(turn));
			return answer({ type: 'quality', id: request.id, quality });
		}
	}
}

function show(columns: readonly Column[]): void {
	shown = { columns, window: windowReader(columns) };
}

async function openFile(source: File, mine: number): Promise<void> {
	file = null;
	read = null;
	if (source.size > MAX_FILE_BYTES)
		throw new InvalidError('table_too_large', { megabytes: MAX_FILE_BYTES / 1e6 });
	const bytes = new Uint8Array(source.size);
	const reader = source.stream().getReader();
	let at = 0;
	let told = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (mine !== turn) {
			await reader.cancel();
			throw new Replaced();
		}
		if (done) break;
		bytes.set(value, at);
		at += value.length;
		if (at - told > 8_000_000) {
			told = at;
			answer({ type: 'progress', id: 0, stage: 'loading', done: at, total: bytes.length });
		}
	}
	file = bytes;
	answer({ type: 'opened', bytes: bytes.length, name: source.name });
}

async function readFile(id: number, choices: ImportChoices, mine: number): Promise<void> {
	if (!file) throw new AppError('unexpected');
	read = null;
	const pause = pauseOf(mine);
	const first = await readCsv(file, choices, { rows: PREVIEW_ROWS, pause });
	await pause();
	answer({ type: 'preview', id, report: first.report, preview: previewOf(first, choices) });
	const table = await readCsv(file, choices, {
		pause,
		progress: (done, total) => answer({ type: 'progress', id, stage: 'reading', done, total })
	});
	await pause();
	read = { table, choices };
	show(columnsToKeep(table, choices));
	answer({ type: 'report', id, report: table.report, preview: previewOf(table, choices) });
}

/** The first rows, one array a column of the file; empty for a column that is left out. */
function previewOf(table: ReadTable, choices: ImportChoices) {
	const columns = columnsToKeep(table, choices);
	const { columns: cells } = windowReader(columns)(0, 50, null);
	let next = 0;
	return { columns: table.columns.map((column) => (column ? (cells[next++] ?? []) : [])) };
}
