/**
 * The import worker: trusted, of the page's own origin, without anyone's code in it and without the network. It
 * holds the file and the table; the page asks for previews, windows of rows, and the bytes to send.
 */
import { AppError, InvalidError } from '../core/errors.ts';
import type { ImportAnswer, ImportChoices, ImportRequest } from '../core/protocol/import.ts';
import { encodeTable } from './arrow.ts';
import { ARROW_LIMITS, checkArrow } from './check-arrow.ts';
import type { Column } from './column.ts';
import { Refresh } from './merge/refresh.ts';
import { columnsToKeep, columnToKeep, notesOf, requireDecided } from './read/prepare-import.ts';
import { loadFile } from './read/load-file.ts';
import { PREVIEW_ROWS } from './read/preview-rows.ts';
import { openFile } from './read/open-file.ts';
import type { OpenedFile } from './read/opened-file.ts';
import { readTable, type ReadTable } from './read/read-table.ts';
import { listRepairs } from './read/repairs.ts';
import { Pace } from './pace.ts';
import { keyFingerprint } from './personal/pseudonym.ts';
import { loaded } from './loaded.ts';
import { qualityOf } from './profile/table-quality.ts';
import { pauser } from './view/pauser.ts';
import { TableSession } from './view/table-session.ts';
import { windowReader } from './window.ts';

const answer = (message: ImportAnswer, transfer: Transferable[] = []): void =>
	postMessage(message, { transfer });

let file: { bytes: Uint8Array<ArrayBuffer>; name: string } | null = null;
/** What the file was opened as, with the choices that say what is opened of it. */
let opened: { file: OpenedFile; part: string } | null = null;
let read: { table: ReadTable; choices: ImportChoices } | null = null;
let shown: TableSession | null = null;
/** Of the organisation's pseudonyms: it goes nowhere from here. */
let key: Uint8Array<ArrayBuffer> | null = null;
let exporting: AbortController | null = null;
/** The version that what is read becomes the next of. */
let base: Refresh | null = null;
/** Grows with each request that makes the work under way useless. */
let turn = 0;

const turns = new MessageChannel();
turns.port1.start();

/** Work that a later request replaced: says nothing. */
class Replaced extends Error {}

/** Lets messages in, then goes on only if nothing replaced this work. */
const pauseOf = (mine: number) => async (): Promise<void> => {
	// Not a timer: browsers make timers that follow one another wait four milliseconds each.
	await new Promise((done) => {
		turns.port1.addEventListener('message', done, { once: true });
		turns.port2.postMessage(null);
	});
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
			return load(request.file, ++turn);
		case 'read':
			return readFile(request.id, request.choices, ++turn);
		case 'cancel':
			turn++;
			return;
		case 'key':
			key = request.key;
			return answer({ type: 'key', fingerprint: key && keyFingerprint(key) });
		case 'encode': {
			if (!read) throw new AppError('unexpected');
			requireDecided(read.table, read.choices);
			const own = columnsToKeep(read.table, read.choices, { key });
			if (request.join && !base) throw new AppError('unexpected');
			const columns = request.join && base ? base.join(own, request.join) : own;
			const { buffer } = encodeTable(columns);
			if (buffer.byteLength > ARROW_LIMITS.bytes)
				throw new InvalidError('table_too_large', { megabytes: ARROW_LIMITS.bytes / 1e6 });
			const notes = notesOf(read.table, read.choices, key);
			const rows = columns[0]?.length ?? 0;
			return answer({ type: 'encoded', id: request.id, bytes: buffer, rows, notes }, [buffer]);
		}
		case 'base': {
			base = new Refresh(request.bytes);
			return answer({ type: 'based', id: request.id, rows: base.rows });
		}
		case 'compare': {
			if (!read || !shown || !base) throw new AppError('unexpected');
			const kept = read.table.report.columns.filter((column) => column.kept);
			const comparison = await base.compare(shown.columns, {
				key: request.key,
				named: new Set(kept.map(({ name }) => name)),
				quiet: new Set(kept.flatMap(({ name, personal }) => (personal.length ? [name] : []))),
				pause: pauseOf(turn)
			});
			return answer({ type: 'compared', id: request.id, comparison });
		}
		case 'repairs': {
			if (!read) throw new AppError('unexpected');
			const { table } = read;
			const names = table.report.columns.map(({ name }) => name);
			const mine = turn;
			const list = await listRepairs(table.repairs, names, request.words, pauseOf(mine));
			const csv = new Blob([...list.parts], { type: 'text/csv;charset=utf-8' });
			const { entries, cut } = list;
			return answer({ type: 'repairs', id: request.id, file: csv, entries, cut });
		}
		case 'open-arrow': {
			const columns = checkArrow(new Uint8Array(request.bytes));
			show(columns);
			return answer({
				type: 'opened-arrow',
				rows: columns[0]?.length ?? 0,
				columns: columns.map(({ name, type, valueType }) => ({
					...{ name, type },
					...(valueType ? { valueType } : {})
				}))
			});
		}
		case 'window': {
			if (!shown) throw new AppError('unexpected');
			const { id, offset, count, columns } = request;
			return answer({ type: 'window', id, window: shown.window(offset, count, columns) });
		}
		case 'summary': {
			if (!shown) throw new AppError('unexpected');
			return answer({ type: 'summary', id: request.id, summary: await shown.summary() });
		}
		case 'ask': {
			if (!shown) throw new AppError('unexpected');
			const { id, ask } = request;
			const tell = (done: number): void => answer({ type: 'arranging', id, done });
			return answer({ type: 'told', id, reply: await shown.answer(ask, tell) });
		}
		case 'export': {
			if (!shown) throw new AppError('unexpected');
			exporting?.abort(new Replaced());
			exporting = new AbortController();
			const { signal } = exporting;
			const { id, wanted } = request;
			const tell = (done: number | null): void => answer({ type: 'exporting', id, done });
			const { exportTable } = await loaded(import('./write/export-table.ts'));
			const made = await exportTable(shown, wanted, { pause: pauser(), progress: tell, signal });
			return answer({ type: 'exported', id, made });
		}
		case 'cancel-export':
			exporting?.abort(new Replaced());
			return;
		case 'quality': {
			if (!shown) throw new AppError('unexpected');
			const quality = await qualityOf(shown.columns, pauseOf(turn));
			return answer({ type: 'quality', id: request.id, quality });
		}
	}
}

