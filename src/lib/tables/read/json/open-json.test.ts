import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../../tests/support/seeded.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { openJson } from './open-json.ts';
import { RecordKeys } from './record-keys.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const open = (text: string, options?: OpenOptions): Promise<OpenedFile> =>
	openJson(bytesOf(text), options);

const shown = (cell: string): string =>
	cell.startsWith('\x11')
		? `#${cell.slice(1)}`
		: cell.startsWith('\x13')
			? `?${cell.slice(1)}`
			: cell;

/** Records of cells; marks shown as `#` (number) and `?` (boolean). */
function recordsOf({ table }: OpenedFile): string[][] {
	if (table.kind !== 'text') throw new Error('typed');
	const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(table.bytes);
	if (text === '') return [];
	expect(text.endsWith('\x1e')).toBe(true);
	return text
		.slice(0, -1)
		.split('\x1e')
		.map((record) => record.split('\x1f').map((cell) => shown(cell)));
}
const read = async (text: string, options?: OpenOptions): Promise<string[][]> =>
	recordsOf(await open(text, options));

async function refusal(work: Promise<unknown>): Promise<[string, unknown, unknown]> {
	try {
		await work;
	} catch (error) {
		if (!(error instanceof InvalidError)) throw error;
		return [error.code, error.details.line ?? error.details.max, error.details.column];
	}
	throw new Error('accepted');
}
const codeOf = async (text: string): Promise<string> => (await refusal(open(text)))[0];

