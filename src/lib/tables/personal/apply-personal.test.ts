import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import type { PersonalAction, PersonalChoice } from '../../core/protocol/import.ts';
import { InvalidError } from '../../core/errors.ts';
import { cellReader, type Column } from '../column.ts';
import { readCsv } from '../read/read-csv.ts';
import { applyPersonal, maskText } from './apply-personal.ts';
import { findPersonal } from './personal.ts';

const TODAY = Date.UTC(2025, 5, 1) / 86_400_000;
const KEY = new Uint8Array(32).fill(7);

async function first(header: string, cells: readonly string[]) {
	const text = `${header};n\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}";x\n`).join('')}`;
	const { columns, report } = await readCsv(new TextEncoder().encode(text), {
		separator: ';',
		header: true,
		today: TODAY
	});
	const column = columns[0];
	if (!column) throw new Error('no column');
	return { column, findings: report.columns[0]?.personal ?? [] };
}
const cellsOf = (column: Column | null): unknown[] => {
	if (!column) return [];
	const read = cellReader(column);
	return Array.from({ length: column.length }, (_, row) => read(row));
};
const done = async (
	header: string,
	cells: readonly string[],
	action: Exclude<PersonalAction, 'keep'>
): Promise<unknown[]> => {
	const { column, findings } = await first(header, cells);
	const choice: PersonalChoice = { action };
	return cellsOf(applyPersonal(column, choice, findings, { key: KEY, today: TODAY }));
};

describe('what is done about personal information', () => {
	it('makes postal codes general, however they are written, and merges what becomes the same', async () => {
		expect(
			await done(
				'cp',
				['H2X 1Y4', 'h2x 3Z9', '', 'G1R2B5', 'inconnu', 'H 2 X 1 Y 4', 'g1r - 2b5'],
				'generalise'
			)
		).toEqual(['H2X', 'H2X', null, 'G1R', 'inconnu', 'H2X', 'G1R']);
	});

	it('makes a birth date a band of ages, and what makes no age missing', async () => {
		const dates = [
			'2023-01-01',
			'1990-06-02',
			'1990-05-31',
			'1920-01-01',
			'2018-03-03',
			'2026-01-01'
		];
		const bands = ['0–3', '25–34', '35–44', '75+', '4–7', null];
		expect(await done('ddn', dates, 'generalise')).toEqual(bands);
		expect(await done('ddn', ['14-III-1987', '2 juin 2012', 'inconnue'], 'generalise')).toEqual([
			'35–44',
			'8–12',
			null
		]);
		// Serial numbers of a spreadsheet, read as numbers.
		expect(await done('Né le', ['31850', '33208', '40000'], 'generalise')).toEqual([
			'35–44',
			'25–34',
			'13–16'
		]);
	});

	it('masks what stands in a sentence, and leaves the rest as it is', async () => {
		expect(
			await done(
				'Remarques',
				[
					'Rappeler Mme Tremblay au 514 555-0123, ou ana@exemple.ca',
					'livrer au 12, rue des Érables, H2X 1Y4',
					'né le 14 mars 1987, carte LASF 8002 1411',
					'deux fauteuils'
				],
				'mask'
			)
		).toEqual([
			'Rappeler [nom] au [téléphone], ou [courriel]',
			'livrer au [adresse], [code postal]',
			'né le [date de naissance], carte [assurance maladie]',
			'deux fauteuils'
		]);
	});

	it('masks in English where that was decided', () => {
		expect(maskText('Call Mrs Tremblay at 514 555-0123', ['phone', 'person_name'], 'en')).toBe(
			'Call [name] at [phone]'
		);
	});

	it('puts a pseudonym in the place of a number read as a number', async () => {
		const cells = await done('NAS', ['130692544', '193456787', '130692544'], 'pseudonymise');
		expect(cells[0]).toMatch(/^p_[0-9a-z]{16}$/);
		expect(cells[2]).toBe(cells[0]);
		expect(cells[1]).not.toBe(cells[0]);
	});

	it('drops the column, keeps it, or does nothing where nothing was found', async () => {
		const { column, findings } = await first('courriel', ['ana@exemple.ca', 'luc@exemple.ca']);
		expect(applyPersonal(column, { action: 'drop' }, findings)).toBeNull();
		expect(applyPersonal(column, { action: 'keep', reason: 'Essai' }, findings)).toBe(column);
		expect(applyPersonal(column, { action: 'drop' }, [])).toBe(column);
		expect(applyPersonal(column, null, findings)).toBe(column);
	});

	it('refuses pseudonyms without a key, and ages without a day', async () => {
		const codeOf = (run: () => unknown): unknown => {
			try {
				return run();
			} catch (error) {
				return error instanceof InvalidError ? [error.code, error.details.column] : error;
			}
		};
		const mail = await first('courriel', ['ana@exemple.ca', 'luc@exemple.ca']);
		expect(
			codeOf(() => applyPersonal(mail.column, { action: 'pseudonymise' }, mail.findings))
		).toEqual(['pseudonym_key_missing', 'courriel']);
		const born = await first('ddn', ['1990-01-01', '1980-01-01']);
		expect(
			codeOf(() => applyPersonal(born.column, { action: 'generalise' }, born.findings))
		).toEqual(['personal_day_missing', 'ddn']);
		expect(
			codeOf(() =>
				applyPersonal(born.column, { action: 'generalise' }, born.findings, { today: NaN })
			)
		).toEqual(['personal_day_missing', 'ddn']);
	});
});

describe('once something was done about it, looking again finds nothing', () => {
	const pieces = [
		'ana@exemple.ca',
		'luc (at) exemple.ca',
		'514 555-0123',
		'4505550123',
		'H2X 1Y4',
		'g1r - 2b5',
		'12, rue des Érables',
		'22 Main Street',
		'LASF 8002 1411',
		'NAS 130 692 544',
		'4532 0151 1283 0366',
		'Mme Tremblay',
		'Luc Gagnon',
		'né le 14 mars 1987',
		'voir',
		'et',
		',',
		'12',
		'(',
		'de la part de',
		'A1B',
		'2C3',
		'555',
		'@',
		'.',
		'／',
		'\u200b'
	];

	it.each(
		([1, 2, 3, 4, 5, 6] as const).flatMap((seed) => [[seed, 'fr'] as const, [seed, 'en'] as const])
	)('in texts (seed %s, %s)', async (seed, masks) => {
		const random = seeded(seed);
		const pick = (): string => pieces[Math.floor(random() * pieces.length)] ?? '';
		const cells = Array.from({ length: 300 }, () =>
			Array.from({ length: 1 + Math.floor(random() * 7) }, pick).join(random() < 0.8 ? ' ' : '')
		);
		const { column, findings } = await first('Remarques', cells);
		expect(findings.length).toBeGreaterThan(6);
		const masked = applyPersonal(column, { action: 'mask' }, findings, { masks });
		if (masked?.type !== 'text') throw new Error('no text');
		const counts = new Int32Array(masked.dictionary.offsets.length - 1);
		for (const code of masked.codes) counts[code] = (counts[code] ?? 0) + 1;
		const kinds = findings.map(({ kind }) => kind);
		const again =
			findPersonal([{ name: 'Remarques', column: masked, counts }], { today: TODAY })[0] ?? [];
		expect(again.filter(({ kind }) => kinds.includes(kind))).toEqual([]);
	});

	it.each([
		['cp', ['H2X 1Y4', 'h2x3z9', 'J 4 K 1 Y 4', 'G1R-2B5']],
		['ddn', ['1990-01-01', '14/03/1987', '3 mai 2001', '870314']]
	] as const)('in a column made general (%s)', async (header, cells) => {
		const { column, findings } = await first(header, cells);
		expect(findings.map(({ actions }) => actions[0])).toEqual(['generalise']);
		const general = applyPersonal(column, { action: 'generalise' }, findings, { today: TODAY });
		if (general?.type !== 'text') throw new Error('no text');
		const counts = new Int32Array(general.dictionary.offsets.length - 1).fill(1);
		expect(findPersonal([{ name: header, column: general, counts }], { today: TODAY })).toEqual([
			[]
		]);
	});
});

describe('a hostile text', () => {
	const long = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length));
	it.each([
		['a@', long('a@')],
		['at signs', long('@')],
		['dots', `a@${long('a.')}`],
		['spaces and at', long(' at ')],
		['figures', long('5')],
		['figures with spaces', long('5 1 ')],
		['telephones', long('514 555-0123 ')],
		['capitals', long('Luc ')],
		['a name without end', long('Luc de la ')],
		['initials', long('A.-')],
		['streets', long('1 rue ')],
		['brackets', long('(a) ')],
		['postal codes', long('H2X 1Y4 ')],
		['letters and figures', long('a1')],
		['quotes', long('"nom":"')],
		['addressed', long('Luc Roy <')],
		['words', long('né le ')],
		['numbers and names', long('12 Masson ')],
		['numbers and sides', long('12 king ouest ')],
		['houses', long('habite 12 ')],
		['boxes', long('RR # 4, ')],
		['fields of a page', long('nom=Luc Roy&')],
		['fields in a sentence', long('nom : ')],
		['marks', long('<nom>Luc')],
		['objects', long('{"nom":{')],
		['one word', `${long('x')} 514 555-0123`]
	])('of one megabyte is read in a time that grows with its length: %s', (_, text) => {
		// It returns: a pattern that tries again from each place would not, within the test's minute.
		expect(
			maskText(text, ['email', 'phone', 'person_name', 'address', 'postal_code']).length
		).toBeGreaterThan(0);
	});
});
