/**
 * The worker of the `transforms` bench: the sandbox's tables and DuckDB-WASM in one thread, over the same Arrow bytes.
 * Runs one side of one figure when asked, and answers with its time and what its result comes to.
 */
import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { tableFromIPC, tableToIPC } from '@uwdata/flechette';
import { desc, rolling, type ColumnTable } from 'arquero';
import { readArrow } from '../../src/lib/sandbox/worker/arrow.ts';
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { dictionaryOf } from '../../src/lib/tables/column-of.ts';
import type { Column } from '../../src/lib/tables/column.ts';
import { installFastVerbs } from '../../src/lib/tables/fast/install.ts';

interface DuckDb {
	instantiate(): Promise<unknown>;
	open(config: object): void;
	connect(): Connection;
}
interface Connection {
	query(sql: string): ArrowResult;
	insertArrowFromIPCStream(bytes: Uint8Array, options: object): void;
}
interface ArrowResult {
	readonly numRows: number;
	readonly schema: { readonly fields: readonly { readonly name: string }[] };
	getChildAt(index: number): { get(row: number): unknown } | null;
}

/** Arquero's verbs, whose expressions are texts here: a bundler would rename what they name. */
type Tables = Record<'ventes' | 'villes' | 'clients' | 'tarifs', Verbs>;
type Verbs = ColumnTable & Record<string, (...args: unknown[]) => Verbs>;

interface Work {
	readonly ours: (tables: Tables) => Verbs;
	readonly sql: string;
	/** Columns of the result that are compared; all of them otherwise. */
	readonly columns?: readonly string[];
	/** A large result: DuckDB keeps it as a table where that takes it less time than handing it out. */
	readonly large?: true;
}

const WORK: Readonly<Record<string, Work>> = {
	q1: {
		ours: ({ ventes }) =>
			ventes
				.filter('d => d.prix > 50')
				.groupby('ville')
				.rollup({ s: 'd => op.sum(d.prix)', m: 'd => op.mean(d.prix)', n: 'd => op.count()' }),
		sql: 'SELECT ville, sum(prix) s, avg(prix) m, count(*) n FROM ventes WHERE prix > 50 GROUP BY ville'
	},
	q2: {
		ours: ({ ventes }) =>
			ventes.groupby('ville', 'canal').rollup({ s: 'd => op.sum(d.prix)', n: 'd => op.count()' }),
		sql: 'SELECT ville, canal, sum(prix) s, count(*) n FROM ventes GROUP BY ville, canal'
	},
	group: {
		ours: ({ ventes }) =>
			ventes.groupby('ville').rollup({ s: 'd => op.sum(d.prix)', n: 'd => op.count()' }),
		sql: 'SELECT ville, sum(prix) s, count(*) n FROM ventes GROUP BY ville'
	},
	distinct: {
		ours: ({ ventes }) => ventes.rollup({ n: 'd => op.distinct(d.client)' }),
		sql: 'SELECT count(DISTINCT client) n FROM ventes'
	},
	median: {
		ours: ({ ventes }) => ventes.groupby('ville').rollup({ m: 'd => op.median(d.prix)' }),
		sql: 'SELECT ville, median(prix) m FROM ventes GROUP BY ville'
	},
	lookup: {
		ours: ({ ventes, villes }) => ventes.lookup(villes, ['ville', 'ville'], 'region'),
		sql: 'SELECT region FROM ventes LEFT JOIN villes USING (ville)',
		columns: ['region'],
		large: true
	},
	'join-sparse': {
		ours: ({ ventes, clients }) => ventes.join(clients, 'client', [['prix', 'ville'], ['segment']]),
		sql: 'SELECT prix, ville, segment FROM ventes JOIN clients USING (client)',
		large: true
	},
	'join-full': {
		ours: ({ ventes, villes }) => ventes.join(villes, 'ville', [['prix', 'billets'], ['region']]),
		sql: 'SELECT prix, billets, region FROM ventes JOIN villes USING (ville)',
		large: true
	},
	'join-keys': {
		ours: ({ ventes, tarifs }) =>
			ventes.join(tarifs, [['ville', 'canal']], [['prix', 'billets'], ['tarif']]),
		sql: 'SELECT prix, billets, tarif FROM ventes JOIN tarifs USING (ville, canal)',
		large: true
	},
	top100: {
		ours: ({ ventes }) => ventes.orderby(desc('montant')).slice(0, 100),
		sql: 'SELECT * FROM ventes ORDER BY montant DESC LIMIT 100'
	},
	groups: {
		ours: ({ ventes }) =>
			ventes.groupby('client').rollup({ s: 'd => op.sum(d.prix)', n: 'd => op.count()' }),
		sql: 'SELECT client, sum(prix) s, count(*) n FROM ventes GROUP BY client',
		large: true
	},
	sum: {
		ours: ({ ventes }) => ventes.rollup({ s: 'd => op.sum(d.prix)' }),
		sql: 'SELECT sum(prix) s FROM ventes'
	},
	derive: {
		ours: ({ ventes }) => ventes.derive({ total: 'd => d.prix * d.billets' }),
		sql: 'SELECT prix * billets AS total FROM ventes',
		columns: ['total'],
		large: true
	},
	windows: {
		ours: ({ ventes }) =>
			ventes
				.groupby('ville')
				.orderby('montant')
				.derive({ rang: 'd => op.row_number()', cumul: rolling('d => op.sum(d.prix)') }),
		sql: 'SELECT row_number() OVER w AS rang, sum(prix) OVER (w ROWS UNBOUNDED PRECEDING) AS cumul FROM ventes WINDOW w AS (PARTITION BY ville ORDER BY montant)',
		columns: ['rang', 'cumul'],
		large: true
	},
	pivot: {
		ours: ({ ventes }) => ventes.groupby('ville').pivot('canal', { s: 'd => op.sum(d.prix)' }),
		sql: `SELECT ville, ${Array.from({ length: 6 }, (_, i) => `sum(prix) FILTER (canal = 'Canal ${i}') AS "Canal ${i}"`).join(', ')} FROM ventes GROUP BY ville`
	},
	dedupe: {
		ours: ({ ventes }) => ventes.dedupe('ville', 'canal', 'billets'),
		sql: 'SELECT DISTINCT ville, canal, billets FROM ventes',
		columns: ['ville', 'canal', 'billets']
	},
	'expression-keys': {
		ours: ({ ventes }) =>
			ventes
				.groupby({ mois: 'd => op.utcmonth(d.jour) + 1' })
				.rollup({ s: 'd => op.sum(d.prix)', n: 'd => op.count()' }),
		sql: 'SELECT month(jour) mois, sum(prix) s, count(*) n FROM ventes GROUP BY mois'
	},
	dates: {
		ours: ({ ventes }) =>
			ventes
				.filter('d => d.jour >= op.utcdatetime(2020, 0, 1)')
				.groupby('jour')
				.rollup({ s: 'd => op.sum(d.prix)', n: 'd => op.count()' }),
		sql: "SELECT jour, sum(prix) s, count(*) n FROM ventes WHERE jour >= DATE '2020-01-01' GROUP BY jour"
	}
};

