import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { ImportAnswer, ImportChoices, ImportRequest } from '../core/protocol/import.ts';
import { notesOf, requireDecided } from '../tables/read/prepare-import.ts';
import { readCsv } from '../tables/read/read-csv.ts';
import type { UploadDataset } from './dataset-upload.ts';
import { ImportSession } from './import-session.svelte.ts';

const TEXT = 'courriel;ville;prix\nana@exemple.ca;Gaspé;1,50\nluc@exemple.ca;Alma;2,25\n';

/** The worker's end, played by the test with the real reader; it answers only when it is told to. */
function atTheWorker(text = TEXT, masks?: 'fr' | 'en') {
	const asked: ImportRequest[] = [];
	let say: (answer: ImportAnswer) => void = () => {};
	let lose: () => void = () => {};
	let closed = false;
	const sent: { path: string; description: Readonly<Record<string, unknown>> }[] = [];
	let upload: UploadDataset = (path, description) => {
		sent.push({ path, description });
		return Promise.resolve({ id: 'd1', slug: 'ventes', version: 1 });
	};
	const session = new ImportSession({
		...(masks && { masks }),
		startWorker: (hear, lost) => {
			say = hear;
			lose = lost;
			return { post: (request) => asked.push(request), close: () => (closed = true) };
		},
		upload: (...parts) => upload(...parts)
	});
	const last = () => asked.at(-1);
	async function read(choices: ImportChoices) {
		return readCsv(new TextEncoder().encode(text), choices);
	}
	/** Reads as the worker does: its answer to the latest request. */
	async function reading(): Promise<ImportAnswer> {
		const request = last();
		if (request?.type !== 'read') throw new Error(`asked for ${request?.type}`);
		const { report } = await read(request.choices);
		return { type: 'report', id: request.id, report, preview: { columns: [] } };
	}
	async function answerRead(): Promise<void> {
		say(await reading());
	}
	async function answerEncode(): Promise<void> {
		const request = last();
		if (request?.type !== 'encode') throw new Error(`asked for ${request?.type}`);
		const table = await read(session.choices);
		requireDecided(table, session.choices);
		const notes = notesOf(table, session.choices);
		say({ type: 'encoded', id: request.id, bytes: new ArrayBuffer(8), rows: 2, notes });
	}
	return {
		session,
		asked,
		sent,
		last,
		reading,
		answerRead,
		answerEncode,
		say: (answer: ImportAnswer) => say(answer),
		lose: () => lose(),
		isClosed: () => closed,
		uploadBy: (other: UploadDataset) => (upload = other),
		async opened(): Promise<void> {
			session.open(new File([text], 'ventes.csv'));
			say({ type: 'opened', bytes: text.length, name: 'ventes.csv' });
			await answerRead();
		}
	};
}
const turn = () => new Promise<void>((done) => setImmediate(done));
const codeOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof AppError ? error.code : String(error))
	);

