import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ImportRecipe } from '../core/dataset/recipe.ts';
import { AppError } from '../core/errors.ts';
import type { ImportAnswer, ImportRequest } from '../core/protocol/import.ts';
import { checkArrow } from '../tables/check-arrow.ts';
import { cellReader } from '../tables/column.ts';
import { ImportSession } from './import-session.svelte.ts';
import { RefreshSession } from './refresh-session.svelte.ts';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.resetModules();
});

/** The worker's own script, in this process, between ends of its own. */
async function workerHere() {
	const ends: { hear: (answer: ImportAnswer) => void; take: (request: ImportRequest) => void } = {
		hear: () => {},
		take: () => {}
	};
	vi.stubGlobal('postMessage', (answer: ImportAnswer) => setImmediate(() => ends.hear(answer)));
	vi.stubGlobal(
		'addEventListener',
		(_: string, listen: (event: { data: ImportRequest }) => void) =>
			(ends.take = (data) => listen({ data: structuredClone(data) }))
	);
	await import('../tables/import-worker.ts');
	return ends;
}

interface Stored {
	readonly table: ArrayBuffer;
	readonly description: Readonly<Record<string, unknown>>;
}
/** A dataset whose versions are made one from another, as its page does. */
class Dataset {
	readonly stored: Stored[] = [];
	readonly asked: ImportRequest[] = [];
	load: () => Promise<ArrayBuffer> = () => {
		const last = this.stored.at(-1);
		return last ? Promise.resolve(last.table.slice(0)) : Promise.reject(new AppError('not_found'));
	};
	readonly #ends: Awaited<ReturnType<typeof workerHere>>;
	constructor(ends: Awaited<ReturnType<typeof workerHere>>) {
		this.#ends = ends;
	}

	next() {
		const recipe = (this.stored.at(-1)?.description.recipe ?? null) as ImportRecipe | null;
		const number = this.stored.length;
		const refresh = number
			? new RefreshSession({ recipe, joined: number > 1, number, load: () => this.load() })
			: null;
		const session = new ImportSession({
			guide: refresh,
			startWorker: (hear) => {
				this.#ends.hear = hear;
				return {
					post: (request) => {
						this.asked.push(request);
						// A File does not survive a structured clone in Node: it is handed as it is.
						if (request.type === 'open') this.#open(request.file);
						else this.#ends.take(request);
					},
					close: () => {}
				};
			},
			upload: (_path, description, table) => {
				this.stored.push({ description, table: table.slice(0) });
				return Promise.resolve({ id: 'd', slug: 'd', version: this.stored.length });
			}
		});
		return { session, refresh: refresh as RefreshSession };
	}

	#open(file: File): void {
		const clone = globalThis.structuredClone;
		vi.stubGlobal('structuredClone', (value: unknown) => value);
		this.#ends.take({ type: 'open', file });
		vi.stubGlobal('structuredClone', clone);
	}

	rows(index = -1) {
		const columns = checkArrow(new Uint8Array(this.stored.at(index)?.table ?? new ArrayBuffer()));
		const read = columns.map(cellReader);
		return {
			names: columns.map(({ name }) => name),
			rows: Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => read.map((at) => at(row)))
		};
	}
}
const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true));
const file = (text: string, name = 'export.csv') => new File([text], name);
const codeOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof AppError ? error.code : String(error))
	);

const HEADER = 'Commande;Courriel;Date;Salle;Prix\n';
const JANUARY = `${HEADER}A1;ana@exemple.ca;2025-01-03;Grande;10,50\nA2;luc@exemple.ca;2025-01-20;Grande;12,00\n`;
const FEBRUARY = `${HEADER}B1;eva@exemple.ca;2025-02-02;Studio;11,00\nB2;ana@exemple.ca;2025-02-14;Grande;9,25\n`;

/** January brought in: the e-mails dropped, a name changed. */
async function january(): Promise<Dataset> {
	const dataset = new Dataset(await workerHere());
	const { session } = dataset.next();
	session.open(file(JANUARY));
	await until(() => session.stage === 'ready');
	session.chooseColumn(1, { personal: { action: 'drop' } });
	session.chooseColumn(4, { name: 'Prix payé' });
	await session.store({ title: 'Billets' });
	return dataset;
}
async function brought(dataset: Dataset, text: string) {
	const { session, refresh } = dataset.next();
	session.open(file(text));
	await until(() => session.stage === 'ready' && refresh.comparison !== null);
	return { session, refresh };
}