// ---------------------------------------------------------------- the data

function makeTables(rows: number): Record<keyof Tables, Column[]> {
	let state = 1;
	const next = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const base = (name: string, length: number) => ({ name, length, missing: 0, valid: null });
	const text = (
		name: string,
		length: number,
		values: readonly string[],
		at: (i: number) => number
	): Column => ({
		...base(name, length),
		type: 'text',
		codes: Int32Array.from({ length }, (_, i) => at(i)),
		dictionary: dictionaryOf(values.slice())
	});
	const number = (name: string, length: number, at: (i: number) => number): Column => ({
		...base(name, length),
		type: 'number',
		values: Float64Array.from({ length }, (_, i) => at(i))
	});
	const integer = (
		name: string,
		length: number,
		at: (i: number) => number,
		type: 'integer' | 'date' = 'integer'
	): Column => ({
		...base(name, length),
		type,
		values: Int32Array.from({ length }, (_, i) => at(i))
	});
	const named = (kind: string, count: number): string[] =>
		Array.from({ length: count }, (_, i) => `${kind} ${i}`);
	// 300 drawn for each thousand rows: 289 k distinct of a million.
	const people = Math.round(rows * 0.3);
	return {
		ventes: [
			text('ville', rows, named('Ville', 50), () => next(50)),
			text('canal', rows, named('Canal', 6), () => next(6)),
			number('prix', rows, () => next(25_000) / 100),
			number('montant', rows, (i) => next(2 ** 30) + i / rows),
			integer('billets', rows, () => 1 + next(6)),
			integer('client', rows, () => next(people)),
			integer('jour', rows, () => 18_000 + next(1_000), 'date')
		],
		villes: [
			text('ville', 50, named('Ville', 50), (i) => i),
			text('region', 50, named('Région', 17), (i) => i % 17)
		],
		clients: [
			integer('client', 1_000, (i) => Math.floor((i * people) / 1_000)),
			text('segment', 1_000, named('Segment', 8), (i) => i % 8)
		],
		tarifs: [
			text('ville', 300, named('Ville', 50), (i) => i % 50),
			text('canal', 300, named('Canal', 6), (i) => Math.floor(i / 50)),
			number('tarif', 300, (i) => i / 4)
		]
	};
}

// ---------------------------------------------------------------- what a result comes to

const texts = new Map<string, number>();
function hashOf(value: unknown): number {
	if (value === null || value === undefined) return 7;
	if (typeof value === 'string') {
		let hash = texts.get(value);
		if (hash === undefined) {
			hash = 2_166_136_261;
			for (let i = 0; i < value.length; i++)
				hash = Math.imul(hash ^ value.charCodeAt(i), 16_777_619);
			texts.set(value, hash);
		}
		return hash;
	}
	// Last digits follow the order of a sum: what is compared are ten-thousandths.
	const scaled = Math.round(Number(value) * 10_000);
	return Math.imul((scaled % 2 ** 32) ^ Math.floor(scaled / 2 ** 32), 0x9e3779b1);
}

