import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../core/errors.ts';
import type { ColumnChoice, ImportChoices } from '../../core/protocol/import.ts';
import { cellReader, type Column } from '../column.ts';
import { columnsToKeep, notesOf, requireDecided } from './prepare-import.ts';
import { readCsv } from './read-csv.ts';

const TEXT = 'courriel;cp;n\nana@exemple.ca;H2X 1Y4;1\nluc@exemple.ca;H2X 3Z9;2\n;G1R 2B5;trois\n';
async function prepared(columns: (ColumnChoice | null)[]) {
	const choices: ImportChoices = { columns };
	const table = await readCsv(new TextEncoder().encode(TEXT), choices);
	return { table, choices };
}
const refusal = ({ table, choices }: Awaited<ReturnType<typeof prepared>>) => {
	try {
		requireDecided(table, choices);
		return null;
	} catch (error) {
		if (error instanceof InvalidError) return [error.code, error.details.column];
		throw error;
	}
};

describe('what leaves the machine', () => {
	it('waits for a decision on each column with personal information', async () => {
		const drop = { personal: { action: 'drop' } } as const;
		const general = { personal: { action: 'generalise' } } as const;
		const keep = (reason: string) => ({ personal: { action: 'keep', reason } }) as const;
		expect(refusal(await prepared([]))).toEqual(['personal_reason_required', 'courriel']);
		expect(refusal(await prepared([drop]))).toEqual(['personal_reason_required', 'cp']);
		expect(refusal(await prepared([drop, general]))).toBeNull();
		expect(refusal(await prepared([drop, keep(' ')]))).toEqual(['personal_reason_required', 'cp']);
		expect(refusal(await prepared([drop, keep('Codes des salles')]))).toBeNull();
		// There is no general form of an e-mail.
		expect(refusal(await prepared([general, general]))).toEqual([
			'personal_reason_required',
			'courriel'
		]);
		expect(refusal(await prepared([{ keep: false }, { keep: false }, { keep: false }]))).toEqual([
			'nothing_to_upload',
			undefined
		]);
	});

	it('holds nothing of what was dropped or generalised, and says in the notes what was done', async () => {
		const { table, choices } = await prepared([
			{ personal: { action: 'drop' } },
			{ personal: { action: 'generalise' } },
			{ type: 'integer' }
		]);
		const columns = columnsToKeep(table, choices);
		expect(columns.map((c) => [c.name, ...[0, 1, 2].map(cellReader(c))])).toEqual([
			['cp', 'H2X', 'H2X', 'G1R'],
			['n', 1, 2, null]
		]);
		// What was found stays known, so that a decision can be changed.
		expect(table.report.columns.map((c) => [c.kept, c.personal.map((p) => p.kind)])).toEqual([
			[false, ['email']],
			[true, ['postal_code']],
			[true, []]
		]);
		const notes = notesOf(table, choices);
		expect(notes.columns[0]?.personal).toEqual([{ kind: 'email', action: 'drop', reason: '' }]);
		expect(notes.counts).toEqual({ misfit: 1 });
		expect(JSON.stringify(notes)).not.toMatch(/exemple|1Y4|trois/);
	});
});

it('masks, puts pseudonyms and makes ages, at the day of the import or at the latest date of the table', async () => {
	const text =
		'usager;ddn;note;date\nTremblay, Ana;1990-05-31;appeler au 514 555-0123;2025-06-01\nGagnon, Luc;2014-01-01;rien;2025-05-01\n';
	const choices: ImportChoices = {
		columns: [
			{ personal: { action: 'pseudonymise' } },
			{ personal: { action: 'generalise' } },
			{ personal: { action: 'mask' } }
		]
	};
	const table = await readCsv(new TextEncoder().encode(text), choices);
	requireDecided(table, choices);
	const kept = columnsToKeep(table, choices, { key: new Uint8Array(32).fill(1) }).map((column) =>
		[0, 1].map(cellReader(column))
	);
	expect(kept[0]?.[0]).toMatch(/^p_/);
	expect(kept.slice(1, 3)).toEqual([
		['35–44', '8–12'],
		['appeler au [téléphone]', 'rien']
	]);
	const later = { ...choices, today: Date.UTC(2031, 0, 1) / 86_400_000 };
	expect(
		[0, 1].map(cellReader(columnsToKeep(table, later, { key: new Uint8Array(32) })[1] as Column))
	).toEqual(['35–44', '17–24']);
	expect(() => columnsToKeep(table, choices)).toThrow('pseudonym_key_missing');
	expect(JSON.stringify(notesOf(table, choices))).not.toMatch(/Tremblay|1990|0123/);
});

it('refuses names that a table cannot have', async () => {
	const drop = { keep: false } as const;
	expect(refusal(await prepared([drop, { ...drop }, { name: '__proto__' }]))).toEqual([
		'column_name_reserved',
		undefined
	]);
	expect(
		refusal(
			await prepared([
				{ name: 'n', personal: { action: 'keep', reason: 'Essai' } },
				drop,
				{ name: 'n' }
			])
		)
	).toEqual(['column_name_taken', undefined]);
});