describe('the next export', () => {
	test('of the same shape is ready at once, and joined by one call', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(dataset, FEBRUARY);
		expect([refresh.shape, refresh.mode, refresh.concerns]).toEqual(['same', 'add', []]);
		expect(session.undecided).toEqual([]);
		expect(refresh.ready).toBe(true);
		expect(refresh.comparison?.newTexts.map(({ column }) => column)).not.toContain('Courriel');
		await session.store({}, '/api/datasets/d/versions');
		expect(dataset.rows()).toMatchObject({
			names: ['Commande', 'Date', 'Salle', 'Prix payé'],
			rows: [
				['A1', Date.UTC(2025, 0, 3), 'Grande', 10.5],
				['A2', Date.UTC(2025, 0, 20), 'Grande', 12],
				['B1', Date.UTC(2025, 1, 2), 'Studio', 11],
				['B2', Date.UTC(2025, 1, 14), 'Grande', 9.25]
			]
		});
		expect(dataset.stored[1]?.description).toMatchObject({
			after: 1,
			recipe: { mode: 'add', key: ['Commande'] }
		});
		expect(JSON.stringify(dataset.stored[1]?.description)).not.toContain('@exemple');
		expect(dataset.rows(0).rows).toHaveLength(2);
	});

	test('is joined the way that was chosen the last time, by the same key', async () => {
		const dataset = await january();
		const first = await brought(dataset, FEBRUARY);
		first.refresh.choose('merge');
		await until(() => first.refresh.told);
		await first.session.store({});
		const { session, refresh } = await brought(
			dataset,
			`${HEADER}B2;ana@exemple.ca;2025-02-14;Grande;5,00\nC1;eva@exemple.ca;2025-03-01;Grande;6,00\n`
		);
		expect([refresh.mode, refresh.key, refresh.ready]).toEqual(['merge', ['Commande'], true]);
		expect(refresh.comparison?.told).toMatchObject({ replaced: 1, added: 1, kept: 3, rows: 5 });
		await session.store({});
		expect(dataset.rows().rows.map((row) => [row[0], row[3]])).toEqual([
			['A1', 10.5],
			['A2', 12],
			['B1', 11],
			['B2', 5],
			['C1', 6]
		]);
		expect(dataset.stored[2]?.description).toMatchObject({ after: 2 });
	});

	test('that was brought in before is not added once more without a word', async () => {
		const dataset = await january();
		await (await brought(dataset, FEBRUARY)).session.store({});
		const { refresh } = await brought(dataset, FEBRUARY);
		expect(refresh.mode).toBe('add');
		expect(refresh.concerns).toEqual([{ code: 'twice', rows: 2, key: ['Commande'] }]);
		expect(refresh.ready).toBe(false);
	});

	test('with a column renamed by spelling is read so unless told not to', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(dataset, FEBRUARY.replace('Salle', 'SALLE'));
		expect([refresh.shape, refresh.ready]).toEqual(['near', false]);
		expect(refresh.match?.renamed).toEqual([{ recipe: 3, file: 3 }]);
		expect([refresh.headerOf(3), session.report?.columns[3]?.name]).toEqual(['SALLE', 'Salle']);
		const choices = refresh.pair(3, false);
		if (!choices) throw new Error('not paired');
		session.begin(choices);
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect(refresh.comparison?.changes).toMatchObject({ added: ['SALLE'], removed: ['Salle'] });
		session.begin(refresh.pair(3, true) ?? {});
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect(refresh.comparison?.changes).toMatchObject({ added: [], removed: [] });
	});

	test('with its columns in another order, one new and one gone, keeps what was decided of each', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(
			dataset,
			'Prix;Courriel;Commande;Date;Rabais\n9,25;ana@exemple.ca;B1;2025-02-02;oui\n8,25;eva@exemple.ca;B2;2025-02-03;non\n'
		);
		expect(refresh.shape).toBe('near');
		expect(session.report?.columns.map(({ name, kept }) => [name, kept])).toEqual([
			['Prix payé', true],
			['Courriel', false],
			['Commande', true],
			['Date', true],
			['Rabais', true]
		]);
		expect(refresh.comparison?.changes).toMatchObject({ added: ['Rabais'], removed: ['Salle'] });
	});

	test('of another shape is read without the recipe, and a person has to say what becomes of the other', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(
			dataset,
			'Date;visites\n2025-03-01;12\n2025-03-02;7\n'
		);
		expect([refresh.shape, refresh.mode, refresh.ready]).toEqual(['other', null, false]);
		expect(session.choices).toEqual({});
		expect(await codeOf(session.store({}))).toBe('join_undecided');
		refresh.choose('replace');
		await session.store({});
		expect(dataset.rows()).toMatchObject({
			names: ['Date', 'visites'],
			rows: [
				[Date.UTC(2025, 2, 1), 12],
				[Date.UTC(2025, 2, 2), 7]
			]
		});
		// A replacement loses nothing that came meanwhile: it says so itself.
		expect(dataset.stored[1]?.description).not.toHaveProperty('after');
	});

	test('whose separator is not the one that was chosen is looked at without it, then matched', async () => {
		const dataset = new Dataset(await workerHere());
		const first = dataset.next().session;
		first.open(file('a;b\nx;1\ny;2\n'));
		await until(() => first.stage === 'ready');
		first.choose({ separator: ';' });
		await first.store({});
		const { session, refresh } = await brought(dataset, 'a,b\nz,3\nw,4\n');
		expect(refresh.shape).toBe('same');
		expect(session.choices.separator).toBeUndefined();
		expect(session.report?.columns.map(({ name }) => name)).toEqual(['a', 'b']);
	});

	test('is read without the recipe when it is set aside; the way stays as it was said', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(dataset, FEBRUARY);
		session.begin(refresh.setAside());
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect([refresh.shape, refresh.mode, refresh.ready]).toEqual(['aside', 'add', false]);
		expect(session.undecided.map(({ name }) => name)).toEqual(['Courriel']);
		expect(session.report?.columns[4]?.name).toBe('Prix');
	});

	test('with personal information where there was none waits for a decision', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(
			dataset,
			FEBRUARY.replace('B1', 'eva@exemple.ca').replace('B2', 'ana@exemple.ca')
		);
		expect(refresh.shape).toBe('same');
		expect(session.undecided.map(({ name }) => name)).toEqual(['Commande']);
		expect(await codeOf(session.store({}))).toBe('personal_undecided');
	});
});