describe('a file that is brought in', () => {
	test('is opened, read, and read again for each choice; a late answer says nothing', async () => {
		const t = atTheWorker();
		await t.opened();
		expect(t.session.stage).toBe('ready');
		expect(t.session.report?.columns.map(({ type }) => type)).toEqual(['text', 'text', 'number']);
		t.session.chooseColumn(2, { type: 'text' });
		const late = t.last();
		t.session.choose({ decimal: '.' });
		if (late?.type !== 'read') throw new Error('not read again');
		const before = t.session.report;
		if (!before) throw new Error('no report');
		t.say({ type: 'report', id: late.id, report: before, preview: { columns: [] } });
		expect(t.session.stage).toBe('reading');
		await t.answerRead();
		expect(t.session.stage).toBe('ready');
		expect(t.session.choices).toMatchObject({
			decimal: '.',
			columns: [null, null, { type: 'text' }]
		});
	});

	test('forgets what was said of columns when another separator makes others', async () => {
		const t = atTheWorker();
		await t.opened();
		t.session.chooseColumn(1, { keep: false });
		t.session.choose({ separator: ',' });
		expect(t.session.choices).toEqual({ separator: ',', columns: undefined });
	});

	test('takes choices made while it loads', async () => {
		const t = atTheWorker();
		t.session.open(new File([TEXT], 'ventes.csv'));
		t.session.choose({ encoding: 'windows-1252' });
		expect(t.asked.map(({ type }) => type)).toEqual(['open']);
		t.say({ type: 'opened', bytes: 10, name: 'ventes.csv' });
		expect(t.last()).toMatchObject({ type: 'read', choices: { encoding: 'windows-1252' } });
	});

	test('can be stopped while it loads and while it is read; another choice starts it again', async () => {
		const t = atTheWorker();
		t.session.open(new File([TEXT], 'ventes.csv'));
		t.session.cancel();
		expect(t.last()).toEqual({ type: 'cancel' });
		expect([t.session.stage, t.session.error?.code]).toEqual(['empty', 'import_stopped']);
		await t.opened();
		t.session.choose({ header: false });
		t.session.cancel();
		expect([t.session.stage, t.session.error?.code]).toEqual(['stopped', 'import_stopped']);
		t.session.choose({ header: true });
		await t.answerRead();
		expect([t.session.stage, t.session.error]).toEqual(['ready', null]);
	});

	test('says what the worker refused, and that the worker died', async () => {
		const t = atTheWorker();
		t.session.open(new File([''], 'vide.csv'));
		t.say({ type: 'opened', bytes: 0, name: 'vide.csv' });
		const request = t.last();
		if (request?.type !== 'read') throw new Error('not read');
		t.say({ type: 'failed', id: request.id, code: 'csv_empty', details: {} });
		expect([t.session.stage, t.session.error?.code]).toEqual(['stopped', 'csv_empty']);
		await t.opened();
		t.lose();
		expect([t.session.stage, t.session.error?.code]).toEqual(['empty', 'table_memory']);
		expect(t.session.report).toBeNull();
		expect(t.isClosed()).toBe(true);
	});
});