describe('shapes', () => {
	it('reads an array of objects, keys in order of first appearance, late ones added', async () => {
		const opened = await open(
			'[{"ville":"Québec","n":1},{"n":2.5,"ville":"Rouyn"},{"membre":true,"n":null}]'
		);
		expect(recordsOf(opened)).toEqual([
			['ville', 'n', 'membre'],
			['Québec', '#1'],
			['Rouyn', '#2.5'],
			['', '', '?true']
		]);
		expect(opened).toMatchObject({
			format: 'json',
			sheet: '$',
			sheets: [{ name: '$', rows: 3, columns: 3, hidden: false }],
			notes: [],
			table: { latin: false, rewritten: { header: 'first' } }
		});
	});

	it('keeps a column that is always null, and a blank record for a null', async () => {
		expect(await read('[{"a":null,"b":1},null,{"b":2}]')).toEqual([
			['a', 'b'],
			['', '#1'],
			[''],
			['', '#2']
		]);
	});

	it('reads what stands among objects into a column of its own', async () => {
		expect(await read('[{"a":1},"x",{"a":2},[1, 2]]')).toEqual([
			['a', 'value'],
			['#1'],
			['', 'x'],
			['#2'],
			['', '[1,2]']
		]);
	});

	it('reads an array of arrays without deciding on a header', async () => {
		const opened = await open('[["ville","n"],["Québec",1],["Alma"],[]]');
		expect(recordsOf(opened)).toEqual([['ville', 'n'], ['Québec', '#1'], ['Alma'], ['']]);
		expect(opened.table).toMatchObject({ rewritten: { header: 'unknown' } });
		expect(opened.sheets[0]?.columns).toBe(2);
	});

	it('reads plain values as one column', async () => {
		expect(await read('["a", 2, null]')).toEqual([['value'], ['a'], ['#2'], ['']]);
	});

	it('finds the arrays of an object, the longest of records by default', async () => {
		const text =
			'{"total":3,"data":{"items":[{"a":1},{"a":2}],"les dates":[{"b":1}]},"liste":[[1],[2],[3]]}';
		const opened = await open(text);
		expect(opened.sheets.map(({ name, rows }) => [name, rows])).toEqual([
			['$.data.items', 2],
			['$.data["les dates"]', 1],
			['$.liste', 3]
		]);
		expect(opened.sheet).toBe('$.data.items');
		expect(recordsOf(opened)).toEqual([['a'], ['#1'], ['#2']]);
		expect(await read(text, { sheet: '$.data["les dates"]' })).toEqual([['b'], ['#1']]);
		expect(await read(text, { sheet: '$.liste' })).toEqual([['#1'], ['#2'], ['#3']]);
		expect((await refusal(open(text, { sheet: '$.rien' })))[0]).toBe('json_no_table');
	});

	it('reads an object of columns', async () => {
		expect(await read('{"a":[1,2,3],"b":["x",null]}')).toEqual([
			['a', 'b'],
			['#1', 'x'],
			['#2'],
			['#3']
		]);
		expect(await read('{"meta":{"v":1},"data":{"a":[1],"b":[2]}}')).toEqual([
			['a', 'b'],
			['#1', '#2']
		]);
	});

	it('reads JSON lines, concatenated documents, and a single object', async () => {
		const lines = await open('{"a":1}\n{"a":2,"b":"x"}\r\n\n{"b":"y"}\n');
		expect(lines.format).toBe('ndjson');
		expect(recordsOf(lines)).toEqual([['a', 'b'], ['#1'], ['#2', 'x'], ['', 'y']]);
		expect(await read('{"a":1}{"a":2}')).toEqual([['a'], ['#1'], ['#2']]);
		expect(await read('["a","b"]\n[1,2]')).toEqual([
			['a', 'b'],
			['#1', '#2']
		]);
		const single = await open('{"a":1,"b":{"c":2}}');
		expect(single.format).toBe('json');
		expect(recordsOf(single)).toEqual([
			['a', 'b.c'],
			['#1', '#2']
		]);
	});

	it('reads GeoJSON: properties, the coordinates of points, other geometries as texts', async () => {
		const feature = (geometry: unknown, properties: unknown, id?: number) => ({
			type: 'Feature',
			id,
			geometry,
			properties
		});
		const opened = await open(
			JSON.stringify({
				type: 'FeatureCollection',
				features: [
					feature({ type: 'Point', coordinates: [-71.2, 46.8, 12] }, { nom: 'Québec' }, 7),
					feature(
						{
							coordinates: [
								[0, 1],
								[2, 3]
							],
							type: 'LineString'
						},
						{ nom: 'Fleuve', km: 1200 }
					),
					feature(null, null)
				]
			})
		);
		expect(opened.sheet).toBe('$.features');
		expect(recordsOf(opened)).toEqual([
			['nom', 'km', 'id', 'lon', 'lat', 'geometry'],
			['Québec', '', '#7', '#-71.2', '#46.8'],
			['Fleuve', '#1200', '', '', '', '{"coordinates":[[0,1],[2,3]],"type":"LineString"}'],
			['']
		]);
	});

	it('has nothing to read in an empty file or one without a table', async () => {
		for (const text of ['', '  \n', '[]', '3', '"x"', '[null]', '[{}]', '1\n2'])
			expect([text, await codeOf(text)]).toEqual([text, 'json_no_table']);
	});
});

describe('nested objects', () => {
	const text =
		'[{"lieu":{"ville":"Alma","geo":{"x":1,"y":[2, 3]}},"n":1},{"n":2,"lieu":"ailleurs"},{"lieu":null,"n":3}]';

	it('become columns one level deep, deeper ones stay texts', async () => {
		const opened = await open(text);
		expect(recordsOf(opened)).toEqual([
			['lieu', 'lieu.ville', 'lieu.geo', 'n'],
			['', 'Alma', '{"x":1,"y":[2,3]}', '#1'],
			['ailleurs', '', '', '#2'],
			['', '', '', '#3']
		]);
		expect(opened.nested).toEqual(['lieu.ville', 'lieu.geo', 'lieu.geo.x', 'lieu.geo.y']);
		expect(opened.notes).toEqual([{ code: 'nested_values', count: 1 }]);
	});

	it('become columns as deep as asked', async () => {
		expect((await read(text, { depth: 2 }))[0]).toEqual([
			'lieu',
			'lieu.ville',
			'lieu.geo.x',
			'lieu.geo.y',
			'n'
		]);
		const flat = await open(text, { depth: 0 });
		expect(recordsOf(flat)[1]).toEqual(['{"ville":"Alma","geo":{"x":1,"y":[2,3]}}', '#1']);
		expect(flat.nested).toEqual(['lieu.ville', 'lieu.geo']);
	});

	it('do not leave an empty column for their nulls', async () => {
		expect(await read('[{"a":null},{"a":{"b":1}}]')).toEqual([['a.b'], [''], ['#1']]);
		expect(await read('[{"a":{}},{"a":{}}]')).toEqual([['a'], [''], ['']]);
	});
});