describe('what can go wrong', () => {
	test('a merge asks for its key', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(dataset, FEBRUARY);
		refresh.choose('merge');
		refresh.chooseKey([]);
		expect(refresh.join).toBeNull();
		expect(await codeOf(session.store({}))).toBe('merge_key_required');
		refresh.chooseKey(['Commande']);
		await until(() => refresh.told);
		expect(refresh.comparison?.told?.rows).toBe(4);
	});

	test('a key that a choice took away is forgotten', async () => {
		const dataset = await january();
		const { session, refresh } = await brought(dataset, FEBRUARY);
		refresh.choose('merge');
		await until(() => refresh.told);
		session.chooseColumn(0, { keep: false });
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect([refresh.key, refresh.join]).toEqual([[], null]);
	});

	test('without the version before, the file can only take its place; or it is asked for again', async () => {
		const dataset = await january();
		const { load } = dataset;
		dataset.load = () => Promise.reject(new AppError('offline'));
		const { session, refresh } = dataset.next();
		session.open(file(FEBRUARY));
		await until(() => session.stage === 'ready' && refresh.error !== null);
		expect(refresh.error?.code).toBe('offline');
		expect(await codeOf(session.store({}))).toBe('offline');
		refresh.choose('replace');
		expect(refresh.join).toEqual({ key: null, mode: 'replace' });
		dataset.load = load;
		refresh.retry();
		await until(() => refresh.comparison !== null);
		expect(refresh.error).toBeNull();
		await session.store({});
		expect(dataset.rows().rows).toHaveLength(2);
	});

	test('bytes that are no table are said, whatever came of the file', async () => {
		const dataset = await january();
		dataset.load = () => Promise.resolve(new ArrayBuffer(64));
		const { session, refresh } = dataset.next();
		session.open(file(FEBRUARY));
		await until(() => session.stage === 'ready' && refresh.error !== null);
		expect([refresh.error?.code, session.error]).toEqual(['arrow_unreadable', null]);
	});

	test('a file that cannot be read is said once its guesses failed too', async () => {
		const dataset = await january();
		const { session, refresh } = dataset.next();
		dataset.asked.length = 0;
		session.open(file(''));
		await until(() => session.stage === 'stopped');
		expect(session.error?.code).toBe('csv_empty');
		expect(dataset.asked.filter(({ type }) => type === 'read')).toHaveLength(2);
		session.open(file(FEBRUARY));
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect(refresh.ready).toBe(true);
	});

	test('a recipe larger than what is kept does not keep a table from being stored', async () => {
		const dataset = new Dataset(await workerHere());
		const { session } = dataset.next();
		session.open(file('a;b\nx;1\ny;2\n'));
		await until(() => session.stage === 'ready');
		session.choose({ missing: Array.from({ length: 60 }, (_, i) => `NA${i}`) });
		await session.store({});
		expect(dataset.stored[0]?.description.recipe).toBeNull();
		const { refresh } = await brought(dataset, 'a;b\nz;3\n');
		expect(refresh.shape).toBe('none');
	});
});

