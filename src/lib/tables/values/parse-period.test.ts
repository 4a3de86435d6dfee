import { describe, expect, it } from 'vitest';
import { latinBytes } from '../read/missing-texts.ts';
import { PeriodParser } from './parse-period.ts';

const utf8 = new PeriodParser();
const latin = new PeriodParser(true);
const read = (text: string): string | null => {
	const bytes = new TextEncoder().encode(`1${text}1`);
	const period = utf8.parse(bytes, 1, bytes.length - 1);
	if (!/[^\0-\u00ff]/.test(text)) {
		const windows = latinBytes(text);
		expect(latin.parse(windows, 0, windows.length)).toEqual(period);
	}
	return period && `${period.kind} ${period.text}`;
};

describe('a period', () => {
	it.each([
		['2024-03', 'month 2024-03'],
		['2024/3', 'month 2024-03'],
		['2024M03', 'month 2024-03'],
		['03/2024', 'month 2024-03'],
		['3-2024', 'month 2024-03'],
		['mars 2024', 'month 2024-03'],
		['Mars\u00a02024', 'month 2024-03'],
		['MARCH 2024', 'month 2024-03'],
		['Mar-2024', 'month 2024-03'],
		['août 2024', 'month 2024-08'],
		['AOÛT 2024', 'month 2024-08'],
		['déc. 2024', 'month 2024-12'],
		['2024 février', 'month 2024-02'],
		['2011-12', 'month 2011-12'],
		['2025-T3', 'quarter 2025-T3'],
		['T3 2025', 'quarter 2025-T3'],
		['t3-2025', 'quarter 2025-T3'],
		['2025Q3', 'quarter 2025-T3'],
		['2025 - Q3', 'quarter 2025-T3'],
		['Q3/2025', 'quarter 2025-T3'],
		['3e trimestre 2025', 'quarter 2025-T3'],
		['1er trimestre 2025', 'quarter 2025-T1'],
		['2ième trimestre de 2025', 'quarter 2025-T2'],
		['Trimestre 4, 2025', 'quarter 2025-T4'],
		['2nd quarter 2025', 'quarter 2025-T2'],
		['2024-2025', 'fiscal_year 2024-2025'],
		['2024–2025', 'fiscal_year 2024-2025'],
		['2024 / 2025', 'fiscal_year 2024-2025'],
		['2024-25', 'fiscal_year 2024-2025'],
		['1999-00', null],
		['1999-2000', 'fiscal_year 1999-2000'],
		['Exercice 2024-2025', 'fiscal_year 2024-2025'],
		['Saison 2024-2025', 'fiscal_year 2024-2025'],
		[' 2024-2025 ', 'fiscal_year 2024-2025']
	])('%s is %s', (text, period) => {
		expect(read(text)).toBe(period);
	});
	it.each([
		...[
			'',
			'2024',
			'20240314',
			'2024-03-14',
			'14 mars 2024',
			'2024-13',
			'2024-00',
			'13/2024',
			'T5 2025',
			'2025-Q0'
		],
		...[
			'2023-2025',
			'2024-2024',
			'2025-2024',
			'2024-27',
			'1234-56',
			'514-555-1234',
			'mars',
			'Saison 2024',
			'Salle 2024'
		],
		...[
			'martien 2024',
			'T3 25',
			'0001-02',
			'9999-12',
			'3e trimestre',
			'les années 2024-2025 et suivantes du plan',
			'202403'
		],
		...[`T3${' '.repeat(50)}2025`, '2024,03', 'Théâtre', '12.2024.', 'é 2024']
	])('%s is none', (text) => {
		expect(read(text)).toBeNull();
	});
	it('is written so that it sorts', () => {
		const texts = ['T4 2024', 'T1 2025', '2025Q2'].map(read);
		expect([...texts].sort()).toEqual(texts);
	});
});