describe('values', () => {
	it('undoes escapes; a lone surrogate is replaced', async () => {
		const text =
			'[{"a":"\\u00e9\\ud83c\\udfad\\n\\"\\\\\\/","b":"\\ud83c","c":"\\udfad!","\\u0064":1}]';
		expect(await read(text)).toEqual([
			['a', 'b', 'c', 'd'],
			['é🎭\n"\\/', '\ufffd', '\ufffd!', '#1']
		]);
	});

	it('finds a key again however it is written', async () => {
		expect(await read('[{"d":1},{"\\u0064":2}]')).toEqual([['d'], ['#1'], ['#2']]);
	});

	it('keeps numbers as they are written, those that would change as texts', async () => {
		const opened = await open(
			'[{"a":-0,"b":1e21,"c":9007199254740991,"d":9007199254740992,"e":-12345678901234567890,"f":1E400,"g":0.10}]'
		);
		expect(recordsOf(opened)[1]).toEqual([
			'#-0',
			'#1e21',
			'#9007199254740991',
			'9007199254740992',
			'-12345678901234567890',
			'1E400',
			'#0.10'
		]);
		expect(opened.notes).toEqual([{ code: 'values_as_text', count: 3 }]);
	});
	it('keeps a number of more signs than a program writes as a text', async () => {
		const [fits, over] = [`0.${'1'.repeat(398)}`, `0.${'1'.repeat(399)}`];
		const opened = await open(`[{"a":${fits}},{"a":${over}},{"a":${'1'.repeat(399)}e1}]`);
		expect(recordsOf(opened).slice(1)).toEqual([[`#${fits}`], [over], [`${'1'.repeat(399)}e1`]]);
		expect(opened.notes).toEqual([{ code: 'values_as_text', count: 2 }]);
	});

	it('replaces the marks of the rewritten text in what people wrote', async () => {
		const opened = await open('[{"a":"x\\u001fy\\u001ez","b":"\\u00115","\\u001e":"5\\u0011"}]');
		expect(recordsOf(opened)).toEqual([
			['a', 'b', '\ufffd'],
			['x\ufffdy\ufffdz', '\ufffd5', '5\x11']
		]);
		expect(opened.notes).toEqual([{ code: 'control_bytes', count: 3 }]);
	});

	it('lets the last of two members of one name hold, and counts it', async () => {
		const opened = await open(
			'[{"a":1,"b":2,"a":3},{"a":{"x":1,"y":2},"b":1,"a":{"y":3}},{"a":{"x":1},"a":7},{"a":7,"a":{"x":1}},{"b":1,"b":null}]'
		);
		expect(recordsOf(opened)).toEqual([
			['a', 'a.x', 'a.y', 'b'],
			['#3', '', '', '#2'],
			['', '', '#3', '#1'],
			['#7'],
			['', '#1'],
			['']
		]);
		expect(opened.notes).toEqual([{ code: 'duplicate_keys', count: 6 }]);
	});

	it('takes any name for a column', async () => {
		expect(await read('[{"__proto__":1,"constructor":2,"":3,"toString":{"__proto__":4}}]')).toEqual(
			[
				['__proto__', 'constructor', '', 'toString.__proto__'],
				['#1', '#2', '#3', '#4']
			]
		);
	});

	it('reads UTF-8 and UTF-16 with their marks or without, and windows-1252', async () => {
		const text = '[{"é":"œuvre 🎭"}]';
		const wide = Uint8Array.from(
			[...text]
				.flatMap((c) => [...Array(c.length).keys()].map((i) => c.charCodeAt(i)))
				.flatMap((u) => [u & 255, u >> 8])
		);
		const swapped = wide.map((_, i) => wide[i ^ 1] ?? 0);
		const expected = [['é'], ['œuvre 🎭']];
		for (const bytes of [
			bytesOf(text),
			Uint8Array.of(0xef, 0xbb, 0xbf, ...bytesOf(text)),
			wide,
			Uint8Array.of(0xff, 0xfe, ...wide),
			swapped,
			Uint8Array.of(0xfe, 0xff, ...swapped)
		])
			expect(recordsOf(await openJson(bytes))).toEqual(expected);
		const latin = Uint8Array.from('[{"\xe9":"\x9cuvre"}]', (c) => c.charCodeAt(0));
		expect(recordsOf(await openJson(latin))).toEqual([['é'], ['œuvre']]);
	});
});