function show(columns: readonly Column[]): void {
	shown = new TableSession(columns, pauser());
}

async function load(source: File, mine: number): Promise<void> {
	file = null;
	opened = null;
	read = null;
	let told = 0;
	const bytes = await loadFile(source, (done) => {
		if (mine !== turn) throw new Replaced();
		if (done - told <= 8_000_000) return;
		told = done;
		answer({ type: 'progress', id: 0, stage: 'loading', done, total: source.size });
	});
	file = { bytes, name: source.name };
	answer({ type: 'opened', bytes: bytes.length, name: source.name });
}

async function readFile(id: number, choices: ImportChoices, mine: number): Promise<void> {
	if (!file) throw new AppError('unexpected');
	read = null;
	const pause = pauseOf(mine);
	const { member, sheet, depth } = choices;
	const part = JSON.stringify([member, sheet, depth]);
	if (opened?.part !== part) {
		opened = null;
		const pace = new Pace(performance.now());
		const found = await openFile(file.bytes, file.name, {
			...(member === undefined ? {} : { member }),
			...(sheet === undefined ? {} : { sheet }),
			...(depth === undefined ? {} : { depth }),
			pause,
			progress: (done, total) => {
				const left = pace.left(performance.now(), done, total);
				answer({ type: 'progress', id, stage: 'opening', done, total, left });
			}
		});
		await pause();
		opened = { file: found, part };
	}
	const first = await readTable(opened.file, choices, { rows: PREVIEW_ROWS, pause });
	await pause();
	answer({ type: 'preview', id, report: first.report, preview: previewOf(first, choices) });
	const pace = new Pace(performance.now());
	const table = await readTable(opened.file, choices, {
		pause,
		progress: (done, total, rows) => {
			const left = pace.left(performance.now(), done, total);
			answer({ type: 'progress', id, stage: 'reading', done, total, rows, left });
		}
	});
	await pause();
	read = { table, choices };
	show(columnsToKeep(table, choices, { key, preview: true }));
	answer({ type: 'report', id, report: table.report, preview: previewOf(table, choices) });
}

/** The first rows, one array a column of the file; empty for a column that is left out. */
function previewOf(table: ReadTable, choices: ImportChoices) {
	const kept = table.columns.map((_, index) =>
		columnToKeep(table, choices, index, { key, preview: true })
	);
	const columns = kept.filter((column) => column !== null);
	const { columns: cells } = windowReader(columns)(0, 50, null);
	let next = 0;
	return { columns: kept.map((column) => (column ? (cells[next++] ?? []) : [])) };
}
