import { describe, expect, it } from 'vitest';
import { cellReader } from '../column.ts';
import { generalise } from './personal.ts';
import { readCsv } from '../read/read-csv.ts';

const findings = async (cells: string[]) => {
	const { report, columns } = await readCsv(
		new TextEncoder().encode(`valeur;n\n${cells.map((c) => `${c};1\n`).join('')}`)
	);
	return { found: report.columns[0]?.personal ?? [], column: columns[0] ?? null };
};

describe('personal information', () => {
	it.each([
		'ana@exemple.ca',
		'Jean.Tremblay+billets@mail.exemple.qc.ca',
		'écrire à info@exemple.org.',
		'<a@b.co>'
	])('flags the e-mail in %s', async (cell) => {
		const { found } = await findings([cell, 'rien']);
		expect(found).toEqual([{ kind: 'email', rows: 1, of: 2, actions: ['drop', 'keep'] }]);
	});

	it.each(['@exemple', 'a@b', 'prix @ 12.50 $', 'x@y.', 'a @ b.ca'])('leaves %s', async (cell) => {
		expect((await findings([cell, 'rien'])).found).toEqual([]);
	});

	it.each(['H2X 1Y4', 'h2x1y4', 'H2X-1Y4', '12, rue A, Québec G1R 2B5', 'H2X\u00a01Y4'])(
		'flags the postal code in %s',
		async (cell) => {
			const { found } = await findings([cell, 'rien']);
			expect(found.map((f) => [f.kind, f.rows])).toEqual([['postal_code', 1]]);
			expect(found[0]?.actions[0]).toBe('generalise');
		}
	);

	it.each(['H2X', 'D2X 1Y4', 'H2O 1Y4', 'CB-YZ9-25-00001', 'AH2X 1Y45', 'H2X1Y44', 'A000001'])(
		'leaves %s',
		async (cell) => {
			expect((await findings([cell, 'rien'])).found).toEqual([]);
		}
	);

	it('makes postal codes general, and merges what becomes the same', async () => {
		const { column } = await findings(['H2X 1Y4', 'h2x 3Z9', '', 'G1R2B5', 'inconnu']);
		if (!column) throw new Error('no column');
		const general = generalise(column, ['postal_code']);
		const read = cellReader(general);
		expect([0, 1, 2, 3, 4].map(read)).toEqual(['H2X', 'H2X', null, 'G1R', 'inconnu']);
		expect(general.type === 'text' && general.dictionary.offsets.length - 1).toBe(3);
		expect(
			new TextDecoder().decode(general.type === 'text' ? general.dictionary.bytes : undefined)
		).not.toContain('1Y4');
	});
});
