/**
 * An attendance export as museums' federations make it: windows-1252, semicolons, accents in the headers, a museum a
 * year a line, and regions spelt in two ways. The museums are invented.
 */
import { mulberry32 } from '../../src/lib/core/chart/chart-samples.ts';

/** How a region is written, most of the time and now and then. */
const REGIONS = [
	['Montréal', 'MONTREAL', 9_000],
	['Capitale-Nationale', 'Capitale nationale', 6_000],
	['Bas-Saint-Laurent', 'Bas-Saint-Laurent', 2_400],
	['Estrie', 'Estrie ', 2_000],
	['Outaouais', 'Outaouais', 1_500],
	['Mauricie', 'Mauricie', 900]
] as const;
/** As they are officially written. */
export const MUSEUM_REGIONS: readonly string[] = REGIONS.map(([name]) => name);
const KINDS = ['Musée d’art', 'Maison de la mémoire', 'Centre d’histoire', 'Musée des métiers'];
export const MUSEUM_YEARS = Array.from({ length: 14 }, (_, i) => 2008 + i);
const HEADERS = [
	...['N° du musée', 'Nom du musée', 'Région administrative', 'Année'],
	...['Entrées payantes', 'Entrées gratuites', 'Total', 'Note']
];

interface Line {
	readonly region: string;
	readonly year: number;
	readonly paid: number;
	readonly free: number;
}

export interface MuseumExport {
	readonly csv: Buffer;
	readonly rows: number;
	/** Of the museums of a region, however it is spelt, in a year. */
	paidIn(region: string, year: number): number;
}

/** Museums of a region. */
const EACH = 13;

/** 78 museums over 14 years: more rows than a notebook shows by itself. */
export function makeMuseumExport(): MuseumExport {
	const random = mulberry32(1992);
	const lines: Line[] = [];
	const text = [HEADERS.join(';')];
	for (const [region, otherwise, size] of REGIONS)
		for (let i = 0; i < EACH; i++) {
			const id = 8_000_000 + text.length;
			for (const year of MUSEUM_YEARS) {
				// A growth, a hollow in 2020, and chance.
				const trend = (1 + (year - 2008) / 30) * (year === 2020 ? 0.3 : 1);
				const paid = Math.round(size * (1 + (i % 4) / 2) * trend * (0.8 + random() * 0.4));
				const free = Math.round(paid * random() * 0.6);
				const spelt = random() < 0.12 ? otherwise : region;
				lines.push({ region, year, paid, free });
				const name = `${KINDS[i % KINDS.length]} de ${region} ${i + 1}`;
				const note = random() < 0.05 ? 'F' : '';
				text.push([id, name, spelt, year, paid, free, paid + free, note].join(';'));
			}
		}
	return {
		// Each of its characters is one byte of windows-1252; of these only ’ is not the byte of its code.
		csv: Buffer.from(`${text.join('\r\n')}\r\n`.replaceAll('’', '\u0092'), 'latin1'),
		rows: lines.length,
		paidIn: (region, year) =>
			lines
				.filter((line) => line.region === region && line.year === year)
				.reduce((sum, { paid }) => sum + paid, 0)
	};
}