/** Rows, columns and a sum over the rows, whose order DuckDB does not promise. */
function digest(
	rows: number,
	names: readonly string[],
	columns: readonly ((row: number) => unknown)[]
): unknown {
	let sum = 0;
	for (let row = 0; row < rows; row++) {
		let hash = 17;
		for (const column of columns)
			hash = Math.imul(hash ^ hashOf(column(row)), 16_777_619) ^ (hash >>> 13);
		sum = (sum + (hash >>> 0)) % 2 ** 52;
	}
	return { rows, names, sum };
}

// ---------------------------------------------------------------- both sides

let tables: Tables;
let duck: Connection;
let sizes: { rows: number };
const asTable = new Map<string, boolean>();

async function open(rows: number, wasm: string): Promise<void> {
	installFastVerbs();
	sizes = { rows };
	const logger = new VoidLogger();
	const bundles = {
		mvp: { mainModule: wasm, mainWorker: '' },
		eh: { mainModule: wasm, mainWorker: '' }
	};
	const db = (await createDuckDB(bundles, logger, BROWSER_RUNTIME)) as DuckDb;
	await db.instantiate();
	db.open({ path: ':memory:' });
	duck = db.connect();
	const made = makeTables(rows);
	const read = Object.entries(made).map(([name, columns]) => {
		const bytes = encodeTable(columns);
		const stream = tableToIPC(tableFromIPC(bytes.slice()), { format: 'stream' }) as Uint8Array;
		duck.insertArrowFromIPCStream(stream, { name, create: true });
		return [name, readArrow(bytes.slice().buffer as ArrayBuffer)] as const;
	});
	tables = Object.fromEntries(read) as unknown as Tables;
}

function ours(name: string): { ms: number; result: unknown } {
	const work = WORK[name] as Work;
	const start = performance.now();
	const table = work.ours(tables);
	const ms = performance.now() - start;
	const names = [...(work.columns ?? table.columnNames())].sort();
	const columns = names.map((column) => table.getter(column) as (row: number) => unknown);
	return { ms, result: digest(table.numRows(), names, columns.map(daysOf)) };
}

/** A date as its day. */
const daysOf =
	(get: (row: number) => unknown) =>
	(row: number): unknown => {
		const value = get(row);
		return value instanceof Date ? +value / 86_400_000 : value;
	};

function theirs(name: string): { ms: number; result: unknown } {
	const { sql, columns, large } = WORK[name] as Work;
	const keep = `CREATE OR REPLACE TEMP TABLE kept AS ${sql}`;
	let table = asTable.get(name);
	if (table === undefined) {
		const times = [keep, sql].map((text) =>
			Math.min(...[0, 1, 2].map(() => timed(() => duck.query(text))))
		);
		table = large === true && (times[0] as number) < (times[1] as number);
		asTable.set(name, table);
	}
	const start = performance.now();
	const answer = duck.query(table ? keep : sql);
	const ms = performance.now() - start;
	const result = table ? duck.query('SELECT * FROM kept') : answer;
	const names = result.schema.fields.map((field) => field.name);
	const shown = [...(columns ?? names)].sort();
	const read = shown.map((column) => {
		const vector = result.getChildAt(names.indexOf(column));
		const get = (row: number): unknown => vector?.get(row);
		// Arrow's reader gives dates as milliseconds.
		return column === 'jour' ? (row: number) => Number(get(row)) / 86_400_000 : get;
	});
	return { ms, result: digest(result.numRows, shown, read) };
}

function timed(task: () => unknown): number {
	const start = performance.now();
	task();
	return performance.now() - start;
}

/** The product of two columns as one would write it by hand. */
function byHand(): { ms: number; result: unknown } {
	const prices = tables.ventes.column('prix') as unknown as Float64Array;
	const tickets = tables.ventes.column('billets') as unknown as Int32Array;
	const start = performance.now();
	const made = new Float64Array(sizes.rows);
	for (let row = 0; row < made.length; row++)
		made[row] = (prices[row] as number) * (tickets[row] as number);
	const ms = performance.now() - start;
	return { ms, result: digest(sizes.rows, ['total'], [(row) => made[row]]) };
}

interface Question {
	readonly side: 'open' | 'ours' | 'theirs' | 'hand' | 'kept';
	readonly name: string;
	readonly rows: number;
	readonly wasm: string;
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
	const answer = async (): Promise<unknown> => {
		switch (data.side) {
			case 'open':
				return open(data.rows, data.wasm);
			case 'ours':
				return ours(data.name);
			case 'theirs':
				return theirs(data.name);
			case 'kept':
				return asTable.get(data.name) === true;
			case 'hand':
				return byHand();
		}
	};
	answer().then(
		(value) => postMessage({ value }),
		(error: unknown) => postMessage({ error: String(error) })
	);
});
