import { describe, expect, it } from 'vitest';
import { zipFile } from '../../../../../tests/support/zip-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import { GRACE_BYTES, inflate, InflateBudget, inflateWhole } from './inflate.ts';
import { MAX_ENTRIES, readZipEntries, type ZipEntry } from './zip-entries.ts';
import { crc32 } from './crc32.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const names = (file: Uint8Array) => readZipEntries(file).map(({ name }) => name);
async function said(work: () => unknown): Promise<unknown> {
	try {
		await work();
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return null;
}
function entryOf(file: Uint8Array, name: string): ZipEntry {
	const entry = readZipEntries(file).find((one) => one.name === name);
	if (!entry) throw new Error(`no ${name}`);
	return entry;
}
const textOf = async (file: Uint8Array<ArrayBuffer>, name: string) =>
	new TextDecoder().decode(await inflateWhole(file, entryOf(file, name), new InflateBudget()));

const CONTENT = 'Ville;Billets\nMontréal;12\n'.repeat(3000);

describe('the directory of a zip file', () => {
	it.each([
		['deflated', zipFile([{ name: 'a.csv', content: CONTENT }])],
		['stored', zipFile([{ name: 'a.csv', content: CONTENT, method: 0 }])],
		['its sizes after its data', zipFile([{ name: 'a.csv', content: CONTENT, descriptor: true }])],
		['ZIP64', zipFile([{ name: 'a.csv', content: CONTENT }], { zip64: true })],
		[
			'ZIP64 behind a program',
			zipFile([{ name: 'a.csv', content: CONTENT }], { zip64: true, before: utf8('MZ program') })
		],
		['a comment', zipFile([{ name: 'a.csv', content: CONTENT }], { comment: 'été PK' })],
		['a program before it', zipFile([{ name: 'a.csv', content: CONTENT }], { before: utf8('MZ') })]
	])('reads an entry: %s', async (_, file) => {
		expect(names(file)).toEqual(['a.csv']);
		expect(await textOf(file, 'a.csv')).toBe(CONTENT);
	});

	it('reads names in UTF-8 and in the old code page, slashes either way, without control characters', () =>
		expect(
			names(
				zipFile([
					{ name: 'été/données.csv', content: '' },
					{ name: Uint8Array.of(0x82, 0x74, 0x82), content: '' },
					{ name: 'a\\b\u0007.csv', content: '' }
				])
			)
		).toEqual(['été/données.csv', 'été', 'a/b .csv']));

	it('of two entries of one name keeps the later', async () => {
		const file = zipFile([
			{ name: 'a', content: 'first' },
			{ name: 'b', content: 'b' },
			{ name: 'a', content: 'second' }
		]);
		expect(names(file)).toEqual(['b', 'a']);
		expect(await textOf(file, 'a')).toBe('second');
	});

	it.each([
		['nothing', new Uint8Array(0), 'file_damaged'],
		['no directory', utf8('PK\u0003\u0004 and so on, without an end'), 'file_damaged'],
		['cut short', zipFile([{ name: 'a', content: CONTENT }]).slice(0, -30), 'file_damaged'],
		['its beginning cut off', zipFile([{ name: 'a', content: CONTENT }]).slice(40), 'file_damaged'],
		[
			'an entry longer than the file',
			zipFile([{ name: 'a', content: 'a', told: { compressed: 1e9 } }]),
			'file_damaged'
		],
		[
			'an entry that begins elsewhere',
			zipFile([{ name: 'a', content: 'a', told: { offset: 7 } }]),
			'file_damaged'
		],
		[
			'an entry that begins past the file',
			zipFile([{ name: 'a', content: 'a', told: { offset: 2 ** 52 } }], { zip64: true }),
			'file_damaged'
		],
		[
			'an entry that begins where none does',
			zipFile([
				{ name: 'a', content: new Uint8Array(500), method: 0 },
				{ name: 'b', content: 'b', told: { offset: 100 } }
			]),
			'file_damaged'
		],
		[
			'entries that share bytes',
			zipFile([
				{ name: 'a', content: CONTENT },
				{ name: 'b', content: CONTENT, told: { offset: 0 } }
			]),
			'file_zip_bomb'
		],
		[
			'more entries than anybody makes',
			zipFile(Array.from({ length: MAX_ENTRIES + 1 }, (_, i) => ({ name: `${i}`, content: '' }))),
			'file_zip_bomb'
		]
	])('refuses %s', async (_, file, code) => {
		expect(await said(() => readZipEntries(file))).toBe(code);
	});
});

describe('inflating', () => {
	const whole = (file: Uint8Array<ArrayBuffer>, limits?: { bytes: number; ratio: number }) => {
		const entry = entryOf(file, 'a');
		return said(() => inflateWhole(file, entry, new InflateBudget(limits)));
	};

	it.each([
		['a size that is not its own', { size: 12 }],
		['a checksum that is not its own', { crc: 12 }]
	])('refuses %s', async (_, told) => {
		expect(await whole(zipFile([{ name: 'a', content: CONTENT, told }]))).toBe('file_damaged');
	});
	it('refuses a stored entry whose checksum is not its own', async () =>
		expect(
			await whole(zipFile([{ name: 'a', content: CONTENT, method: 0, told: { crc: 12 } }]))
		).toBe('file_damaged'));
	it('refuses data that is cut short, or goes on', async () => {
		const { length } = CONTENT;
		for (const compressed of [4, 60])
			expect(
				await whole(zipFile([{ name: 'a', content: CONTENT, told: { compressed, size: length } }]))
			).toBe('file_damaged');
		const noise = Uint8Array.from({ length: 300 }, (_, i) => (i * 73) ^ (i >> 3));
		expect(await whole(zipFile([{ name: 'a', content: noise, method: 8, told: { crc: 0 } }]))).toBe(
			'file_damaged'
		);
	});
	it('refuses what is encrypted, and methods that it does not know', async () => {
		expect(await whole(zipFile([{ name: 'a', content: 'a', told: { flags: 1 } }]))).toBe(
			'file_encrypted'
		);
		expect(await whole(zipFile([{ name: 'a', content: 'a', method: 99 }]))).toBe('file_encrypted');
		expect(await whole(zipFile([{ name: 'a', content: 'a', method: 9 }]))).toBe('file_zip_method');
	});

	it('stops a bomb by its ratio, whatever its header says, and soon', async () => {
		const zeros = new Uint8Array(120_000_000);
		for (const size of [zeros.length, 10]) {
			const file = zipFile([{ name: 'a', content: zeros, told: { size } }]);
			const budget = new InflateBudget();
			expect(await said(() => inflateWhole(file, entryOf(file, 'a'), budget))).toBe(
				'file_zip_bomb'
			);
			expect(budget.inflated).toBeLessThan(GRACE_BYTES * 2);
		}
	});
	it('counts the entries of one file together', async () => {
		const file = zipFile([
			{ name: 'a', content: CONTENT },
			{ name: 'b', content: CONTENT },
			{ name: 'c', content: CONTENT, method: 0 }
		]);
		const limits = (bytes: number) => new InflateBudget({ bytes, ratio: 250 });
		const both = (second: string, budget: InflateBudget) =>
			said(async () => {
				await inflateWhole(file, entryOf(file, 'a'), budget);
				await inflateWhole(file, entryOf(file, second), budget);
			});
		const size = utf8(CONTENT).length;
		for (const second of ['b', 'c']) {
			expect(await both(second, limits(2 * size))).toBeNull();
			expect(await both(second, limits(2 * size - 1))).toBe('file_zip_bomb');
		}
	});
	it('keeps no entry whole past its limit', async () => {
		const file = zipFile([{ name: 'a', content: CONTENT, told: { size: 10 } }]);
		const entry = entryOf(file, 'a');
		expect(await said(() => inflateWhole(file, entry, new InflateBudget(), 1000))).toBe(
			'file_zip_bomb'
		);
	});
	it('can be left half-way', () => {
		const file = zipFile([{ name: 'a', content: new Uint8Array(3_000_000) }]);
		const budget = new InflateBudget();
		for (const piece of inflate(file, entryOf(file, 'a'), budget)) {
			expect(piece.length).toBeGreaterThan(0);
			break;
		}
		expect(budget.inflated).toBeLessThan(3_000_000);
	});
});

it('the checksum is that of ISO 3309, whole or in parts', () => {
	expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
	expect(crc32(utf8('6789'), crc32(utf8('12345')))).toBe(0xcbf43926);
});