describe('what is no JSON', () => {
	it.each([
		['[{"a":1},\n {"a":', 'json_truncated', 2, 7],
		['[{"a":"é', 'json_truncated', 1, 9],
		['[{"a":1}', 'json_truncated', 1, 9],
		['[{"a":tr', 'json_truncated', 1, 9],
		['[{"a":"\\u12', 'json_truncated', 1, 12],
		['[{"a":1,}]', 'json_trailing_comma', 1, 9],
		['[{"a":1},\n]', 'json_trailing_comma', 2, 1],
		['[{"é":1} // deux\n]', 'json_comment', 1, 10],
		['# titre\n[]', 'json_comment', 1, 1],
		['[{"a":NaN}]', 'json_nan', 1, 7],
		['[{"a":-Infinity}]', 'json_nan', 1, 7],
		["[{'a':1}]", 'json_quotes', 1, 3],
		['[{"a":012}]', 'json_malformed', 1, 8],
		['[{"a":1.}]', 'json_malformed', 1, 9],
		['[{"a":+1}]', 'json_malformed', 1, 7],
		['[{"a" 1}]', 'json_malformed', 1, 7],
		['[{"a":1 "b":2}]', 'json_malformed', 1, 9],
		['[{"a":"x\ny"}]', 'json_malformed', 1, 9],
		['[{"a":"\\x"}]', 'json_malformed', 1, 9],
		['[{"a":1}]]', 'json_malformed', 1, 10],
		['{"a":1},{"a":2}', 'json_malformed', 1, 8],
		['ville;n\nQuébec;3', 'json_malformed', 1, 1]
	])('%j: %s', async (text, code, line, column) => {
		expect(await refusal(open(text))).toEqual([code, line, column]);
	});

	it('tells the line of a bad JSON line', async () => {
		expect(await refusal(open('{"a":1}\n{"a":2}\n{"a":oops}\n'))).toEqual(['json_malformed', 3, 6]);
	});

	it('refuses what is nested past the limit, and takes what is not', async () => {
		const nested = (n: number) => `[{"a":${'['.repeat(n)}${']'.repeat(n)}}]`;
		// The list itself is one level; it and the record are gone past together.
		expect((await open(nested(998))).notes).toEqual([{ code: 'nested_values', count: 1 }]);
		expect((await refusal(open(nested(1_000))))[0]).toBe('json_too_deep');
		expect(await codeOf('['.repeat(3_000_000))).toBe('json_too_deep');
		expect(await codeOf('{"a":'.repeat(1_000_000))).toBe('json_too_deep');
	});

	it('refuses more columns than a table may have', async () => {
		const wide = (n: number) => Array.from({ length: n }, (_, i) => `"k${i}":1`).join();
		expect((await read(`[{${wide(2_000)}}]`))[0]?.length).toBe(2_000);
		expect(await refusal(open(`[{${wide(2_001)}}]`))).toEqual(['table_too_wide', 2000, undefined]);
		expect(await codeOf(`[{${wide(1_000_000)}}]`)).toBe('table_too_wide');
		expect(await codeOf(`[[${'1,'.repeat(2_000)}1]]`)).toBe('table_too_wide');
		const columns = (n: number) => `{${wide(n).replaceAll(':1', ':[1]')}}`;
		expect((await read(columns(2_000)))[0]?.length).toBe(2_000);
		expect(await codeOf(columns(2_001))).toBe('table_too_wide');
	});

	it('stops at a number of keys that no table of that many columns has', () => {
		const keys = new RecordKeys();
		const more = () => {
			for (let i = 0; i < 20_000; i++) new RecordKeys(keys).named(`k${i}`);
		};
		expect(more).toThrow('table_too_wide');
	});

	it('does not let one name, again and again, take all the time', async () => {
		const wide = Array.from({ length: 1_900 }, (_, i) => `"k${i}":1`).join();
		const again = '"a":{"k1":1},'.repeat(150_000);
		expect(await codeOf(`[{"a":{${wide}},${again}"b":1}]`)).toBe('json_malformed');
	});
});

