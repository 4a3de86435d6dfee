import { describe, expect, it } from 'vitest';
import { REPAIR_CODES, type ImportChoices, type RepairWords } from '../../core/protocol/import.ts';
import { readCsv } from './read-csv.ts';
import { csvCell, listRepairs } from './repairs.ts';

const WORDS: RepairWords = {
	head: ['Ligne', 'Rangée', 'Colonne', 'Avant', 'Après', 'Pourquoi'],
	codes: Object.fromEntries(REPAIR_CODES.map((code) => [code, code])) as RepairWords['codes'],
	missing: '(manquante)',
	leftOut: '(laissée de côté)',
	kept: '(gardée)'
};
async function repairs(text: string, choices: ImportChoices = {}) {
	const table = await readCsv(new TextEncoder().encode(text), choices);
	const names = table.report.columns.map(({ name }) => name);
	const { parts, entries, cut } = await listRepairs(table.repairs, names, WORDS);
	const lines = parts.join('').split('\r\n').slice(1, -1);
	return { lines, entries, cut, first: parts[0] };
}

describe('the list of repairs', () => {
	it('tells every line and value that was not taken as it stood, in the order of the file', async () => {
		const { lines, entries, cut, first } = await repairs(
			'Rapport annuel;;\nVille;Billets;Jour\nAlma;12;2024-01-05\nAlma;trop;2024-01-06\nVille;Billets;Jour\n' +
				'Alma;0;2024-01-07;x\nRoberval;14\nTotal;26;\n"Val "d" x;3;2024-01-09\nSource : relevé\n',
			{ columns: [null, { type: 'integer', zeroMissing: true }] }
		);
		expect(first).toBe('\ufeffLigne;Rangée;Colonne;Avant;Après;Pourquoi\r\n');
		expect(lines).toEqual([
			'1;;;"Rapport annuel;;";(laissée de côté);title_lines',
			'4;2;Billets;trop;(manquante);misfit',
			'5;;;"Ville;Billets;Jour";(laissée de côté);repeated_header',
			'6;3;Billets;0;(manquante);zero',
			'6;3;;x;(laissée de côté);long_row',
			'7;4;;"Roberval;14";(manquante);short_row',
			'8;;;"Total;26;";(laissée de côté);total_row',
			'9;5;;"""Val ""d"" x;3;2024-01-09";(gardée);stray_quote',
			'10;;;Source : relevé;(laissée de côté);footer_lines'
		]);
		expect([entries, cut]).toEqual([9, false]);
	});

	it('tells what texts became, and codes that stood beside numbers', async () => {
		const { lines } = await repairs(
			'Région;Entrées\nmontreal;12\nEstrie;NC\nLaval;14 e\nLanaudière;15\nOutaouais;16\nMontréal;17\n',
			{ columns: [{ groups: [{ to: 'Estrie', from: ['Laval'] }] }] }
		);
		expect(lines).toEqual([
			'2;1;Région;montreal;Montréal;changed',
			'3;2;Entrées;NC;(manquante);code',
			'4;3;Région;Laval;Estrie;changed',
			'4;3;Entrées;14 e;14;code'
		]);
	});

	it('is cut where it would be too long, and says so', async () => {
		const table = await readCsv(new TextEncoder().encode('n;m\nx;1\ny;2\nz;3\n'), {
			columns: [{ type: 'integer' }]
		});
		const pause = () => Promise.resolve();
		const list = await listRepairs(table.repairs, ['n', 'm'], WORDS, pause, 2);
		expect([list.entries, list.cut]).toEqual([2, true]);
		const whole = await listRepairs(table.repairs, ['n', 'm'], WORDS, pause, 3);
		expect([whole.entries, whole.cut]).toEqual([3, false]);
	});

	it('finds the lines of times that are none', async () => {
		const table = await readCsv(new TextEncoder().encode('Heure\n19 h 30\ntard\n20h\n'), {
			separator: ';',
			columns: [{ type: 'time' }]
		});
		expect(table.report.warnings).toEqual([
			{ code: 'misfit', line: 3, row: 2, column: 0, text: 'tard' }
		]);
		expect(table.report.columns[0]?.misfits).toBe(1);
	});
});

describe('a cell of the list', () => {
	it.each([
		['=1+2', "'=1+2"],
		['+cmd', "'+cmd"],
		['-x', "'-x"],
		['@a', "'@a"],
		['\tx', "'\tx"],
		['-12', '-12'],
		['-1 234,50 $', '-1 234,50 $'],
		['+5', '+5'],
		['-1+2', "'-1+2"],
		['a;b', '"a;b"'],
		['dit "oui"', '"dit ""oui"""']
	])('%j is written %j', (text, written) => expect(csvCell(text)).toBe(written));
});
