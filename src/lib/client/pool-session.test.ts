import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { readContract } from '../core/pool/contract.ts';
import { suggestMapping } from '../core/pool/suggest-mapping.ts';
import { suggestValues } from '../core/pool/suggest-values.ts';
import { readsAs } from '../tables/pool/source-columns.ts';
import type { PoolAnswer, PoolCheck, PoolRequest } from '../core/protocol/pool.ts';
import { PoolSession } from './pool-session.svelte.ts';

const words = (text: string) => ({ fr: text, en: text });
const contract = readContract({
	title: words('t'),
	columns: [
		{ name: 'billets', label: words('Billets'), type: 'integer' },
		{
			name: 'canal',
			label: words('Canal'),
			type: 'category',
			allowed: [{ value: 'Web' }, { value: 'Guichet' }]
		}
	],
	terms: { licence: 'reserved', publication: 'nothing' }
});
const columns = [
	{ name: 'Canal', type: 'text', samples: ['GUI', 'Web'], distinct: 2 },
	{ name: 'Nb billets', type: 'integer', samples: ['3'], distinct: null },
	{ name: 'Point', type: 'text', samples: ['WEB', 'Guich'], distinct: 2 }
] as const;
const checkOf = (values: readonly string[]): PoolCheck => ({
	rows: 2,
	period: '',
	periods: [],
	elsewhere: 0,
	flaggedRows: 0,
	problemCount: 0,
	codes: [],
	columns: contract.columns.map(({ allowed }) => ({
		problems: 0,
		missing: 0,
		pairs: [],
		values: allowed ? suggestValues(values, allowed) : []
	})),
	problems: []
});
const turn = () => new Promise<void>((done) => setImmediate(done));

/** The worker's end, played by the test: it answers only when it is told to. */
async function atTheWorker() {
	const asked: PoolRequest[] = [];
	let say: (answer: PoolAnswer) => void = () => {};
	let lose: () => void = () => {};
	let closed = 0;
	const sent: { path: string; description: unknown }[] = [];
	const session = new PoolSession(contract, {
		load: () => Promise.resolve({ bytes: new ArrayBuffer(8), source: {} as never }),
		startWorker: (hear, lost) => {
			say = hear;
			lose = lost;
			return { post: (request) => asked.push(request), close: () => closed++ };
		},
		upload: (path, description) => {
			sent.push({ path, description });
			return Promise.resolve({ id: 'd', slug: 's', version: 4 });
		}
	});
	await session.open('s@1.arrow');
	say({
		type: 'opened',
		rows: 2,
		columns,
		suggestions: suggestMapping(columns, contract, readsAs)
	});
	const last = () => asked.at(-1);
	const apply = () => {
		const request = last();
		if (request?.type !== 'apply') throw new Error(`asked for ${request?.type}`);
		return request;
	};
	return {
		...{ session, asked, sent, last, apply },
		answer: async (values: readonly string[], id = apply().id) => {
			say({ type: 'applied', id, check: checkOf(values) });
			await turn();
		},
		say: (answer: PoolAnswer) => say(answer),
		lose: () => lose(),
		closed: () => closed
	};
}

describe('a contribution', () => {
	test('begins with what is suggested, and checks it', async () => {
		const w = await atTheWorker();
		expect(w.session.mapping.map(({ source }) => source)).toEqual([1, 0]);
		expect(w.session.mapping[1]?.values).toEqual([['GUI', 'Guichet']]);
		expect(w.session.reasonsOf(0)).toContain('words');
		await w.answer([]);
		expect(w.session.stage).toBe('ready');
	});

	test('another source takes its own values’ suggestions, and no reason of the former', async () => {
		const w = await atTheWorker();
		await w.answer(['GUI', 'Web']);
		await w.answer(['GUI', 'Web']);
		w.session.setSource(1, 2);
		expect(w.apply().mapping[1]).toMatchObject({ source: 2, values: [] });
		expect(w.session.reasonsOf(1)).toEqual([]);
		await w.answer(['WEB', 'Guich']);
		expect(w.apply().mapping[1]?.values).toEqual([['Guich', 'Guichet']]);
		await w.answer(['WEB', 'Guich']);
		expect(w.session.stage).toBe('ready');
		// What a person decides stands, and is not suggested over.
		w.session.setValue(1, 'Guich', null);
		await w.answer(['WEB', 'Guich']);
		expect(w.session.mapping[1]?.values).toEqual([['Guich', null]]);
		w.session.setValue(1, 'Guich', undefined);
		await w.answer(['WEB', 'Guich']);
		expect(w.session.mapping[1]?.values).toEqual([]);
	});

	test('an answer that a later change replaced is not shown', async () => {
		const w = await atTheWorker();
		const first = w.apply().id;
		w.session.setUnit(0, 'from_thousands');
		const check = { ...checkOf([]), rows: 99 };
		w.say({ type: 'applied', id: first, check });
		await turn();
		expect(w.session.check).toBeNull();
		expect(w.session.stage).toBe('checking');
		await w.answer([]);
		expect(w.session.check?.rows).toBe(2);
	});

	test('a constant takes the place of a column', async () => {
		const w = await atTheWorker();
		w.session.setConstant(1, 'Web');
		expect(w.apply().mapping[1]).toMatchObject({ source: null, constant: 'Web', values: [] });
		w.session.setConstant(1, '  ');
		expect(w.apply().mapping[1]).toMatchObject({ source: null, constant: null });
	});

	test('is sent with the period that was looked at', async () => {
		const w = await atTheWorker();
		await w.answer([]);
		const sending = w.session.send('p1', {
			organisationId: 'o1',
			contractVersion: 2,
			accepted: true
		});
		expect(w.session.stage).toBe('sending');
		const request = w.last();
		if (request?.type !== 'encode') throw new Error('not asked to encode');
		w.say({
			type: 'encoded',
			id: request.id,
			bytes: new ArrayBuffer(4),
			rows: 2,
			period: '2025'
		});
		expect(await sending).toBe(4);
		expect(w.sent).toEqual([
			{
				path: '/api/pools/p1/parts',
				description: { organisationId: 'o1', contractVersion: 2, accepted: true, period: '2025' }
			}
		]);
		expect(w.session.stage).toBe('ready');
	});

	test('a worker that is lost is said, and what waited is told', async () => {
		const w = await atTheWorker();
		await w.answer([]);
		const words = w.session.problems({
			header: ['', '', '', ''],
			codes: {
				wrong_type: '',
				required_missing: '',
				not_allowed: '',
				out_of_range: '',
				out_of_period: '',
				key_duplicated: ''
			}
		});
		w.lose();
		await expect(words).rejects.toThrow(AppError);
		expect(w.session.error?.code).toBe('table_memory');
		expect(w.session.stage).toBe('idle');
		expect(w.closed()).toBeGreaterThan(0);
	});

	test('what cannot be loaded is said', async () => {
		const session = new PoolSession(contract, {
			load: () => Promise.reject(new AppError('not_found'))
		});
		await session.open('s@1.arrow');
		expect(session.error?.code).toBe('not_found');
	});
});