describe('storing', () => {
	test('waits for a decision on personal information, then for the reading that follows it', async () => {
		const t = atTheWorker();
		await t.opened();
		expect(t.session.undecided.map(({ name }) => name)).toEqual(['courriel']);
		expect(await codeOf(t.session.store({ title: 'Ventes' }))).toBe('personal_undecided');
		t.session.chooseColumn(0, { personal: { action: 'keep', reason: ' ' } });
		await t.answerRead();
		expect(await codeOf(t.session.store({ title: 'Ventes' }))).toBe('personal_undecided');
		expect(t.asked.some(({ type }) => type === 'encode')).toBe(false);

		t.session.chooseColumn(0, { personal: { action: 'drop' } });
		const storing = t.session.store({ title: 'Ventes' });
		await t.answerRead();
		await turn();
		expect(t.session.stage).toBe('sending');
		expect(t.sent).toEqual([]);
		await t.answerEncode();
		expect(await storing).toMatchObject({ id: 'd1' });
		expect(t.sent[0]).toMatchObject({
			path: '/api/datasets',
			description: { title: 'Ventes', notes: { separator: ';' } }
		});
		expect(JSON.stringify(t.sent[0]?.description)).not.toContain('ana@');
		expect(t.session.stage).toBe('ready');
	});

	test('refuses names that cannot stand', async () => {
		const t = atTheWorker('a;b\n1;2\n');
		await t.opened();
		t.session.chooseColumn(1, { name: 'a' });
		await t.answerRead();
		expect(t.session.nameProblems).toEqual([null, 'column_name_taken']);
		expect(await codeOf(t.session.store({}))).toBe('column_name_taken');
		t.session.chooseColumn(1, { name: '__proto__' });
		await t.answerRead();
		expect(await codeOf(t.session.store({}))).toBe('column_name_reserved');
		t.session.chooseColumn(1, { keep: false });
		await t.answerRead();
		expect(t.session.nameProblems).toEqual([null, null]);
	});

	test('can be stopped while the table is made and while it is sent, and tried again', async () => {
		const t = atTheWorker('a;b\n1;2\n');
		await t.opened();
		const first = t.session.store({});
		await turn();
		t.session.cancel();
		expect(await codeOf(first)).toBe('upload_cancelled');
		expect(t.session.stage).toBe('ready');

		t.uploadBy(
			(_path, _description, _table, { signal }) =>
				new Promise((_, reject) =>
					signal.addEventListener('abort', () => reject(new AppError('upload_cancelled')))
				)
		);
		const second = t.session.store({});
		await turn();
		await t.answerEncode();
		await turn();
		t.session.cancel();
		expect(await codeOf(second)).toBe('upload_cancelled');
		expect(t.session.stage).toBe('ready');
	});

	test('what was asked before it was decided is not sent once it is', async () => {
		const t = atTheWorker();
		await t.opened();
		t.session.chooseColumn(0, { personal: { action: 'keep', reason: ' ' } });
		const early = codeOf(t.session.store({ title: 'Ventes' }));
		t.session.chooseColumn(0, { personal: { action: 'drop' } });
		await t.answerRead();
		expect(await early).toBe('personal_undecided');
		expect(t.asked.some(({ type }) => type === 'encode')).toBe(false);
	});

	test('a choice made after it was asked takes it back; asked twice, it is sent once', async () => {
		const t = atTheWorker('a;b\n1;2\n');
		await t.opened();
		t.session.choose({ decimal: '.' });
		const early = codeOf(t.session.store({ title: 'Ventes' }));
		t.session.choose({ decimal: ',' });
		await t.answerRead();
		expect(await early).toBe('import_choices_changed');
		expect(t.session.stage).toBe('ready');

		t.session.choose({ decimal: '.' });
		const first = codeOf(t.session.store({ title: 'Ventes' }));
		const second = codeOf(t.session.store({ title: 'Ventes 2025' }));
		await t.answerRead();
		await turn();
		await t.answerEncode();
		expect(await Promise.all([first, second])).toEqual(['import_choices_changed', 'done']);
		expect(t.sent.map(({ description }) => description.title)).toEqual(['Ventes 2025']);
	});

	test('another file, or another key, takes back what was asked to be stored', async () => {
		const t = atTheWorker();
		await t.opened();
		t.session.chooseColumn(0, { personal: { action: 'drop' } });
		const early = codeOf(t.session.store({ title: 'Ventes' }));
		const read = await t.reading();
		// Both before who waits for the reading has its turn.
		t.say(read);
		t.session.open(new File(['a;b\n1;2\n'], 'autre.csv'));
		expect(await early).toBe('import_choices_changed');

		t.say({ type: 'opened', bytes: TEXT.length, name: 'autre.csv' });
		await t.answerRead();
		t.session.useKey(new Uint8Array(32));
		t.session.chooseColumn(0, { personal: { action: 'pseudonymise' } });
		const keyed = codeOf(t.session.store({ title: 'Ventes' }));
		t.say(await t.reading());
		t.session.useKey(new Uint8Array(32).fill(1));
		expect(await keyed).toBe('import_choices_changed');
		expect(t.asked.some(({ type }) => type === 'encode')).toBe(false);
	});

	test('columns that another separator is about to make are not judged by those before', async () => {
		const t = atTheWorker('ville|prix;courriel\nGaspé|1;ana@exemple.ca\nAlma|2;luc@exemple.ca\n');
		await t.opened();
		t.session.choose({ separator: '|' });
		const stored = codeOf(t.session.store({}));
		await t.answerRead();
		await turn();
		await t.answerEncode();
		expect(await stored).toBe('done');
	});

	test('without a row is not stored', async () => {
		const t = atTheWorker('ville;prix\n');
		await t.opened();
		expect(t.session.report?.rows).toBe(0);
		expect(await codeOf(t.session.store({}))).toBe('import_empty');
		expect(t.sent).toEqual([]);
	});

	test('is masked in the language that was said, and its recipe keeps it', async () => {
		const t = atTheWorker(TEXT, 'en');
		await t.opened();
		expect(t.last()).toMatchObject({ type: 'read', choices: { masks: 'en' } });
		t.session.chooseColumn(0, { personal: { action: 'drop' } });
		await t.answerRead();
		const stored = t.session.store({});
		await turn();
		await t.answerEncode();
		await stored;
		expect(t.sent[0]?.description.recipe).toMatchObject({ choices: { masks: 'en' } });
	});
});