describe('a column under pseudonyms', () => {
	const MONTH =
		'Client;Date;Prix\n' +
		['ana;03', 'luc;20', 'ana;21']
			.map((each) => each.replace(';', '@exemple.ca;2025-01-'))
			.join(';10\n') +
		';10\n';
	const key = (sign: number) => new Uint8Array(32).fill(sign);

	test('waits for its key, is not said to have changed, and takes one press once it is there', async () => {
		const dataset = new Dataset(await workerHere());
		const first = dataset.next().session;
		first.useKey(key(1));
		first.open(file(MONTH));
		await until(() => first.stage === 'ready');
		first.chooseColumn(0, { personal: { action: 'pseudonymise' } });
		await first.store({});
		const { session, refresh } = await brought(dataset, MONTH.replaceAll('2025-01', '2025-02'));
		expect([refresh.shape, refresh.keyless, refresh.ready]).toEqual(['same', ['Client'], false]);
		expect(refresh.concerns).toEqual([]);
		expect(await codeOf(session.store({}))).toBe('pseudonym_key_missing');
		session.useKey(key(1));
		await until(() => session.stage === 'ready' && refresh.comparison !== null);
		expect([refresh.keyless, refresh.concerns]).toEqual([[], []]);
		expect([refresh.mode, refresh.ready]).toEqual(['add', true]);
		await session.store({});
		const clients = dataset.rows().rows.map(([client]) => client);
		expect(clients.slice(3)).toEqual(clients.slice(0, 3));
	});
});

describe('a file that has little in common', () => {
	test('has to be confirmed, and no way is chosen for it', async () => {
		const dataset = new Dataset(await workerHere());
		const first = dataset.next().session;
		first.open(file('jour;salle\n2024-01-01;A\n2024-01-02;B\n'));
		await until(() => first.stage === 'ready');
		await first.store({});
		(dataset.stored[0] as { description: object }).description = { recipe: null };
		const { session, refresh } = await brought(dataset, 'ville;visites\nAlma;12\nGaspé;7\n');
		expect([refresh.shape, refresh.mode, refresh.kinship]).toEqual(['none', null, 'none']);
		refresh.choose('replace');
		expect(await codeOf(session.store({}))).toBe('version_unrelated');
		refresh.confirmed = true;
		await session.store({});
		expect(dataset.rows().names).toEqual(['ville', 'visites']);
		// The next file is asked about anew.
		const next = await brought(dataset, 'x;y\n1;2\n3;4\n');
		expect(next.refresh.unsure).toBe(true);
	});
});