describe('work', () => {
	it('pauses, tells how far it is, and stops when the pause throws', async () => {
		const text = `[${Array.from({ length: 400_000 }, (_, i) => `{"identifiant":${i},"nom":"x"}`).join()}]`;
		let pauses = 0;
		const told: number[] = [];
		const progress = (done: number, total: number) => void told.push(done / total);
		await open(text, { pause: async () => void pauses++, progress });
		expect(pauses).toBeGreaterThan(5);
		expect(told).toEqual([...told].sort((a, b) => a - b));
		expect(told.at(-1)).toBeLessThanOrEqual(1);
		await expect(
			open(text, { pause: () => Promise.reject(new Error('replaced')) })
		).rejects.toThrow('replaced');
	});

	it.each(['movies', 'cars', 'flights-2k', 'budgets', 'earthquakes', 'miserables', 'flare'])(
		'reads %s as JSON.parse does',
		async (name) => {
			const bytes = new Uint8Array(readFileSync(`node_modules/vega-datasets/data/${name}.json`));
			const opened = await openJson(bytes);
			const [header = [], ...records] = recordsOf(opened);
			const value = JSON.parse(decoded(bytes)) as unknown;
			const rows = (
				Array.isArray(value)
					? value
					: (value as Record<string, unknown>)[(opened.sheet ?? '').slice(2)]
			) as Record<string, unknown>[];
			expect(records.length).toBe(rows.length);
			if (name === 'earthquakes') return;
			rows.forEach((row, i) => {
				header.forEach((key, c) => {
					const cell = records[i]?.[c] ?? '';
					const expected = row[key];
					if (typeof expected === 'number') expect(Number(cell.slice(1))).toBe(expected);
					else if (typeof expected === 'string') expect(cell).toBe(expected);
					else expect(cell).toBe(expected == null ? '' : JSON.stringify(expected));
				});
			});
		}
	);
});

/** As UTF-8 where that is what it is, windows-1252 otherwise. */
function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

describe('damage', () => {
	it('ends in a table or a refusal, whatever byte is changed or missing', async () => {
		const source = bytesOf(
			'{"type":"x","data":{"items":[{"a":1,"b":"é\\u00e9","c":{"d":[1,{"e":null}]}},{"a":-2.5e3,"c":true}]}}\n{"x":[[1,2],[3]]}'
		);
		const next = seeded(20240309);
		let accepted = 0;
		for (let i = 0; i < 3_000; i++) {
			const bytes = source.slice(0, next() < 0.3 ? Math.floor(next() * source.length) : undefined);
			for (let k = Math.floor(next() * 3); k >= 0 && bytes.length; k--)
				bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
			try {
				recordsOf(await openJson(bytes));
				accepted++;
			} catch (error) {
				if (!(error instanceof InvalidError)) throw error;
			}
		}
		expect(accepted).toBeGreaterThan(50);
	});
});
