/** Sales as a part of the demo's pool, in its contract's columns: what the exports become once they are mapped. */
import { dateColumn, integerColumn, numberColumn, textColumn } from '../../../tables/column-of.ts';
import type { Column } from '../../../tables/column.ts';
import { DISCIPLINE_NAMES } from '../shows.ts';
import { occupationOf, type SalesLine } from './sales.ts';
import { SALES_CONTRACT } from './sales-contract.ts';

/** Official names of the venues' regions. */
const REGIONS: Readonly<Record<string, string>> = {
	'01': 'Bas-Saint-Laurent',
	'03': 'Capitale-Nationale',
	'05': 'Estrie',
	'06': 'Montréal',
	'08': 'Abitibi-Témiscamingue'
};

export function salesPart(lines: readonly SalesLine[]): Column[] {
	const text = (name: string, of: (line: SalesLine) => string): Column =>
		textColumn(name, lines.map(of));
	const two = (value: number): string => String(value).padStart(2, '0');
	const columns = [
		text('id_representation', ({ performance }) => performance.id),
		dateColumn(
			'date_representation',
			lines.map(({ performance }) => performance.day)
		),
		text(
			'heure',
			({ performance: { minute } }) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
		),
		text('titre', ({ performance }) => performance.show.title),
		text('discipline', ({ performance }) => DISCIPLINE_NAMES[performance.show.discipline]),
		text('salle', ({ performance }) => performance.venue.hall),
		text('region', ({ performance }) => REGIONS[performance.venue.region] ?? ''),
		text('canal_vente', ({ channel }) => channel),
		text('type_tarif', ({ tariff }) => tariff),
		integerColumn(
			'billets',
			lines.map(({ tickets }) => tickets)
		),
		numberColumn(
			'revenus',
			lines.map(({ cents }) => cents / 100)
		),
		numberColumn(
			'taux_occupation',
			lines.map(({ performance }) => occupationOf(performance))
		),
		text('rta_principale', ({ area }) => area)
	];
	return columns.map((column, i) => {
		const type = SALES_CONTRACT.columns[i]?.type;
		return type ? { ...column, valueType: type } : column;
	});
}
