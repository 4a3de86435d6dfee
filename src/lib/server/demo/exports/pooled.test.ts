/** The five exports, read by the import engine, mapped by the suggestions alone, and pooled into one table. */
import { beforeAll, describe, expect, it } from 'vitest';
import { suggestMapping, type MappingSuggestion } from '../../../core/pool/suggest-mapping.ts';
import { cellReader, type Column } from '../../../tables/column.ts';
import { openFile } from '../../../tables/read/open-file.ts';
import { readTable } from '../../../tables/read/read-table.ts';
import { encodeTable } from '../../../tables/arrow.ts';
import { checkArrow } from '../../../tables/check-arrow.ts';
import { applyMapping, withoutProblems } from '../../../tables/pool/apply-mapping.ts';
import { readPool } from '../../../tables/pool/read-pool.ts';
import { readsAs, sourceColumns } from '../../../tables/pool/source-columns.ts';
import { makeSales, type SalesLine } from './sales.ts';
import { salesPart } from './sales-part.ts';
import { SALES_CONTRACT } from './sales-contract.ts';
import { DEMO_SYSTEMS } from './systems.ts';

/** Each contract column, and the contributor's column that must be suggested for it. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
	'Guichet Boréal':
		'No représentation|Date de la représentation|Heure|Spectacle|Discipline|Salle|Région administrative|Canal de vente|Type de tarif|Nb billets|Montant total|Taux d’occupation|RTA principale'.split(
			'|'
		),
	'CODEX-Salle':
		'NOREP|DTREP|HRREP|TTLSPECT|CDDISC|SALLE|CDREG|CDCAN|TYPTAR|NBBIL|MNTREC|TXOCC|CPRTA'.split(
			'|'
		),
	'Registre des salles':
		'Référence|Date|Heure|Titre|Discipline|Salle|Région|Point de vente|Tarif|Billets vendus|Revenu (k$)|Taux de remplissage|Secteur postal'.split(
			'|'
		),
	SeatLedger:
		'performance_id|performance_date|start_time|show_title|genre|venue|region|sales_channel|ticket_type|tickets_sold|gross_revenue|occupancy_percent|buyer_fsa'.split(
			'|'
		),
	'Billet-O':
		'Numéro de rep.|Jour|Heure de début|Titre du spectacle|Genre artistique|Lieu|Région adm.|Mode de vente|Catégorie de prix|Qté|Recettes|Occupation (%)|Code postal (RTA)'.split(
			'|'
		)
};

interface Read {
	readonly lines: readonly SalesLine[];
	readonly columns: readonly Column[];
	readonly suggestions: readonly MappingSuggestion[];
	readonly part: readonly Column[];
	readonly left: number;
}
const read = new Map<string, Read>();
const sum = (column: Column | undefined): number => {
	if (!column) return NaN;
	const cell = cellReader(column);
	let total = 0;
	for (let row = 0; row < column.length; row++) total += Number(cell(row) ?? 0);
	return total;
};
const named = (columns: readonly Column[], name: string): Column | undefined =>
	columns.find((column) => column.name === name);

beforeAll(async () => {
	const sales = makeSales();
	for (const { name, venueId, fileName, write } of DEMO_SYSTEMS) {
		const lines = sales.get(venueId) ?? [];
		const opened = await openFile(write(lines), fileName);
		const table = await readTable(opened);
		const columns = table.columns.filter((column) => column !== null);
		const suggestions = suggestMapping(sourceColumns(columns), SALES_CONTRACT, readsAs);
		const applied = applyMapping(
			columns,
			suggestions.map(({ mapping }) => mapping),
			SALES_CONTRACT
		);
		read.set(name, {
			lines,
			columns,
			suggestions,
			part: withoutProblems(applied),
			left: applied.problems.flaggedRows
		});
	}
});

describe.each(DEMO_SYSTEMS.map(({ name }) => name))('%s', (name) => {
	const of = (): Read => read.get(name) as Read;

	it('has every column suggested right', () => {
		const { columns, suggestions } = of();
		expect(
			suggestions.map(({ mapping }) =>
				mapping.source === null ? null : columns[mapping.source]?.name
			)
		).toEqual(RIGHT[name]);
	});

	it('gives its sales, to the cent, and leaves out only what is no sale', () => {
		const { lines, part, left, columns } = of();
		expect(lines.length).toBeGreaterThan(80);
		expect(part[0]?.length).toBe(lines.length);
		expect(left).toBe((columns[0]?.length ?? 0) - lines.length);
		expect(sum(named(part, 'billets'))).toBe(lines.reduce((n, line) => n + line.tickets, 0));
		expect(Math.round(sum(named(part, 'revenus')) * 100)).toBe(
			lines.reduce((n, line) => n + line.cents, 0)
		);
		for (const column of part) expect([column.name, column.missing]).toEqual([column.name, 0]);
	});

	it('says the same as the generator, cell for cell', () => {
		const { lines, part } = of();
		expect(encodeTable(part)).toEqual(encodeTable(salesPart(lines)));
	});
});

it('the five make one pool, the same bytes each time, which Arrow’s check reads whole', () => {
	const parts = [...read].map(([organisation, { part }]) => ({ organisation, columns: part }));
	const pool = readPool(SALES_CONTRACT, parts);
	const rows = [...read.values()].reduce((n, { lines }) => n + lines.length, 0);
	expect(pool[0]).toMatchObject({ name: 'organisme', length: rows, missing: 0 });
	const cents = [...read.values()]
		.flatMap(({ lines }) => lines)
		.reduce((n, line) => n + line.cents, 0);
	expect(Math.round(sum(named(pool, 'revenus')) * 100)).toBe(cents);
	const bytes = encodeTable(pool);
	expect(encodeTable(readPool(SALES_CONTRACT, parts))).toEqual(bytes);
	const checked = checkArrow(bytes);
	expect(checked.map(({ name, type, length }) => [name, type, length])).toEqual(
		pool.map(({ name, type, length }) => [name, type, length])
	);
	const regions = cellReader(named(checked, 'region') as Column);
	expect(new Set(Array.from({ length: rows }, (_, row) => regions(row)))).toEqual(
		new Set([
			'Bas-Saint-Laurent',
			'Capitale-Nationale',
			'Estrie',
			'Montréal',
			'Abitibi-Témiscamingue'
		])
	);
});
