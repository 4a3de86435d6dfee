import { describe, expect, it } from 'vitest';
import { zipFile } from '../../../../../tests/support/zip-file.ts';
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { MAX_MEMBERS, openArchive } from './open-archive.ts';

const CSV = 'ville;billets\nMontréal;12\n';
/** What opens a member is another's: here it says what it was given. */
function opener(): { given: unknown[]; open: Parameters<typeof openArchive>[2] } {
	const given: unknown[] = [];
	return {
		given,
		open: async (bytes, name, options): Promise<OpenedFile> => {
			given.push([name, new TextDecoder().decode(bytes), options.sheet]);
			return {
				format: 'delimited',
				members: [],
				member: null,
				sheets: [],
				sheet: null,
				nested: [],
				notes: [],
				table: { kind: 'text', bytes, latin: false }
			};
		}
	};
}
const named = (...names: string[]) => zipFile(names.map((name) => ({ name, content: CSV })));
async function refusal(file: Uint8Array<ArrayBuffer>, options: OpenOptions = {}): Promise<unknown> {
	try {
		await openArchive(file, options, opener().open);
	} catch (error) {
		if (error instanceof InvalidError) return error.code;
		throw error;
	}
	return null;
}

describe('an archive', () => {
	it('opens the file that it holds, past what systems add and what nobody reads', async () => {
		const { given, open } = opener();
		const file = named(
			'__MACOSX/._ventes.csv',
			'.cache/x.csv',
			'dossier/.caché.csv',
			'lisez-moi.pdf',
			'Thumbs.db',
			'dossier/',
			'dossier/Ventes été.CSV'
		);
		const opened = await openArchive(file, { sheet: 'f' }, open);
		expect(given).toEqual([['dossier/Ventes été.CSV', CSV, 'f']]);
		expect([opened.members, opened.member]).toEqual([
			['dossier/Ventes été.CSV'],
			'dossier/Ventes été.CSV'
		]);
	});
	it('of several opens the first that is not empty, or the one chosen', async () => {
		const file = zipFile([
			{ name: 'vide.csv', content: '' },
			{ name: 'a.csv', content: CSV },
			{ name: 'b.ndjson', content: '{}' }
		]);
		const { given, open } = opener();
		const first = await openArchive(file, {}, open);
		const second = await openArchive(file, { member: 'b.ndjson' }, open);
		expect(given).toEqual([
			['a.csv', CSV, undefined],
			['b.ndjson', '{}', undefined]
		]);
		expect([first.member, second.member]).toEqual(['a.csv', 'b.ndjson']);
		expect(second.members).toEqual(['vide.csv', 'a.csv', 'b.ndjson']);
	});
	it.each('a.csv a.tsv a.txt a.xlsx a.ods a.json a.ndjson a.parquet a.arrow a.feather'.split(' '))(
		'takes %s for readable',
		async (name) => {
			expect((await openArchive(named(name), {}, opener().open)).member).toBe(name);
		}
	);
	it('lists no more members than a person can choose among', async () => {
		const file = named(...Array.from({ length: MAX_MEMBERS + 5 }, (_, i) => `${i}.csv`));
		expect((await openArchive(file, {}, opener().open)).members).toHaveLength(MAX_MEMBERS);
	});

	it.each([
		['holds nothing', named(), 'file_archive_empty'],
		['holds nothing readable', named('photo.jpg', 'a/'), 'file_archive_empty'],
		['holds an empty file alone', zipFile([{ name: 'a.csv', content: '' }]), 'file_archive_empty'],
		['holds an archive alone', named('a.zip'), 'file_archive_nested'],
		[
			'holds an archive under another name',
			zipFile([{ name: 'a.csv', content: named('b.csv') }]),
			'file_archive_nested'
		],
		[
			'is encrypted',
			zipFile([{ name: 'a.csv', content: CSV, told: { flags: 1 } }]),
			'file_encrypted'
		],
		['is no zip', new TextEncoder().encode('PK'), 'file_damaged']
	])('that %s is refused', async (_, file, code) => expect(await refusal(file)).toBe(code));
	it('without the member chosen is refused', async () =>
		expect(await refusal(named('a.csv'), { member: 'b.csv' })).toBe('file_member_missing'));
});
